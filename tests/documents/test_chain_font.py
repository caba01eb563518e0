from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from desktop.documents.chain_font import font_name, open_canvas, width
from desktop.documents.roles import Role
from desktop.errors import UserError

LITERAL = ("<b>张三", "A&B<C", '<img src="/etc/passwd">', "张</para>三", "(2026)\\年\\)", "＝1+1", "·•・—―é")


def _read(data: BytesIO) -> list[str]:
    document = pypdfium2.PdfDocument(data.getvalue())
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("role", list(Role))
def test_text_reads_back_as_it_was_meant(role):
    data, canvas_lines = BytesIO(), ["于𬱖王㛃李𠅤张𠮷", *LITERAL]
    canvas = open_canvas(data, title="测试", author="组织部")
    for number, text in enumerate(canvas_lines):
        canvas.setFont(font_name(role), 16)
        canvas.drawString(80, 780 - 30 * number, text)
    canvas.save()

    assert _read(data)[0].split("\r\n") == canvas_lines


def test_controls_and_halves_of_pairs_are_dropped_on_the_way():
    data = BytesIO()
    canvas = open_canvas(data, title="测试", author="组织部")
    canvas.setFont(font_name(Role.SONG), 12)
    canvas.drawString(80, 700, "王\x00\x07五\ud842")
    canvas.save()

    assert _read(data) == ["王五"]


def test_an_undrawn_character_stops_the_paper():
    canvas = open_canvas(BytesIO(), title="测试", author="组织部")
    canvas.setFont(font_name(Role.SONG), 12)

    with pytest.raises(UserError, match=r"U\+2EE60"):
        canvas.drawString(80, 700, "王\U0002ee60")


def test_two_documents_at_once_do_not_mix():
    first, second = BytesIO(), BytesIO()
    one, two = (open_canvas(data, title="测试", author="") for data in (first, second))
    for canvas, text in ((one, "甲乙"), (two, "丙𬱖")):
        canvas.setFont(font_name(Role.FANG), 12)
        canvas.drawString(80, 700, text)
    one.save()
    two.save()

    assert (_read(first), _read(second)) == (["甲乙"], ["丙𬱖"])


def test_width_is_in_points():
    assert width("组织部", Role.FANG, 16) == pytest.approx(48)
    assert 0 < width("2026", Role.FANG, 16) < 48
