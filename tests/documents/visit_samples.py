"""Papers of visits to look at: a household visited before, a blank sheet, a short ledger, a briefing."""

from __future__ import annotations

from desktop.records.briefings import Briefing
from desktop.records.papers import Head
from desktop.records.report_values import ReportPaper, ReportRow, ReportTable
from desktop.records.ticket_papers import ListPaper, Sheet, SheetPart, SheetRow, Sheets
from desktop.records.visit_papers import DiaryBooklet, DiaryPiece, PocketCard, PocketCards
from desktop.services.visit_lists import LEDGER
from desktop.services.visit_plan_list import PLANNED

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
PLAN_PAPER = ListPaper(
    "走访安排表",
    "走访安排表",
    OFFICE,
    f"{OFFICE}　2026年11月23日至2026年12月3日",
    PLANNED,
    (
        (
            "1", "2026-11-23 周一", "周建国", "李明、于𬱖", "木兰村3组", "王守田", "困难党员", "138****1585", "走访",
            "过于集中；上次 2026-11-02；带上慰问信",
        ),
        ("2", "2026-12-03 周四", "李明", "", "启明村桥头组", "费永贵", "一般户", "", "慰问", ""),
    ),
    "合计 2 次，2 户，2 个村，2 人带队；过于集中：木兰村（2026-11-23 起一周 3 个组）",
    foot="安排人签字：　　　　　　　　　　审核人签字：　　　　　　　　　　　　　　年　　月　　日",
)  # fmt: skip
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
WALL = (
    "三河的雨下得细密。王守田把我们让进堂屋，自己先站到那堵裂了缝的后墙跟前，像是怕它当着客人的面倒下来。"
    "老党员话不多，只说“不急，先紧着别人”。\n墙上的缝有两指宽，用报纸糊着。出门时老伴陶桂英追出来，往李明手里塞了两个热鸡蛋。\n"
    "记下三件事：请镇村建办来鉴定；问清维修计划；回来一定当面给他回话。"
)
BOOKLET = DiaryBooklet(
    "A5对折",
    OFFICE,
    "2026年9月—11月",
    "2026年11月",
    (
        DiaryPiece(
            "一堵墙",
            "2026年9月2日　星期三",
            "周建国",
            WALL,
            "小雨",
            "部领导",
            ("2026年9月1日走访木兰村3组王守田", "2026年9月2日走访木兰村5组王桂兰"),
        ),
        DiaryPiece("四里路", "2026年10月27日　星期二", "于𬱖", WALL, "", "组织科"),
        DiaryPiece(
            "从桥头组到乡卫生院的四里路上，我听到了在办公室里听不到的十七句话",
            "2026年11月3日　星期二",
            "嘉木样·洛桑久美·图丹却吉尼玛",
            "\n".join([WALL] * 5),
            "多云转晴",
            "党代表联络和民情工作办公室",
        ),
        DiaryPiece("一堵墙", "2026年11月9日　星期一", "李明", WALL, "晴"),
    ),
)
POCKET_CARDS = PocketCards(
    OFFICE,
    (
        PocketCard("周建国", "办公室　班子成员", "0551-68841201", "王守田", "木兰村3组"),
        PocketCard("于𬱖", "组织科", "0551-68841234", "单成山", "启明村马场组"),
        PocketCard(
            "嘉木样·洛桑久美·图丹却吉尼玛", "党代表联络和民情工作办公室", "李明 0551-68841234、68841235",
            "阿依古丽·买买提", "小井庄村张老家村民组",
        ),
    ),
)  # fmt: skip
