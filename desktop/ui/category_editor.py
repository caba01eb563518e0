"""类别: a word of the tree of categories, taken from the tree as it hangs together."""

from __future__ import annotations

from typing import cast

from desktop.records.categories import Category
from desktop.records.kinds import Listed
from desktop.records.listing import Query
from desktop.services.books import Books
from desktop.ui.editors import ListedEditor, Lookup
from desktop.ui.words import matching

MOST = 500
INDENT = "　　"
WIDE = 30


class CategoryEditor(ListedEditor):
    """Offers the whole tree, each category under the one above it; what is typed is looked for in all of it."""

    def __init__(self, kind: Listed, books: Lookup) -> None:
        super().__init__(kind, books, WIDE)
        self._books = cast("Books", books)
        self.box.setPlaceholderText("类别或拼音首字母，↓ 看全部")
        self.box.chosen.connect(self._took)  # pyright: ignore[reportAttributeAccessIssue] - a SuggestingBox

    def _suggest(self, text: str) -> list[tuple[str, str]]:
        rows = cast("list[Category]", self._books.page(Query(Category, sort="position"), 0, MOST))
        if not text.strip():
            return [(f"{INDENT * depth}{row.name}", row.name) for row, depth in branches(rows)]
        above = {row.name: row.parent for row in rows}
        found = matching(above, text)
        return [(f"{word}（{above[word]}）" if above[word] else word, word) for word in found]

    def _took(self, word: str) -> None:
        self.load(word)


def branches(rows: list[Category]) -> list[tuple[Category, int]]:
    """Return categories in the order of their tree with their depth; one whose parent is gone stands at the top."""
    names = {row.name for row in rows}
    below: dict[str, list[Category]] = {}
    for row in rows:
        below.setdefault(row.parent if row.parent in names else "", []).append(row)
    ordered: list[tuple[Category, int]] = []

    def walk(parent: str, depth: int) -> None:
        for row in below.pop(parent, []):
            ordered.append((row, depth))
            walk(row.name, depth + 1)

    walk("", 0)
    ordered += [(row, 0) for rest in below.values() for row in rest]  # a ring that an import made
    return ordered
