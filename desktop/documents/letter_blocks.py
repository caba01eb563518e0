"""The parts of a letter with their fields, and the rows that they are for values of one shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from desktop.documents.letter_rows import SORTS, Row
from desktop.documents.mould import Fields, Recent
from desktop.documents.roles import Role
from desktop.records.letters import LetterForm

_names = count(1)


@dataclass(frozen=True, slots=True)
class Cast:
    """A block set for values of one shape: told apart by `name`; `heights` are those of its rows."""

    name: int
    fields: Fields
    rows: list[Row]
    heights: tuple[float, ...]


class Block:
    """A part of the letter: its templates, and whether its first row is repeated on each page."""

    def __init__(self, sort: str, *texts: str, repeats: bool = False) -> None:
        self.sort, self.repeats = sort, repeats
        self._texts, self._role = texts, Role.TITLE if sort == "title" else Role.FANG
        self.fields = Fields((self._role, text) for text in texts)
        self._casts = Recent[tuple[str, ...], Cast]()

    def cast(self, values: Mapping[str, str]) -> Cast:
        """Return the block set for the shape of these values; its lines hold stand-ins for them."""
        shape = self.fields.shape(values)
        return self._casts.get(shape) or self._casts.keep(shape, self._set(shape))

    def _set(self, shape: tuple[str, ...]) -> Cast:
        rows = SORTS[self.sort]([self.fields.filled(self._role, text, shape) for text in self._texts])
        return Cast(next(_names), self.fields, rows, tuple([row.height for row in rows]))


def blocks_of(form: LetterForm) -> list[Block]:
    """Return the blocks of a letter in reading order, without head, number and slip."""
    body = [text.strip(" \u3000\t\r") for text in form.body.strip("\n").split("\n")]
    found = [Block("title", form.title), Block("salutation", form.salutation)]
    found += [Block("paragraph", text) for text in body]
    if form.programme:
        cells = [cell for row in form.programme for cell in (row.time, row.item, row.place)]
        found.append(Block("programme", *cells, repeats=True))
    found.append(Block("signature", form.signature, form.date))
    if form.contact.strip():
        found.append(Block("contact", form.contact))
    return found
