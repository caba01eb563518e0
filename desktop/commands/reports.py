"""report: the figures, on the screen, in a workbook or on paper."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.commands.answer import Answer, table
from desktop.errors import UserError
from desktop.exchange.export import write_table
from desktop.services.desk import Desk
from desktop.services.reports import Report

COLUMNS = ("项目", "数量", "单位")
WORKED = "计算方法"
WRITTEN = (".xlsx", ".pdf")


def report(desk: Desk, asked: Namespace) -> Answer:
    """Count what the office has; every figure lists its records."""
    target = Path(asked.out) if asked.out else None
    if target and target.suffix.lower() not in WRITTEN:
        raise UserError(f"报表只能写成 .xlsx 或 .pdf，现为“{target.name}”", field="out")
    found = desk.reports.report(asked.name, getattr(asked, "from"), asked.to)
    value: dict[str, Any] = {
        "name": asked.name,
        "title": found.title,
        "period": found.period,
        "rows": [row.plain() for row in found.figures],
    }
    told = table(COLUMNS, [[row.label, row.shown(), row.unit] for row in found.figures])
    lines = [f"{found.title}（{found.period}）", told, *(row.worked for row in found.figures if row.parts)]
    if target:
        _write(desk, found, target)
        value["file"] = str(target)
        lines.append(f"已写到 {target}")
    return Answer(value, "\n".join(lines))


def _write(desk: Desk, found: Report, target: Path) -> None:
    """Write a report as the kind of file that the name says."""
    if target.suffix.lower() == ".pdf":
        desk.reports.write(target, desk.reports.paper(found))
        return
    rows = [[row.label, row.value, row.unit, row.worked] for row in found.figures]
    write_table(target, found.title, (*COLUMNS, WORKED), rows)
