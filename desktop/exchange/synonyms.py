"""Words of rosters: the headings clerks write for a field, and the words they write for a choice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.records.kinds import Kind


@dataclass(frozen=True, slots=True)
class Extra:
    """A column that goes to no field of the record itself but to what hangs on it, such as 代表身份.

    With `several` its text is split at 、,;/ and delivered as a tuple; with a `kind` it is what that makes of
    it; else as text, of several lines where it `is_prose`.
    """

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    several: bool = False
    kind: Kind | None = None
    is_prose: bool = False


EXTRAS: dict[str, tuple[Extra, ...]] = {
    "representative": (
        Extra(
            "identities",
            "代表类别",
            ("代表身份", "身份", "类别", "人员类别", "代表类型", "类型"),
            several=True,
        ),
        Extra("level", "代表层级", ("层级", "级别", "代表级别")),
        Extra("electing_unit", "选举单位", ("推荐单位", "选举(推荐)单位", "代表团", "所在代表团")),
        Extra("term", "届次", ("届别",)),
    ),
}
"""The extra columns by kind of record; the service that writes makes 代表身份 rows of them."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "full_name": ("姓名", "名字", "代表姓名", "人员姓名", "被邀请人", "name"),
    "sex": ("性别", "gender"),
    "born_on": ("出生年月", "出生日期", "出生年月日", "生日", "出生时间", "出生", "生年月"),
    "ethnicity": ("民族",),
    "party": ("政治面貌", "党派", "政治身份"),
    "unit": ("工作单位", "单位", "所在单位", "单位名称", "单位全称", "工作单位名称", "所属单位"),
    "post": (
        "职务",
        "单位职务",
        "职位",
        "现任职务",
        "单位及职务",
        "工作单位及职务",
        "工作单位职务",
        "职务职称",
    ),
    "mobile": (
        "手机",
        "手机号",
        "手机号码",
        "联系电话",
        "电话",
        "电话号码",
        "联系方式",
        "移动电话",
        "联系手机",
    ),
    "id_number": (
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "身份证",
        "居民身份证号码",
        "证件号码",
        "身份号码",
    ),
    "address": ("通信地址", "通讯地址", "地址", "联系地址", "家庭住址", "住址", "邮寄地址"),
    "postcode": ("邮政编码", "邮编"),
    "source": ("产生方式", "来源", "推荐方式", "代表来源", "参加方式"),
    "restricted": ("内部标记", "标记", "内部标注"),
    "honorific": ("称谓", "称呼", "尊称"),
    "reading": ("姓名拼音", "拼音"),
    "note": ("备注", "说明", "备考", "备注说明"),
    "section": ("科室", "处室", "部门", "股室", "所在科室"),
    "role": ("职务类别", "干部类别"),
    "phone": ("办公电话", "电话", "联系电话", "手机", "手机号码", "联系方式"),
    "representative": ("代表", "姓名", "代表姓名"),
    "sort": ("类别", "类型", "身份", "代表类别", "性质"),
    "level": ("层级", "级别", "代表层级"),
    "electing_unit": ("选举单位", "推荐单位"),
    "term": ("届次", "届别"),
    "since": ("任职起", "任职时间", "开始时间", "起始日期"),
    "until": ("任职止", "结束时间", "截止日期"),
    "name": ("名称", "全称", "单位名称", "单位", "单位全称"),
    "short_name": ("简称",),
    "theme": ("主题", "活动主题"),
    "held_on": ("日期", "举办日期", "活动日期", "时间", "举办时间"),
    "venue": ("地点", "活动地点", "举办地点"),
    "head": ("户主", "户主姓名", "姓名"),
    "village": ("村", "村(社区)", "村居", "所在村", "行政村"),
    "date": ("日期", "放假日期", "起止日期"),
    "content": ("内容", "问题内容", "意见建议", "意见建议内容"),
    "received_on": ("收到日期", "登记日期", "提出时间"),
}
"""Headings by field id, beside the kind's own label."""

CHOICE_WORDS: dict[str, dict[str, str]] = {
    "sort": {
        **dict.fromkeys(("休", "休息", "假", "放假调休", "调休", "节假日"), "放假"),
        **dict.fromkeys(("班", "上班", "调休上班", "调休补班"), "补班"),
    },
    "sex": {"男性": "男", "女性": "女", "m": "男", "f": "女", "male": "男", "female": "女"},
    "source": {
        "单位推荐": "推荐",
        "组织推荐": "推荐",
        "选举单位推荐": "推荐",
        "推荐产生": "推荐",
        "部门推荐": "推荐",
        "组织邀请": "邀请",
        "定向邀请": "邀请",
        "特邀": "邀请",
        "邀访": "邀请",
        "邀请参加": "邀请",
        "自愿报名": "自主报名",
        "个人报名": "自主报名",
        "本人报名": "自主报名",
        "公开报名": "自主报名",
        "报名": "自主报名",
        "自荐": "自主报名",
    },
}
"""What a clerk writes for an item of a closed list, by field id; compared in lower case."""

TAGS = frozenset({"信访户", "信访人", "信访重点人员", "上访户"})
"""Words that mark a person for the office alone: in 备注 they are kept there and set as 内部标记 too."""

REMARK_ROW = re.compile(
    r"(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|填\s*表|填\s*报|制\s*表|审\s*核|审\s*批|复\s*核|经\s*办|负\s*责\s*人"
    r"|单位负责人|联\s*系\s*人\s*[:：]|说\s*明\s*[:：]?|注\s*[:：]|备\s*注\s*[:：]|共\s*\d+\s*[人名]|（?盖章)"
)
"""How a row begins that sums up or signs a sheet instead of naming a person."""
SUM = re.compile(r"\s*[合总小共累]\s*计\s*[:：]?\s*")
"""The whole of a cell that heads a row of sums, however much of the row is filled."""
SECTION_ROW = re.compile(
    r"[(（]?\s*(以下|以上|续表|第[一二三四五六七八九十\d]+(批|组|代表团|部分))"
    r"|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|[(（].*[)）]$"
)
"""How a row begins that only divides a sheet: （以下为第二批）, 一、县直单位."""
