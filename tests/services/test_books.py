"""Saving, finding, removing, undoing: the generic verbs on a real file."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.records import readings
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.records.search import SearchKey, words_of
from desktop.records.storing import Conflict
from desktop.records.trail import Trail


def names(desk, **query):
    return [row.full_name for row in desk.books.page(Query(Representative, **query))]


@pytest.fixture
def people(desk):
    for name, unit, mobile in [
        ("曾国强", "店埠镇光大社区", "13905518000"),
        ("单立新", "县人民医院", "13800000002"),
        ("王伟", "县人民医院", "13800000003"),
        ("王伟", "上派镇", "13800000004、13605510001"),
        ("阿依古丽·买买提", "桃花镇", "13800000005"),
    ]:
        desk.books.save(Representative(full_name=name, unit=unit, mobile=mobile))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zgq", ["曾国强"]), ("cgq", ["曾国强"]), ("zengguoqiang", ["曾国强"]), ("国强", ["曾国强"]),
        ("8000", ["曾国强"]), ("139", ["曾国强"]), ("slx", ["单立新"]), ("人民医院", ["单立新", "王伟"]),
        ("王伟 上派", ["王伟"]), ("ZGQ", ["曾国强"]), ("买买提", ["阿依古丽·买买提"]), ("100%_张", []), ("(a+)+$[", []),
    ],
)  # fmt: skip
def test_filter_as_you_type(desk, people, typed, found):
    assert names(desk, search=typed) == found
    assert desk.books.count(Query(Representative, search=typed)) == len(found)


@pytest.mark.usefixtures("people")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(typed=st.text(st.sampled_from("曾国强单立新王伟zegqslxwi1380·买医镇 "), max_size=5))
def test_the_filter_finds_what_a_scan_of_all_keys_finds(desk, typed):
    def scanned(person):
        numbers = [number for number in person.mobile.split("、") if number]
        keys = {key.casefold() for key in readings.name_keys(person.full_name, person.reading)}
        keys |= {*numbers, *("<" + number[::-1] for number in numbers)}
        return all(
            f"^{word}" in keys
            if len(word) == 1 and word.isascii() and word.isalpha()
            else any(key.startswith("<" + word[::-1]) for key in keys if word.isdigit() and len(word) > 1)
            or any(key.startswith(word) for key in keys if not word.isdigit() or len(word) > 2)
            or word in person.unit
            for word in words_of(typed)
        )

    everyone = list(Representative.select())
    assert {row.id for row in desk.books.page(Query(Representative, search=typed))} == {
        row.id for row in everyone if scanned(row)
    }


@pytest.mark.usefixtures("people")
def test_lists_sort_by_any_shown_column_and_page_without_gaps(desk):
    for column in ("full_name", "unit", "mobile", "sex", "born_on"):
        for descending in (False, True):
            query = Query(Representative, sort=column, descending=descending)
            whole = [row.id for row in desk.books.page(query, 0, 100)]
            assert [row.id for start in range(0, 6, 2) for row in desk.books.page(query, start, 2)] == whole
    assert names(desk, sort="full_name")[0] == "阿依古丽·买买提"
    assert names(desk, where=(("unit", "县人民医院"),)) == ["单立新", "王伟"]


def test_the_second_of_two_windows_is_told_and_nothing_is_overwritten(desk):
    desk.books.save(Representative(full_name="王伟", unit="甲"))
    mine, theirs = (Representative.get(Representative.full_name == "王伟") for _ in range(2))
    theirs.unit = "乙"
    desk.books.save(theirs)
    mine.unit = "丙"

    with pytest.raises(Conflict, match="工作单位为“乙”"):
        desk.books.save(mine)

    assert Representative.get().unit == "乙"


def test_removing_keeps_the_row_and_undo_brings_it_back(desk, people):
    person = desk.books.page(Query(Representative, search="zgq"))[0]
    desk.books.remove(person, "重复登记")
    assert names(desk, search="zgq") == []

    assert desk.changes.undo_last() == "删除代表“曾国强”"

    assert names(desk, search="zgq") == ["曾国强"]


def test_undo_takes_back_the_last_change_and_its_search_keys(desk, people):
    person = desk.books.page(Query(Representative, search="zgq"))[0]
    person.full_name = "曾国立"
    desk.books.save(person)
    assert names(desk, search="曾国立") == ["曾国立"]

    desk.changes.undo_last()

    assert names(desk, search="曾国强") == ["曾国强"]
    assert names(desk, search="曾国立") == []
    assert desk.changes.undo_last() == "新建代表“阿依古丽·买买提”"


def test_history_says_who_what_and_both_values(desk, people):
    person = desk.books.page(Query(Representative, search="zgq"))[0]
    person.mobile = "13700000000"
    desk.books.save(person)

    newest = desk.changes.history(person)[0]

    assert (newest.field_label, newest.before, newest.after) == ("手机", "13905518000", "13700000000")
    assert newest.action == "修改代表“曾国强”"


def test_every_write_leaves_a_trail_even_raw_sql(desk, people):
    from desktop.records.base import database

    before = Trail.select().count()
    database.execute_sql("UPDATE representative SET note = 'x'")
    assert Trail.select().count() == before + 5


def test_a_fault_names_its_field_and_nothing_is_written(desk):
    with pytest.raises(UserError) as told:
        desk.books.save(Representative(full_name="", mobile="123"))
    assert told.value.field == "full_name"
    assert not Representative.select().exists()
    assert not SearchKey.select().exists()


def test_birth_and_id_number_are_compared(desk):
    with pytest.raises(UserError, match="不一致"):
        desk.books.save(Representative(full_name="司马", id_number="340122197702254413", born_on="1977-03"))


@pytest.mark.parametrize(("number", "other"), [("340122197702254413", "女"), ("11010519491231002X", "男")])
def test_sex_and_id_number_are_compared(desk, number, other):
    with pytest.raises(UserError, match=f"性别 {other} 与身份证号表示的") as told:
        desk.books.save(Representative(full_name="司马", id_number=number, sex=other))
    assert told.value.field == "sex"
    desk.books.save(Representative(full_name="司马", id_number=number, sex="女" if other == "男" else "男"))


def test_first_use_extends_an_editable_list(desk):
    desk.books.save(Representative(full_name="甲", party="致公党", unit="新单位"))
    assert "致公党" in desk.books.words("政治面貌")
    assert desk.books.words("单位") == ["新单位"]
