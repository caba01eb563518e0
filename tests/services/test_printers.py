"""How a printer is off: measured on the calibration page, kept on this computer, put right on paper."""

from __future__ import annotations

import json

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.documents.adjusting import write_adjusted
from desktop.documents.calibration import write_calibration
from desktop.documents.envelopes import write_envelopes
from desktop.documents.preview import page_image, page_sizes, page_text
from desktop.errors import TroubleError, UserError
from desktop.records.pack import Envelopes, Guest
from desktop.records.printers import MARKS, Adjustment, Marks, adjustment_for
from desktop.services.printers import OwnPrinters

MM = 72 / 25.4
shift = some.floats(-8, 8)
scale = some.floats(0.97, 1.03)


@given(right=shift, down=shift, wide=scale, high=scale)
def test_measuring_a_printer_that_is_off_makes_it_print_true(right, down, wide, high):
    def printed(x, y):
        """Where a printer puts what should lie at (x, y)."""
        return right + wide * x, down + high * y

    left, top = printed(MARKS.left, MARKS.top)
    other = printed(MARKS.left + MARKS.across, MARKS.top + MARKS.along)
    found = adjustment_for(Marks(left, top, other[0] - left, other[1] - top))
    for x, y in ((0, 0), (20, 20), (190, 277), (105, 148)):
        put = printed(found.right + x * found.wide / 100, found.down + y * found.high / 100)
        assert put == pytest.approx((x, y), abs=0.05)


def test_a_printer_that_is_true_needs_nothing():
    assert adjustment_for(MARKS).is_none
    assert Adjustment().told() == "不校正"
    assert Adjustment(right=-1.5, down=2, wide=99.5).told() == "左移 1.5 mm，下移 2 mm，横向 99.5 %"


def places(path):
    """The upper left corner of the ink of every character of a page, in mm from the paper's upper left corner."""
    document = pypdfium2.PdfDocument(path)
    height, text = document[0].get_height(), document[0].get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    document.close()
    return [(left / MM, (height - top) / MM) for left, _, right, top in boxes if right > left]


def test_the_crosses_of_the_calibration_page_are_where_the_measures_say(tmp_path):
    target = tmp_path / "page.pdf"
    write_calibration(target)
    image = page_image(target, 0, scale=8)
    dot = 25.4 / (72 * 8)

    def dark(x, y):
        at = 4 * (round(y / dot) * image.width + round(x / dot))
        return any(
            image.pixels[at + 4 * (right + down * image.width)] < 128
            for right in (-1, 0, 1)
            for down in (-1, 0, 1)
        )

    for x in (MARKS.left, MARKS.left + MARKS.across):
        for y in (MARKS.top, MARKS.top + MARKS.along):
            assert dark(x, y)
            assert dark(x - 6, y)
            assert dark(x, y + 6)
            assert not dark(x - 3, y + 3)
    assert "应为 170.0 mm" in page_text(target, 0)


def test_an_envelope_is_moved_exactly_and_stays_text(tmp_path):
    source, target = tmp_path / "dl.pdf", tmp_path / "moved.pdf"
    guest = Guest("于𬱖", "同志", address="肥西县上派镇光大社区", postcode="231200")
    write_envelopes(source, Envelopes("DL", (guest,), "中共肥西县委组织部"))
    before = source.read_bytes()
    write_adjusted(source, target, Adjustment(right=-1.5, down=2))
    assert source.read_bytes() == before  # what is saved as a PDF never moves
    assert page_text(target, 0) == page_text(source, 0)
    assert page_sizes(target) == page_sizes(source)
    for here, there in zip(places(source), places(target), strict=True):
        assert (there[0] - here[0], there[1] - here[1]) == pytest.approx((-1.5, 2), abs=0.002)


