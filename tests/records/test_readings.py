"""What may be typed to find somebody."""

from __future__ import annotations

import pytest

from desktop.records import readings


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("曾国强", "zeng"), ("单立新", "shan"), ("解晓东", "xie"), ("仇英", "qiu"), ("区伟文", "ou"),
        ("查良兰", "zha"), ("朴美淑", "piao"), ("翟天明", "zhai"), ("盖建华", "ge"), ("缪斯", "miao"),
        ("员外", "yun"), ("尉迟静", "yuchi"), ("万俟雪", "moqi"), ("欧阳重庆", "ouyang"),
    ],
)  # fmt: skip
def test_the_surname_is_shown_in_its_reading_as_a_surname(name, reading):
    assert readings.default_reading(name).split()[0] == reading


@pytest.mark.parametrize(
    "typed", ["zgq", "cgq", "zengguoqiang", "cengguoqiang", "guoqiang", "国强", "曾国强"]
)
def test_every_reading_of_the_surname_finds_the_person(typed):
    assert typed in readings.name_keys("曾国强")


def test_a_given_name_is_read_as_a_word():
    assert "ouyangchongqing" in readings.name_keys("欧阳重庆")


def test_the_clerk_can_override_a_reading():
    assert "zhanggu" in readings.name_keys("张古", "zhang gu")
    assert readings.sort_key("仇英", "chou ying").startswith("chou ying")


def test_the_table_reads_every_word_of_the_dictionary_it_was_made_from():
    from pypinyin import Style, lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    for word in (word for word in PHRASES_DICT if len(word) == 2):
        assert list(readings.given_syllables(word)) == [
            part.replace("ü", "v").lower() for part in lazy_pinyin(word, style=Style.NORMAL)
        ]


def test_a_list_answers_the_reading_it_sorts_by_and_keys_hold_the_others():
    shown = readings.shown_keys("zeng guoqiang")
    assert shown == {"zengguoqiang", "^z"}
    assert {"cengguoqiang", "cgq", "zgq", "^c"} <= readings.name_keys("曾国强") - shown
