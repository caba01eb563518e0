"""Letters set once a shape and filled: each must be what it would be if it were set alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.documents.invitation import write_letters
from desktop.documents.roles import Role
from desktop.documents.stand_ins import is_stand_in, shapes
from desktop.documents.typeset import lines
from desktop.records.letters import Letter, LetterForm, ProgrammeRow
from tests.documents.letter_samples import FORM, letter, marks, texts

NAME = st.lists(
    st.sampled_from(
        ["王", "李", "伟", "𬱖", "㛃", "𠮷", "龢", "欧阳", "A", "i", "7", "·", "（", "）", "，", " ", "%"]
    ),
    min_size=1,
    max_size=7,
).map(lambda parts: "".join(parts).strip() or "王")
FIELDS = FORM.body.replace("诚邀您", "{姓名}{称谓}（{身份}），诚邀您")
WITH_FIELDS = replace(
    FORM,
    title="致{姓名}的邀请函",
    body=FIELDS,
    programme=(ProgrammeRow("9:00", "{姓名}发言", "{身份}席"), ProgrammeRow("9:30", "座谈", "三楼会议室")),
    slip_title="{姓名}回执",
)


def _literal(form: LetterForm, values: dict[str, str]) -> LetterForm:
    """Return the form with its fields written out, so that nothing of it is a mould."""

    def written(text: str) -> str:
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value.replace("{", "{{").replace("}", "}}"))
        return text

    texts = ("title", "salutation", "body", "slip_title", "slip")
    rows = tuple(
        ProgrammeRow(written(row.time), written(row.item), written(row.place)) for row in form.programme
    )
    return replace(form, programme=rows, **{name: written(getattr(form, name)) for name in texts})


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(names=st.lists(NAME, min_size=3, max_size=4), separate=st.booleans())
def test_a_filled_letter_is_the_letter_set_alone(names, separate):
    order = [
        letter(place, 姓名=name, 称谓="同志" if place % 2 else "代表") for place, name in enumerate(names)
    ]
    with TemporaryDirectory() as folder:
        printed = write_letters(Path(folder) / "all", WITH_FIELDS, order, separate=separate)
        per = printed.pages // len(order)
        for place, each in enumerate(order):
            file, first = (printed.files[place], 0) if separate else (printed.files[0], per * place)
            write_letters(Path(folder) / "alone.pdf", _literal(WITH_FIELDS, dict(each.fields)), [each])
            for page in range(per):
                assert _rounded(Path(file), first + page) == _rounded(Path(folder) / "alone.pdf", page)


def _rounded(path: Path, page: int) -> list[tuple[object, ...]]:
    """Return the characters of a page with their places to a fiftieth of a millimetre."""
    found = marks(path, page)
    return [(mark.text, *[round(50 * side) // 2 for side in (mark.left, mark.bottom)]) for mark in found]


@given(text=st.text("王李𬱖㛃Ai7·（）， \n\t\u200b", max_size=12), slot=st.integers(0, 3))
def test_stand_ins_measure_like_what_they_stand_for(text, slot):
    table = shapes(Role.FANG)
    stand_in = table.stand_in(slot, text.translate(table))
    real, other = (lines(f"前{each}后", Role.FANG, 16, 90) for each in (text, stand_in))

    assert [[(span.x, span.spread, len(span.text)) for span in line.spans] for line in real] == [
        [(span.x, span.spread, len(span.text)) for span in line.spans] for line in other
    ]
    spots = [table.spots[character] for character in stand_in if is_stand_in(character)]
    assert spots == [(slot, place) for place, character in enumerate(text) if character in "王李𬱖㛃Ai7"]


def test_names_of_one_length_are_set_once():
    from desktop.documents.letter_setting import LetterSetting

    setting = LetterSetting(FORM)
    first, second, third = (setting.set(letter(0, 姓名=name)) for name in ("于𬱖", "李明", "欧阳重庆"))

    assert all(one is two for one, two in zip(first.casts, second.casts, strict=True))
    assert first.layout is second.layout
    assert first.casts[1] is not third.casts[1]


def test_many_shapes_do_not_pile_up():
    from desktop.documents.mould import MOST, Recent

    kept = Recent[int, str]()
    for key in range(3 * MOST):
        assert kept.keep(key, "x") == "x"
    assert len(kept) <= MOST


@pytest.mark.parametrize("count", [1, 40])
def test_a_separate_file_holds_what_it_shows_only(tmp_path: Path, count: int):
    order = [
        Letter(f"FX-{n}", "王伟", {"姓名": "王伟", "称谓": "同志", "身份": "代表"}, "") for n in range(count)
    ]
    order[0] = replace(order[0], fields={"姓名": "于𬱖", "称谓": "同志", "身份": "代表"})
    printed = write_letters(tmp_path / "all", FORM, order, separate=True)

    sizes = [len(Path(file).read_bytes()) for file in printed.files]
    alone = BytesIO(Path(printed.files[-1]).read_bytes())
    assert max(sizes) < 130_000
    assert b"Rare1" not in alone.getvalue() or count == 1


def test_threads_may_set_letters_at_once(tmp_path):
    names = ["王伟", "于𬱖", "阿依古丽·买买提", "Ai7", "欧阳重庆"]

    orders = [
        [letter(place, 姓名=f"{names[(place + which) % 5]}{'龢' * (place % 4)}") for place in range(60)]
        for which in range(4)
    ]

    def write(which: int) -> None:
        write_letters(tmp_path / f"{which}.pdf", WITH_FIELDS, orders[which])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    for which, order in enumerate(orders):  # pdfium isn't made for threads
        whole = "".join(texts(tmp_path / f"{which}.pdf"))
        assert all(f"尊敬的{each.fields['姓名']}同志：" in whole for each in order)
