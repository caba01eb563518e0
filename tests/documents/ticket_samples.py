"""Papers of tickets to look at: an ordinary matter, names and texts as they come."""

from __future__ import annotations

from desktop.records.letters import Letter, LetterForm
from desktop.records.papers import Head
from desktop.records.ticket_papers import (
    ListPaper,
    OverdueNotice,
    Replies,
    Reply,
    Sheet,
    SheetPart,
    SheetRow,
    Sheets,
)
from desktop.services.ticket_lists import LEDGER, RESOLUTIONS
from desktop.services.wording import REPLY, REPLY_SLIP

OFFICE = "中共肥西县委组织部"
SAID = "店埠路（派出所至实验小学段）路灯不亮已有半个月，晚上接送孩子很不安全，请尽快修好。"
SIGNED = SheetRow(("签收人", "", "签收日期", "＿＿＿年＿＿月＿＿日"), 11)
ROWS = (
    SheetRow(("问题编号", "2026-0001", "类别", "民生设施")),
    SheetRow(("承办科室", "干部监督科", "经办人", "于𬱖")),
    SheetRow(("反映人", "阿依古丽·买买提（紫蓬山管委会，139****8000）、老张（群众）、匿名")),
    SheetRow(("反映原文", SAID), 24),
    SheetRow(("办理期限", "2027年1月6日（星期三）（推定：该年放假安排尚未公布）")),
    SheetRow(("领衔领导", "周建国", "签发", ""), 13),
)
SLIP = Sheet(
    "问题交办单",
    "交〔2026〕12号",
    "2026-0001-于𬱖",
    (SheetPart(ROWS),),
    (f"交办单位：{OFFICE}", "交办日期：2026年12月24日"),
    "交办单签收回执",
    (SheetRow(("交办单号", "交〔2026〕12号", "问题编号", "2026-0001")), SIGNED),
)
SLIPS = Sheets("交办单", OFFICE, (SLIP,), ("交〔2026〕12号",))
ITEM = (
    SheetRow(("建议人", "匿名", "类别", "意见建议")),
    SheetRow(("原文", "建议每年办四次开放日，把时间放在周末。\n让上班的人也能来。")),
    SheetRow(("拟办意见", ""), 18),
    SheetRow(("会议决定", "□采纳　　□部分采纳　　□留作参考　　□不采纳")),
    SheetRow(("理由", ""), 18),
)
AGENDA = Sheets(
    "议题单",
    OFFICE,
    (
        Sheet(
            "2026年第3次部长办公会议题单",
            "",
            "2026年第3次部长办公会",
            (
                SheetPart((SheetRow(("时间", "2026年11月20日（星期五） 15:00", "地点", "三楼会议室")),)),
                *(SheetPart(ITEM, f"议题 {place}　2026-000{place}") for place in (1, 2, 3)),
            ),
            (OFFICE, "2026年11月20日"),
        ),
    ),
)
LEDGER_ROW = (
    "1", "2026-0001", "2026-09-29", "阿依古丽·买买提等 3 人次", SAID, "民生设施", "干部监督科", "于𬱖", "2027-01-06（推定）",
    "重新办理", "已会同县城管局更换灯具，今后由路灯所每月巡查一次。", "不满意", "", "3",
)  # fmt: skip
PLAIN_ROW = (
    "2", "2026-0002", "2026-10-09", "匿名", "党课搬到村里", "", "", "", "2026-10-20", "登记", "", "", "", "1",
)  # fmt: skip
LEDGER_PAPER = ListPaper(
    "台账",
    "问题和意见建议台账",
    OFFICE,
    f"{OFFICE}　2026年12月24日",
    LEDGER,
    (LEDGER_ROW, PLAIN_ROW),
    "合计 2 件，4 件次；已办结 0 件，未办结 2 件",
)
RESOLUTION = (
    "1", "2026-0003", "建议每年办四次开放日，把时间放在周末。\n让上班的人也能来。", "匿名", "部分采纳",
    "每年办两次，一次放在周末；次数再多，镇里接待不过来。", "组织科\n李明", "",
)  # fmt: skip
RESOLUTIONS_PAPER = ListPaper(
    "决定事项",
    "2026年第3次部长办公会决定事项",
    OFFICE,
    "2026年11月20日（星期五）　三楼会议室　主持人：周建国",
    RESOLUTIONS,
    (RESOLUTION,),
    "合计 1 件：采纳 0 件，部分采纳 1 件，留作参考 0 件，不采纳 0 件",
    foot="主持人签字：　　　　　　　　　　记录人签字：　　　　　　　　　　　　　　年　　月　　日",
)
NOTICE = OverdueNotice(
    Head.RED,
    OFFICE,
    "通〔2026〕1号",
    "关于逾期未办结问题的通报（代拟稿）",
    "截至2026年11月20日，逾期未答复的问题共 2 件：干部监督科 1 件、组织科 1 件。现通报如下。\n"
    "一、干部监督科（1 件）\n1. 2026-0001“路灯不亮”，经办人于𬱖，期限2026年10月14日，逾期 27 个工作日。\n"
    "二、组织科（1 件）\n1. 2026-0002“党课搬到村里”，经办人李明，期限2026年11月19日，逾期 1 个工作日。\n"
    "请上述科室抓紧办理，尽快答复反映人，并书面说明逾期原因。",
    OFFICE,
    "2026年11月20日",
)
REPLY_FORM = LetterForm(
    Head.RED,
    OFFICE,
    "关于您反映事项的答复",
    "{称呼}：",
    REPLY,
    OFFICE,
    "2026年10月10日",
    contact="联系人：李明 0551-68841234",
    slip_title="答复意见回执",
    slip=REPLY_SLIP,
)
ANSWERED = {
    "编号": "2026-0001", "函号": "复〔2026〕1号", "类型": "问题", "摘要": "店埠路路灯不亮", "反映日期": "2026年9月29日",
    "承办科室": "干部监督科", "答复内容": "一、已会同县城管局更换灯具12盏，全部亮灯。\n二、今后由路灯所每月巡查一次。",
}  # fmt: skip
PERSON = {"姓名": "于𬱖", "称谓": "同志", "称呼": "于𬱖同志", "单位": "桃花镇"}
REPLIES = Replies(
    OFFICE,
    (
        Reply(
            "2026-0001",
            "复〔2026〕1号",
            REPLY_FORM,
            ANSWERED,
            (Letter("复〔2026〕1号", "于𬱖", PERSON, "TK1:2026-0001:1:1"),),
        ),
    ),
    ("复〔2026〕1号",),
)
