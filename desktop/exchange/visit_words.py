"""Words of rosters of households and of ledgers of visits: headings, words for a choice, what tells households apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.exchange.synonyms import Extra
from desktop.records import visit_rows
from desktop.records.base import Record
from desktop.records.households import Household
from desktop.records.visits import Visit

if TYPE_CHECKING:
    from desktop.exchange.export import Value

HOUSEHOLD_HEADINGS: dict[str, tuple[str, ...]] = {
    "head": ("户主姓名", "姓名", "户主名", "家庭户主"),
    "village": ("村", "村社区", "村居", "所在村", "行政村", "社区", "村名", "所属村"),
    "group": ("村民组", "组别", "小组", "自然村", "网格", "村（居）民组"),
    "address": ("家庭住址", "住址", "家庭地址", "详细地址"),
    "sort": ("家庭类别", "户类型", "类别", "类型", "家庭类型", "农户类别"),
    "mobile": ("联系电话", "电话号码", "手机", "手机号", "联系方式"),
    "people": ("家庭人口", "人口数", "家庭人数", "人数"),
    "since": ("立户时间", "建档日期"),
    "needs": ("困难", "需求", "困难需求", "存在困难", "主要困难", "困难情况"),
    "note": ("说明", "备注说明"),
}
"""Headings of households by field id, beside the labels."""

HOUSEHOLD_EXTRAS = (
    Extra("number", "户号", ("户编号", "编号")),
    Extra(
        "members", "家庭成员", ("成员", "家庭成员姓名", "成员姓名", "同住成员", "家庭成员情况"), several=True
    ),
)
"""What a roster tells beside a household's own fields; the service that imports makes members of it."""

VISIT_HEADINGS: dict[str, tuple[str, ...]] = {
    "visited_on": ("走访时间", "日期", "时间", "走访日", "入户时间", "入户日期"),
    "staff": ("走访干部", "走访人员", "走访人姓名", "干部姓名", "入户干部", "走访领导"),
    "companions": ("同行人员", "陪同人员", "参加人员", "同行干部"),
    "household": ("户主", "户主姓名", "走访对象", "被走访户", "受访户", "走访农户"),
    "enterprise": ("走访企业", "企业", "单位"),
    "purpose": ("走访方式", "走访类型", "走访类别", "方式"),
    "found": ("走访情况", "走访内容", "情况", "反映情况", "谈话内容", "了解情况", "主要情况"),
    "promised": ("承诺事项", "承诺", "答应事项"),
    "next_step": ("下一步打算", "下步措施", "下一步措施", "下一步工作"),
    "next_on": ("再访时间", "下次走访日期", "下次走访时间", "回访日期"),
    "note": ("说明", "备注说明"),
}
"""Headings of visits by field id, beside the labels."""

CHOICES: dict[str, dict[str, str]] = {
    "purpose": {
        **dict.fromkeys(("入户走访", "入户", "上门走访", "日常走访", "大走访", "上门"), "走访"),
        **dict.fromkeys(("走访慰问", "慰问走访", "节日慰问"), "慰问"),
        **dict.fromkeys(("约谈谈话", "谈话"), "约谈"),
    },
    "state": {
        **dict.fromkeys(("已走访", "完成", "已完成", "是"), "已访"),
        **dict.fromkeys(("未走访", "待走访", "计划走访"), "计划"),
        **dict.fromkeys(("不在家", "无人", "未遇到"), "未遇"),
    },
}
"""What ledgers of visits write for an item of a closed list, by field id."""

VISIT_EXTRAS = (
    Extra("number", "户号", ("户编号",)),
    Extra("village", "村（社区）", HOUSEHOLD_HEADINGS["village"]),
    Extra("group", "组", HOUSEHOLD_HEADINGS["group"]),
)
"""What tells the household of a visit apart; the service that imports finds it by them."""


def beside(model: type[Record]) -> list[str]:
    """Return the headings that an export has beyond a record's own fields."""
    if model is Household:
        return ["家庭成员"]
    return [extra.label for extra in VISIT_EXTRAS] if model is Visit else []


def told_beside(records: Sequence[Record]) -> list[list[Value]]:
    """Return the cells under `beside` of some records of one kind, a list each."""
    if records and isinstance(records[0], Household):
        members = visit_rows.members(records)
        return [[members.get(record.id, "")] for record in records]
    return [_whereabouts(record) for record in records]


def _whereabouts(record: Record) -> list[Value]:
    if not isinstance(record, Visit):
        return []
    home = record.household
    return [home.number, home.village, home.group] if home is not None else ["", "", ""]
