"""Whatever is typed, scanned or read: a value or a sentence, never a bug; what is shown can be read again."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.documents import corner_codes
from desktop.errors import OpenDayError
from desktop.exchange import biff, cells, day_ranges, text_table
from desktop.exchange.reader import open_book
from desktop.records import cleaning, questions, readings, template
from desktop.records.base import kinds_of
from desktop.records.catalogue import by_kind
from desktop.records.dates import parse_day, parse_partial
from desktop.records.kinds import Link
from desktop.services import notice_text
from desktop.storage import key_file, recovery_code

BAD = Path(__file__).parents[1] / "data" / "badinput"
MANIFEST = json.loads((BAD / "manifest.json").read_text(encoding="utf-8"))
KINDS = [kind for record in by_kind().values() for kind in kinds_of(record) if not isinstance(kind, Link)]
LINES, FIELDS, CELLS, TABLES, SHEETS = (8_000, 40), (40_000, 200), (20_000, 60), (4_000, 15), (300, 1)
"""Texts and sheets tried of each sort: long, short."""

SIGNS = "年月日号时分上下午周星期一二三十百两〇元至—-~./:：，、（）()[]{}【】“”《》|*＊%％#"
CODINGS = ("utf-8", "gb18030", "utf-16", "big5")

pieces = st.one_of(
    st.sampled_from([str(entry["value"])[:200] for entry in MANIFEST if "value" in entry]),
    st.sampled_from(
        [
            *SIGNS,
            "放假",
            "调休",
            "共7天",
        ]
    ),
    st.text(max_size=8),
    st.text("0123456789０１２３４５６７８９²①", max_size=18),
    st.integers(-(10**20), 10**20).map(str),
)
texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=8).map("".join))
numbers = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(), texts
)

READERS = {
    "a day": parse_day,
    "a part of a day": parse_partial,
    "days": day_ranges.days_of,
    "a notice": notice_text.read_notice,
    "a corner code": corner_codes.decode,
    "a question": lambda text: questions.from_line(text, 1),
    "a template": lambda text: template.fill(text, {"姓名": "曾国强"}),
    "unknown fields": lambda text: template.unknown(text, ("姓名",)),
    "a name": lambda text: readings.sort_key(cleaning.person_name(text), ""),
    "a recovery code": recovery_code.key_of,
    "wrapped keys": key_file.parsed,
}


@contextlib.contextmanager
def told():
    """Let a refusal pass that has a Chinese sentence; anything else is a bug."""
    try:
        yield
    except (OpenDayError, ValueError) as refusal:
        if type(refusal) is not ValueError and not isinstance(refusal, (OpenDayError, cells.Unusable)):
            raise
        if not any("\u4e00" <= letter <= "\u9fff" for letter in str(refusal)):
            raise


def many(long, counts, **parts):
    """Return the two decorators that feed a function with so many examples."""
    quiet = settings(
        max_examples=counts[0 if long else 1],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    return lambda function: quiet(given(**parts)(function))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("reader", READERS)
def test_any_text_is_read_or_refused(reader, long):
    @many(long, LINES, text=texts)
    def read(text):
        with told():
            READERS[reader](text)

    read()


@pytest.mark.timeout(3600)
def test_any_text_in_any_field_is_a_value_or_a_fault(long):
    @many(long, FIELDS, kind=st.sampled_from(KINDS), text=texts)
    def typed(kind, text):
        with told():
            value = kind.parse(text)
            kind.check(value)
            json.dumps(kind.plain(value), ensure_ascii=False)
            assert kind.parse(kind.show(value)) == value

    typed()


@pytest.mark.timeout(3600)
def test_any_cell_in_any_column_is_a_text_or_unusable(long):
    @many(long, CELLS, cell=numbers, kind=st.sampled_from([None, *KINDS]), date1904=st.booleans())
    def read(cell, kind, date1904):
        with told():
            assert isinstance(cells.text_of(cell, kind, date1904=date1904), str)

    read()


@pytest.mark.timeout(3600)
def test_any_bytes_of_a_table_are_read_or_refused(long, tmp_path):
    place = tmp_path / "a.csv"

    @many(
        long,
        TABLES,
        text=st.lists(texts, max_size=6),
        encoding=st.sampled_from(CODINGS),
        junk=st.binary(max_size=12),
    )
    def read(text, encoding, junk):
        content = "\n".join(text).encode(encoding, errors="ignore") + junk
        place.write_bytes(content)
        with told():
            text_table.read_text(place)
        assert isinstance(biff.told(content), list)

    read()


@pytest.mark.timeout(3600)
def test_a_workbook_changed_anywhere_is_read_or_refused(long, tmp_path):
    sound, place = (BAD / "xlsx" / "ok_20.xlsx").read_bytes(), tmp_path / "a.xlsx"
    parts = {
        name: zipfile.ZipFile(io.BytesIO(sound)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(sound)).namelist()
    }
    inside = st.tuples(
        st.sampled_from(sorted(parts)), st.floats(0, 1), st.binary(max_size=20), st.integers(0, 200)
    )

    @many(long, SHEETS, change=inside, at=st.floats(0, 1), junk=st.binary(max_size=4))
    def read(change, at, junk):
        name, where, put, less = change
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as package:
            for part, content in parts.items():
                cut = int(where * len(content))
                package.writestr(
                    part, content[:cut] + put + content[cut + less :] if part == name else content
                )
        content, spot = changed.getvalue(), int(at * len(changed.getvalue()))
        place.write_bytes(content[:spot] + junk + content[spot + len(junk) :])
        with told():
            open_book(place).sheet(None)

    read()
