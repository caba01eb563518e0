"""Forms laid out: what a reader of scans needs holds for whatever form the office makes."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.documents import form_parts
from desktop.documents.form_layout import lay_out
from desktop.documents.form_parts import CODE_SPOTS, RULE, Box, Frame, Words
from desktop.documents.form_record import layout_hash, layout_of, layout_record, record_of
from desktop.errors import TroubleError, UserError
from desktop.records.papers import SCALE_LABELS, FormPaper, FormQuestion, QuestionSort
from tests.documents.forms_fixture import good_ideas, questionnaire, satisfaction

ALL = [questionnaire, satisfaction, good_ideas]
SLACK = 0.0021  # places are stored in whole micrometres

words = st.text(
    st.sampled_from("的一是在不了有和人这中大为上个国我以要他ABCxyz0189，。：（）“”《》—…·<&> \n"),
    max_size=120,
)
questions = st.builds(
    FormQuestion,
    key=st.just(""),
    sort=st.sampled_from(QuestionSort),
    text=words,
    options=st.lists(words.filter(str.strip), min_size=1, max_size=16).map(tuple),
    lines=st.integers(0, 45),
)
scales = st.lists(words, min_size=2, max_size=4).map(
    lambda texts: [FormQuestion("", QuestionSort.SCALE, text) for text in texts]
)
groups = st.lists(st.one_of(questions.map(lambda one: [one]), scales), min_size=1, max_size=6)


def form_of(asked, **changes):
    kept = tuple(replace(question, key=f"q{number}") for number, question in enumerate(asked, start=1))
    return FormPaper(
        **{"code": 7, "version": 2, "title": "测评表", "sort": "调查问卷", "intro": "", "questions": kept}
        | changes
    )


forms = st.builds(
    lambda parts, title, intro, footer, named: form_of(
        [question for part in parts for question in part],
        title=title,
        intro=intro,
        footer=footer,
        named=named,
    ),
    groups,
    words.filter(str.strip),
    words,
    words,
    st.booleans(),
)


def corner_zones():
    side, quiet = form_parts.CODE_SIDE, form_parts.CODE_QUIET
    return [(x - quiet, y - quiet, x + side + quiet, y + side + quiet) for x, y in CODE_SPOTS.values()]


def extent(part):
    """Left, top, right and bottom of what a part covers with ink, roughly for text."""
    match part:
        case Words():
            height = part.line.size * 0.3528
            return part.x, part.baseline - 0.9 * height, part.end, part.baseline + 0.25 * height
        case Box():
            return part.x, part.y, part.x + part.side, part.y + part.side
        case _:
            return part.x, part.y, part.x + part.width, part.y + part.height


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_the_corner_codes_are_large_and_far_from_the_edge():
    assert form_parts.MODULE == 0.7
    assert round(form_parts.CODE_SIDE, 6) == 14.7
    for x, y in CODE_SPOTS.values():
        assert min(x, y, 210 - x - 14.7, 297 - y - 14.7) >= 12 - 1e-9


CROWDED = form_of([
    FormQuestion("", QuestionSort.CHOICE, "短", tuple("甲乙丙丁戊己庚辛壬癸子丑")),
    FormQuestion("", QuestionSort.SEVERAL, "一行一个", ("公" * 33, "正" * 33, "其他（请注明）", "还有：")),
    *(FormQuestion("", QuestionSort.SCALE, f"第{number}项") for number in range(30)),
    FormQuestion("", QuestionSort.NUMBER, "多少？"),
    FormQuestion("", QuestionSort.CHOICE, "", ("0", "0", "：", "A“一&一", "0000000000000")),
    FormQuestion("", QuestionSort.SCALE, "十档", tuple("一二三四五六七八九十")),
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(forms)
@example(questionnaire())
@example(good_ideas())
@example(CROWDED)
def test_every_measure_of_section_9_holds(form):
    layout = lay_out(form)
    for page in layout.pages:
        assert RULE in "".join(part.text for part in page.parts if isinstance(part, Words))
        for box in page.boxes:
            assert box.side == 4.2
        for one, other in combinations(page.boxes, 2):
            down, across = abs(one.y - other.y), abs(one.x - other.x)
            assert down >= 11 - SLACK or (down == 0 and across >= 20 - SLACK)
        for frame in page.frames:
            assert frame.height >= 9 - SLACK


@settings(max_examples=60, deadline=None)
@given(forms)
@example(questionnaire())
@example(good_ideas())
@example(CROWDED)
def test_nothing_leaves_the_page_or_lies_upon_another(form):
    for page in lay_out(form).pages:
        parts = [part for part in page.parts if isinstance(part, Words | Box | Frame)]
        extents = [extent(part) for part in parts]
        for part, (left, top, right, bottom) in zip(parts, extents, strict=True):
            assert 17 <= left <= right <= 193, part
            assert 12 <= top <= bottom <= 285, part
            if not (isinstance(part, Words) and not part.text.strip()):
                assert not any(overlap((left, top, right, bottom), zone) for zone in corner_zones()), part
        answers = [place for part, place in zip(parts, extents, strict=True) if not isinstance(part, Words)]
        for one, other in combinations(answers, 2):
            assert not overlap(one, other)
        for words in (part for part in parts if isinstance(part, Words) and part.text.strip()):
            assert not any(overlap(extent(words), place) for place in answers), words


@settings(max_examples=40, deadline=None)
@given(forms)
def test_every_question_can_be_answered_and_every_label_stands_by_its_box(form):
    layout = lay_out(form)
    boxes = [(box.key, box.option) for page in layout.pages for box in page.boxes]
    frames = {frame.key for page in layout.pages for frame in page.frames}

    assert len(set(boxes)) == len(boxes)
    for question in form.questions:
        expected = range(len(question.options or SCALE_LABELS))
        match question.sort:
            case QuestionSort.TEXT | QuestionSort.NUMBER:
                assert question.key in frames
            case _:
                assert [option for key, option in boxes if key == question.key] == list(expected)
    for page in layout.pages:
        rows = {box.key for one, box in combinations(page.boxes, 2) if one.y == box.y and one.key == box.key}
        for box in page.boxes:
            near = [
                part.x - box.x - 4.2
                for part in page.parts
                if isinstance(part, Words) and abs(part.baseline - box.y - 2.1) < 3 and part.x > box.x
            ]
            assert box.key in rows or not near or min(near) >= 1.6


@pytest.mark.parametrize("sample", ALL)
def test_a_record_is_plain_and_gives_the_layout_back(sample):
    record = layout_record(sample())
    read_back = json.loads(json.dumps(record))

    assert layout_of(read_back) == lay_out(sample())
    assert record_of(layout_of(read_back)) == record
    assert layout_hash(read_back) == layout_hash(record)


def test_a_record_names_every_box_in_millimetres():
    record = layout_record(satisfaction())

    assert record["page_size"] == [210, 297]
    assert len(record["boxes"]) == 8 * 5
    assert record["boxes"][7] == {"page": 1, "x": record["boxes"][2]["x"], "y": record["boxes"][5]["y"]} | {
        "w": 4.2,
        "h": 4.2,
        "key": "q2",
        "option": 2,
    }
    assert record["frames"] == []
    assert record["code"]["spots"]["A"] == [12, 12]


def test_any_change_of_the_form_changes_the_hash():
    form = satisfaction()
    first = layout_hash(layout_record(form))
    longer = replace(form.questions[3], text=form.questions[3].text + "的情况")

    assert layout_hash(layout_record(replace(form, footer=""))) != first
    assert layout_hash(layout_record(replace(form, version=2))) != first
    assert (
        layout_hash(
            layout_record(replace(form, questions=(*form.questions[:3], longer, *form.questions[4:])))
        )
        != first
    )
    assert layout_hash(layout_record(satisfaction())) == first


def test_a_record_of_a_newer_program_or_a_broken_one_is_refused():
    record = layout_record(satisfaction())

    with pytest.raises(TroubleError, match="更新的程序"):
        layout_of(record | {"format": 2})
    with pytest.raises(TroubleError, match="损坏"):
        layout_of(record | {"pages": [[["box", 1]]]})


def test_short_options_stand_in_columns_and_long_ones_in_rows():
    layout = lay_out(form_of([
        FormQuestion("", QuestionSort.CHOICE, "去过吗？", ("去过", "没有", "记不清")),
        FormQuestion("", QuestionSort.SEVERAL, "看重什么？", ("公开" * 30, "公平" * 40, "公正")),
    ]))  # fmt: skip
    short = [box for box in layout.pages[0].boxes if box.key == "q1"]
    long = [box for box in layout.pages[0].boxes if box.key == "q2"]

    assert len({box.y for box in short}) == 1
    assert len({box.x for box in long}) == 1
    assert len({box.y for box in long}) == 3


def test_scales_in_a_row_share_one_table_and_its_heading_returns_after_a_break():
    layout = lay_out(form_of([FormQuestion("", QuestionSort.SCALE, f"对第{n}项工作") for n in range(1, 41)]))

    assert len(layout.pages) > 1
    for page in layout.pages:
        texts = [part.text for part in page.parts if isinstance(part, Words)]
        assert [text for text in texts if text in SCALE_LABELS] == list(SCALE_LABELS)
        assert len({box.x for box in page.boxes}) == 5


def test_scales_with_other_words_do_not_share_a_table():
    own = ("很好", "好", "较好", "一般", "差")
    layout = lay_out(form_of([
        FormQuestion("", QuestionSort.SCALE, "一"),
        FormQuestion("", QuestionSort.SCALE, "二"),
        FormQuestion("", QuestionSort.SCALE, "三", own),
        FormQuestion("", QuestionSort.SCALE, "四", own),
    ]))  # fmt: skip
    texts = [part.text for part in layout.pages[0].parts if isinstance(part, Words)]

    assert texts.count("满意") == 1
    assert texts.count("很好") == 1


def test_an_other_option_has_room_to_write():
    frames = [frame for page in lay_out(questionnaire()).pages for frame in page.frames]

    assert any(frame.key == "q9" and frame.option == 4 and frame.width > 60 for frame in frames)


def test_only_a_named_form_asks_for_the_person():
    named = [frame.key for frame in lay_out(good_ideas()).pages[0].frames]

    assert named[:2] == ["@name", "@unit"]
    for sample in (questionnaire, satisfaction):
        assert not [frame for page in lay_out(sample()).pages for frame in page.frames if frame.key[0] == "@"]


def test_sixty_questions_with_options_of_300_characters():
    asked = [
        FormQuestion("", sort, f"第{number}题" + "问" * 100, ("选项" * 150, "短"), lines=6)
        for number, sort in enumerate([*QuestionSort] * 12, start=1)
    ]
    layout = lay_out(form_of(asked))

    assert 20 < len(layout.pages) <= 35
    assert {box.key for page in layout.pages for box in page.boxes} == {
        f"q{number}" for number in range(1, 61) if number % 5 in (1, 2, 3)
    }


def test_a_frame_longer_than_a_page_goes_on_with_the_next():
    layout = lay_out(form_of([FormQuestion("", QuestionSort.TEXT, "意见", lines=50)]))
    parts = [(number, frame.part) for number, page in enumerate(layout.pages) for frame in page.frames]

    assert parts == [(0, 0), (1, 1), (1, 2)] or parts == [(0, 0), (1, 1), (2, 2)]
    assert sum(frame.height for page in layout.pages for frame in page.frames) == pytest.approx(50 * 9)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (form_of([]), "还没有题目"),
        (form_of([FormQuestion("", QuestionSort.CHOICE, "无选项")]), "第 1 题没有选项"),
        (replace(satisfaction(), questions=satisfaction().questions[:1] * 2), "代号重复"),
        (form_of([FormQuestion("", QuestionSort.TEXT, "意见", lines=1000)]), "最多 35 页"),
    ],
)
def test_a_form_that_cannot_be_answered_is_refused(form, sentence):
    with pytest.raises(UserError, match=sentence):
        lay_out(form)
