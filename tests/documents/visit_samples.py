"""Papers of visits to look at: a household visited before, a blank sheet, a short ledger, a briefing."""

from __future__ import annotations

from desktop.records.briefings import Briefing
from desktop.records.papers import Head
from desktop.records.report_values import ReportPaper, ReportRow, ReportTable
from desktop.records.ticket_papers import ListPaper, Sheet, SheetPart, SheetRow, Sheets
from desktop.services.visit_lists import LEDGER

OFFICE = "中共肥西县委组织部"
NOW = SheetPart(
    (
        SheetRow(("走访日期", "＿＿＿年＿＿月＿＿日", "走访人", "")),
        SheetRow(("走访形式", "□走访　□寻访　□约谈　□慰问")),
        SheetRow(("了解的情况", ""), 24),
        SheetRow(("走访户签字", "", "走访人签字", ""), 10),
    ),
    heading="本次走访",
)
FILLED = Sheet(
    "走访登记表",
    "",
    "户0001-王守田",
    (
        SheetPart((SheetRow(("户主", "王守田", "户号", "户0001")), SheetRow(("困难和需求", "后墙开裂")))),
        SheetPart((SheetRow(("日期", "2026年11月10日", "走访人", "周建国、于𬱖")),), heading="上次走访"),
        NOW,
    ),
    (OFFICE, ""),
    code="OV1:户0001",
)
BLANK = Sheet(
    "走访登记表", "访〔2026〕12号", "访〔2026〕12号", (NOW,), (OFFICE, ""), code="OV1:访〔2026〕12号"
)
SHEETS = Sheets("走访登记表", OFFICE, (FILLED, BLANK), ("访〔2026〕12号",))
LEDGER_PAPER = ListPaper(
    "走访台账",
    "走访台账",
    OFFICE,
    f"{OFFICE}　2026年10月1日以来",
    LEDGER,
    (
        (
            "1",
            "2026-10-10",
            "王守田",
            "木兰村3组",
            "周建国、李明",
            "走访",
            "已访",
            "定为C级，列入维修计划",
            "盯住开工时间",
        ),
        ("2", "2026-10-16", "费永贵", "启明村桥头组", "李明", "走访", "未遇", "户主外出", ""),
    ),
    "合计 2 次，其中已访 1 次；走访 1 户，1 户次",
)
BRIEFING = Briefing(
    Head.RED,
    OFFICE,
    "工作简报（代拟稿）",
    "2026年1月1日至11月22日，开放日、问题办理和走访工作情况如下。\n一、走访和民情日记\n走访 23 户、37 户次，民情日记 5 篇。",
    OFFICE,
    "2026年11月22日",
    ReportPaper(
        "工作情况统计表",
        OFFICE,
        "2026年1月1日至11月22日",
        "2026年11月22日",
        (ReportTable("走访和民情日记", (ReportRow("走访", "23", "户"), ReportRow("走访", "37", "户次"))),),
    ),
)
