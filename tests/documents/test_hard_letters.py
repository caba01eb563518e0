"""What an office may really hand to the letter engine: names, programmes and fonts at their worst."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from desktop.documents import roles
from desktop.documents.invitation import write_letters
from desktop.documents.letter_check import preflight
from desktop.documents.preview import page_text
from desktop.documents.roles import Role
from desktop.errors import TroubleError, UserError
from desktop.records.letters import ProgrammeRow
from tests.documents.letter_samples import BODY, FORM, PROGRAMME, letter, letters, marks, texts

DRAWN = {
    "<img src=x onerror=alert(1)>": "<img src=x onerror=alert(1)>",
    "100%(张)\\n{{x}}%s": "100%(张)\\n{{x}}%s",
    "王\x00\x1b五\x7f": "王五",
    "\ud842王\udfb7五": "王五",
    "\u202e王\u200f五\u2066": "王五",
    "王\u200b五\ufeff\u2060": "王五",
    "王\r\n五": "王五",
    "\U000e0100王五\ufe0f": "王五",
    "王\uffff五\U0003ffff\ufdd0": "王五",
}
UNDRAWN = {
    "王😀": "U+1F600",
    "محمد": "U+0645",
    "שלום": "U+05E9",
    "王\ue863五": "U+E863",
    "王\U0002ee60": "U+2EE60",
}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("separate", [False, True])
def test_a_strange_name_prints_as_what_can_be_seen_of_it(tmp_path, name, separate):
    order = [letter(0), letter(1, 姓名=name), letter(2)]
    printed = write_letters(tmp_path / "out", FORM, order, separate=separate)

    pages = [page for file in printed.files for page in texts(Path(file))]
    assert any(f"尊敬的{DRAWN[name]}同志：" in page for page in pages[1:])
    assert "尊敬的李𠅤同志：" in pages[-1] + pages[-2]


@pytest.mark.parametrize("name", UNDRAWN)
def test_a_name_that_no_face_draws_stops_the_order_and_is_named(tmp_path, name):
    order = [letter(0), letter(1, 姓名=name)]

    fault = preflight(FORM, order)[0]
    assert UNDRAWN[name] in fault.message
    assert fault.person == name
    with pytest.raises(UserError, match="打印会缺字"):
        write_letters(tmp_path / "函.pdf", FORM, order)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("separate", [False, True])
def test_what_no_face_draws_may_be_left_blank_for_the_pen(tmp_path, separate):
    order = [letter(0), letter(1, 姓名="王\U0002ee60五"), letter(2, 姓名="\U0002ee60\U0002ee61")]
    assert {fault.character for fault in preflight(FORM, order)} == {"\U0002ee60", "\U0002ee61"}
    with roles.by_hand():
        assert preflight(FORM, order) == []
        printed = write_letters(tmp_path / "out", FORM, order, separate=separate)

    pages = [page for file in printed.files for page in texts(Path(file))]
    assert "尊敬的王\U0002ee60五同志：" in pages[1]
    assert "尊敬的\U0002ee60\U0002ee61同志：" in pages[2]
    with pytest.raises(UserError, match="U\\+2EE60"):
        write_letters(tmp_path / "out", FORM, order, separate=separate)


def test_the_blank_is_a_line_as_wide_as_a_character(tmp_path):
    with roles.by_hand():
        write_letters(tmp_path / "函.pdf", FORM, [letter(1, 姓名="王\U0002ee60五")])
    write_letters(tmp_path / "线.pdf", FORM, [letter(1, 姓名="王＿五")])

    blank, line = (
        [(mark.left, mark.bottom) for mark in marks(tmp_path / name)] for name in ("函.pdf", "线.pdf")
    )
    assert blank == line


def test_forms_leave_blanks_too():
    from desktop.documents.chain_font import font_name, open_canvas

    data = BytesIO()
    with roles.by_hand():
        canvas = open_canvas(data, title="测试", author="")
        canvas.setFont(font_name(Role.SONG), 12)
        canvas.drawString(80, 700, "王\U0002ee60五")
        canvas.save()
    assert page_text(data.getvalue(), 0) == "王\U0002ee60五"


def test_a_name_of_two_hundred_characters_is_told(tmp_path):
    order = [letter(0), letter(1, 姓名="阿" * 200)]

    assert "超过30个字" in preflight(FORM, order)[0].message
    with pytest.raises(UserError, match="超过30个字"):
        write_letters(tmp_path / "函.pdf", FORM, order)


@pytest.mark.parametrize("sort", ["字" * 200, "x" * 200, "，" * 60, "一　二 " * 40, "——" * 40])
def test_a_very_long_value_flows_and_stays_on_the_paper(tmp_path, sort):
    write_letters(tmp_path / "函.pdf", FORM, [letter(0), letter(1, 身份=sort)])
    pages = texts(tmp_path / "函.pdf")

    assert "".join(sort.split()) in "".join("".join(pages).split())
    assert len(pages) <= 4


def test_a_programme_of_sixty_items_takes_its_pages(tmp_path):
    rows = tuple(
        ProgrammeRow(f"{9 + at // 60}:{at:02}", f"第{at}项议程，" * 3, "三楼会议室") for at in range(60)
    )
    printed = write_letters(tmp_path / "函.pdf", replace(FORM, programme=rows), letters(3))
    pages = texts(tmp_path / "函.pdf")

    assert printed.pages == len(pages) == 3 * (len(pages) // 3)
    one = pages[: len(pages) // 3]
    assert 3 <= len(one) <= 5
    whole = "".join("".join(one).split())
    assert all(whole.count(f"第{at}项议程，" * 3) == 1 for at in range(60))
    assert all("时间内容地点" in "".join(page.split()) for page in one if "第" in page)


def test_a_body_of_three_pages_keeps_every_word(tmp_path):
    body = "\n".join(f"{number}. {BODY}" for number in range(1, 9))
    write_letters(tmp_path / "函.pdf", replace(FORM, body=body, programme=PROGRAMME), letters(2))
    pages = texts(tmp_path / "函.pdf")

    half = len(pages) // 2
    assert half >= 3
    for place in (0, half):
        whole = "".join("".join(pages[place : place + half]).split())
        parts = body.format(身份="县党代表").split("\n")
        assert all("".join(part.split()) in _without_folios(whole) for part in parts)


def _without_folios(text: str) -> str:
    for number in range(1, 9):
        text = text.replace(f"—{number}—", "")
    return text


@pytest.mark.parametrize("separate", [False, True])
def test_an_empty_list_is_refused_and_makes_nothing(tmp_path, separate):
    with pytest.raises(UserError, match="没有可打印的邀请函"):
        write_letters(tmp_path / "out", FORM, [], separate=separate)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def own_fonts(tmp_path, monkeypatch):
    """A folder of resources of this test's own, with copies of the bundled faces."""
    kept = roles.resources() / "fonts"
    folder = tmp_path / "resources"
    for part in ("core", "rare"):
        (folder / "fonts" / part).mkdir(parents=True)
        for face in (kept / part).glob("*.ttf"):
            (folder / "fonts" / part / face.name).symlink_to(face)
    monkeypatch.setattr(roles, "resources", lambda: folder)
    roles._chain.cache_clear()
    yield folder / "fonts"
    roles._chain.cache_clear()


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "text"])
@pytest.mark.parametrize("name", ["core/Kaifang-Fang.ttf", "core/Kaifang-Title.ttf"])
def test_a_font_file_missing_or_broken_is_trouble_and_leaves_nothing(tmp_path, own_fonts, damage, name):
    face = own_fonts / name
    data = face.read_bytes()
    face.unlink()
    if damage != "missing":
        face.write_bytes({"empty": b"", "cut": data[:90_000], "text": b"not a font" * 99}[damage])
    (tmp_path / "out").mkdir()

    with pytest.raises(TroubleError, match=face.stem) as told:
        write_letters(tmp_path / "out" / "函.pdf", FORM, letters(2))
    assert "请重新安装本程序" in told.value.message
    assert list((tmp_path / "out").iterdir()) == []


def test_without_the_large_rare_faces_a_small_one_stands_in(tmp_path, own_fonts):
    shutil.rmtree(own_fonts / "rare")
    order = [letter(0, 姓名="于𬱖"), letter(1, 姓名="李𠅤")]

    if preflight(FORM, order[:1]) == []:
        write_letters(tmp_path / "函.pdf", FORM, order[:1])
        assert "尊敬的于𬱖同志" in texts(tmp_path / "函.pdf")[0]
    # 𠅤 is in the large faces only: told, not left out
    assert all(fault.character == "𠅤" for fault in preflight(FORM, order[1:]))


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf isn't installed")
@pytest.mark.parametrize("separate", [False, True])
def test_qpdf_has_nothing_to_say(tmp_path, separate):
    form = replace(FORM, body="\n".join([BODY] * 4), programme=PROGRAMME)
    printed = write_letters(tmp_path / "out", form, letters(120 if not separate else 3), separate=separate)

    for file in printed.files:
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "No syntax or stream encoding errors found" in done.stdout
