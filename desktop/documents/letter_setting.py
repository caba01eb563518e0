"""One form set for many letters: its blocks, and the page plans met so far."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, groupby

from desktop.documents.letter_blocks import Cast, blocks_of
from desktop.documents.letter_head import flow_top
from desktop.documents.letter_plan import Flow, Plan, Spot, plan, signed
from desktop.documents.letter_rows import HEIGHT, LEAST_SEAL_GAP, TOP
from desktop.documents.letter_slip import OVERHANG, Slip, SlipBlock
from desktop.documents.mould import Recent
from desktop.documents.slip_code import SlipCodes
from desktop.records.letters import Letter, LetterForm

COMMON = -1
"""The block of a piece that all letters share."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring rows of a page: of blocks without fields (COMMON), or of one block with fields."""

    name: int
    block: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A plan with its pages cut into pieces; it is told apart by `name`."""

    name: int
    plan: Plan
    pages: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class SetLetter:
    """One letter, set: the casts of its blocks, its slip, and its layout."""

    casts: tuple[Cast, ...]
    slip: Slip | None
    layout: Layout


class LetterSetting:
    """The setting of one form."""

    def __init__(self, form: LetterForm) -> None:
        self.form = form
        self.codes = SlipCodes()
        self._blocks = blocks_of(form)
        self._slip = SlipBlock(form) if form.slip.strip() else None
        self.first_top = flow_top(form.head)
        self._fixed = [None if block.fields else block.cast({}) for block in self._blocks]
        self._closing = next(at for at, block in enumerate(self._blocks) if block.sort == "signature")
        self._layouts = Recent[tuple[object, ...], Layout]()
        self._names = count()

    def set(self, letter: Letter) -> SetLetter:
        """Return a letter with the setting that its shape has."""
        values = letter.fields
        casts = tuple(
            [fixed or block.cast(values) for block, fixed in zip(self._blocks, self._fixed, strict=True)]
        )
        width = self.codes.width(letter.code) if letter.code and self._slip else 0.0
        slip = self._slip.cast(values, width) if self._slip else None
        return SetLetter(casts, slip, self._layout(casts, slip))

    def _layout(self, casts: tuple[Cast, ...], slip: Slip | None) -> Layout:
        """Return the layout for rows of these heights and a slip of this height."""
        height = slip.height if slip else 0.0
        key = (height, *[cast.heights for cast in casts])
        if found := self._layouts.get(key):
            return found
        planned = self._plan(casts, height)
        pages = tuple(map(self._pieces, planned.pages))
        return self._layouts.keep(key, Layout(next(self._names), planned, pages))

    def _plan(self, casts: tuple[Cast, ...], slip: float) -> Plan:
        flow: Flow = [
            (at, place, row) for at, cast in enumerate(casts) for place, row in enumerate(cast.rows)
        ]
        heads = {at: casts[at].rows[1] for at, block in enumerate(self._blocks) if block.repeats}
        room = TOP + HEIGHT - self.first_top

        def planned(flow: Flow) -> Plan:
            return plan(flow, first=room, later=HEIGHT, slip=slip, overhang=OVERHANG, heads=heads)

        return signed(flow, self._closing, LEAST_SEAL_GAP, heads, planned)

    def _pieces(self, spots: tuple[Spot, ...]) -> tuple[Piece, ...]:
        cut = groupby(spots, lambda spot: COMMON if self._fixed[spot.block] else spot.block)
        return tuple(Piece(next(self._names), block, tuple(group)) for block, group in cut)
