"""What SQLite's check of the pages says, in words for the office: which kinds of records are hurt, and how much."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from desktop.records.catalogue import records
from desktop.records.storing import table_of

NAMED = (r"NULL value in (\w+)\.", r"index (\w+)", r"table (?:main\.)?(\w+)", r"value in (\w+)\.")
"""How its sentences name a table, or an index, whose name begins with that of its table."""
SAMPLE = 120
"""Signs of the first sentence that names no table: for who knows SQLite."""


def in_words(told: Iterable[str], most: int) -> list[str]:
    """Return one sentence for each kind of record that is hurt, and one for all that names none.

    `most` is how many sentences SQLite was asked for; so many say that there are more.
    """
    labels = {table_of(record): record.label for record in records()}
    lines = [line for text in told for line in text.splitlines() if line and not line.startswith("***")]
    named = [_label(line, labels) for line in lines]
    hurt = Counter(filter(None, named))
    nameless = [line for line, label in zip(lines, named, strict=True) if not label]
    found = [f"“{label}”的数据损坏（{count} 处）" for label, count in hurt.items()]
    if nameless or not found:
        first = f"：{nameless[0][:SAMPLE]}" if nameless else ""
        found.append(f"存储页损坏（{max(len(nameless), 1)} 处）{first}")
    if len(lines) >= most:
        found.append("损坏的地方很多，没有全部列出")
    return found


def _label(line: str, labels: dict[str, str]) -> str:
    for form in NAMED:
        if named := re.search(form, line):
            fitting = [table for table in labels if re.match(rf"(sqlite_autoindex_)?{table}(_|$)", named[1])]
            if fitting:
                return labels[max(fitting, key=len)]
    return ""
