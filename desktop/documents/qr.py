"""Small QR codes as bit patterns, and drawing them crisply on a canvas.

A pattern is one integer of `side * side` bits, row by row from the top, the top left module highest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The characters of the alphanumeric mode; two of them make one field of 11 bits."""

_MASK = 3
_PAIR_BITS = 11
_RUNS = re.compile("1+")


@dataclass(frozen=True, slots=True)
class QrPattern:
    """A QR code without its quiet zone: modules a side, and the dark ones as bits."""

    side: int
    bits: int

    def rows(self) -> list[str]:
        """Return the modules as rows of '0' and '1' (1 is dark)."""
        text = format(self.bits, f"0{self.side * self.side}b")
        return [text[start : start + self.side] for start in range(0, len(text), self.side)]


def pattern(text: str, *, error: str = "m") -> QrPattern:
    """Return the smallest QR code of `text` at error level `error` (l, m, q, h)."""
    return _of(segno.make(text, error=error, micro=False, boost_error=False))


def corner_pattern(text: str) -> QrPattern:
    """Return `text` (an even number of alphanumeric characters, at most 16) as version 1, level Q.

    For a fixed version, level, mask and length every module is an affine function over GF(2) of the
    data bits, so the code is the code of '00…0' XOR one table entry per pair of characters: a
    hundredth of the time of a full encoder, which counts when 1,000 copies carry 8,000 codes.
    """
    length = len(text)
    bits = _base(length)
    for place in range(0, length, 2):
        bits ^= _change(length, place // 2, _pair(text[place : place + 2]))
    return QrPattern(21, bits)


def draw(canvas: Canvas, code: QrPattern, left: float, bottom: float, size: float) -> None:
    """Draw `code` in black with its lower left module at (left, bottom); points, `size` a side.

    All modules are one path with one fill: renderers leave no seams between its rows, and round no
    corners as they do when they enlarge a small image.
    """
    module = size / code.side
    paths = "".join(_row_path(code.side - 1 - place, row) for place, row in enumerate(code.rows()))
    canvas.addLiteral(f"q 0 g {module:.5f} 0 0 {module:.5f} {left:.4f} {bottom:.4f} cm {paths}f Q")


def draw_mm(canvas: Canvas, code: QrPattern, left: float, bottom: float, module: float) -> None:
    """Draw `code` with modules of `module` mm, its lower left corner at (left, bottom) in mm."""
    draw(canvas, code, left * mm, bottom * mm, code.side * module * mm)


def _of(code: segno.QRCode) -> QrPattern:
    text = "".join("1" if module else "0" for row in code.matrix for module in row)
    return QrPattern(len(code.matrix), int(text, 2))


def _pair(text: str) -> int:
    high, low = (ALPHANUMERIC.index(character) for character in text)
    return high * len(ALPHANUMERIC) + low


def _encoded(pairs: list[int]) -> int:
    text = "".join(ALPHANUMERIC[pair // 45] + ALPHANUMERIC[pair % 45] for pair in pairs)
    code = segno.make_qr(text, error="q", version=1, mode="alphanumeric", mask=_MASK, boost_error=False)
    return _of(code).bits


@lru_cache(maxsize=16_384)
def _row_path(height: int, row: str) -> str:
    """Return the dark runs of one row as rectangles, one module high, `height` modules up."""
    return "".join(f"{run.start()} {height} {run.end() - run.start()} 1 re " for run in _RUNS.finditer(row))


@cache
def _base(length: int) -> int:
    return _encoded([0] * (length // 2))


@cache
def _basis(length: int, place: int) -> tuple[int, ...]:
    """Return what each of the 11 bits of the pair at `place` changes, lowest bit first."""
    changes: list[int] = []
    for bit in range(_PAIR_BITS):
        pairs = [0] * (length // 2)
        pairs[place] = 1 << bit
        changes.append(_encoded(pairs) ^ _base(length))
    return tuple(changes)


@lru_cache(maxsize=16_384)
def _change(length: int, place: int, pair: int) -> int:
    bits = 0
    for bit, change in enumerate(_basis(length, place)):
        if pair >> bit & 1:
            bits ^= change
    return bits
