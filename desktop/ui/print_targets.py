"""Where papers go that are saved as PDF: a name for one, a folder for several or for one file a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import files
from desktop.records.base import own_connection
from desktop.records.papers import Watch
from desktop.services.papers import DOCUMENTS
from desktop.services.press import Press
from desktop.ui.ask import Ask
from desktop.ui.print_choices import FORMS, PrintChoices
from desktop.ui.printing import Result

if TYPE_CHECKING:
    from desktop.ui.listed_choices import ListedChoices

PDF = (("PDF 文件", "*.pdf"),)
Targets = dict[str, Path]
"""The file of each document, or the folder of one that is one file a person."""


def ask_targets(ask: Ask, choices: PrintChoices | ListedChoices, *, apart: bool) -> Targets | None:
    """Ask where the files go; None where that was left. Without `apart` every document is one file."""
    documents = choices.documents
    theme = choices.day.theme if choices.day else ""
    folders = [document for document in documents if apart and choices.apart(document)]
    if len(documents) == 1 and not folders:
        label = _title(choices, documents[0])
        chosen = ask.save_as("存为 PDF", files.safe_name(f"{theme}{label}") + ".pdf", PDF)
        return {documents[0]: chosen} if chosen else None
    folder = ask.choose_folder("存到哪个文件夹")
    if folder is None:
        return None
    targets = {
        document: folder / f"{files.safe_name(theme + _title(choices, document))}.pdf"
        for document in documents
    }
    targets |= {document: folder / files.safe_name(f"{theme}{DOCUMENTS[document]}") for document in folders}
    there = [target.name for target in targets.values() if target.is_file()]
    if there and not ask.confirm(f"已经有{'、'.join(there)}", yes="覆盖", no="不存"):
        return None
    return targets


def _title(choices: PrintChoices | ListedChoices, document: str) -> str:
    if document == FORMS and isinstance(choices, PrintChoices):
        return choices.forms[choices.form_box.currentIndex()].title
    return DOCUMENTS[document]


def save_made(press: Press, made: Result, targets: Targets, watch: Watch) -> Result:
    """Copy what no printer took to where it is wanted; with that it is printed (on the worker's thread)."""
    saved = _copied(made, targets, watch)
    with own_connection():
        for outcome in saved.outcomes:
            if outcome.job in {waiting.job for waiting in made.waiting}:
                press.sent([outcome], "", Path(outcome.files[0]).name)
    return saved


def _copied(made: Result, targets: Targets, watch: Watch) -> Result:
    outcomes = []
    for place, (outcome, target) in enumerate(zip(made.outcomes, targets.values(), strict=False)):
        watch(place, len(made.outcomes))
        content = Path(outcome.files[0]).read_bytes()
        with files.written(target) as temporary:
            temporary.write_bytes(content)
        outcomes.append(replace(outcome, files=(str(target),)))
    return Result(tuple(outcomes))
