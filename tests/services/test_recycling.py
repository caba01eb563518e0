"""回收站: what was removed comes back whole, or goes for good: then nothing of it is left in the file."""

from __future__ import annotations

import datetime
import json
import zlib

import pytest

from desktop.errors import TroubleError, UserError
from desktop.records import chain, purging
from desktop.records.base import database
from desktop.records.invitations import Invitation
from desktop.records.open_days import OpenDay
from desktop.records.register import PrintedContent, RegisterEntry
from desktop.records.representatives import Contact, Identity, Representative
from desktop.records.staff import Staff, Unit
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.services.drafts import Draft
from desktop.services.orders import Order
from desktop.storage import backup, checking, office
from desktop.storage.database import OfficeDatabase

NAME, MOBILE, NUMBER, STREET = "欧阳婉如", "13955512345", "340122197702254413", "紫蓬镇罗祝社区十七号院"
SAID = "她在电话里谈了家里的难处"
WORD = "彻底删除"


@pytest.fixture
def person(desk):
    """Somebody with everything that hangs on a person, one of several of that day."""
    made = Representative(full_name=NAME, mobile=MOBILE, id_number=NUMBER, address=STREET, unit="光大社区")
    desk.books.save(made)
    desk.books.save(Identity(representative=made, sort="群众", electing_unit="某选区"))
    desk.books.save(Contact(representative=made, on=datetime.date(2026, 9, 1), method="电话", text=SAID))
    made.post = "网格员"
    desk.books.save(made)
    return made


@pytest.fixture
def day(desk, person):
    """An open day to which two were invited."""
    held = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 12, 24), venue="机关大院")
    desk.books.save(held)
    other = Representative(full_name="李明", unit="光大社区")
    desk.books.save(other)
    desk.inviting.invite(held, [person, other])
    return held


def removed_ids(desk, kind=""):
    return [row.key for row in desk.recycle_bin.page(kind)]


def test_removed_waits_with_its_reason_and_comes_back(desk, person):
    desk.books.remove(person, "登记重复")

    row = desk.recycle_bin.page()[0]
    assert (row.model, row.key, row.because, row.caption) == (Representative, person.id, "登记重复", NAME)
    assert desk.recycle_bin.counts() == {"representative": 1}

    desk.recycle_bin.recover(Representative, [person.id])

    assert desk.books.get(Representative, person.id).mobile == MOBILE
    assert desk.recycle_bin.page() == []
    assert checking.faults_of(office.database.obj.path) == []


@pytest.mark.parametrize("way", ["recover", "undo"])
def test_a_number_void_by_removing_holds_again(desk, way):
    ticket = Ticket(
        sort="问题", content="店埠路路灯不亮了三天", source="来信", received_on=datetime.date(2026, 9, 1)
    )
    desk.books.save(ticket)
    desk.books.remove(ticket, "重复登记")
    assert RegisterEntry.get(RegisterEntry.record == ticket.id).void_because == "重复登记"

    if way == "recover":
        desk.recycle_bin.recover(Ticket, [ticket.id])
    else:
        desk.changes.undo_last()

    assert RegisterEntry.get(RegisterEntry.record == ticket.id).void_because == ""


def test_a_place_taken_meanwhile_is_told(desk, day, person):
    unit = desk.books.find(Unit, "光大社区")[0]
    desk.books.remove(unit, "撤并")
    desk.books.save(Unit(name="光大社区"))
    with pytest.raises(UserError, match="已有单位“光大社区”"):
        desk.recycle_bin.recover(Unit, [unit.id])

    first = Invitation.get(Invitation.representative == person)
    desk.books.remove(first, "发错")
    desk.inviting.invite(day, [person])
    with pytest.raises(UserError, match="位置已被另一条占用"):
        desk.recycle_bin.recover(Invitation, [first.id])
    assert Invitation.get_by_id(first.id).deleted_at


def test_what_belongs_to_something_removed_waits_for_it(desk, person):
    note = Contact.get()
    desk.books.remove(note, "记错")
    desk.books.remove(person, "重复")
    with pytest.raises(UserError, match=f"所属的代表“{NAME}”也在回收站里"):
        desk.recycle_bin.recover(Contact, [note.id])


def traces(path, *values):
    """Return which values stand in the bytes of a file or of what lies beside it, in whatever coding."""
    found = []
    for file in path.parent.glob(f"{path.name}*"):
        held = file.read_bytes()
        for value in values:
            ways = (
                value.encode(),
                value.encode("utf-16-le"),
                value.encode("utf-16-be"),
                json.dumps(value)[1:-1].encode(),
            )
            found += [(file.name, value) for way in ways if way in held]
    return found


def test_purged_is_in_no_byte_of_the_file(desk, day, person, tmp_path, office_file):
    desk.press.print(Order(document="invitation-letters", target=tmp_path / "函.pdf", open_day=day))
    everything = (NAME, MOBILE, NUMBER, STREET, SAID, "网格员")
    assert {value for _, value in traces(office_file, *everything)} == set(everything)
    invited = Invitation.get(Invitation.representative == person)
    staff = Staff(full_name="张三")
    desk.books.save(staff)
    visited = datetime.date(2026, 9, 3)
    desk.books.save(Visit(staff=staff, representative=person, visited_on=visited, found="一切都好"))
    desk.drafts.keep([Draft("representatives", NAME, {"form": {"post": "村医"}}, person.id)])
    desk.books.remove(person, f"{NAME}已去世")

    outcome = desk.recycle_bin.purge(Representative, [person.id], confirmed=WORD)

    assert outcome.written_anew
    assert traces(office_file, *everything) == []
    assert traces(office_file, *(text[::-1] for text in (MOBILE, NUMBER))) == []
    copy = tmp_path / "copy.openday"
    backup.copy_to(database.obj, copy)
    assert traces(copy, *everything) == []
    assert desk.books.find(Visit, NAME[:3]) == []
    assert len(desk.books.find(Visit, "一切都好")) == 1
    assert desk.drafts.left_behind() == []
    for row in PrintedContent.select():
        assert json.dumps(NAME)[1:-1] not in zlib.decompress(bytes(row.packed)).decode()
    office.close()
    assert traces(office_file, *everything) == []
    assert checking.faults_of(office_file) == []
    # the figures still count an invitation, and its number stands
    kept = Invitation.get_by_id(invited.id)
    assert (kept.number, kept.deleted_at, kept.representative.full_name) == (
        invited.number,
        None,
        "（已清除）",
    )


