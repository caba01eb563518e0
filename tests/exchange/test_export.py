from __future__ import annotations

import datetime
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import Cancelled, TroubleError, UserError
from desktop.exchange.export import LINE_BREAKS, NOT_IN_XML, sheet_name, write_table
from desktop.exchange.headings import match
from desktop.exchange.reader import open_book
from desktop.exchange.rows import read_rows
from desktop.records.base import kinds_of
from desktop.records.representatives import Representative

KINDS = kinds_of(Representative)
HOSTILE = [
    "=1+1", "+1", "-1+1", "@SUM(1)", "\t=1+1", "＝1+1", "'0012", "0012", "13900000001", "1e5", "http://a.b/", "mailto:a@b",
    "internal:A1", "file:///etc/passwd", "<b>张三</b>", "<r><t>x</t></r>", "<r>&</r>", "<r></r>", "A&B<C", "_x0041_", "_x005F_",
    "  两边有空格 ", "第一行\n第二行", "𬱖㛃𠮷", "😀", "#N/A", "TRUE", "340122195611147816", "2026-09-29", "&#x5F20;",
    "{=SUM(1)}", '"引号"', "]]>", "<!--", "%s{name}",
]  # fmt: skip


def cells(path):
    return [row.cells for row in open_book(path).sheet().rows]


def test_every_text_stays_the_text_it_is(tmp_path):
    path = tmp_path / "a.xlsx"

    assert write_table(path, "名单", ["原文", "再写"], [(text, text) for text in HOSTILE]) == len(HOSTILE)
    assert cells(path)[1:] == [(text, text) for text in HOSTILE]
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_numbers_dates_and_answers_are_written_as_agreed(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(
        path, "名单", ["甲", "乙", "丙", "丁", "戊"],
        [(3, datetime.date(2026, 9, 29), True, None, ""), (0, datetime.datetime(2026, 9, 29, 9, 30), False, "x", "y")],
    )  # fmt: skip

    assert cells(path)[1:] == [
        (3.0, "2026-09-29", "是", None, None),
        (0.0, "2026-09-29 09:30", "否", "x", "y"),
    ]


def test_the_heading_is_frozen_and_filtered_and_the_widths_fit(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(path, "名单", ["姓名", "单位"], [("张三", "肥东县店埠镇中心学校"), ("李四", "x" * 300)])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()

    assert '<autoFilter ref="A1:B3"/>' in sheet
    assert 'ySplit="1"' in sheet
    assert 'min="2" max="2" width="50.7' in sheet


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=60), min_size=1, max_size=60))
def test_any_text_comes_back(texts):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write_table(path, "名单", ["号", "文"], [(f"第{number}", text) for number, text in enumerate(texts)])
        back = cells(path)[1:]

    assert [row[1] or "" for row in back] == [
        LINE_BREAKS.sub("\n", NOT_IN_XML.sub("", text)) for text in texts
    ]


def test_what_is_exported_is_imported_as_it_was(tmp_path):
    path = tmp_path / "代表.xlsx"
    people = [
        {
            "full_name": "阿依古丽·买买提", "sex": "女", "born_on": "1967-03", "ethnicity": "维吾尔族", "party": "群众",
            "unit": "=1+1 公司", "post": "<b>主任</b>", "mobile": "13900000001、0551-67711234",
            "id_number": "34012219691101215X", "address": "店埠镇 1 号", "postcode": "023000", "source": "推荐",
            "restricted": "信访户", "honorific": "同志", "note": "第一行\n第二行",
        },
        {"full_name": "司马𬱖", "born_on": "1967", "mobile": "05516771123", "honorific": "教授", "note": "无"},
        {"full_name": "李明", "born_on": "1984-10-10", "note": "-1"},
    ]  # fmt: skip
    rows = [[kind.show(person.get(kind.name)) for kind in KINDS] for person in people]
    write_table(path, "代表", [kind.label for kind in KINDS], rows)

    page = open_book(path).sheet()
    mapping = match(page, KINDS)
    parsed = read_rows(page, mapping, KINDS)

    assert mapping.heading_row == 1
    assert parsed.faults == []
    assert [row.values for row in parsed.rows] == people


def test_a_text_longer_than_a_cell_is_refused_with_its_place_and_nothing_is_written(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK old")

    with pytest.raises(UserError, match="第 3 行 B 列（备注）有 32768 个字，一个格子最多 32767 个"):
        write_table(path, "名单", ["姓名", "备注"], [("甲", "x" * 32_767), ("乙", "x" * 32_768)])
    with pytest.raises(UserError, match="有 32768 个字"):
        write_table(path, "名单", ["备注"], [("😀" * 16_384,)])
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == b"PK old"


def test_stopping_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()

    def stop(done, total):
        assert (done, total) == (500, 900)
        raise Cancelled

    with pytest.raises(Cancelled):
        write_table(tmp_path / "a.xlsx", "名单", ["姓名"], [("张三",)] * 900, watch=stop)
    assert [file.name for file in tmp_path.iterdir()] == ["temp"]
    assert list((tmp_path / "temp").iterdir()) == []


def test_a_folder_that_is_not_there_is_trouble(tmp_path):
    with pytest.raises(TroubleError, match="文件夹不存在"):
        write_table(tmp_path / "none" / "a.xlsx", "名单", ["姓名"], [])


def test_a_full_disk_is_trouble_and_the_old_file_stays(tmp_path):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK old")
    resource = pytest.importorskip("resource")
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
        with pytest.raises(TroubleError):
            write_table(path, "名单", ["姓名"], [(f"张三{number}",) for number in range(3000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == b"PK old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("代表", "代表"), ("2026/9: [第一批]*?", "2026_9_ _第一批___"), ("'x'", "x"), ("", "名单"), ("History", "名单"),
        ("长" * 40, "长" * 31), ("😀" * 20, "😀" * 15), ("a\x00b", "ab"), ("   ", "名单"),
    ],
)  # fmt: skip
def test_sheet_names_are_those_excel_takes(tmp_path, title, name):
    assert sheet_name(title) == name
    write_table(tmp_path / "a.xlsx", title, ["姓名"], [("张三",)])
    assert open_book(tmp_path / "a.xlsx").sheet().name == name


def test_no_row_is_lost_where_rows_arrive_one_by_one(tmp_path):
    path = tmp_path / "a.xlsx"
    assert write_table(path, "名单", ["序号"], ([f"{place}"] for place in range(450))) == 450
    assert cells(path)[1:] == [(f"{place}",) for place in range(450)]
