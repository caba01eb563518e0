"""Invitation letters of two pages with slip and code: ours beside typst and beside reportlab's forms.

    python -m benchmarks.letters [--letters 1000] [--files 300] [--runs 5]

All set the same texts in the same bundled faces at the same sizes, with the same codes (made by one fast
source and charged to all). CPU is user and system time of the whole process, start included; the machine
may be busy, so ratios count, not seconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import Cost, median, once, python

BARS = {"typst": 0.20, "reportlab": 0.40}
PAGES = 2


def ours(count: int, folder: Path) -> None:
    """Print the letters with the program's own engine to one file."""
    from benchmarks._letter_order import FORM, letters
    from desktop.documents.invitation import write_letters

    write_letters(folder / "ours.pdf", FORM, letters(count))


def ours_each(count: int, folder: Path) -> None:
    """Print each letter with the program's own engine to a file of its own."""
    from benchmarks._letter_order import FORM, letters
    from desktop.documents.invitation import write_letters

    write_letters(folder / "ours_each", FORM, letters(count), separate=True)


def engine(name: str, count: int, folder: Path) -> None:
    """Run one engine in this process."""
    if name.startswith("typst"):
        from benchmarks import _letter_typst as peer

        {"typst": peer.typst, "typst_each": peer.typst_each}[name](count, folder)
    elif name == "reportlab":
        from benchmarks._letter_reportlab import reportlab

        reportlab(count, folder)
    else:
        {"ours": ours, "ours_each": ours_each}[name](count, folder)


def measured(names: list[str], count: int, folder: Path, runs: int) -> dict[str, Cost]:
    """Return the cost of each engine, run in turn so that all meet the same load; a first run compiles."""
    found: dict[str, list[Cost]] = {name: [] for name in names}
    for run in range(runs + 1):
        for name in names:
            words = ["--engine", name, "--letters", str(count), "--folder", str(folder)]
            cost = once(python("-m", "benchmarks.letters", *words))
            if run:
                found[name].append(cost)
    return {name: median(costs) for name, costs in found.items()}


def verdict(ratio: float, bar: float) -> str:
    return f"{ratio:.2f} (bar {bar}) {'ok' if ratio <= bar else 'MISSED'}"


def one_file(count: int, folder: Path, runs: int) -> Cost:
    """Compare engines on one file of `count` letters; return the cost of ours."""
    costs = measured(["ours", *BARS], count, folder, runs)
    for name, cost in costs.items():
        size = (folder / f"{name}.pdf").stat().st_size / count / PAGES
        print(f"{name:10} CPU {cost.cpu:6.2f} s   peak {cost.memory:4.0f} MB   {size:5.0f} bytes a page")
    for name, bar in BARS.items():
        print(f"ours to {name}: {verdict(costs['ours'].cpu / costs[name].cpu, bar)}")
    return costs["ours"]


def ten_thousand(folder: Path, less: Cost) -> None:
    """Measure the memory that ten thousand letters take beside a thousand."""
    cost = measured(["ours"], 10_000, folder, 1)["ours"]
    size = (folder / "ours.pdf").stat().st_size / 10_000 / PAGES
    more = cost.memory - less.memory
    met = cost.memory <= 60 and more <= 10 and size <= 1100
    print(
        f"10,000 letters: CPU {cost.cpu:.2f} s, peak {cost.memory:.0f} MB, {more:.0f} MB above 1,000,"
        f" {size:.0f} bytes a page (bars 60, 10, 1100) {'ok' if met else 'MISSED'}"
    )


def one_letter(folder: Path, runs: int) -> None:
    """Measure one letter, cold, beside an interpreter that imports reportlab."""
    bare, mine = list[float](), list[float]()
    for run in range(runs + 1):
        costs = once(python("-c", "import reportlab.pdfgen.canvas")), measured(["ours"], 1, folder, 1)["ours"]
        if run:
            bare.append(costs[0].cpu)
            mine.append(costs[1].cpu)
    more = statistics.median(mine) - statistics.median(bare)
    print(
        f"one letter, cold: CPU {statistics.median(mine):.2f} s, bare import {statistics.median(bare):.2f} s,"
        f" {more:+.2f} s (bar 0.15) {'ok' if more <= 0.15 else 'MISSED'}"
    )


def one_each(count: int, folder: Path, runs: int) -> None:
    """Compare files a CPU second, one file a person."""
    costs = measured(["ours_each", "typst_each"], count, folder, runs)
    rates = {name: count / cost.cpu for name, cost in costs.items()}
    ratio = rates["ours_each"] / rates["typst_each"]
    print(
        f"{count} files: ours {rates['ours_each']:.0f} a CPU second, typst {rates['typst_each']:.0f},"
        f" ratio {ratio:.1f} (bar 5) {'ok' if ratio >= 5 else 'MISSED'}"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--letters", type=int, default=1000)
    asked.add_argument("--files", type=int, default=300)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--engine")
    asked.add_argument("--folder", type=Path)
    given = asked.parse_args()
    if given.engine:
        engine(given.engine, given.letters, given.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost = one_file(given.letters, folder, given.runs)
        ten_thousand(folder, cost)
        one_letter(folder, given.runs)
        one_each(given.files, folder, given.runs)


if __name__ == "__main__":
    main()
