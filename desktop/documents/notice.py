"""公告 after GB/T 9704-2012, on red-head paper or plain: it fills its {字段}, and never leaves a hole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.documents.book import Book
from desktop.documents.embedding import undrawn
from desktop.documents.guest_check import fixed_faults, some
from desktop.documents.letter_head import LEAST_HEAD, flow_top, head, letterhead
from desktop.documents.letter_rows import SIZE, SORTS, WIDTH
from desktop.documents.prose_pages import page_contents, paragraphs, prose, title
from desktop.documents.roles import Role, missing
from desktop.documents.typeset import one_line
from desktop.documents.writing import Cover, refuse_faults, write_book
from desktop.records.handouts import Notices, NoticeText
from desktop.records.papers import Head, PreflightFault, Printed, Watch
from desktop.records.template import fields_of, fill, unknown

KIND = "公告"
A4_MM = (210.0, 297.0)


def write_notices(target: Path, values: Notices, *, watch: Watch | None = None) -> Printed:
    """Print each notice from a page of its own; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.texts else "没有要印的公告")
    cover = Cover(KIND, values.signature, A4_MM)

    def begin(book: Book) -> Callable[[NoticeText], list[str]]:
        red = book.form(head(values.letterhead, values.head, book.inks)) if values.head is Head.RED else ""

        def pages(text: NoticeText) -> list[str]:
            first, *others = _pages(values, text, book)
            return [red + first, *others]

        return pages

    return write_book(target, cover, values.texts, begin, watch)


def _pages(values: Notices, text: NoticeText, book: Book) -> list[str]:
    blocks = [
        title(fill(text.title, values.fields)),
        prose(fill(text.body, values.fields)),
        SORTS["signature"]([values.signature, text.date]),
    ]
    if values.contact:
        blocks.append(SORTS["contact"]([values.contact]))
    return page_contents(blocks, book.inks, first_top=flow_top(values.head), signed=2)


def preflight(values: Notices) -> list[PreflightFault]:
    """Return what keeps notices from being printed: unknown fields and lone braces at their place, holes, glyphs."""
    return some(_faults(values))


def _faults(values: Notices) -> Iterator[PreflightFault]:
    heads = (("红头", values.letterhead, Role.TITLE),) if values.head is Head.RED else ()
    yield from fixed_faults(
        (*heads, ("落款", values.signature, Role.FANG), ("联系方式", values.contact, Role.FANG))
    )
    if values.head is Head.RED and values.letterhead and letterhead(values.letterhead).size < LEAST_HEAD:
        yield PreflightFault("", "", "红头名称太长，一行排不下，请改用规范化简称")
    if one_line(values.signature, Role.FANG, SIZE).width > WIDTH - 4 * SIZE:
        yield PreflightFault("", "", "落款太长，一行排不下，请缩短")
    for text in values.texts:
        yield from _text_faults(values, text)


def _text_faults(values: Notices, text: NoticeText) -> Iterator[PreflightFault]:
    for label, template in (("标题", text.title), ("正文", text.body)):
        wrong = unknown(template, values.fields)
        for fault in wrong:
            yield PreflightFault("", "", f"公告{label}{fault.message.removeprefix('模板')}")
        if not template.strip():
            yield PreflightFault("", "", f"公告的{label}是空的，请先填写")
        for name in fields_of(template):
            if not values.fields.get(name, name).strip():
                yield PreflightFault(
                    "", "", f"开放日没有填写“{name}”，公告{label}会留空；请补上，或改{label}"
                )
        if not wrong:
            yield from _undrawn(label, fill(template, values.fields))


def _undrawn(label: str, text: str) -> Iterator[PreflightFault]:
    pieces = [(text, Role.TITLE)] if label == "标题" else list(paragraphs(text))
    for piece, role in pieces:
        for character in missing(piece, role):
            yield PreflightFault("", character, f"公告{label}里的{undrawn(character)}")
