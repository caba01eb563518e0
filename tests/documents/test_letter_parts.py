"""The inner parts of letters: ink, slip codes, page plans."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.documents.book import Book
from desktop.documents.letter_plan import bound, plan, tightened
from desktop.documents.letter_rows import Placed, Row
from desktop.documents.roles import Role
from desktop.documents.slip_code import MODULE, SlipCodes
from desktop.documents.typeset import Line, one_line

FACES = "国𠮷2𬱖𠀀()\\中é㛃·\r々龘𠅤A，"


def _pages(texts: list[str], role: Role = Role.FANG) -> list[str]:
    data = BytesIO()
    book = Book(data, title="测试", author="组织部")
    for text in texts:
        book.page(book.inks.text([(one_line(text, role, 12), 60, 700)]))
    book.close()
    document = pypdfium2.PdfDocument(data.getvalue())
    return [page.get_textpage().get_text_range() for page in document]


@settings(max_examples=60, deadline=None)
@given(text=st.text(FACES.replace("\r", ""), min_size=1, max_size=30), role=st.sampled_from(Role))
def test_ink_keeps_text_of_many_faces(text, role):
    # a lone comma before a character of another face counts as a line of its own for pdfium
    assert _pages([text], role)[0].replace("\r\n", "") == text


def test_a_book_of_many_pages_keeps_their_order():
    texts = [f"第{number}页" for number in range(1, 351)]

    assert _pages(texts) == texts


def test_what_pages_share_is_written_once():
    sizes = []
    for count in (1, 50):
        data = BytesIO()
        book = Book(data, title="测试", author="")
        shared = book.form(book.inks.text([(one_line("共同的文字" * 6, Role.FANG, 12), 60, 700)]))
        for _ in range(count):
            book.page(shared)
        book.close()
        sizes.append(len(data.getvalue()))
        document = pypdfium2.PdfDocument(data.getvalue())
        assert document[count - 1].get_textpage().get_text_range() == "共同的文字" * 6

    assert (sizes[1] - sizes[0]) / 49 < 150


@pytest.mark.parametrize("length", [14, 26, 42, 62, 84, 106])
def test_a_full_code_is_what_another_encoder_makes(length):
    # segno 1.6.6 puts a byte of zeros before the padding, so only codes without padding can be equal
    data = "".join(chr(33 + 7 * place % 90) for place in range(length))
    made = segno.make_qr(data.encode(), error="m", mode="byte", mask=2, boost_error=False)
    side, bits = SlipCodes().bits(data)

    assert side == len(made.matrix)
    assert bits == int("".join(str(int(bool(module))) for row in made.matrix for module in row), 2)
    assert MODULE * 25.4 / 72 >= 0.7


@pytest.mark.parametrize(
    "text", ["A", "OD1-0001-AA", "OD1-0999-ZZ", "OD1-0001-AA中", "OD1-FX20260001-00001-7K", "a" * 105]
)
def test_a_code_changed_from_another_of_its_length_decodes(text):
    codes = SlipCodes()
    codes.bits("x" * len(text.encode()))
    side, bits = codes.bits(text)

    drawn = Image.frombytes("1", (side, side), _rows(side, ~bits))
    whole = Image.new("1", (side + 8, side + 8), 1)
    whole.paste(drawn, (4, 4))
    whole = whole.resize((6 * (side + 8), 6 * (side + 8)))
    assert [code.text for code in zxingcpp.read_barcodes(whole)] == [text]


def _rows(side: int, bits: int) -> bytes:
    mask, stride = (1 << side) - 1, (side + 7) // 8
    rows = (bits >> place * side & mask for place in reversed(range(side)))
    return b"".join((row << 8 * stride - side).to_bytes(stride, "big") for row in rows)


def test_more_than_a_code_holds_is_refused():
    with pytest.raises(ValueError, match="107"):
        SlipCodes().bits("x" * 107)


def _row(height: float, *, keep: bool = False) -> Row:
    return Row(height, (Placed(Line((), "x", 1, Role.FANG, 16), 0, 10),), keep=keep)


def test_bound_rows_move_on_together():
    flow = [(0, place, _row(30)) for place in range(3)]
    flow += [(1, 0, Row(20, keep=True)), (1, 1, _row(30))]

    pages = plan(bound(flow, 1), first=100, later=200, slip=0, overhang=0, heads={}).pages
    assert [len(page) for page in pages] == [1, 4]
    assert sum(len(page) for page in pages) == 5


def test_a_slip_takes_the_foot_or_a_page_of_its_own():
    flow = [(0, 0, _row(60))]

    foot = plan(flow, first=100, later=200, slip=40, overhang=0, heads={})
    alone = plan(flow, first=100, later=200, slip=41, overhang=0, heads={})
    hung = plan(flow, first=100, later=200, slip=50, overhang=12, heads={})
    assert (foot.slip_page, foot.slip_drop) == (0, 60)
    assert (alone.slip_page, alone.slip_drop, len(alone.pages)) == (1, 0, 2)
    assert (hung.slip_page, hung.slip_drop) == (0, 62)


def test_the_gap_of_the_seal_may_shrink():
    flow = [(0, 0, _row(60)), (1, 0, Row(40, keep=True)), (1, 1, _row(20))]

    assert len(plan(flow, first=100, later=200, slip=0, overhang=0, heads={}).pages) == 2
    assert len(plan(tightened(flow, 1, 20), first=100, later=200, slip=0, overhang=0, heads={}).pages) == 1
