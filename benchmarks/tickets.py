"""Lists, searches and counts of 200,000 tickets, through the service.

Prints p50, p95 and the slowest of CPU time: the first page of every view, the pages of a search with its count, what
the workbench counts. Usage: python -m benchmarks.tickets [tickets]
"""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.filter import told
from desktop.app import new_desk
from desktop.records.base import database, transaction
from desktop.records.staff import Office, Staff
from desktop.records.tickets import Ticket, TicketState
from desktop.services.desk import Desk
from desktop.services.similar import similar
from desktop.services.ticket_views import VIEWS

WORDS = (
    "店埠镇 撮镇镇 梁园镇 石塘镇 八斗镇 古城镇 包公镇 长临河镇 元疃镇 响导乡 杨店乡 众兴乡 白龙镇 桥头集镇 张集乡 陈集镇",
    "村口路灯不亮 自来水断断续续 党员活动室漏雨 公交车班次太少 低保评定不透明 垃圾清运不及时 道路坑洼积水 学校门口拥堵 "
    "医保报销手续多 发展党员公示时间短 村务公开栏不更新 土地流转款拖欠 灌溉渠淤塞 网络信号差 小区停车难 老年食堂关门 "
    "干部包村不到位 远程教育站点闲置 选调生待遇不落实 广场舞噪声扰民",
    "群众反映多次没有结果 希望尽快处理 请有关科室答复 已经影响出行 老人和孩子尤其不便 建议实地查看 多户联名提出",
)
WHERE, WHAT, THEN = (words.split() for words in WORDS)
TYPED = (
    "路灯", "路灯不亮", "路", "店埠镇", "店埠镇 路灯", "自来水", "党员", "组织部", "2026-0", "0012", "停车难", "包公镇 医保报销",
    "信号", "老年食堂关门", "群众", "建议", "wangwei", "扰民 张集乡",
)  # fmt: skip
STATES = (
    [TicketState.CLOSED] * 60 + [TicketState.ARCHIVED] * 20 + [TicketState.ANSWERED] * 5 + [TicketState.ASSIGNED] * 5
    + [TicketState.WORKING] * 4 + [TicketState.REGISTERED] * 3 + [TicketState.SUSPENDED] * 2 + [TicketState.EVALUATED]
)  # fmt: skip


def fill(desk: Desk, count: int) -> list[Staff]:
    """Fill an office with tickets of six years in all states."""
    chance = random.Random(7)
    people = [Staff(full_name=f"经办{place}", section="组织科") for place in range(30)]
    today = datetime.date.today()
    with transaction(), desk.changes.change("基准", Ticket):
        for person in people:
            desk.books.save(person)
        for start in range(0, count, 10_000):
            made = [_ticket(chance, today, people) for _ in range(min(10_000, count - start))]
            desk.tickets.keep(made)
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return people


def _ticket(chance: random.Random, today: datetime.date, people: list[Staff]) -> Ticket:
    received = today - datetime.timedelta(days=chance.randrange(6 * 365))
    due = received + datetime.timedelta(days=chance.randrange(7, 30))
    state = chance.choice(STATES)
    if state not in (TicketState.CLOSED, TicketState.ARCHIVED) and chance.random() < 0.7:
        received, due = today, today + datetime.timedelta(days=chance.randrange(-9, 20))
    ticket = Ticket(
        content=f"{chance.choice(WHERE)}{chance.choice(WHAT)}，{chance.choice(THEN)}。",
        received_on=received, counted_from=received, due_on=due, section="组织科", handler=chance.choice(people),
        raised_by=f"群众{chance.randrange(9999)}", raiser="群众", place=chance.choice(WHERE), category="民生",
        state=state,
    )  # fmt: skip
    if state in (TicketState.CLOSED, TicketState.ARCHIVED):
        ticket.answered_on = ticket.closed_on = due
    return ticket


def spent(work: Callable[[], object]) -> float:
    """Return the milliseconds of CPU of some work."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def main() -> None:
    """Measure first pages, searches and counts."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder) / "office.openday", Office(name="中共肥东县委组织部"))
        start = time.process_time()
        people = fill(desk, count)
        print(f"filled with {count} tickets in {time.process_time() - start:.0f} s of CPU")
        measure(desk, people[3].id)


def measure(desk: Desk, handler: bytes) -> None:
    """Print the times of every view, search and count."""
    views = desk.ticket_views

    def page(view: str, search: str = "") -> None:
        query = views.query(view, handler=handler, search=search)
        desk.books.page(query, 0, 100)
        if search:
            desk.books.count(query)

    pages = [(spent(lambda name=name: page(name)), name) for name in VIEWS for _ in range(3)]
    told("first page of a view", [time for time, _ in pages])
    print("  slowest:", ", ".join(f"{name} {time:.0f} ms" for time, name in sorted(pages, reverse=True)[:5]))
    words = [(spent(lambda word=word: page("all", word)), word) for word in TYPED for _ in range(3)]
    told("search, page and count", [time for time, _ in words])
    print("  slowest:", ", ".join(f"{word} {time:.0f} ms" for time, word in sorted(words, reverse=True)[:8]))
    texts = [(spent(lambda text=text: similar(text)), text) for text in WHAT]
    told("the same problem again", [time for time, _ in texts])
    workday = desk.workdays.on_or_before(datetime.date.today()).date
    told("counts of the workbench", [spent(lambda: views.reminders(workday)) for _ in range(9)])


if __name__ == "__main__":
    main()
