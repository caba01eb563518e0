"""姓氏笔画 order, with the given names of one surname as the office wants them."""

from __future__ import annotations

import random

import pytest

from desktop.records.staff import NameOrder
from desktop.services.stroke_order import stroke_key

SURNAMES = [*"丁于万马王方尹石田白冯李杨吴何沈张陈林", "欧阳", "周"]


def ordered(names, order=NameOrder.SHORT_FIRST):
    shuffled = list(names)
    random.Random(7).shuffle(shuffled)
    return sorted(shuffled, key=lambda name: stroke_key(name, order))


def test_surnames_by_strokes_then_their_first_strokes():
    assert ordered([f"{surname}小华" for surname in SURNAMES]) == [f"{surname}小华" for surname in SURNAMES]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (NameOrder.SHORT_FIRST, ["田富", "田大利", "高富", "高大富"]),
        (NameOrder.BY_STROKES, ["田大利", "田富", "高大富", "高富"]),
    ],
)
def test_the_given_names_of_one_surname(order, names):
    assert ordered(names, order) == names


def test_rare_characters_have_their_place():
    assert ordered(["石𬱖", "石一", "石燚", "石玥", "石㛃"]) == ["石一", "石玥", "石㛃", "石𬱖", "石燚"]


def test_a_name_of_its_own_language_stands_by_its_first_character():
    assert ordered(["陈刚", "阿依古丽·买买提", "吴军"]) == ["吴军", "阿依古丽·买买提", "陈刚"]


def test_a_character_of_no_table_comes_last_and_fails_nothing():
    assert ordered(["\U000f0001小", "欧阳龘", "A&B"])[0] == "欧阳龘"