def test_a_purge_is_told_sealed_and_for_good(desk, person):
    desk.books.remove(person, "重复")
    with pytest.raises(UserError, match="照样输入"):
        desk.recycle_bin.purge(Representative, [person.id], confirmed="是")
    assert removed_ids(desk)

    desk.recycle_bin.purge(Representative, [person.id], confirmed=WORD)

    assert desk.recycle_bin.page() == []
    assert Representative.get_or_none(Representative.id == person.id) is None
    assert chain.broken(database) is None
    told = desk.trail.page(desk.trail.asked()).found
    assert told[0].action == "彻底删除代表 1 条，所涉修改记录已清空并重新封存"
    assert [row.action for row in told if NAME in row.action] == []
    with pytest.raises(UserError, match="彻底删除不能撤销"):
        desk.changes.undo(desk.trail.change(told[0].key))
    with pytest.raises(UserError, match="不在回收站里"):
        desk.recycle_bin.recover(Representative, [person.id])


def test_a_trail_that_does_not_hold_is_not_sealed_anew(desk, person):
    desk.books.remove(person, "重复")
    database.execute_sql("UPDATE present SET purging = 1")
    database.execute_sql("UPDATE trail SET before = '{}' WHERE sequence = 1")
    database.execute_sql("UPDATE present SET purging = NULL")

    with pytest.raises(TroubleError, match="请先查明"):
        desk.recycle_bin.purge(Representative, [person.id], confirmed=WORD)

    assert Representative.get_by_id(person.id).mobile == MOBILE


def test_a_ticket_goes_with_its_story(desk, office_file):
    text = "店埠路第三杆路灯从八月起一直不亮"
    ticket = Ticket(sort="问题", content=text, source="来信", received_on=datetime.date(2026, 9, 1))
    desk.books.save(ticket)
    desk.books.do(ticket, "accept", {})
    desk.books.remove(desk.books.get(Ticket, ticket.id), "应本人要求")

    desk.recycle_bin.purge(Ticket, [ticket.id], confirmed=WORD)

    assert traces(office_file, text, text[3:12]) == []
    assert desk.books.find(Ticket, "路灯") == []
    assert checking.faults_of(office_file) == []


def test_what_others_say_of_the_purged_is_told_before_and_cleared_from_their_past(desk, person, office_file):
    namesake = Representative(full_name=NAME, mobile="13900001111")
    desk.books.save(namesake)
    namesake.post = "会计"
    desk.books.save(namesake)
    quoting = Representative(full_name="李明", note=f"与{NAME}同住，电话{MOBILE}，身份证{NUMBER}")
    forgetful = Representative(full_name="王芳", note=f"{NAME}的邻居，{MOBILE}")
    said = Contact(
        representative=quoting, on=datetime.date(2026, 9, 1), text="说起路灯"
    )  # in a column called text
    for row in (quoting, forgetful, said):
        desk.books.save(row)
    forgetful.note = "邻居"
    desk.books.save(forgetful)
    desk.books.remove(person, "本人要求")

    before = desk.recycle_bin.quotes(Representative, [person.id])
    assert before.counts == {"代表": 2}
    assert {quote.key for quote in before.named} == {namesake.id, quoting.id}
    quoting.note = ""
    desk.books.save(quoting)

    outcome = desk.recycle_bin.purge(Representative, [person.id], confirmed=WORD)

    assert outcome.still.counts == {"代表": 1}
    assert (len(outcome.past.touched), outcome.past.left) == (2, 1)
    assert "2 处提到，已清除" in outcome.told()
    assert f"代表 1 条：代表“{NAME}”" in outcome.told()
    assert traces(office_file, MOBILE, NUMBER) == []
    assert chain.broken(database) is None
    kept = "SELECT before FROM trail WHERE row = ? AND did = 'update'"
    assert NAME in database.execute_sql(kept, (namesake.id,)).fetchone()[0]
    office.close()
    assert checking.faults_of(office_file) == []


def test_what_was_cleared_for_good_is_no_matter_of_undo(desk, person):
    desk.books.remove(person, "本人要求")
    desk.recycle_bin.purge(Representative, [person.id], confirmed=WORD)
    with pytest.raises(UserError, match="已经彻底删除，找不回来了"):
        desk.changes.undo_last()


def test_a_purge_beside_a_reader_clears_all_the_same(desk, person, office_file, monkeypatch):
    monkeypatch.setattr(purging, "WAITS", (0,))
    desk.books.remove(person, "重复")
    other = OfficeDatabase(office_file, mode="ro")
    reading = other.execute_sql("SELECT * FROM trail")
    reading.fetchone()

    outcome = desk.recycle_bin.purge(Representative, [person.id], confirmed=WORD)

    assert not outcome.written_anew
    assert "关闭后才清空" in outcome.told()
    reading.close()
    other.close()
    office.close()
    assert traces(office_file, NAME, MOBILE, NUMBER, STREET, SAID) == []
    assert checking.faults_of(office_file) == []
