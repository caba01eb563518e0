"""What goes on in the sample office beside visits: lines of work, topics, reports owed, meetings, talks."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

from desktop import paths
from desktop.records.appointments import Appointment
from desktop.records.base import reading
from desktop.records.diaries import Diary
from desktop.records.households import Household
from desktop.records.meetings import Meeting
from desktop.records.staff import Staff
from desktop.records.work_lines import LiaisonReport, Topic, TopicProgress, WorkLine, WorkProgress
from desktop.services.desk import Desk


def fill_routine(desk: Desk, homes: Sequence[Household]) -> None:
    """Register the sample's standing work around today; `homes` are the sample's households in their order."""
    told = json.loads((paths.resources() / "samples" / "routine.json").read_text(encoding="utf-8"))
    with reading():
        staff = {person.full_name: person for person in Staff.select().where(Staff.deleted_at.is_null())}
    for row in told["work_lines"]:
        _work_line(desk, staff, row)
    for row in told["topics"]:
        _topic(desk, staff, row)
    for title, to, ago, who, sent in told["liaison_reports"]:
        report = LiaisonReport(title=title, to=to, due_on=_day(ago), staff=staff[who])
        report.sent_on = None if sent is None else _day(sent)
        desk.books.save(report)
    for name, sort, ago, at, venue, host, attendees, recorder, decided in told["meetings"]:
        meeting = Meeting(name=name, sort=sort, held_on=_day(ago), starts_at=at, venue=venue, host=host)
        meeting.attendees, meeting.recorder, meeting.decided = attendees, recorder, decided
        desk.books.save(meeting)
    for row in told["appointments"]:
        _appointment(desk, staff, homes, row)
    _correct(desk, told["correction"])


def _day(ago: int) -> datetime.date:
    return datetime.date.today() - datetime.timedelta(days=ago)


def _work_line(desk: Desk, staff: Mapping[str, Staff], row: Sequence[Any]) -> None:
    name, section, lead, state, plan, entries = row
    line = WorkLine(name=name, section=section, lead=staff[lead], state=state, plan=plan)
    desk.books.save(line)
    for ago, text in entries:
        desk.books.save(WorkProgress(work_line=line, on=_day(ago), text=text))


def _topic(desk: Desk, staff: Mapping[str, Staff], row: Sequence[Any]) -> None:
    title, section, lead, since, due, state, plan, entries = row
    topic = Topic(title=title, section=section, lead=staff[lead], state=state, plan=plan)
    topic.since, topic.due_on = _day(since), _day(due)
    desk.books.save(topic)
    for ago, text in entries:
        desk.books.save(TopicProgress(topic=topic, on=_day(ago), text=text))


def _appointment(
    desk: Desk, staff: Mapping[str, Staff], homes: Sequence[Household], row: Sequence[Any]
) -> None:
    field, whom, ago, at, who, venue, about, verb, said = row
    made = Appointment(on=_day(ago), at=at, staff=staff[who], venue=venue, about=about)
    setattr(made, field, homes[whom] if field == "household" else whom)
    desk.books.save(made)
    if verb == "hold":
        desk.books.do(made, verb, {"on": _day(ago).isoformat(), "found": said})
    elif verb:
        desk.books.do(made, verb, {"reason": said})


def _correct(desk: Desk, row: Sequence[str]) -> None:
    """Correct one finished diary, so that the sample shows what is kept of the old text."""
    title, reason, old, new = row
    with reading():
        diary = Diary.get(Diary.title == title)
    desk.books.do(diary, "correct", {"text": diary.text.replace(old, new), "reason": reason})
