"""Forms on paper: one PDF with all copies, each with its serial in words, digits and corner codes.

What all copies share is drawn once a page as a form XObject; a copy adds four codes and a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib.units import mm

from desktop.documents.chain_font import open_canvas
from desktop.documents.corner_codes import LAST_FORM, LAST_SERIAL, LAST_VERSION
from desktop.documents.form_drawing import draw_copy, draw_page
from desktop.documents.form_layout import lay_out
from desktop.documents.form_parts import PAGE_HEIGHT, PAGE_WIDTH, RULE, Layout
from desktop.documents.roles import Role, clean, missing
from desktop.errors import UserError
from desktop.files import written
from desktop.records.papers import FormPaper, PreflightFault, Printed, Watch

WATCH_EVERY = 20


def write_forms(
    target: Path,
    form: FormPaper,
    serials: Sequence[int],
    *,
    watch: Watch | None = None,
    layout: Layout | None = None,
) -> Printed:
    """Write one PDF with a copy of `form` for each serial, in the order given; [0] writes one 样张.

    `layout` is the stored one of a version that was printed before (form_record.layout_of); without
    it the form is laid out now. Raises UserError for no or impossible serials, a form that can't be
    laid out, or characters no font draws; TroubleError where the file can't be written.
    """
    if list(serials) != [0]:  # 0 alone is the copy of a draft, marked 样张 in place of its number
        check_serials(form, serials)
    if faults := preflight(form):
        raise UserError(faults[0].message, field="questions")
    layout = layout or lay_out(form)
    content = drawn(layout, serials, watch)
    with written(target) as temporary:
        temporary.write_bytes(content)
    pages = len(layout.pages) * len(serials)
    return Printed((str(target),), pages, starts=tuple(range(0, pages, len(layout.pages))))


def blank_form(form: FormPaper, *, layout: Layout | None = None) -> bytes:
    """Return a PDF of one copy marked 样张 in place of its serial, for previews."""
    return drawn(layout or lay_out(form), [0], None)


def drawn(layout: Layout, serials: Sequence[int], watch: Watch | None) -> bytes:
    """Return the PDF of all copies: the shared pages drawn once, then every copy upon them."""
    canvas = open_canvas(BytesIO(), title=clean(layout.title), author="")
    names = [f"page{number}" for number in range(1, len(layout.pages) + 1)]
    for name, page in zip(names, layout.pages, strict=True):
        canvas.beginForm(name, 0, 0, PAGE_WIDTH * mm, PAGE_HEIGHT * mm)
        draw_page(canvas, page)
        canvas.endForm()
    for done, serial in enumerate(serials):
        if watch and done % WATCH_EVERY == 0:
            watch(done, len(serials))
        for number, name in enumerate(names, start=1):
            canvas.doForm(name)
            draw_copy(canvas, layout.form, layout.version, serial, number)
            canvas.showPage()
    if watch:
        watch(len(serials), len(serials))
    return canvas.getpdfdata()


def check_serials(form: FormPaper, serials: Sequence[int]) -> None:
    """Raise UserError unless every copy gets a number of its own that the codes can carry."""
    if not serials:
        raise UserError(f"没有要印的份数：请先为表单“{form.title}”发放编号", field="serials")
    if len(set(serials)) < len(serials):
        raise UserError(f"表单“{form.title}”的编号有重复，每份必须各用一个编号", field="serials")
    for serial in serials:
        if not 1 <= serial <= LAST_SERIAL:
            raise UserError(f"编号 {serial} 超出范围，应为 1–{LAST_SERIAL}", field="serials")
    if not (1 <= form.code <= LAST_FORM and 1 <= form.version <= LAST_VERSION):
        raise UserError(
            f"表单“{form.title}”的表单号 {form.code} 或版本 {form.version} 超出角码范围"
            f"（表单 1–{LAST_FORM}，版本 1–{LAST_VERSION}）",
            field="version",
        )


def preflight(form: FormPaper) -> list[PreflightFault]:
    """Return a fault for each character of the form that no font draws, saying where it stands."""
    plain, kai = (Role.HEI, Role.SONG), (Role.KAI,)
    texts = [
        ("标题", form.title, (Role.TITLE, Role.SONG)),
        ("类别", form.sort, plain),
        ("说明", form.intro, kai),
        ("结束语", form.footer, kai),
        ("填写规则", RULE, plain),
    ]
    for number, question in enumerate(form.questions, start=1):
        texts.append((f"第 {number} 题", question.text, plain))
        texts += [(f"第 {number} 题的选项“{option[:12]}”", option, plain) for option in question.options]
    return [
        PreflightFault(
            "", character, f"{where}中的“{character}”（U+{ord(character):04X}）没有字体能印出，请改用别的字"
        )
        for where, text, roles in texts
        for character in dict.fromkeys(character for role in roles for character in missing(text, role))
    ]
