"""What a letter may say of each person and day, and the wording every new office starts with."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from desktop.records.cleaning import quoted
from desktop.records.dates import chinese_day
from desktop.records.invitations import Invitation
from desktop.records.letters import LetterForm, ProgrammeRow
from desktop.records.open_days import LetterUse, LetterWording, OpenDay
from desktop.records.papers import Head
from desktop.records.representatives import Representative
from desktop.records.staff import Office

BODY = """为广泛听取各界代表对组织工作的意见建议，主动接受党员群众监督，\
我部定于{日期}（{星期}）{时间}在{地点}举办“{主题}”组织部开放日活动。
素仰您关心支持组织工作，诚邀您作为代表莅临指导，实地了解组织工作情况，面对面提出意见建议。\
您在活动中反映的问题，我们将逐件登记交办，在{答复时限}内答复。
请您持本函准时参加，并于{回执截止日期}前将回执交回或电话告知。期待您的到来。"""
SLIP = """本人（参加□　不能参加□）{日期}举办的组织部开放日活动。
需要说明的事项：
签名：　　　　　　　　　　联系电话："""

REPLY = """您于{反映日期}反映的“{摘要}”（{类型}，编号{编号}）收悉，由{承办科室}办理。现答复如下：
{答复内容}
感谢您对组织工作的关心和支持。对本答复的意见，请填写下面的回执交回或寄回，也可以来电告知。"""
DECISION = """您于{反映日期}提出的“{摘要}”（{类型}，编号{编号}）收悉。
经{会议}研究，决定{采纳情况}。理由如下：
{采纳理由}
感谢您对组织工作的关心和支持，欢迎继续提出意见建议。对本答复的意见，请填写下面的回执交回或寄回，也可以来电告知。"""
REPLY_SLIP = """对{函号}答复（编号{编号}）的评价：
满意□　　　基本满意□　　　不满意□
意见和要求：
签名：　　　　　　　　　　联系电话："""


def letter_form(
    office: Office, text: LetterWording, on: datetime.date, programme: Sequence[ProgrammeRow] = ()
) -> LetterForm:
    """Return what all letters of one wording share: the office's head and signature, the text, the date."""
    return LetterForm(
        head=Head(office.head or Head.RED),
        letterhead=office.letterhead or office.name,
        title=text.title,
        salutation=text.salutation,
        body=text.body,
        signature=office.signature or office.name,
        date=chinese_day(on),
        programme=tuple(programme),
        contact=f"联系人：{office.contact}" if office.contact else "",
        slip_title=text.slip_title,
        slip=text.slip,
    )


def first_wording() -> LetterWording:
    """Return the wording that a new office starts with."""
    return LetterWording(
        name="开放日邀请函", title="邀请函", salutation="{称呼}：", body=BODY, slip_title="回执", slip=SLIP
    )


def first_reply(use: LetterUse) -> LetterWording:
    """Return the wording of a 答复函 that a new office starts with."""
    body = DECISION if use is LetterUse.DECISION else REPLY
    return LetterWording(
        name=use.value, use=use, title="关于您反映事项的答复" if use is LetterUse.REPLY else "关于您所提意见建议的答复",
        salutation="{称呼}：", body=body, slip_title="答复意见回执", slip=REPLY_SLIP,
    )  # fmt: skip


def first_wordings() -> list[LetterWording]:
    """Return all that a new office starts with."""
    return [first_wording(), *(first_reply(use) for use in (LetterUse.REPLY, LetterUse.DECISION))]


def called(person: Representative) -> str:
    """Return how a letter addresses a person: name and 称谓."""
    return f"{person.full_name}{person.honorific}"


def time_words(clock: str) -> str:
    """Return `上午9时` or `下午2时30分` for `09:00` or `14:30`."""
    if not clock:
        return ""
    hour, minute = (int(part) for part in clock.split(":"))
    part = "上午" if hour < 12 else "中午" if hour == 12 and minute == 0 else "下午"
    shown = hour - 12 if hour > 12 else hour
    return f"{part}{shown}时" + (f"{minute}分" if minute else "")


def fields_for(
    office: Office, day: OpenDay, invitation: Invitation, identity: str, reply_by: str
) -> dict[str, str]:
    """Return the {字段} of one letter; every key of LETTER_FIELDS is there."""
    person = invitation.representative
    held = day.held_on
    return {
        "姓名": person.full_name,
        "称谓": person.honorific,
        "称呼": invitation.salutation or called(person),
        "单位": person.unit,
        "职务": person.post,
        "身份": identity,
        "编号": invitation.number,
        "主题": quoted(day.theme)[1:-1],  # the texts put it in quotation marks
        "日期": chinese_day(held) if held else "",
        "星期": f"星期{'一二三四五六日'[held.weekday()]}" if held else "",
        "时间": time_words(day.starts_at),
        "地点": day.venue,
        "带队领导": day.leader,
        "单位名称": office.name,
        "联系人": office.contact,
        "回执截止日期": reply_by,
        "答复时限": f"{day.reply_days}个工作日",
    }
