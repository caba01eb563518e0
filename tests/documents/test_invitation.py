from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from desktop.documents.invitation import preflight, write_letters
from desktop.documents.preview import page_count, page_image, page_text
from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.letters import LetterForm, ProgrammeRow
from desktop.records.papers import Head
from tests.documents.letter_samples import BODY, FORM, NAMES, PROGRAMME, letter, letters, marks, texts

LITERAL = ("<b>张三", "A&B<C", '<img src="/etc/passwd">', "=1+1", "{姓名}", "张\\三)(")


def _joined(*parts: str) -> str:
    return "".join("".join(parts).split())


def test_every_letter_reads_back_as_it_was_meant(tmp_path):
    printed = write_letters(tmp_path / "函.pdf", FORM, letters(9))

    assert printed.files == (str(tmp_path / "函.pdf"),)
    assert printed.pages == page_count(tmp_path / "函.pdf") == 9
    for place, text in enumerate(texts(tmp_path / "函.pdf")):
        meant = _joined(
            "中共肥西县委组织部",
            f"编号：FX-2026-{place + 1:04d}",
            "邀请函",
            f"尊敬的{NAMES[place]}同志：",
            BODY.format(身份="县党代表").replace("\n", ""),
            "中共肥西县委组织部2026年9月14日",
            "（联系人：王晓燕，电话：0551-68841234）",
            "请沿虚线裁下回执",
            f"姓名：{NAMES[place]}是否参加：□参加□不参加",
            f"FX-2026-{place + 1:04d}",
        )
        assert _joined(text) == meant


def test_no_blank_is_read_where_none_was_written(tmp_path):
    write_letters(tmp_path / "函.pdf", FORM, letters(1))

    (text,) = texts(tmp_path / "函.pdf")
    assert "我部定于2026年9月29日（星期二）上午9:00在县委组织部" in text


@pytest.mark.parametrize("name", LITERAL)
def test_text_that_looks_like_markup_is_literal(tmp_path, name):
    write_letters(tmp_path / "函.pdf", FORM, [letter(0, 姓名=name)])

    (text,) = texts(tmp_path / "函.pdf")
    assert f"尊敬的{name}同志：" in text


def test_controls_and_halves_of_pairs_are_dropped(tmp_path):
    write_letters(tmp_path / "函.pdf", FORM, [letter(0, 姓名="王\x00\ud842五\x07")])

    assert "尊敬的王五同志：" in texts(tmp_path / "函.pdf")[0]


def test_geometry_after_the_standard(tmp_path):
    write_letters(tmp_path / "函.pdf", replace(FORM, title="邀请函", slip=""), letters(1))
    found = marks(tmp_path / "函.pdf")
    text = "".join(mark.text for mark in found)
    title = found[text.index("邀请函") : text.index("邀请函") + 3]
    head, body = found[0], found[text.index("透明") - 30 : text.index("诚邀您")]

    assert head.top == pytest.approx(30, abs=1.5)
    assert (title[0].left + title[-1].right) / 2 == pytest.approx(28 + 78, abs=0.5)
    assert title[0].bottom - title[0].top == pytest.approx(22 * 0.3528, rel=0.15)
    assert min(mark.left for mark in body) == pytest.approx(28, abs=0.8)
    assert max(mark.right for mark in body) == pytest.approx(184, abs=0.8)
    salutation, first = text.index("尊敬的"), text.index("为深入")
    assert found[salutation].left == pytest.approx(28, abs=0.8)
    assert found[first].left - 28 == pytest.approx(2 * 156 / 28, abs=0.9)
    assert found[first].top - found[salutation].top == pytest.approx(225 / 22, abs=0.9)


def test_the_date_stands_two_characters_from_the_right(tmp_path):
    write_letters(tmp_path / "函.pdf", replace(FORM, contact="", slip=""), letters(1))
    last = marks(tmp_path / "函.pdf")[-1]

    assert last.text == "日"
    assert 184 - last.right == pytest.approx(2 * 156 / 28, abs=1.6)


def test_preprinted_paper_gets_the_same_letter_without_the_red(tmp_path):
    write_letters(tmp_path / "红.pdf", FORM, letters(1))
    write_letters(tmp_path / "白.pdf", replace(FORM, head=Head.PREPRINTED), letters(1))

    red, plain = marks(tmp_path / "红.pdf"), marks(tmp_path / "白.pdf")
    assert red[len(FORM.letterhead) :] == plain
    assert "".join(mark.text for mark in red[: len(FORM.letterhead)]) == FORM.letterhead


