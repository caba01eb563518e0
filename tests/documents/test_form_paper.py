"""Forms as PDF: what a camera, a reader of text and a clerk find on the paper."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from desktop.documents.corner_codes import Corner, Place, decode
from desktop.documents.form_layout import lay_out
from desktop.documents.form_paper import blank_form, preflight, write_forms
from desktop.documents.form_parts import RULE
from desktop.documents.form_record import layout_of, layout_record
from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.papers import FormPaper, FormQuestion, QuestionSort
from tests.documents.forms_fixture import good_ideas, questionnaire, satisfaction

ALL = [questionnaire, satisfaction, good_ideas]
DPI = 200
DOT = DPI / 25.4


def rendered(page: pypdfium2.PdfPage) -> Image.Image:
    return page.render(scale=DPI / 72).to_pil().convert("L")  # pyright: ignore[reportArgumentType]


@cache
def pictures(sample) -> tuple[Image.Image, ...]:
    """The pages of one copy, serial 27, as a scanner at 200 dpi would see fresh prints."""
    document = pypdfium2.PdfDocument(printed(sample))
    return tuple(rendered(page) for page in document)


@cache
def printed(sample) -> bytes:
    """The PDF of one copy, serial 27, drawn as write_forms draws it."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "forms.pdf"
        write_forms(target, sample(), [27])
        return target.read_bytes()


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def compact(text: str) -> str:
    return "".join(text.split())


def codes_on(picture: Image.Image) -> dict[Place, Corner]:
    found = zxingcpp.read_barcodes(picture)
    return {corner.place: corner for corner in (decode(code.text) for code in found)}


def expected(form: FormPaper, page: int, serial: int = 27) -> dict[Place, Corner]:
    return {place: Corner(form.code, form.version, serial, page, place) for place in Place}


@pytest.mark.parametrize("sample", ALL)
def test_all_four_codes_of_every_page_are_read(sample):
    for number, picture in enumerate(pictures(sample), start=1):
        assert codes_on(picture) == expected(sample(), number)


@pytest.mark.parametrize("sample", ALL)
@pytest.mark.parametrize("degrees", [-2, 2])
def test_the_codes_are_read_from_a_blurred_and_crooked_scan(sample, degrees):
    for number, picture in enumerate(pictures(sample), start=1):
        poor = picture.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)
        poor = poor.filter(ImageFilter.GaussianBlur(1.6))

        assert codes_on(poor) == expected(sample(), number)


def test_the_codes_stand_in_their_corners():
    picture = pictures(satisfaction)[0]
    for code in zxingcpp.read_barcodes(picture):
        left, top = code.position.top_left.x / DOT, code.position.top_left.y / DOT
        right, bottom = code.position.bottom_right.x / DOT, code.position.bottom_right.y / DOT
        place = decode(code.text).place

        assert (left < 105) == (place in (Place.TOP_LEFT, Place.BOTTOM_LEFT))
        assert (top < 148) == (place in (Place.TOP_LEFT, Place.TOP_RIGHT))
        assert right - left == pytest.approx(14.7, abs=0.4)
        assert min(left, top, 210 - right, 297 - bottom) >= 11.7


@pytest.mark.parametrize("sample", ALL)
def test_every_box_is_black_where_the_record_says_and_empty_inside(sample):
    record = layout_record(sample())
    assert record["boxes"]
    for box in record["boxes"]:
        picture = pictures(sample)[box["page"] - 1]
        inside = picture.crop(dots(box["x"] + 0.4, box["y"] + 0.4, box["w"] - 0.8, box["h"] - 0.8))
        assert inside.getextrema()[0] > 200, box
        for x, y in edges(box):
            near = picture.crop(dots(x - 0.25, y - 0.25, 0.5, 0.5))
            assert near.getextrema()[0] < 100, (box, x, y)
        around = picture.crop(dots(box["x"] - 1, box["y"] - 1, box["w"] + 2, box["h"] + 2))
        assert ImageOps.invert(around).getbbox() == pytest.approx((6.8, 6.8, 42, 42), abs=2.1), box


