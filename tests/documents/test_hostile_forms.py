"""Forms and sign-in sheets with the worst texts: printed as they are, or refused by the preflight."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from desktop.documents import form_paper, sign_in_sheet
from desktop.records import cleaning
from desktop.records.letters import SignInRow, SignInSheet
from desktop.records.papers import FormPaper, FormQuestion, QuestionSort

MANIFEST = Path(__file__).parent.parent / "data" / "badinput" / "manifest.json"
TEXTS = [
    text
    for entry in json.loads(MANIFEST.read_text(encoding="utf-8"))
    if "value" in entry and 0 < len(text := cleaning.one_line(entry["value"])) <= 40
]


def squeezed(text):
    return "".join(text.split())


def words_of(path):
    document = pypdfium2.PdfDocument(path)
    try:
        return squeezed(
            "".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
        )
    finally:
        document.close()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_form_prints_what_was_written(tmp_path, text):
    question = FormQuestion("q1", QuestionSort.CHOICE, text, (text, "其他"))
    form = FormPaper(1, 1, text, "调查问卷", text, (question,), text, False)
    if form_paper.preflight(form):
        return
    form_paper.write_forms(tmp_path / "a.pdf", form, [1])
    assert words_of(tmp_path / "a.pdf").count(squeezed(text)) >= 5


def test_a_sign_in_sheet_prints_what_was_written(tmp_path):
    rows = [SignInRow(text, text, text, text) for text in TEXTS]
    sound = [row for row in rows if not sign_in_sheet.preflight(SignInSheet("签到表", "", (row,)))]
    sign_in_sheet.write_sheet(tmp_path / "a.pdf", SignInSheet("签到表", "", tuple(sound)))
    shown = words_of(tmp_path / "a.pdf")
    assert len(sound) > len(TEXTS) // 2
    assert [row.name for row in sound if squeezed(row.name) not in shown] == []