def test_paper_without_a_head_begins_at_the_head_margin(tmp_path):
    write_letters(tmp_path / "函.pdf", replace(FORM, head=Head.PLAIN), letters(1))
    found = marks(tmp_path / "函.pdf")

    assert min(mark.top for mark in found) == pytest.approx(37, abs=1.5)


def test_the_code_of_every_slip_decodes(tmp_path):
    from PIL import Image

    order = letters(12)
    write_letters(tmp_path / "函.pdf", FORM, order)
    for page, sent in enumerate(order):
        shown = page_image(tmp_path / "函.pdf", page, scale=2)
        picture = Image.frombytes("RGB", (shown.width, shown.height), shown.pixels, "raw", "BGRX")
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [sent.code]


def test_what_does_not_fit_flows_on_and_the_slip_goes_last(tmp_path):
    long = replace(FORM, body="\n".join([BODY] * 5), programme=PROGRAMME)
    printed = write_letters(tmp_path / "函.pdf", long, letters(1))
    pages = texts(tmp_path / "函.pdf")

    assert printed.pages == len(pages) == 3
    assert [page.count("请沿虚线裁下") for page in pages] == [0, 0, 1]
    assert "时间内容地点" in _joined(*pages)
    for number, page in enumerate(pages, start=1):
        assert page.rstrip().endswith(f"— {number} —")


def test_a_single_page_has_no_number(tmp_path):
    write_letters(tmp_path / "函.pdf", FORM, letters(1))

    assert "— 1 —" not in texts(tmp_path / "函.pdf")[0]


@pytest.mark.parametrize("paragraphs", range(1, 14))
def test_a_signature_never_stands_alone(tmp_path, paragraphs):
    form = replace(
        FORM, body="\n".join(["请于9月22日前将回执反馈至县委组织部办公室，以便安排。"] * paragraphs), slip=""
    )
    write_letters(tmp_path / "函.pdf", form, letters(1))
    last = texts(tmp_path / "函.pdf")[-1]

    assert "2026年9月14日" in last
    assert "反馈至" in last


def test_a_table_that_breaks_repeats_its_head(tmp_path):
    rows = tuple(ProgrammeRow(f"{hour}:00", f"第{hour}项", "会议室") for hour in range(1, 40))
    write_letters(tmp_path / "函.pdf", replace(FORM, programme=rows), letters(1))
    pages = texts(tmp_path / "函.pdf")

    assert len(pages) >= 2
    assert all("时间内容地点" in _joined(page) for page in pages if "会议室" in page)
    assert all(_joined(*pages).count(f"第{hour}项") == 1 for hour in range(1, 40))


def test_programme_and_slip_may_hold_fields(tmp_path):
    rows = (ProgrammeRow("9:00", "{姓名}发言", "{身份}席"),)
    form = replace(FORM, programme=rows, title="致{姓名}的邀请函", slip="")
    write_letters(tmp_path / "函.pdf", form, letters(2))

    for place, page in enumerate(texts(tmp_path / "函.pdf")):
        assert f"{NAMES[place]}发言" in page
        assert f"致{NAMES[place]}的邀请函" in page


def test_no_person_in_the_metadata_of_a_batch(tmp_path):
    write_letters(tmp_path / "函.pdf", replace(FORM, title="致{姓名}的邀请函"), letters(3))
    document = pypdfium2.PdfDocument(tmp_path / "函.pdf")

    told = document.get_metadata_dict()
    document.close()
    assert told["Title"] == "邀请函"
    assert told["Author"] == "中共肥西县委组织部"
    assert not any(name in "".join(told.values()) for name in NAMES)


def test_separate_files_have_names_that_say_who(tmp_path):
    order = [*letters(2), replace(letter(0), person="../../CON"), letter(0), letter(0)]
    printed = write_letters(tmp_path / "新" / "函", FORM, order, separate=True)

    names = [Path(file).name for file in printed.files]
    assert names[0] == "邀请函-FX-2026-0001-于𬱖.pdf"
    assert len({name.casefold() for name in names}) == 5
    assert sorted(names) == sorted(path.name for path in (tmp_path / "新" / "函").iterdir())
    for name, sent in zip(names, order, strict=True):
        assert sent.fields["姓名"] in texts(tmp_path / "新" / "函" / name)[0]


def test_separate_files_sort_as_their_numbers_do(tmp_path):
    order = [replace(letter(place), number=f"邀〔2026〕{place}号") for place in (9, 10, 99, 100)]
    printed = write_letters(tmp_path / "函", FORM, order, separate=True)

    names = [Path(file).name for file in printed.files]
    assert names == sorted(names)
    assert names[0] == "邀请函-邀〔2026〕009号-于𬱖.pdf"
    assert "邀〔2026〕9号" in texts(tmp_path / "函" / names[0])[0]