@pytest.mark.parametrize("sample", ALL)
def test_every_frame_is_black_where_the_record_says(sample):
    for frame in layout_record(sample())["frames"]:
        picture = pictures(sample)[frame["page"] - 1]
        for x, y in edges(frame):
            near = picture.crop(dots(x - 0.25, y - 0.25, 0.5, 0.5))
            assert near.getextrema()[0] < 140, (frame, x, y)


def dots(x, y, width, height):
    return tuple(round(value * DOT) for value in (x, y, x + width, y + height))


def edges(box):
    middle_x, middle_y = box["x"] + box["w"] / 2, box["y"] + box["h"] / 2
    right, bottom = box["x"] + box["w"], box["y"] + box["h"]
    return [(box["x"], middle_y), (right, middle_y), (middle_x, box["y"]), (middle_x, bottom)]


@pytest.mark.parametrize("sample", ALL)
def test_the_text_reads_back_as_it_was_written(sample):
    form, pages = sample(), texts(printed(sample))
    whole = compact("".join(pages))

    for text in (form.title, form.intro, form.footer, *(question.text for question in form.questions)):
        assert compact(text) in whole
    for question in form.questions:
        for option in question.options:
            assert compact(option) in whole
    for number, page in enumerate(pages, start=1):
        assert RULE in compact(page)
        assert "编号0027" in compact(page)
        assert f"第{number}页共{len(pages)}页" in compact(page)


def test_markup_is_only_text():
    hostile = [
        "A&B<C",
        "张</para>三",
        '<img src="/etc/passwd"/>',
        "<b>甲</b>",
        "{字段} %s \\n (x) \\(",
        "'; --",
    ]
    form = replace(
        satisfaction(),
        title="<b>测评</b>&amp;表",
        intro="<font size='99999'>说明</font>",
        questions=(
            *(FormQuestion(f"t{n}", QuestionSort.TEXT, text) for n, text in enumerate(hostile)),
            FormQuestion("c", QuestionSort.CHOICE, "选", tuple(hostile)),
        ),
    )
    whole = compact("".join(texts(blank_form(form))))

    for text in (*hostile, form.title, form.intro):
        assert whole.count(compact(text)) >= (2 if text in hostile else 1)


def test_controls_and_breaks_in_texts_print_as_blanks_or_not_at_all(tmp_path):
    form = replace(
        satisfaction(),
        title="测\x00评\n表\ud800",
        questions=(FormQuestion("q1", QuestionSort.CHOICE, "一\u200b\n二\x07", ("甲\r\n乙", "丙\t丁")),),
    )
    write_forms(tmp_path / "forms.pdf", form, [1])
    whole = compact("".join(texts((tmp_path / "forms.pdf").read_bytes())))

    for text in ("测评表", "甲乙", "丙丁"):
        assert text in whole


