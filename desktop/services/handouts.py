"""From an open day to the values of its own papers: 公告, 日程与参观路线, 明白纸."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from desktop.records.base import parts_of
from desktop.records.cleaning import quoted
from desktop.records.dates import chinese_day
from desktop.records.handouts import (
    LeafletPage,
    Leaflets,
    Notices,
    NoticeText,
    Programme,
    ProgrammeLine,
    RouteStop,
)
from desktop.records.leaflets import leaflets_of
from desktop.records.notices import NOTICE_FIELDS, Notice
from desktop.records.open_days import Milestone, OpenDay, ProgrammeItem, Site
from desktop.records.papers import Head
from desktop.records.staff import Office
from desktop.services.gathering import day_of
from desktop.services.orders import Plan
from desktop.services.wording import time_words

PLANNED = "发布公告"
"""The milestone whose date a notice carries where it has none of its own."""


def notices(plan: Plan) -> Notices:
    """Return the notices of a day, one text once for all its media; a day without any has the standard text."""
    day = day_of(plan)
    return notices_of(plan.office, day, parts_of(Notice, "open_day", day) or [Notice(open_day=day)])


def notices_of(office: Office, day: OpenDay, kept: Sequence[Notice]) -> Notices:
    """Return notices as they go on paper, kept or just being written."""
    planned = next((row for row in parts_of(Milestone, "open_day", day) if row.name == PLANNED), None)
    usual = (planned.advised_on if planned else None) or datetime.date.today()
    texts = [NoticeText(row.title, row.body, chinese_day(row.published_on or usual)) for row in kept]
    return Notices(
        head=Head(office.head or Head.RED),
        letterhead=office.letterhead or office.name,
        texts=tuple(dict.fromkeys(texts)),
        fields=notice_fields(office, day),
        signature=office.signature or office.name,
        contact=f"联系人：{office.contact}" if office.contact else "",
    )


def notice_fields(office: Office, day: OpenDay) -> dict[str, str]:
    """Return what the {字段} of a notice become; every one of NOTICE_FIELDS is there, '' where nothing is known."""
    held = day.held_on
    values = {
        "主题": quoted(day.theme)[1:-1],  # the texts put it in quotation marks
        "日期": chinese_day(held) if held else "",
        "星期": f"星期{'一二三四五六日'[held.weekday()]}" if held else "",
        "时间": time_words(day.starts_at),
        "地点": day.venue,
        "名额": f"{day.capacity}人" if day.capacity else "",
        "带队领导": day.leader,
        "参观点": "、".join(site.name for site in parts_of(Site, "open_day", day)),
        "单位名称": office.name,
        "联系人": office.contact,
        "答复时限": f"{day.reply_days}个工作日" if day.reply_days else "",
    }
    return {name: values[name] for name in NOTICE_FIELDS}


def programme(plan: Plan) -> Programme:
    """Return programme and route of a day."""
    day, office = day_of(plan), plan.office
    clock = "—".join(filter(None, (day.starts_at, day.ends_at)))
    return Programme(
        size=plan.order.options.size,
        office=office.name,
        theme=day.theme,
        date=chinese_day(day.held_on, weekday=True) if day.held_on else "",
        time=clock,
        venue=day.venue,
        leader=day.leader,
        lines=tuple(
            ProgrammeLine(row.time, row.item, row.place, row.host)
            for row in parts_of(ProgrammeItem, "open_day", day)
        ),
        stops=tuple(
            RouteStop(row.name, row.address, row.guide, row.note) for row in parts_of(Site, "open_day", day)
        ),
        contact=office.contact,
    )


def leaflets(plan: Plan) -> Leaflets:
    """Return the leaflets of a day; a section's own one stands for its general one."""
    day = day_of(plan)
    return Leaflets(
        office=plan.office.name,
        theme=day.theme,
        date=chinese_day(day.held_on) if day.held_on else "",
        pages=tuple(
            LeafletPage(row.section, row.title or f"{row.section}工作明白纸", row.text)
            for row in leaflets_of(day)
        ),
    )
