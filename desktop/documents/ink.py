"""Text to PDF operators at the speed of `str.translate`: a table that fills itself as characters come."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.documents.embedding import UsedFaces
from desktop.documents.roles import Role, chain
from desktop.documents.typeset import Line

_ESCAPES = {character: f"\\{character:03o}" for character in b"()\\\r\n"}


class Ink(dict[int, str]):
    """Encodes text of one role and size: code point to the bytes (as Latin-1) inside a `(…)Tj`.

    A character of a later face of the chain carries its own change of font there and back. The change
    back is told apart by as many blanks as the face's number, so that neighbours of one face can be
    joined by plain replacement.
    """

    def __init__(self, role: Role, size: float, used: UsedFaces) -> None:
        super().__init__()
        self._chain = chain(role)
        self._used = used
        self._size = f"{size:g}"
        self._home = used.number(self._chain.faces[0])
        self._seams: list[str] = []
        self.font = f"/F{self._home + 1} {self._size} Tf"

    def __missing__(self, code: int) -> str:
        number, glyph = self._used.encoded(chr(code), self._chain)
        entry = glyph.to_bytes(2, "big").decode("latin-1").translate(_ESCAPES)
        if number != self._home:
            there = f")Tj/F{number + 1} {self._size} Tf("
            back = f")Tj{' ' * (number + 1)}{self.font}("
            if (seam := back + there) not in self._seams:
                self._seams.append(seam)
            entry = there + entry + back
        self[code] = entry
        return entry

    def show(self, text: str) -> str:
        """Return the operators that show `text` from the current point."""
        shown = f"({text.translate(self)})Tj"
        for seam in self._seams:
            shown = shown.replace(seam, "")
        return shown.replace("()Tj", "")

    def line(self, line: Line, x: float, y: float) -> str:
        """Return the operators (inside BT … ET) that set a line with its left end and baseline there."""
        return self.font + "".join(
            f" {span.spread:.3f} Tc 1 0 0 1 {x + span.x:.2f} {y:.2f} Tm {self.show(span.text)}"
            for span in line.spans
        )


class Inks:
    """The inks of one document by role and size."""

    def __init__(self) -> None:
        self.used = UsedFaces()
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
        return f"BT {shown} ET\n" if shown else ""
