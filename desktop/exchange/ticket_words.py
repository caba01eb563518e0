"""Words of ledgers of 问题: the headings offices write, their words for a choice, and what past ledgers add."""

from __future__ import annotations

from desktop.exchange.synonyms import Extra
from desktop.records.ticket_steps import Answer, Evaluation
from desktop.records.tickets import Ticket

HEADINGS: dict[str, tuple[str, ...]] = {
    "sort": ("问题类型", "事项类型", "性质"),
    "content": (
        "问题内容", "意见建议内容", "意见建议", "意见和建议", "意见", "建议", "问题", "反映问题", "反映的问题",
        "反映内容", "建议内容", "事项内容", "诉求", "诉求内容", "群众诉求", "主要内容", "具体内容",
        "问题及建议", "问题和建议", "问题描述", "征集内容",
    ),
    "summary": ("内容摘要", "问题摘要", "标题", "事由", "简述"),
    "category": ("问题类别", "分类", "问题分类", "所属类别", "领域", "所属领域"),
    "source": ("问题来源", "收集渠道", "来源渠道", "反映渠道", "收集方式", "反映方式", "渠道"),
    "open_day": ("开放日活动", "所属开放日", "活动", "活动名称"),
    "received_on": (
        "登记日期", "收集日期", "反映时间", "登记时间", "收集时间", "提出时间", "提出日期", "收到日期",
        "收到时间", "受理日期", "受理时间", "来信日期", "征集时间", "征集日期", "日期", "时间",
    ),
    "raised_by": (
        "提出人", "代表姓名", "姓名", "建议人", "反映人姓名", "提出人姓名", "提出代表", "反映代表", "来信人",
        "诉求人", "反映对象",
    ),
    "raiser": ("身份", "人员类别", "代表身份", "反映人类别"),
    "source_document": ("材料来源", "来源材料", "原件"),
    "place": (
        "村居", "村（社区）", "村社区", "所在村", "所属村居", "地址", "发生地点", "涉及地点", "所在地", "属地",
        "问题地点", "位置",
    ),
    "urgency": ("缓急程度", "急缓程度", "轻重缓急", "紧急"),
    "section": (
        "责任科室", "牵头科室", "主办科室", "办理科室", "科室", "承办单位", "责任单位", "牵头单位", "主办单位",
        "办理单位", "责任部门", "承办部门", "牵头部门",
    ),
    "handler": ("责任人", "承办人", "办理人", "具体责任人", "经办人员", "责任人员"),
    "limit": ("办结时限", "时限", "完成时限", "整改时限", "办理时间要求"),
    "note": ("说明", "备注说明", "备考"),
}  # fmt: skip
"""Headings by field id, beside the labels."""

CHOICES: dict[str, dict[str, str]] = {
    "sort": {
        **dict.fromkeys(("意见", "建议", "意见和建议", "意见、建议", "意见建议类", "建议类"), "意见建议"),
        **dict.fromkeys(("问题类", "反映问题", "诉求", "求助", "困难", "困难诉求"), "问题"),
        **dict.fromkeys(("咨询类", "政策咨询"), "咨询"),
        **dict.fromkeys(("点子", "金点子类"), "金点子"),
    },
    "source": {
        **dict.fromkeys(("开放日活动", "组织部开放日", "部机关开放日", "活动现场"), "开放日"),
        **dict.fromkeys(("入户走访", "大走访", "下访", "走访慰问", "调研走访"), "走访"),
        **dict.fromkeys(("信件", "书信", "群众来信", "信函"), "来信"),
        **dict.fromkeys(("网络", "互联网", "网上留言", "线上", "网站", "微信", "公众号"), "网上"),
        **dict.fromkeys(("结对帮扶", "帮扶"), "结对"),
    },
    "raiser": {
        **dict.fromkeys(("党代表", "人大代表", "政协委员", "两代表一委员"), "代表"),
        **dict.fromkeys(("村民", "居民", "群众代表", "个人"), "群众"),
        **dict.fromkeys(("企业", "部门"), "单位"),
    },
    "urgency": {
        **dict.fromkeys(("普通", "正常", "平件", "不急"), "一般"),
        **dict.fromkeys(("急", "急件", "加急", "较急"), "紧急"),
        **dict.fromkeys(("非常紧急", "特别紧急", "特急件"), "特急"),
    },
    "state": {
        **dict.fromkeys(("是", "已办结", "办毕", "已完成", "完成", "已解决", "已销号", "销号", "结案"), "办结"),
        **dict.fromkeys(("正在办理", "在办", "处理中", "进行中", "整改中", "正在整改"), "办理中"),
        **dict.fromkeys(("否", "未办", "未办理", "待办", "未办结", "未完成", "未解决", "未销号"), ""),
        **dict.fromkeys(("已答复", "已回复"), "答复"),
        **dict.fromkeys(("已回访", "已评价"), "回访"),
        **dict.fromkeys(("已交办", "已转办", "转办", "已分办"), "交办"),
        **dict.fromkeys(("不受理", "不予办理"), "不予受理"),
        **dict.fromkeys(("已登记", "待受理"), "登记"),
        "已受理": "受理", "已签收": "签收", "已归档": "归档", "暂缓": "挂起", "已退回": "退回",
    },
    "verdict": {
        **dict.fromkeys(("非常满意", "很满意", "十分满意", "是"), "满意"),
        **dict.fromkeys(("较满意", "比较满意", "一般"), "基本满意"),
        **dict.fromkeys(("不太满意", "很不满意", "否"), "不满意"),
        **dict.fromkeys(("联系不上", "无法联系", "无人接听"), "未联系上"),
        **dict.fromkeys(("未评价", "未回访", "无", "/"), ""),
    },
    "method": {
        **dict.fromkeys(("电话回访", "致电", "打电话"), "电话"),
        **dict.fromkeys(("上门", "当面回访", "上门回访", "面谈"), "当面"),
        **dict.fromkeys(("书面", "书面回执", "评价表"), "回执"),
    },
    "decision": {
        **dict.fromkeys(("是", "已采纳", "全部采纳"), "采纳"),
        **dict.fromkeys(("部分", "已部分采纳"), "部分采纳"),
        **dict.fromkeys(("参考", "留存参考"), "留作参考"),
        **dict.fromkeys(("否", "未采纳", "不予采纳"), "不采纳"),
        **dict.fromkeys(("无", "/"), ""),
    },
}  # fmt: skip
"""What ledgers write for an item of a closed list, by field id."""