def test_sizing_keeps_the_upper_left_corner(tmp_path):
    source, target = tmp_path / "page.pdf", tmp_path / "sized.pdf"
    write_calibration(source)
    write_adjusted(source, target, Adjustment(wide=99, high=101))
    for here, there in zip(places(source), places(target), strict=True):
        assert there == pytest.approx((here[0] * 0.99, here[1] * 1.01), abs=0.01)


@pytest.mark.parametrize("adjustment", [Adjustment(right=1, down=-2), Adjustment(wide=99, high=99)])
def test_nothing_of_the_page_is_cut_off(tmp_path, adjustment):
    source, target = tmp_path / "page.pdf", tmp_path / "moved.pdf"
    write_calibration(source)
    write_adjusted(source, target, adjustment)
    for place in (lambda rows: rows[0], lambda rows: rows[-1]):
        here, there = place(inked(source)), place(inked(target))
        assert there == pytest.approx(adjustment.down + here * adjustment.high / 100, abs=0.2)


def inked(path):
    """The heights (mm from the paper's upper edge) at which a page has ink, from the top down."""
    image = page_image(path, 0, scale=4)
    wide = 4 * image.width
    rows = range(image.height)
    return [row / 4 / MM for row in rows if min(image.pixels[row * wide : (row + 1) * wide : 4]) < 200]


def test_every_piece_begins_on_a_new_sheet(tmp_path):
    source, target = tmp_path / "pieces.pdf", tmp_path / "parted.pdf"
    guests = tuple(Guest(name, address="上派镇") for name in ("甲一", "乙二", "丙三", "丁四"))
    write_envelopes(source, Envelopes("DL", guests, "组织部"))
    write_adjusted(source, target, Adjustment(), starts=(0, 1, 3))
    document = pypdfium2.PdfDocument(target)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert [bool(text.strip()) for text in texts] == [True, False, True, True, True, False]
    assert len(set(page_sizes(target))) == 1


def test_what_is_kept_is_of_one_printer_and_of_this_computer(tmp_path, own_home):
    own = OwnPrinters()
    own.keep("一楼 HP", Adjustment(right=-1.5, down=2))
    own.keep("二楼 佳能", Adjustment(wide=99.8))
    assert OwnPrinters().adjustment("一楼 HP") == Adjustment(right=-1.5, down=2)
    assert OwnPrinters().adjustment("三楼").is_none
    own.keep("一楼 HP", Adjustment())
    assert OwnPrinters().adjustment("一楼 HP").is_none
    assert OwnPrinters().adjustment("二楼 佳能") == Adjustment(wide=99.8)
    assert list(own_home.rglob("printers.json"))


@pytest.mark.parametrize(
    "kept",
    ["", "{", "[]", '"x"', '{"P": 3}', '{"P": {"right": "left"}}', '{"P": {"right": 500}}', '{"P": {"wide": NaN}}', "\xff"],
)  # fmt: skip
def test_a_damaged_file_is_as_good_as_none(tmp_path, kept):
    file = tmp_path / "printers.json"
    file.write_bytes(kept.encode("latin-1"))
    own = OwnPrinters(file)
    assert own.adjustment("P").is_none
    own.keep("P", Adjustment(down=1))
    assert json.loads(file.read_text(encoding="utf-8"))["P"]["down"] == 1


@pytest.mark.parametrize(
    "wild",
    [Adjustment(right=30), Adjustment(down=-21), Adjustment(wide=50), Adjustment(high=float("nan"))],
)
def test_what_no_printer_needs_is_refused(tmp_path, wild):
    with pytest.raises(UserError, match=r"应在"):
        OwnPrinters(tmp_path / "printers.json").keep("P", wild)
    assert not (tmp_path / "printers.json").exists()


def test_no_pdf_is_told(tmp_path):
    broken = tmp_path / "x.pdf"
    broken.write_text("no PDF", encoding="utf-8")
    with pytest.raises(TroubleError, match="无法打开"):
        write_adjusted(broken, tmp_path / "y.pdf", Adjustment(right=1))
    assert not (tmp_path / "y.pdf").exists()
