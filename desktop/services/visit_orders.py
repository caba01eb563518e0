"""For which households, visits, pairings or gifts a paper of the visit loop is, and the numbers of its blank sheets."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop.errors import UserError
from desktop.records import listing, register
from desktop.records.base import Record, reading
from desktop.records.catalogue import record_type
from desktop.records.hanging import hanging_on
from desktop.records.kinds import new_ids
from desktop.records.listing import Query
from desktop.records.pack import PeopleOrder
from desktop.records.pairings import Pairing, PairingState
from desktop.records.staff import Office
from desktop.records.visit_counts import between
from desktop.records.visits import Campaign
from desktop.services.orders import Order, Plan

SERIES, WRITTEN = "走访登记表", "访〔{year}〕{number}号"
MOST, MOST_BLANK = 20_000, 500
DATED = {"visit": "visited_on", "condolence": "on", "diary": "written_on"}
"""By which day the records of a list are asked for."""
ONLY = {"visit-plan": (("state", "计划"),)}
"""What a paper is for of its kind, whatever is chosen."""
SORTED = {"visit": "visited_on", "condolence": "on", "household": "number", "diary": "written_on"}


def planned(order: Order, kind: str, office: Office) -> Plan:
    """Work out for which records of `kind` an order is ('' for a paper of a period); raises UserError for none."""
    if order.since and order.until and order.since > order.until:
        raise UserError(f"起始日期 {order.since} 晚于截止日期 {order.until}，请对调", field="from")
    if kind == "campaign":
        return Plan(order, office, records=(_campaign(order),))
    if kind == "household" and order.records is None:
        count = 1 if order.copies is None else order.copies
        if not 1 <= count <= MOST_BLANK:
            raise UserError(f"空白登记表应印 1 到 {MOST_BLANK} 份", field="copies")
        return Plan(order, office, blanks=count)
    if not kind:
        return Plan(order, office)
    found = _records(order, kind)
    if not found:
        raise _nothing(order, kind)
    return Plan(order, office, records=tuple(found[: order.first]))


def _records(order: Order, kind: str) -> list[Record]:
    """Return the records that an order is for, in its order; what hangs on those it names, where they are others."""
    named = order.records or Query(record_type(kind))
    query = hanging_on(named, record_type(kind))
    in_list_order = order.arranged is PeopleOrder.AS_GIVEN and query is named
    if not query.sort and kind in SORTED and not in_list_order:
        query = replace(query, sort=SORTED[kind])
    if only := ONLY.get(order.document):
        query = replace(query, where=(*query.where, *only))
    if (column := DATED.get(kind)) and (order.since or order.until):
        query = replace(query, narrowed=(*query.narrowed, *between(column, order.since, order.until)))
    running = kind == Pairing.kind and (order.records is None or query is not named)
    as_given = in_list_order and bool(query.keys)
    few = order.first and not (running or as_given or order.unprinted)
    found = listing.page(query, 0, order.first if few and order.first else MOST + 1)
    if len(found) > MOST:
        raise UserError(f"一次最多印 {MOST:,} 条，请用 --from、--to 或 --where 缩小范围", field="records")
    if order.unprinted:
        done = register.printed_of(order.document)
        found = [row for row in found if row.id not in done]
    if as_given:
        places = {key: place for place, key in enumerate(query.keys)}
        return sorted(found, key=lambda record: places[record.id])
    if running:
        return [row for row in found if isinstance(row, Pairing) and row.state == PairingState.RUNNING]
    return found


def _nothing(order: Order, kind: str) -> UserError:
    """Return what to say where an order is for no record."""
    label = record_type(kind).label
    if order.unprinted:
        return UserError(
            f"选定的{label}都已经印过；要再印请去掉“只印没有印过的”（--unprinted）", field="unprinted"
        )
    if order.document in ONLY:
        return UserError("选定的走访里没有计划；请先在“走访”页的“计划”里安排", field="records")
    if order.records is not None and order.records.model.kind != kind:
        return UserError(f"选定的{order.records.model.label}没有{label}，没有可以印的", field="records")
    return UserError(f"没有要印的{label}；请选定，或用 --all、--where、--id 指明", field="records")


def _campaign(order: Order) -> Campaign:
    """Return the campaign asked for, else the latest one that has begun."""
    with reading():
        live: Sequence[Any] = list(Campaign.select().where(Campaign.deleted_at.is_null()))
    if order.records is not None:
        chosen = listing.page(order.records, 0, 2)
        if len(chosen) != 1 or not isinstance(chosen[0], Campaign):
            raise UserError("请指明一个走访活动", field="id")
        return chosen[0]
    today = datetime.date.today()
    begun = [row for row in live if row.since and row.since <= today]
    if not begun:
        raise UserError("还没有开始了的走访活动，请先建立走访活动", field="id")
    return max(begun, key=lambda row: row.since)


def settled(plan: Plan) -> Plan:
    """Take the numbers of blank sheets, inside the transaction of the print."""
    if not plan.blanks:
        return plan
    keys = new_ids(plan.blanks)
    return replace(
        plan,
        numbers=tuple(register.take_for(SERIES, datetime.date.today().year, keys, WRITTEN)),
    )
