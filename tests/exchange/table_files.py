"""Table files made for one test: sheets of raw XML, and the large ones that are not kept in the tree."""

from __future__ import annotations

import zipfile
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
BAD = DATA / "badinput"
HEADINGS = ("姓名", "性别", "单位", "职务", "手机号", "身份证号", "代表类别", "邀请日期")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(body: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'


def roster(rows: int) -> str:
    """Return the rows of a roster: headings, then `rows` people."""
    head = "".join(cell(f"{chr(65 + index)}1", word) for index, word in enumerate(HEADINGS))
    people = (
        f'<row r="{number}">{cell(f"A{number}", f"张{number - 2}")}{cell(f"B{number}", "男")}'
        f"{cell(f'C{number}', '南七街道丁香社区')}{cell(f'D{number}', '书记')}"
        f"{cell(f'E{number}', f'139{number:08}')}{cell(f'G{number}', '基层党员代表')}"
        f"{cell(f'H{number}', '2013-09-10')}</row>"
        for number in range(2, rows + 2)
    )
    return f'<row r="1">{head}</row>{"".join(people)}'


def xlsx(path: Path, *sheets: str, extra: dict[str, str] | None = None, settings: str = "") -> Path:
    """Write a workbook of the given sheet XML, called 表1, 表2, …"""
    listed = "".join(
        f'<sheet name="表{number}" sheetId="{number}" r:id="rId{number}"/>'
        for number in range(1, len(sheets) + 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{REL}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{settings}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>',
        **{f"xl/worksheets/sheet{number}.xml": body for number, body in enumerate(sheets, start=1)},
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, content in parts.items():
            package_file.writestr(name, content)
    return path