def test_each_copy_carries_its_own_serial(tmp_path):
    serials = [3, 1, 1_679_615]
    made = write_forms(tmp_path / "forms.pdf", questionnaire(), serials)
    document = pypdfium2.PdfDocument(tmp_path / "forms.pdf")

    assert made.pages == len(document) == 6
    assert made.files == (str(tmp_path / "forms.pdf"),)
    for number, page in enumerate(document):
        serial = serials[number // 2]
        codes = codes_on(rendered(page))
        assert codes == expected(questionnaire(), number % 2 + 1, serial)
        assert f"编号{serial:04d}" in compact(page.get_textpage().get_text_range())


def test_a_preview_is_marked_as_a_specimen():
    pdf = blank_form(satisfaction())
    picture = rendered(pypdfium2.PdfDocument(pdf)[0])

    assert "样张" in texts(pdf)[0]
    assert "编号" not in texts(pdf)[0]
    assert {corner.serial for corner in codes_on(picture).values()} == {0}


def test_a_draft_is_written_as_a_specimen(tmp_path):
    made = write_forms(tmp_path / "draft.pdf", satisfaction(), [0])

    assert made.pages == 1
    assert "样张" in texts((tmp_path / "draft.pdf").read_bytes())[0]


def test_a_stored_layout_is_printed_as_it_was_even_if_the_form_has_changed(tmp_path):
    stored = layout_record(satisfaction())
    edited = replace(satisfaction(), title="改过的标题")
    write_forms(tmp_path / "forms.pdf", edited, [5], layout=layout_of(stored))

    page = compact(texts((tmp_path / "forms.pdf").read_bytes())[0])
    assert "组织工作满意度测评表" in page
    assert "改过的标题" not in page


def test_only_a_named_form_has_a_place_for_the_person():
    assert "姓名" in texts(printed(good_ideas))[0]
    for sample in (questionnaire, satisfaction):
        assert "姓名" not in "".join(texts(printed(sample)))


def test_the_file_of_an_anonymous_form_tells_nothing_of_a_person():
    document = pypdfium2.PdfDocument(printed(satisfaction))
    told = document.get_metadata_dict()

    assert not told["Author"]
    assert satisfaction().title in told["Title"]


@pytest.mark.parametrize(
    ("serials", "sentence"),
    [
        ([], "没有要印的份数"),
        ([1, 2, 1], "重复"),
        ([0, 1], "超出范围"),
        ([-3], "超出范围"),
        ([36**4], "超出范围"),
    ],
)
def test_impossible_serials_are_refused_and_nothing_is_written(tmp_path, serials, sentence):
    with pytest.raises(UserError, match=sentence):
        write_forms(tmp_path / "forms.pdf", satisfaction(), serials)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("change", [{"code": 0}, {"code": 46_656}, {"version": 0}, {"version": 36}])
def test_a_form_number_beyond_the_codes_is_refused(tmp_path, change):
    with pytest.raises(UserError, match="超出角码范围"):
        write_forms(tmp_path / "forms.pdf", replace(satisfaction(), **change), [1])


def test_an_undrawable_character_is_named_with_its_place(tmp_path):
    form = replace(
        satisfaction(),
        questions=(FormQuestion("q1", QuestionSort.CHOICE, "选哪个？", ("好", "生僻\U000e0fff字")),),
    )
    fault = preflight(form)[0]

    assert fault.character == "\U000e0fff"
    assert "第 1 题" in fault.message
    assert "U+E0FFF" in fault.message
    with pytest.raises(UserError, match="U\\+E0FFF"):
        write_forms(tmp_path / "forms.pdf", form, [1])
    assert list(tmp_path.iterdir()) == []
    assert preflight(questionnaire()) == []


def test_stopping_half_way_leaves_the_old_file(tmp_path):
    target = tmp_path / "forms.pdf"
    target.write_bytes(b"old")

    def stop(done: int, total: int) -> None:
        assert total == 100
        if done >= 40:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_forms(target, satisfaction(), range(1, 101), watch=stop)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(TroubleError, match="文件夹不存在"):
        write_forms(tmp_path / "none" / "forms.pdf", satisfaction(), [1])


def test_the_same_copies_twice_are_the_same_pages(tmp_path):
    for name in ("one", "two"):
        write_forms(tmp_path / name, good_ideas(), [1, 2])
    assert texts((tmp_path / "one").read_bytes()) == texts((tmp_path / "two").read_bytes())


def test_a_thousand_copies_cost_a_few_seconds_at_most(tmp_path):
    start = time.process_time()
    made = write_forms(tmp_path / "forms.pdf", questionnaire(), range(1, 1001))

    assert made.pages == 2000
    assert time.process_time() - start < 6
    assert (tmp_path / "forms.pdf").stat().st_size < 3_000 * 2000


def test_the_shared_page_is_stored_once(tmp_path):
    one = write_forms(tmp_path / "1.pdf", satisfaction(), [1])
    many = write_forms(tmp_path / "41.pdf", satisfaction(), range(1, 42))

    assert (one.pages, many.pages) == (1, 41)
    more = (tmp_path / "41.pdf").stat().st_size - (tmp_path / "1.pdf").stat().st_size
    assert more / 40 < 2_500


def test_the_layout_is_the_one_that_is_printed():
    assert len(pictures(questionnaire)) == len(lay_out(questionnaire()).pages) == 2
