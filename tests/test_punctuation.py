"""Chinese sentences have Chinese marks: what staff read never mixes , ; : ( ) ? ! of half width into it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DESKTOP = Path(__file__).resolve().parent.parent / "desktop"
HAN = "[\u3400-\u9fff\U00020000-\U0003ffff“”《》（）]"
HALF = re.compile(f"(?<={HAN})[,;:()?!](?={HAN})")
AS_TYPED = {"exchange/synonyms.py"}
"""Headings as offices type them, compared after both widths are made one."""
MARK_ITSELF = "（,）"
"""A sentence may speak of the half-width comma."""


def spoken(source: str) -> Iterator[tuple[int, str]]:
    """Yield every string of a source with its line, but for those that stand alone: docstrings."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def mixed(source: str) -> list[str]:
    return [
        f"{line}: {text}"
        for line, text in spoken(source)
        if HALF.search(text.replace(MARK_ITSELF, ""))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path", sorted(DESKTOP.rglob("*.py")), ids=lambda path: path.relative_to(DESKTOP).as_posix()
)
def test_chinese_sentences_have_full_width_marks(path):
    if path.relative_to(DESKTOP).as_posix() not in AS_TYPED:
        assert mixed(path.read_text(encoding="utf-8")) == []


def test_a_half_width_mark_is_found():
    assert mixed('"""说明,文字"""\nsay("已保存,可撤销")\n') == ["2: 已保存,可撤销"]
    assert mixed('say(f"共 {count} 处(见下)问题")\n')
    assert mixed('say("用 Excel(xlsx)、csv,都行", "a,b", r"[,;]")\n') == []
