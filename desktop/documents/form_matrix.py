"""Several questions on one scale as a table: a row a question, a column a step."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.documents import form_text
from desktop.documents.form_parts import BOX_SIDE, COLUMN_PITCH, ROW_PITCH, Box, Part, Stroke, Words
from desktop.documents.form_strips import CENTRE, GAP, LEFT, RIGHT, SIZE, TEXT_LEFT, Block, Strip
from desktop.documents.roles import Role
from desktop.records.papers import SCALE_LABELS, FormQuestion, QuestionSort

MOST_STEPS = 6
HEAD_SIZE = 11.0
HEAD_HEIGHT = 11.0
HEADING = "评价项目（每行只选一格）"
LINE = 5.8


def scale_labels(question: FormQuestion) -> tuple[str, ...]:
    """Return the steps of a scale question, best first."""
    return question.options or SCALE_LABELS


def same_scale(one: FormQuestion, other: FormQuestion) -> bool:
    """Tell whether `other` is answered on the scale of `one`."""
    return other.sort is QuestionSort.SCALE and scale_labels(one) == scale_labels(other)


def fits_matrix(question: FormQuestion) -> bool:
    """Tell whether `question` is a scale whose steps can head the columns of a table."""
    labels = scale_labels(question)
    if question.sort is not QuestionSort.SCALE or not 2 <= len(labels) <= MOST_STEPS:
        return False
    room = matrix_pitch(len(labels)) - 1
    return all(len(form_text.lines(label, Role.HEI, HEAD_SIZE, room)) <= 2 for label in labels)


def matrix_pitch(columns: int) -> float:
    """Return the distance between two columns: 20.4 mm for five steps, more for fewer."""
    return max(COLUMN_PITCH + 0.2, 24.0 - 0.9 * (columns - 1))


def matrix(number: int, questions: Sequence[FormQuestion], *, air: float) -> Block:
    """Return the table of `questions`, the first of them numbered `number`; `air` heightens rows."""
    labels = scale_labels(questions[0])
    pitch = matrix_pitch(len(labels))
    first = RIGHT - pitch * len(labels)
    middles = [first + pitch * (column + 0.5) for column in range(len(labels))]
    head = _head(labels, middles, pitch)
    rows = [
        _row(number + place, question, middles, first - TEXT_LEFT - 2, air)
        for place, question in enumerate(questions)
    ]
    return Block((head, *rows), gap=GAP + air, breakable=len(rows) > 4, held=4, again=head)


def _head(labels: Sequence[str], middles: Sequence[float], pitch: float) -> Strip:
    """Return the heading row: the steps over their columns."""
    parts: list[Part] = [
        Stroke(LEFT, 0, RIGHT, 0, 0.35, 0),
        Words(form_text.one_line(HEADING, Role.HEI, HEAD_SIZE), LEFT + 1, 7.0),
    ]
    for label, middle in zip(labels, middles, strict=True):
        lines = form_text.even_lines(label, Role.HEI, HEAD_SIZE, pitch - 1)
        for row, line in enumerate(lines):
            baseline = 7.0 if len(lines) == 1 else 4.7 + row * 4.7
            parts.append(Words(line, middle - form_text.reach(line) / 2, baseline))
    parts.append(Stroke(LEFT, HEAD_HEIGHT, RIGHT, HEAD_HEIGHT, 0.2, 0))
    return Strip(HEAD_HEIGHT, tuple(parts))


def _row(number: int, question: FormQuestion, middles: Sequence[float], room: float, air: float) -> Strip:
    """Return one question with its boxes, all centred in the row."""
    lines = form_text.even_lines(question.text, Role.SONG, SIZE, room)
    height = max(ROW_PITCH + 1.5, len(lines) * LINE + 5) + air
    top = (height - (len(lines) - 1) * LINE) / 2 + CENTRE
    parts: list[Part] = [Words(form_text.one_line(f"{number}.", Role.SONG, SIZE), LEFT, top)]
    parts += [Words(line, TEXT_LEFT, top + row * LINE) for row, line in enumerate(lines)]
    parts += [
        Box(middle - BOX_SIDE / 2, (height - BOX_SIDE) / 2, question.key, column)
        for column, middle in enumerate(middles)
    ]
    return Strip(height, (*parts, Stroke(LEFT, height, RIGHT, height)))
