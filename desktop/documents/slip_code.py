"""The QR code of a reply slip: byte mode, level M, drawn as one stencil of a bit a module.

For a fixed version, level, mask and length every module is an affine function over GF(2) of the data
bits. So the code of a text is the code of the first text of its length, changed by XOR for every byte
that differs: a thousand numbers of one order take some sixty runs of the full encoder.
"""

from __future__ import annotations

from desktop.documents.qr_matrix import matrix, side_of, stride_of

MODULE = 0.75 * 72 / 25.4
"""Points; 0.7 mm is the least that poor scanners and phones read for sure (measured)."""
QUIET = 4


class SlipCodes:
    """The codes of one order of letters."""

    def __init__(self) -> None:
        self._first: dict[int, tuple[bytes, int]] = {}
        self._changes: dict[tuple[int, int, int], int] = {}

    def bits(self, text: str) -> tuple[int, int]:
        """Return the modules a side, and the modules row by row as one number (1 is dark)."""
        side, rows = self._rows(text)
        stride = stride_of(side)
        mask = (1 << side) - 1
        cut = ((rows >> place * stride + stride - side) & mask for place in range(side))
        return side, sum(row << place * side for place, row in enumerate(cut))

    def operators(self, text: str, left: float, bottom: float) -> str:
        """Return the operators that draw the code in black with its lower left corner there."""
        side, rows = self._rows(text)
        size = side * MODULE
        return (
            f"q {size:.3f} 0 0 {size:.3f} {left:.3f} {bottom:.3f} cm\n"
            f"BI /W {side} /H {side} /BPC 1 /IM true /D[1 0] /F/AHx"
            f" ID {rows:0{side * stride_of(side) // 4}X}>\nEI Q\n"
        )

    def width(self, text: str) -> float:
        """Return the width of a code with its quiet zone, points."""
        return (side_of(len(text.encode("utf-8", "replace"))) + 2 * QUIET) * MODULE

    def _rows(self, text: str) -> tuple[int, int]:
        """Return the modules a side, and the code as one number of rows that begin at whole bytes."""
        data = text.encode("utf-8", "replace")
        length = len(data)
        if length not in self._first:
            self._first[length] = (data, matrix(data))
        first, code = self._first[length]
        for place, (ours, theirs) in enumerate(zip(data, first, strict=True)):
            if ours != theirs:
                code ^= self._change(length, place, ours)
        return side_of(length), code

    def _change(self, length: int, place: int, byte: int) -> int:
        key = (length, place, byte)
        if key not in self._changes:
            first, code = self._first[length]
            self._changes[key] = matrix(first[:place] + bytes((byte,)) + first[place + 1 :]) ^ code
        return self._changes[key]