def test_no_letters_is_the_users_fault(tmp_path):
    with pytest.raises(UserError, match="邀请对象"):
        write_letters(tmp_path / "函.pdf", FORM, [])


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (replace(FORM, body="请{性名}参加"), "正文的模板第1行第2个字：没有“性名”"),
        (replace(FORM, salutation="尊敬的{姓名"), "称呼的模板第1行第4个字"),
        (replace(FORM, title="邀\U0002ee60函"), "U+2EE60"),
        (replace(FORM, body=" \n "), "正文是空的"),
        (replace(FORM, letterhead="中共肥西县委组织部" * 6), "红头名称太长"),
        (replace(FORM, date="二〇二六年" * 20), "日期太长"),
        (replace(FORM, slip="姓名：\n" * 60 + "{姓名}"), "回执太长"),
        (replace(FORM, programme=(ProgrammeRow("9" * 200, "", ""),)), "日程表有一格"),
    ],
)
def test_a_form_that_cannot_print_is_refused(tmp_path, form: LetterForm, told):
    assert told in preflight(form, letters(2))[0].message
    with pytest.raises(UserError) as caught:
        write_letters(tmp_path / "函.pdf", form, letters(2))
    assert told in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_preflight_names_person_and_character():
    order = [letter(0), letter(1, 姓名="王\U0002ee60"), letter(2, 身份=" ")]
    found = preflight(FORM, order)

    assert {(fault.person, fault.character) for fault in found} == {
        ("王\U0002ee60", "\U0002ee60"),
        (NAMES[2], ""),
    }
    assert "没有填写" in found[-1].message


def test_a_letter_without_a_field_is_named():
    short = replace(letter(1), fields={"姓名": "王㛃"})

    assert "称谓" in preflight(FORM, [letter(0), short])[0].message
    assert preflight(FORM, [replace(letter(0), code="x" * 200)])[0].message.startswith("于𬱖的二维码")


@pytest.mark.parametrize("separate", [False, True])
def test_a_cancelled_order_leaves_nothing(tmp_path, separate):
    def watch(done: int, total: int) -> None:
        assert total == 45
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_letters(tmp_path / "out", FORM, letters(45), separate=separate, watch=watch)
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_order_keeps_the_old_file(tmp_path):
    (tmp_path / "函.pdf").write_bytes(b"old")

    def watch(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_letters(tmp_path / "函.pdf", FORM, letters(2), watch=watch)
    assert (tmp_path / "函.pdf").read_bytes() == b"old"


def test_the_watch_sees_beginning_and_end(tmp_path):
    seen: list[tuple[int, int]] = []
    write_letters(
        tmp_path / "函.pdf", FORM, letters(25), watch=lambda done, total: seen.append((done, total))
    )

    assert seen == [(0, 25), (20, 25), (25, 25)]


@pytest.mark.parametrize("separate", [False, True])
def test_a_place_that_cannot_be_written_is_trouble(tmp_path, separate):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(TroubleError, match="无法"):
        write_letters(tmp_path / "file" / "out", FORM, letters(1), separate=separate)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_is_trouble(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(TroubleError, match="权限"):
            write_letters(tmp_path / "函.pdf", FORM, letters(1))
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_is_trouble_and_leaves_nothing(tmp_path, monkeypatch):
    from desktop.documents import invitation

    class Full(BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(invitation.Path, "open", lambda *args: Full())
    with pytest.raises(TroubleError, match="磁盘空间不足"):
        write_letters(tmp_path / "函.pdf", FORM, letters(1))
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_preview_shows_the_pages(tmp_path):
    write_letters(tmp_path / "函.pdf", FORM, letters(2))
    pdf = (tmp_path / "函.pdf").read_bytes()
    first, second = (page_image(pdf, page, scale=0.5) for page in range(2))

    assert (first.width, first.height) == (298, 421)
    assert len(first.pixels) == 4 * first.width * first.height
    assert len(set(first.pixels)) > 10
    assert first.pixels != second.pixels
    assert "邀请函" in page_text(tmp_path / "函.pdf", 0)


def test_preview_of_what_is_no_pdf_is_trouble(tmp_path):
    (tmp_path / "bad.pdf").write_bytes(b"no")

    with pytest.raises(TroubleError, match="bad"):
        page_count(tmp_path / "bad.pdf")
    write_letters(tmp_path / "函.pdf", FORM, letters(1))
    with pytest.raises(TroubleError, match="没有第"):
        page_image(tmp_path / "函.pdf", 5, scale=1)
