"""工作简报: the figures of a period in prose, and the same in tables, so that both can be checked against each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop.records.briefings import Briefing
from desktop.records.dates import chinese_day
from desktop.records.papers import Head
from desktop.services.orders import Plan

Told = Mapping[tuple[str, str], str]
"""Figures as they are written, by label and unit."""


def briefing(plan: Plan) -> Briefing:
    """Return the briefing of the order's period, this year to date where it names none."""
    from desktop.services.reports import paper_of, year_report  # the press is loaded before reports are

    today = datetime.date.today()
    since = plan.order.since or datetime.date((plan.order.until or today).year, 1, 1)
    until = plan.order.until or today
    report = year_report(since, until)
    told = {
        heading: {(figure.label, figure.unit): figure.shown() for figure in figures}
        for heading, figures in report.groups
    }
    lines = [
        f"{chinese_day(since)}至{chinese_day(until)}，{plan.office.name}开放日、问题办理和走访工作情况如下。"
    ]
    lines += _chapters(told)
    lines.append("各项数字的口径见附表；人与人次、户与户次、篇与篇次分别统计。")
    return Briefing(
        head=Head(plan.office.head or Head.RED),
        letterhead=plan.office.letterhead or plan.office.name,
        title="工作简报（代拟稿）",
        body="\n".join(lines),
        signature=plan.office.signature or plan.office.name,
        date=chinese_day(today),
        table=replace(paper_of(report, plan.office.name), title="工作情况统计表"),
    )


def _chapters(told: Mapping[str, Told]) -> Iterator[str]:
    for place, (heading, figures) in enumerate(told.items()):
        yield f"{'一二三四五六七八九'[place]}、{heading}"
        yield f"{'，'.join(_clauses(figures))}。"


def _clauses(figures: Told) -> Iterator[str]:
    """Yield each figure as a clause; those of one label in two units as one: 走访 23 户、37 户次."""
    labels = dict.fromkeys(label for label, _ in figures)
    for label in labels:
        units = [
            f"{shown}{'' if unit == '%' else ' '}{unit}"
            for (of, unit), shown in figures.items()
            if of == label
        ]
        yield f"{label} {'、'.join(units)}"
