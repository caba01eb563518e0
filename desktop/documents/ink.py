"""Text to PDF operators at the speed of `str.translate`: a table that fills itself as characters come."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.documents.embedding import UsedFaces
from desktop.documents.roles import Role, chain
from desktop.documents.stand_ins import is_stand_in
from desktop.documents.typeset import Line

_ESCAPES = {character: f"\\{character:03o}" for character in b"()\\\r\n"}


class Ink(dict[int, str]):
    """Encodes text of one role and size: code point to the bytes (as Latin-1) inside a `(…)Tj`.

    A character of another font than the chain's first carries its own change of font there and back.
    The change back is told apart by as many blanks as the font's number, so that neighbours of one font
    can be joined by plain replacement. A stand-in stays as it is: a `Mould` puts text in its place.
    """

    def __init__(self, role: Role, size: float, used: UsedFaces) -> None:
        super().__init__()
        self._chain = chain(role)
        self._used = used
        self._size = f"{size:g}"
        self._home = used.home(self._chain)
        self.seams: list[str] = []
        self.font = f"/{self._home.name} {self._size} Tf"

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if is_stand_in(character):
            self[code] = character
            return character
        used, glyph = self._used.encoded(character, self._chain)
        entry = glyph.to_bytes(2, "big").decode("latin-1").translate(_ESCAPES)
        if used is not self._home:
            there = f")Tj/{used.name} {self._size} Tf("
            back = f")Tj{' ' * (used.number + 1)}{self.font}("
            if (seam := back + there) not in self.seams:
                self.seams.append(seam)
            entry = there + entry + back
        self[code] = entry
        return entry

    def line(self, line: Line, x: float, y: float) -> str:
        """Return the operators (inside BT … ET) that set a line with its left end and baseline there."""
        shown, spread = [self.font], None
        for span in line.spans:
            if span.spread != spread:
                spread = span.spread
                shown.append(f" {spread:.3f} Tc")
            shown.append(f" 1 0 0 1 {x + span.x:.2f} {y:.2f} Tm ({span.text.translate(self)})Tj")
        return "".join(shown)


class Inks:
    """The inks of one document by role and size; `stock` are those of a stock that many files share."""

    def __init__(self, stock: Inks | None = None) -> None:
        self.used = UsedFaces(stock.used if stock else None)
        self._inks: dict[tuple[Role, float], Ink] = {}

    def ink(self, role: Role, size: float) -> Ink:
        """Return the ink of a role and size, made at its first use."""
        if (role, size) not in self._inks:
            self._inks[role, size] = Ink(role, size, self.used)
        return self._inks[role, size]

    def text(self, placed: Iterable[tuple[Line, float, float]]) -> str:
        """Return the text object that sets lines at (x, baseline y)."""
        shown = "\n".join(
            self.ink(line.role, line.size).line(line, x, y) for line, x, y in placed if line.spans
        )
        return self.joined(f"BT {shown} ET\n") if shown else ""

    def joined(self, content: str) -> str:
        """Return operators without needless changes of font: neighbours of one font in one string."""
        for ink in self._inks.values():
            for seam in ink.seams:
                content = content.replace(seam, "")
        return content.replace("()Tj", "")
