"""A form as blocks: introduction, person line, questions with the places to answer them, footer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.documents import form_text
from desktop.documents.form_matrix import fits_matrix, matrix, same_scale, scale_labels
from desktop.documents.form_options import option_strips
from desktop.documents.form_parts import FRAME_HEIGHT, NAME_KEY, UNIT_KEY, Frame, Part, Stroke, Words
from desktop.documents.form_strips import (
    CENTRE,
    GAP,
    LEFT,
    LINE,
    RIGHT,
    SIZE,
    TEXT_BASELINE,
    TEXT_LEFT,
    TEXT_WIDTH,
    Block,
    Strip,
    lowered,
    prose,
)
from desktop.documents.roles import Role
from desktop.records.papers import FormPaper, FormQuestion, QuestionSort

FRAME_LINES = 20
"""A longer frame for writing goes on as a second one, on the next page if need be."""
NUMBER_WIDTH = 40.0
HINTS = {
    QuestionSort.CHOICE: "（单选）",
    QuestionSort.SEVERAL: "（可多选）",
    QuestionSort.SCALE: "（单选）",
}


def blocks(form: FormPaper, *, air: float = 0.0) -> Iterator[Block]:
    """Yield the form from the introduction to the footer; `air` is added between questions."""
    if form.intro.strip():
        yield prose(form.intro, gap=1.0)
    if form.named:
        yield person_line(air)
    for number, questions in grouped(form.questions):
        if len(questions) > 1:
            yield matrix(number, questions, air=air)
        else:
            yield question_block(number, questions[0], air)
    if form.footer.strip():
        yield prose(form.footer, gap=GAP + 0.5 + air / 2)


def grouped(questions: Sequence[FormQuestion]) -> Iterator[tuple[int, list[FormQuestion]]]:
    """Yield (number of the first, questions): neighbours on one scale together, all others alone."""
    start = 0
    while start < len(questions):
        end = start + 1
        if fits_matrix(questions[start]):
            while end < len(questions) and same_scale(questions[start], questions[end]):
                end += 1
        yield start + 1, list(questions[start:end])
        start = end


def person_line(air: float) -> Block:
    """Return the line 姓名 ___ 单位 ___ of a named form."""
    top, middle = 1.0, 1.0 + FRAME_HEIGHT / 2 + CENTRE
    parts: tuple[Part, ...] = (
        Words(form_text.one_line("姓名", Role.HEI, SIZE), LEFT, middle),
        Frame(LEFT + 11, top, 42, FRAME_HEIGHT, NAME_KEY),
        Words(form_text.one_line("单位", Role.HEI, SIZE), LEFT + 59, middle),
        Frame(LEFT + 70, top, RIGHT - LEFT - 70, FRAME_HEIGHT, UNIT_KEY),
    )
    return Block((Strip(FRAME_HEIGHT + 2, parts),), gap=2.0 + air / 2)


def question_block(number: int, question: FormQuestion, air: float) -> Block:
    """Return one question with its text and the places to answer it."""
    text = question_text(number, question)
    match question.sort:
        case QuestionSort.TEXT:
            strips = [*text, *writing(question)]
        case QuestionSort.NUMBER:
            strips = number_strips(text, question)
        case QuestionSort.SCALE:
            strips = [*text, *option_strips(question.key, scale_labels(question))]
        case _:
            strips = [*text, *option_strips(question.key, question.options)]
    again = Strip(
        LINE + 1, (Words(form_text.one_line(f"{number}.（续）", Role.HEI, SIZE), LEFT, TEXT_BASELINE),)
    )
    return Block(tuple(strips), gap=GAP + air, held=min(len(strips), len(text) + 1), again=again)


def question_text(number: int, question: FormQuestion) -> list[Strip]:
    """Return the numbered text with its hint (单选…), hanging behind the number."""
    hint = HINTS.get(question.sort, "")
    text = question.text if hint in question.text else f"{question.text}{hint}"
    strips = [
        Strip(LINE, (Words(line, TEXT_LEFT, TEXT_BASELINE),))
        for line in form_text.even_lines(text, Role.HEI, SIZE, TEXT_WIDTH)
    ]
    numeral = Words(form_text.one_line(f"{number}.", Role.HEI, SIZE), LEFT, TEXT_BASELINE)
    strips[0] = Strip(LINE, (numeral, *strips[0].parts))
    return strips


def writing(question: FormQuestion) -> list[Strip]:
    """Return the frames for a written answer, with dotted lines to write on."""
    strips: list[Strip] = []
    left = max(1, question.lines)
    while left:
        lines = min(left, FRAME_LINES)
        left -= lines
        height = lines * FRAME_HEIGHT
        frame = Frame(TEXT_LEFT, 1.2, TEXT_WIDTH, height, question.key, part=len(strips))
        rules = (
            Stroke(TEXT_LEFT + 3, y, RIGHT - 3, y, dotted=True)
            for y in (1.2 + line * FRAME_HEIGHT for line in range(1, lines))
        )
        strips.append(Strip(height + 2.4, (frame, *rules)))
    return strips


def number_strips(text: list[Strip], question: FormQuestion) -> list[Strip]:
    """Return a question answered by a number: the frame behind its last line where there is room."""
    last = text[-1]
    words = next(part for part in reversed(last.parts) if isinstance(part, Words))
    left = words.end + 5
    if left + NUMBER_WIDTH > RIGHT:
        return [
            *text,
            Strip(FRAME_HEIGHT + 2, (Frame(TEXT_LEFT, 1, NUMBER_WIDTH, FRAME_HEIGHT, question.key),)),
        ]
    height = FRAME_HEIGHT + 1
    down = height / 2 + CENTRE - words.baseline
    frame = Frame(left, 0.5, NUMBER_WIDTH, FRAME_HEIGHT, question.key)
    return [*text[:-1], Strip(height, (*(lowered(part, down) for part in last.parts), frame))]
