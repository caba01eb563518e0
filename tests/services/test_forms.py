"""Forms: frozen at their first issue, serials never twice, answers that fit."""

from __future__ import annotations

import json

import pytest

from desktop.errors import UserError
from desktop.records.forms import Form, FormEdition, FormReturn
from desktop.records.questions import load
from desktop.services.standard_forms import standard_forms

QUESTIONS = "单选* 您的身份 [党代表|人大代表|群众]\n多选 从哪里知道 [报纸|电视|网络]\n五级 总体评价\n文字 您的意见\n数字 年龄"


@pytest.fixture
def form(desk):
    made = Form(title="问卷", questions=Form.questions.parse(QUESTIONS))
    desk.books.save(made)
    return made


def test_questions_are_written_one_a_line(form):
    assert [str(question.sort) for question in load(form.questions)] == [
        "单选",
        "多选",
        "五级",
        "文字",
        "数字",
    ]
    assert Form.questions.parse(Form.questions.show(form.questions)) == form.questions


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("单选 没有选项", "两个选项"),
        ("随便 题目", "题型开头"),
        ("五级 评价 [好|坏]", "5 个选项"),
        ("[{]", "JSON"),
    ],
)
def test_a_wrong_question_is_told_by_its_place(typed, told):
    with pytest.raises(UserError, match=told):
        Form.questions.parse(typed)


def test_an_issued_version_never_changes(desk, form):
    issue = desk.forms.issue(form, 28, None)
    assert (issue.first, issue.last, issue.version) == (1, 28, 1)

    form.title = "新问卷"
    desk.books.save(form)
    later = desk.forms.issue(form, 2, None)

    assert (form.version, later.version, later.first) == (2, 2, 29)
    assert desk.forms.paper_of(issue).title == "问卷"
    frozen = FormEdition.get(FormEdition.version == 1)
    assert json.loads(frozen.layout)
    assert len(frozen.layout_hash) == 64


def test_a_form_not_issued_keeps_its_version(desk, form):
    form.title = "新问卷"
    desk.books.save(form)
    assert form.version == 1


def test_28_out_26_back_1_spoiled(desk, form):
    issue = desk.forms.issue(form, 28, None)
    for serial in range(1, 27):
        sheet = FormReturn(issue=issue, serial=serial, answers=FormReturn.answers.parse("q1=1;q3=2"))
        if serial == 26:
            sheet.state, sheet.invalid_because = "无效", "多选涂改"
        desk.books.save(sheet)

    tally = desk.forms.tally([issue])
    figures = {figure.label: figure for figure in desk.reports.report("forms").figures}

    assert (tally.issued, tally.returned, tally.valid) == (28, 26, 25)
    assert "回收率 92.86 %（收回÷发放） · 有效率 96.15 %（有效÷收回）" in tally.words()
    assert figures["回收率"].worked == "回收率 = 收回 26 份 ÷ 发放 28 份 = 92.86%"
    assert figures["有效率"].worked == "有效率 = 有效 25 份 ÷ 收回 26 份 = 96.15%"
    assert len(figures["收回"].records) == 26


@pytest.mark.parametrize(
    ("answers", "told"),
    [("q1=9", "没有“9”"), ("q9=1", "没有第 q9 题"), ("q5=很大", "填数字"), ("q2=报纸,广播", "广播")],
)
def test_an_answer_that_does_not_fit_is_refused(desk, form, answers, told):
    issue = desk.forms.issue(form, 2, None)
    with pytest.raises(UserError, match=told):
        desk.books.save(FormReturn(issue=issue, serial=1, answers=FormReturn.answers.parse(answers)))


def test_words_numbers_and_refusals_are_answers(desk, form):
    issue = desk.forms.issue(form, 2, None)
    sheet = FormReturn(issue=issue, serial=1)
    sheet.answers = FormReturn.answers.parse("q1=人大代表;q2=3,1;q3=弃填;q4=一点意见=两点;q5=45")
    desk.books.save(sheet)
    assert json.loads(sheet.answers) == {"q1": 2, "q2": [1, 3], "q3": "弃填", "q4": "一点意见=两点", "q5": 45}


def test_a_serial_not_given_out_or_twice_is_refused(desk, form):
    issue = desk.forms.issue(form, 2, None)
    with pytest.raises(UserError, match="不在这次发放"):
        desk.books.save(FormReturn(issue=issue, serial=3))
    desk.books.save(FormReturn(issue=issue, serial=1))
    with pytest.raises(UserError, match="已经登记过"):
        desk.books.save(FormReturn(issue=issue, serial=1))


def test_an_anonymous_sheet_has_no_path_to_a_person(desk, form):
    issue = desk.forms.issue(form, 2, None)
    desk.books.save(FormReturn(issue=issue, serial=2))
    columns = {field.name for field in FormReturn._meta.sorted_fields}
    assert not columns & {"representative", "person", "invitation"}


def test_the_forms_every_office_starts_with_name_no_office():
    for form in standard_forms():
        words = form.intro + form.footer + form.questions
        assert not any(name in words for name in ("肥西", "县", "区委", "市委")), form.title
