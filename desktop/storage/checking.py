"""The thorough check of an office file: pages, references, schema, search keys."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import TroubleError
from desktop.files import is_there
from desktop.records import chain, visit_tally
from desktop.records.base import DATABASE_ERRORS, meta_of, trouble_of
from desktop.records.catalogue import records
from desktop.records.search import rows_for
from desktop.storage import damage_words, gate, schema, seal
from desktop.storage.database import OfficeDatabase

MOST = 50
ALTERED = ("文件的内容和本程序上次关闭它时不一样：如果不是您自己换过文件，就是磁盘有损坏",)


def faults_of(path: Path) -> list[str]:
    """Return what is wrong with a file, in Chinese; an empty list is a sound file.

    Raises TroubleError only where the file can't be looked at (missing, locked, newer).
    """
    try:
        gate.examine(path)
    except TroubleError as trouble:
        if is_there(path) and path.is_file():
            return [trouble.message]
        raise
    closed_in = seal.altered(path)
    mode = gate.access(path)
    file = gate.connected(path, "ro" if mode == "rw" else mode)
    try:
        faults = _content(file)
        if closed_in is not None and (faults or seal.told(seal.state_of(file)) == closed_in):
            faults += ALTERED
        return faults
    except DATABASE_ERRORS as error:
        told = trouble_of(error)
        # a full disk or a file in use says nothing against the file itself
        if told and ("占用" in told.message or "磁盘" in told.message):
            raise told from error
        return [told.message if told else f"无法读完数据文件：{error}"]
    finally:
        file.close()


def _content(file: OfficeDatabase) -> list[str]:
    if (version := schema.version_of(file)) > schema.VERSION:
        raise TroubleError(f"数据文件由更新的版本（第 {version} 版）写成，请先升级本程序")
    told = [
        row[0] for row in file.execute_sql(f"PRAGMA integrity_check({MOST})").fetchall() if row[0] != "ok"
    ]
    if not told and file.encrypted:  # whose seal covers free pages too
        told = [row[0] for row in file.execute_sql("PRAGMA cipher_integrity_check").fetchall()[:MOST]]
    if told:
        return damage_words.in_words(told, MOST)
    faults = [f"结构被改动：{name}" for name in schema.differences(file, version)]
    if faults:
        return faults
    for table, _, parent, _ in file.execute_sql("PRAGMA foreign_key_check").fetchall()[:MOST]:
        faults.append(f"{table} 中有记录指向不存在的 {parent}")
    if version < schema.VERSION:  # what it is searched by is made anew when it is upgraded
        return faults
    if not visit_tally.is_right(file):
        faults.append("走访的计数与走访登记不符，走访指标里的户和户次可能不对")
    return faults + list(filter(None, [trail_fault(file)])) + _search_faults(file)


def trail_fault(file: OfficeDatabase, last: int = 0) -> str:
    """Follow the chain over the trail, or over its `last` changes, and return its first break ('' where it holds).

    A file of an older version has no chain yet.
    """
    if schema.version_of(file) < schema.VERSION:
        return ""
    fault = chain.broken(file, last)
    return fault.told if fault else ""


def _search_faults(file: OfficeDatabase) -> list[str]:
    """Compare the search keys kept with those that the records call for."""
    with file.bind_ctx(records(), bind_refs=False, bind_backrefs=False):
        wanted = {
            row
            for model in records()
            if model.searchable
            for record in model.select().where(model.deleted_at.is_null()).iterator()
            for row in rows_for(record)
        }
    faults = _text_faults(file)
    kept = {
        (key, sort, bytes(record))
        for key, sort, record in file.execute_sql("SELECT key, sort, record FROM search_key").fetchall()
    }
    if missing := len(wanted - kept):
        faults.append(f"检索表缺少 {missing} 条")
    if stray := len(kept - wanted):
        faults.append(f"检索表多出 {stray} 条")
    return faults


def _text_faults(file: OfficeDatabase) -> list[str]:
    """Compare the lines of the text indexes, and how many texts they hold, with the live records."""
    faults = []
    for model in records():
        if not model.text_columns:
            continue
        name = meta_of(model).table_name
        live = f'SELECT id FROM "{name}" WHERE deleted_at IS NULL'
        held = f'SELECT record FROM "{name}_line" WHERE line IN (SELECT id FROM "{name}_text_docsize")'
        for asked, told in ((f"{live} EXCEPT {held}", "缺少"), (f"{held} EXCEPT {live}", "多出")):
            if found := file.execute_sql(f"SELECT count(*) FROM ({asked})").fetchone()[0]:
                faults.append(f"{model.label}的全文检索{told} {found} 条")
    return faults
