"""Papers of tickets on the command line: names, JSON keys and exit codes of the contract."""

from __future__ import annotations

import pytest

from tests.commands.test_contract import text_of


@pytest.fixture
def ticket(office):
    office("add", "staff", "full_name=李明", "section=组织科")
    _, made, _ = office("add", "ticket", "content=路灯不亮", "raised_by=老张", "received_on=2026-03-02")
    office("do", "ticket", made["number"], "accept")
    office("do", "ticket", made["number"], "assign", "section=组织科", "handler=李明")
    return made["number"]


def test_papers_of_tickets_by_their_names(office, ticket, tmp_path):
    _, other, _ = office("add", "ticket", "content=还没有交办", "received_on=2026-03-02")
    code, slips, told = office("print", "assignment-slips", "--all", "--out", "s.pdf")
    assert code == 0, told
    assert (slips["register"], slips["pages"]) == (["交〔2026〕1号"], 1)
    assert [fault["person"] for fault in slips["preflight"]] == [other["number"]]

    code, refused, _ = office("print", "assignment-slips", "--id", other["number"], "--out", "t.pdf")
    assert (code, refused["preflight"][0]["person"]) == (1, other["number"])
    assert not (tmp_path / "t.pdf").exists()
    code, again, _ = office("print", "assignment-slips", "--id", ticket, "--out", "s2.pdf")
    assert (code, again["register"]) == (0, ["交〔2026〕1号"])

    assert office("print", "ticket-ledger", "--where", "section=组织科", "--out", "l.pdf")[0] == 0
    assert "合计 1 件，1 件次" in "".join(text_of(tmp_path / "l.pdf"))
    for whole in ("ticket-ledger", "write-off-list"):
        assert office("print", whole, "--out", f"{whole}.pdf")[0] == 0
        assert "合计 2 件" in "".join(text_of(tmp_path / f"{whole}.pdf"))
    office("do", "ticket", ticket, "answer", "text=已修好")
    code, letters, _ = office("print", "reply-letters", "--all", "--separate", "--out", "each")
    assert (code, letters["register"]) == (0, ["复〔2026〕1号"])
    assert [path.name for path in (tmp_path / "each").iterdir()] == [
        "答复函-复〔2026〕1号-2026-0001-老张.pdf"
    ]
    assert office("show", "ticket", ticket)[1]["state"] == "答复"
    jobs = office("print-log")[1]
    assert [job["document"] for job in jobs][:2] == ["reply-letters", "write-off-list"]
    assert (len(jobs[0]["tickets"]), jobs[0]["invitations"]) == (1, [])
    code, copied, _ = office("reprint", jobs[0]["id"], "--out", "again")
    assert (code, copied["register"]) == (0, ["复〔2026〕1号"])


def test_papers_of_a_meeting(office, tmp_path):
    _, made, _ = office("add", "ticket", "sort=意见建议", "content=多办几次", "received_on=2026-03-02")
    office("do", "ticket", made["number"], "table", "meeting=第3次部长办公会")
    for document in ("meeting-agenda", "meeting-resolutions"):
        code, printed, told = office("print", document, "--id", "第3次部长办公会", "--out", f"{document}.pdf")
        assert (code, printed["pages"]) == (0, 1), told
        assert "多办几次" in "".join(text_of(tmp_path / f"{document}.pdf"))
    assert office("print", "meeting-agenda", "--all", "--out", "x.pdf")[0] == 1


@pytest.mark.parametrize(
    "words", [("urge-slips",), ("assignment-slips", "--all", "--order", "seat"), ("urge-slips", "--all")]
)
def test_what_cannot_be_printed_is_told(office, tmp_path, words):
    code, answer, _ = office("print", *words, "--out", "x.pdf")
    assert code == 1
    assert answer["error"]["message"]
    assert not (tmp_path / "x.pdf").exists()
