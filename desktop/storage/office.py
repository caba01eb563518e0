"""The office file: made, opened, closed. One file a process; everything else uses `records.base.database`."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from desktop.errors import TroubleError, UserError
from desktop.files import folder_for, is_there, sync_folder, trouble
from desktop.records.backups import Reason
from desktop.records.base import DATABASE_ERRORS, database, trouble_of
from desktop.storage import gate, key_file, schema, seal, upgrading
from desktop.storage.database import OfficeDatabase
from desktop.storage.key_file import KeyFile
from desktop.storage.keyring import DataKey, hold


def create(path: Path, *, key: DataKey | None = None, keys: KeyFile | None = None) -> OfficeDatabase:
    """Make a new office file and open it, encrypted under `key` where it is given; refuses to overwrite anything.

    `keys` are the wrapped forms of the key: they lie beside the file before there is one.
    """
    if is_there(path):
        raise UserError(f"“{path}”已经存在，不会覆盖它；请换一个文件名，或直接打开它", field="data")
    folder_for(path.parent)
    _refuse_network(path)
    if key and keys:
        if is_there(key_file.beside(path)):
            raise UserError(
                f"“{path.name}”旁有别的数据文件的密钥文件，不会覆盖它；请换一个文件名", field="data"
            )
        hold(key)
        key_file.write(path, keys)
    file = OfficeDatabase(path, mode="rwc", key=key)
    try:
        schema.build(file)
        if keys:
            file.execute_sql("INSERT INTO key_copy (id, text) VALUES (1, ?)", (key_file.text_of(keys),))
        # whose file it is must stand in the file itself, not only in its log
        file.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        path.chmod(0o600)
    except (*DATABASE_ERRORS, OSError) as error:
        file.close()
        _remove(path)
        key_file.drop(path)
        if isinstance(error, OSError):
            raise trouble(path, error, "新建") from error
        if reason := trouble_of(error):
            raise TroubleError(f"无法新建“{path}”：{reason.message}") from error
        raise
    sync_folder(path.parent)
    database.initialize(file)
    return file


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def discard(path: Path) -> None:
    """Close the file just made and remove it: an office that could not be set up leaves no stump."""
    close()
    _remove(path)
    key_file.drop(path)


def _refuse_network(path: Path) -> None:
    if gate.on_network(path) and not os.environ.get("OPENDAY_ALLOW_NETWORK"):
        raise TroubleError(
            f"“{path}”在网络共享上，多台电脑同时写会损坏数据；请放到本机硬盘"
            "（确需如此，请信息人员设置环境变量 OPENDAY_ALLOW_NETWORK=1）"
        )


def open_office(path: Path, *, read_only: bool = False) -> OfficeDatabase:
    """Open an office file through the gate and make it the one in use; raises TroubleError, writes nothing.

    A file or folder that can't be written, or a full disk, opens read-only: reading and drafts work;
    `notice_of` says so.
    """
    gate.examine(path)
    _refuse_network(path)
    mode = gate.access(path)
    if read_only and mode == "rw":
        mode = "ro"
    sealed = seal.holds(path)  # asked before SQLite lays its log beside the file
    strange = not sealed and gate.lies_alone(path)
    if strange:  # what is refused has not a byte written, in it or beside it
        with closing(OfficeDatabase(path, mode="immutable")) as file:
            gate.verify(file, path)
    file = gate.connected(path, mode)
    try:
        if not strange:
            gate.verify(file, path, pages=not sealed)
        if schema.version_of(file) < schema.VERSION:
            _upgrade(file, path)
    except BaseException:
        file.close()
        raise
    database.initialize(file)
    return file


def notice_of(file: OfficeDatabase) -> str:
    """Return the sentence that says why nothing can be saved to an open file; empty where everything can."""
    if not file.read_only or not isinstance(file.path, Path):
        return ""
    no_room = file.mode == "immutable" and gate.access(file.path) == "rw"
    return gate.NO_ROOM if no_room else gate.READ_ONLY


def _upgrade(file: OfficeDatabase, path: Path) -> None:
    """Take a file of an earlier version to this one, a verified copy in 备份; raises TroubleError, then as it was."""
    from desktop.storage.vault import Vault

    if file.read_only:
        raise TroubleError(
            f"数据文件“{path}”由较早的版本写成，要先升级才能打开，可是现在不能写入；"
            f"请关闭其他窗口，或把它复制到可以写入的文件夹再打开"
        )
    Vault(path).keep(Reason.UPGRADE, file=file)
    upgrading.upgrade(file)


def close() -> None:
    """Close the file in use; SQLite folds its log into it when the last connection goes."""
    file = database.obj
    if isinstance(file, OfficeDatabase) and not database.is_closed():
        state = "" if file.read_only else seal.state_of(file)
        database.close()
        if state and isinstance(file.path, Path):
            seal.put_on(file.path, state)
