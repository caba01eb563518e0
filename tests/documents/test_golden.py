"""Every paper looks as it did when somebody last looked at it (see `golden_papers.py`)."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.documents.golden_papers import GOLDEN, PAPERS, pictures

DARKEST = 30
"""Levels of grey (of 255) that a point may differ by once both pictures are softened a little."""


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_looks_as_it_did(tmp_path, name):
    made = dict(pictures(name, tmp_path))

    assert sorted(made) == sorted(path.name for path in GOLDEN.glob(f"{name}-[0-9].png"))
    for file, picture in made.items():
        kept = Image.open(GOLDEN / file)
        assert picture.size == kept.size
        assert _difference(picture, kept) < DARKEST, file


def test_a_line_that_moves_is_seen(tmp_path):
    _, picture = next(pictures("letter-red", tmp_path))
    moved = picture.copy()
    moved.paste(picture.crop((0, 150, picture.width, 170)), (1, 150))

    assert _difference(picture, moved) > DARKEST


def test_no_picture_is_left_of_a_paper_that_is_gone():
    assert {path.stem.rsplit("-", 1)[0] for path in GOLDEN.glob("*.png")} == set(PAPERS)


def _difference(one: Image.Image, other: Image.Image) -> int:
    """Return the greatest difference of two pictures; softening forgives how edges were smoothed."""
    soft = [picture.filter(ImageFilter.BoxBlur(1)) for picture in (one, other)]
    return max(level for level, count in enumerate(ImageChops.difference(*soft).histogram()) if count)
