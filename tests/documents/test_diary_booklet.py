"""民情日记 as a small book, and small 连心卡: contents that are right, folds in order, faults that name their place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from desktop.documents import booklets, pocket_cards
from desktop.documents.diary_booklet import preflight, write_booklet
from desktop.documents.preview import page_count, page_text
from desktop.errors import UserError
from desktop.records.visit_papers import DiaryPiece, PocketCard, PocketCards
from tests.documents.visit_samples import BOOKLET, WALL


def book(count):
    """Return so many diaries of different lengths."""
    pieces = tuple(
        DiaryPiece(f"第{place}篇日记", "2026年9月2日", "李明", "\n".join([WALL] * (1 + place % 7)))
        for place in range(1, count + 1)
    )
    return replace(BOOKLET, size="A5", pieces=pieces)


def test_the_contents_name_the_page_on_which_each_diary_begins(tmp_path):
    path = tmp_path / "book.pdf"
    write_booklet(path, book(40))
    pages = [page_text(path, number).replace("\r\n", "\n") for number in range(page_count(path))]
    assert "共 40 篇" in pages[0]
    assert not pages[1].strip()
    told = re.findall(r"第(\d+)篇日记[\s…]*李明\s*(\d+)", "\n".join(pages[2:5]))
    assert [int(place) for place, _ in told] == list(range(1, 41))
    for place, number in told:
        lines = pages[int(number) - 1].split("\n")
        assert f"第{place}篇日记" in [line.strip() for line in lines], (place, number)
    assert all(f"{number}" in page.split("\n") for number, page in enumerate(pages[2:], start=3))


def test_no_title_stands_at_the_foot_of_a_page_without_its_text(tmp_path):
    path = tmp_path / "book.pdf"
    write_booklet(path, book(30))
    for number in range(4, page_count(path)):
        lines = [line.strip() for line in page_text(path, number).split("\n") if line.strip()]
        lines = lines[:-2]  # what stands over and under the page is drawn last
        titles = [at for at, line in enumerate(lines) if re.fullmatch("第\\d+篇日记", line) and at]
        assert all(len(lines) - at >= 6 for at in titles), lines


@pytest.mark.parametrize("count", [4, 8, 64, 68, 100])
def test_folding_brings_every_page_into_its_place(count):
    sides = booklets.folded([f"<{page}>" for page in range(1, count + 1)])
    pages = [int(page) for side in sides for page in re.findall(r"<(\d+)>", side)]
    assert sorted(pages) == list(range(1, count + 1))
    assert len(sides) == count // 2
    first = count if count <= booklets.MOST_FOLDED else booklets.GATHERING
    assert pages[:2] == [first, 1]


def test_a_character_that_no_face_has_is_told_with_its_diary():
    odd = replace(BOOKLET.pieces[0], text="今天去了\ue123家", record=b"k")
    (fault,) = preflight(replace(BOOKLET, pieces=(odd,)))
    assert (fault.record, fault.person) == (b"k", "周建国")
    assert "“一堵墙”的正文" in fault.message


def test_a_card_without_a_number_to_call_is_refused(tmp_path):
    cards = PocketCards("县委组织部", (PocketCard("李明", "组织科", "", "王守田", "木兰村"),))
    with pytest.raises(UserError, match="李明没有办公电话"):
        pocket_cards.write_cards(tmp_path / "cards.pdf", cards)
    full = PocketCards("县委组织部", (PocketCard("李明", "组织科", "0551-1", "王守田", "木兰村"),) * 21)
    assert pocket_cards.write_cards(tmp_path / "cards.pdf", full).pages == 3
    assert page_text(tmp_path / "cards.pdf", 2).count("连心卡") == 1