EXTRAS = (
    Extra(
        "number", "编号", ("问题编号", "意见编号", "件号", "登记号", "台账编号", "原编号"), kind=Ticket.number
    ),
    Extra("raiser_unit", "反映人单位", ("单位", "工作单位", "所在单位", "代表单位", "提出人单位")),
    Extra("due_on", "办理期限", ("期限", "截止日期", "到期日", "应办结日期", "应答复日期"), kind=Ticket.due_on),
    Extra(
        "state", "状态", ("办理状态", "当前状态", "办理进度", "进度", "是否办结", "是否销号", "办结情况"),
        kind=Ticket.state,
    ),
    Extra(
        "handling", "办理情况",
        ("处理情况", "办理过程", "办理进展", "落实情况", "整改情况", "解决情况", "办理措施", "整改措施"),
        is_prose=True,
    ),
    Extra("text", "答复内容", ("答复", "答复情况", "回复", "回复内容", "回复情况", "答复意见"), kind=Answer.text),
    Extra(
        "answered_on", "答复日期", ("答复时间", "回复日期", "回复时间", "答复日", "反馈时间"),
        kind=Ticket.answered_on,
    ),
    Extra("by", "答复人", ("回复人",), kind=Answer.by),
    Extra("on_the_spot", "当场答复", ("是否当场答复", "现场答复"), kind=Answer.on_the_spot),
    Extra("outcome", "办理结果", ("处理结果", "办结结果", "解决程度", "结果"), is_prose=True),
    Extra(
        "verdict", "评价",
        ("满意度", "满意情况", "是否满意", "评价结果", "代表评价", "群众评价", "反映人评价", "满意度评价"),
        kind=Ticket.verdict,
    ),
    Extra("method", "回访方式", ("评价方式",), kind=Evaluation.method),
    Extra("asker", "回访人", ("回访人姓名",), kind=Evaluation.asker),
    Extra("evaluated_on", "回访日期", ("回访时间", "评价日期", "评价时间"), kind=Evaluation.on),
    Extra("words", "评价意见", ("回访意见", "评价内容", "回访情况"), kind=Evaluation.words),
    Extra("decision", "采纳情况", ("是否采纳", "采纳"), kind=Ticket.decision),
    Extra("decision_reason", "采纳理由", ("不采纳理由", "未采纳理由", "采纳说明"), kind=Ticket.decision_reason),
    Extra("meeting", "会议", ("研究会议", "议定会议")),
    Extra("carried_out_on", "落实日期", ("落实时间",), kind=Ticket.carried_out_on),
    Extra("fed_back_on", "反馈日期", ("反馈代表日期",), kind=Ticket.fed_back_on),
    Extra(
        "closed_on", "办结日期", ("办结时间", "销号日期", "销号时间", "完成日期", "完成时间", "实际办结日期"),
        kind=Ticket.closed_on,
    ),
)  # fmt: skip
"""What a past ledger tells of a matter's course; the service that writes makes its steps of them."""
