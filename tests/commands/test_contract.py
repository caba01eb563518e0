"""The command line as scripts use it: a real process, JSON on standard output, exit codes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).parent.parent.parent
DATA = Path(__file__).parent.parent / "data"
PROGRAM_KEYS = ("id", "version", "revision")


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    try:
        return [document[page].get_textpage().get_text_bounded() for page in range(len(document))]
    finally:
        document.close()


def test_from_roster_to_letters_and_forms(started, openday, tmp_path):
    assert started("new", "--name", "肥西县委组织部")[0] == 0
    code, tried, _ = started("import", "representative", DATA / "samples" / "花名册.xlsx", "--dry-run")
    assert (code, tried["read"], tried["added"]) == (0, 80, 76)
    assert started("list", "representative")[1] == []

    _, done, _ = started("import", "representative", DATA / "samples" / "花名册.xlsx")
    assert (done["added"], len(done["duplicates"]), {fault["row"] for fault in done["faults"]}) == (
        76,
        2,
        {84, 85},
    )
    assert all(set(fault) == {"row", "column", "value", "message"} for fault in done["faults"])
    assert len(openday("list", "representative")[1]) == 76

    _, day, _ = openday("add", "open-day", "theme=走进组织部", "held_on=2026年9月29日", "venue=三楼会议室")
    assert (day["held_on"], day["number"]) == ("2026-09-29", "2026-1")

    code, printed, told = started(
        "print", "invitation-letters", "--open-day", "2026-1", "--all", "--out", "l.pdf"
    )
    assert code == 0, told
    assert len(printed["register"]) == 76
    assert printed["register"][0] == "邀〔2026〕1号"
    pages = "\n".join(text_of(tmp_path / "l.pdf"))
    for name in ("司马𬱖", "陈㛃", "邢𠅤", "阿依古丽·买买提", "李明"):
        assert f"{name}同志：" in pages

    for form in openday("list", "form")[1]:
        code, printed, _ = openday(
            "print", "feedback-forms", "--form", form["id"], "--open-day", "2026-1", "--out", "f.pdf"
        )
        assert (code, printed["register"]) == (0, [str(serial) for serial in range(1, 77)])
    assert openday("print", "sign-in-sheet", "--open-day", "2026-1", "--out", "s.pdf")[0] == 0
    assert "信访" not in "".join(text_of(tmp_path / "s.pdf"))

    assert openday("undo", done["batch"])[0] == 1
    assert openday("check")[1] == {"ok": True, "faults": []}


def test_undo_restores_the_counts(office):
    _, done, _ = office("import", "representative", DATA / "samples" / "花名册.xlsx")
    assert office("undo", done["batch"])[1] == {"removed": 76}
    assert office("list", "representative")[1] == []


def test_a_reprint_takes_no_new_number(office, tmp_path):
    office("add", "open-day", "theme=甲", "held_on=2026-09-29", "venue=三楼")
    for name in ("曾国强", "单立新"):
        office("add", "representative", f"full_name={name}")
    _, first, _ = office("print", "invitation-letters", "--all", "--out", "a.pdf")
    _, again, _ = office("print", "invitation-letters", "--id", "单立新", "--out", "b.pdf")

    assert first["register"] == ["邀〔2026〕1号", "邀〔2026〕2号"]
    assert again["register"] == [first["register"][0]]  # 单 is read shan and comes before 曾


def test_a_draft_registers_and_invites_nobody(office, tmp_path):
    office("add", "open-day", "theme=甲", "held_on=2026-09-29", "venue=三楼")
    office("add", "representative", "full_name=曾国强")
    code, draft, _ = office("print", "invitation-letters", "--all", "--draft", "--out", "a.pdf")
    assert (code, draft["register"]) == (0, [])
    assert draft["pages"] >= 1
    assert office("list", "invitation")[1] == []


def test_one_file_a_person_with_meaningful_names(office, tmp_path):
    office("add", "open-day", "theme=甲", "held_on=2026-09-29", "venue=三楼")
    for name in ("../../张三/..\\con", "CON"):
        assert office("add", "representative", f"full_name={name}")[0] == 0
    code, printed, told = office("print", "invitation-letters", "--all", "--separate", "--out", "each")
    assert code == 0, told
    assert len(printed["files"]) == 2
    assert {(tmp_path / name).resolve().parent for name in printed["files"]} == {
        (tmp_path / "each").resolve()
    }
    assert len(list((tmp_path / "each").iterdir())) == 2


def test_a_missing_glyph_stops_the_print_before_any_file(office, tmp_path):
    office("add", "open-day", "theme=甲", "held_on=2026-09-29", "venue=三楼")
    office("add", "representative", "full_name=张\U0002ee60")
    code, answer, told = office("print", "invitation-letters", "--all", "--out", "a.pdf")

    assert code == 1
    assert answer["preflight"][0]["character"] == "\U0002ee60"
    assert "张" in told
    assert not (tmp_path / "a.pdf").exists()
    assert office("list", "invitation")[1] == []


def test_a_missing_glyph_may_be_left_for_the_pen(office, tmp_path):
    office("add", "open-day", "theme=甲", "held_on=2026-09-29", "venue=三楼")
    for name in ("张\U0002ee60", "王伟"):
        office("add", "representative", f"full_name={name}")
    words = ("print", "invitation-letters", "--all", "--by-hand", "--out")
    code, answer, told = office(*words, "a.pdf")

    assert code == 0, told
    assert [fault["character"] for fault in answer["preflight"]] == ["\U0002ee60"] * len(answer["preflight"])
    assert {fault["person"] for fault in answer["preflight"]} == {"张\U0002ee60"}
    assert len(answer["register"]) == 2
    for document in ("envelopes", "place-cards", "name-badges", "labels", "sign-in-sheet"):
        code, answer, told = office("print", document, "--by-hand", "--out", f"{document}.pdf")
        assert code == (1 if "地址" in told else 0), told
    job = office("print-log")[1][-1]["id"]
    assert office("reprint", job, "--out", "again.pdf")[0] == 0
    assert office("print", "place-cards", "--out", "b.pdf")[0] == 1


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        (("add", "representative", "mobile=13900000000"), 1, "full_name"),
        (("add", "representative", "full_name=甲", "mobile=13900"), 1, "mobile"),
        (("add", "representative", "full_name=甲", "height=180"), 1, "height"),
        (("add", "elephant", "full_name=甲"), 1, "kind"),
        (("add", "open-day", "theme=甲", "held_on=13-9-10"), 1, "held_on"),
        (("add", "open-day", "theme=甲", "held_on=2026-09-29", "state=已举行"), 1, "state"),
        (("show", "representative", "没有的人"), 1, "id"),
        (("due", "--from", "今天"), 1, "from"),
        (("import", "representative", "none.xlsx"), 1, None),
    ],
)
def test_a_fault_of_the_user_names_its_field(office, words, code, field):
    got, answer, told = office(*words)
    assert (got, answer["error"]["field"]) == (code, field)
    assert told.strip()
    assert answer["error"]["message"] in told


@pytest.mark.parametrize(
    "words",
    [("fly",), ("add",), ("print", "invitation-letters"), ("due", "--days", "x", "--from", "2026-01-01")],
)
def test_wrong_usage_is_code_2_in_chinese(office, words):
    code, out, told = office(*words)
    assert code == 2
    assert "用法不对" in told
    assert out["error"]["message"] in told


def test_partly_known_dates_keep_their_precision(office):
    for typed, kept in (("1967年3月", "1967-03"), ("1967", "1967"), ("1967.3.5", "1967-03-05")):
        assert (
            office("add", "representative", f"full_name=甲{kept}", f"born_on={typed}")[1]["born_on"] == kept
        )


def test_an_ambiguous_name_is_refused_with_the_candidates(office):
    for unit in ("县医院", "官亭镇"):
        office("add", "representative", "full_name=王伟", f"unit={unit}")
    code, answer, _ = office("show", "representative", "王伟")
    assert code == 1
    assert "县医院" in answer["error"]["message"]
    assert "官亭镇" in answer["error"]["message"]


def test_list_searches_filters_sorts_and_limits(office):
    for name, sex in (("曾国强", "男"), ("单立新", "女"), ("仇英", "女")):
        office("add", "representative", f"full_name={name}", f"sex={sex}")
    names = lambda *words: [row["full_name"] for row in office("list", "representative", *words)[1]]  # noqa: E731
    assert names("--search", "zgq") == ["曾国强"]
    assert names("--where", "sex=女") == ["仇英", "单立新"]
    assert names("--sort", "full_name", "--descending", "--limit", "2") == ["曾国强", "单立新"]
    assert names("--where", "sex=不明") == []


def test_exported_text_is_text_and_comes_back_the_same(office, tmp_path):
    office("add", "representative", "full_name==1+1", "note=@SUM(1)", "unit=<b>县&医院", "mobile=13905518000")
    code, done, _ = office("export", "representative", "out.xlsx")
    assert (code, done["rows"]) == (0, 1)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    before = office("list", "representative")[1][0]
    office("remove", "representative", before["id"], "--reason", "测试")

    assert office("import", "representative", "out.xlsx")[1]["added"] == 1
    after = office("list", "representative")[1][0]
    assert {name: value for name, value in after.items() if name not in PROGRAM_KEYS} == {
        name: value for name, value in before.items() if name not in PROGRAM_KEYS
    }


def test_kinds_tells_the_fields_scripts_rely_on(openday):
    code, kinds, _ = openday("kinds")
    by_name = {kind["kind"]: {field["field"] for field in kind["fields"]} for kind in kinds}
    assert code == 0
    assert {
        "full_name",
        "sex",
        "born_on",
        "party",
        "unit",
        "post",
        "mobile",
        "id_number",
        "address",
        "source",
        "restricted",
    } <= by_name["representative"]
    assert {"representative", "sort", "level", "electing_unit", "term", "since", "until"} <= by_name[
        "identity"
    ]
    assert {"full_name", "section", "role"} <= by_name["staff"]
    assert {"theme", "held_on", "starts_at", "venue", "capacity", "number"} <= by_name["open-day"]
    assert {"open_day", "representative", "salutation", "number", "reply", "attendance"} <= by_name[
        "invitation"
    ]
    assert {"title", "sort", "version", "questions"} <= by_name["form"]
    assert {"form", "open_day", "first", "last", "named"} <= by_name["form-issue"]
    assert {"issue", "serial", "state", "answers"} <= by_name["form-return"]
    assert {"date", "sort", "name", "source"} <= by_name["holiday"]


def test_the_deadline_is_explained(office):
    _, answer, _ = office("due", "--from", "2026-09-29")
    assert (answer["due"], answer["presumed"]) == ("2026-10-14", False)
    assert [day["date"] for day in answer["days"] if day["counted"]][:2] == ["2026-09-30", "2026-10-08"]


def test_backup_and_restore(office, tmp_path):
    office("add", "representative", "full_name=曾国强")
    code, _, told = office("backup", "nowhere/b.openday")
    assert (code, "文件夹不存在" in told, (tmp_path / "nowhere").exists()) == (3, True, False)
    code, backed, _ = office("backup", "b.openday")
    assert (code, backed["counts"]["representative"]) == (0, 1)
    office("add", "representative", "full_name=单立新")
    assert office("restore", "b.openday")[1]["counts"]["representative"] == 1
    assert [row["full_name"] for row in office("list", "representative")[1]] == ["曾国强"]


def test_trouble_with_the_file_is_code_3(openday, tmp_path):
    (tmp_path / "office.openday").write_bytes(b"")
    code, answer, _ = openday("list", "representative")
    assert code == 3
    assert "0 字节" in answer["error"]["message"]
    assert (tmp_path / "office.openday").read_bytes() == b""
    assert openday("check")[0] == 3
    assert openday("list", "representative", data="none.openday")[0] == 3


def test_an_unwritable_output_is_code_3_and_leaves_nothing(office, tmp_path):
    office("add", "open-day", "theme=甲", "held_on=2026-09-29", "venue=三楼")
    office("add", "representative", "full_name=曾国强")
    code, _, told = office("print", "invitation-letters", "--all", "--out", "no/such/folder/a.pdf")
    assert (code, "文件夹不存在" in told) == (3, True)
    assert office("list", "invitation")[1] == []


def test_a_form_shows_its_version_and_its_revision(office, tmp_path):
    _, form, _ = office("add", "form", "title=测评表", "questions=单选 您的身份 [党员|群众]")
    assert (form["version"], form["revision"]) == (1, 1)
    _, form, _ = office("set", "form", form["id"], "footer=肥西县委组织部")
    assert (form["version"], form["revision"]) == (1, 2)
    assert office("print", "feedback-forms", "--form", form["id"], "--copies", "2", "--out", "f.pdf")[0] == 0
    _, form, _ = office("set", "form", "测评表", "title=满意度测评表")
    assert form["version"] == 2
    assert office("show", "form", "满意度测评表")[1]["version"] == 2
    assert office("list", "form", "--where", "version=2")[1] == [form]
    code, answer, told = office("set", "form", form["id"], "version=9")
    assert (code, answer["error"]["field"], "版次不能直接填写" in told) == (1, "version", True)

    _, person, _ = office("add", "staff", "full_name=李明")
    assert (person["version"], person["revision"]) == (1, 1)
    fields = {field["field"]: field for kind in office("kinds")[1] for field in kind["fields"]}
    assert (fields["version"]["stepped"], fields["full_name"]["stepped"]) == (True, False)
    assert "version 是版次" in office("kinds", "--help", as_json=False)[1]


def test_help_is_chinese_with_an_example_each(openday):
    code, out, _ = openday("--help", as_json=False)
    assert code == 0
    for command in ("demo", "new", "kinds", "add", "set", "show", "list", "remove", "do", "import", "undo", "export",
                    "print", "due", "report", "backup", "restore", "check"):  # fmt: skip
        assert command in out
        assert "例：openday" in openday(command, "--help", as_json=False)[1]


def test_the_papers_around_a_letter(office, tmp_path):
    """Invites, prints in the order asked for, tells what was printed, prints it again exactly."""
    for name, unit in (("高大富", "上派镇"), ("丁玥", "桃花镇"), ("高富", "官亭镇")):
        assert (
            office(
                "add",
                "representative",
                f"full_name={name}",
                f"unit={unit}",
                "address=肥西县",
                "postcode=231200",
            )[0]
            == 0
        )
    assert office("add", "open-day", "theme=走进组织部", "held_on=2026-09-29")[0] == 0
    code, first, _ = office(
        "print",
        "envelopes",
        "--all",
        "--order",
        "strokes",
        "--size",
        "b6",
        "--postcode",
        "boxes",
        "--out",
        "e.pdf",
    )
    assert (code, first["pages"]) == (0, 3)
    pages = ["".join(page.split()) for page in text_of(tmp_path / "e.pdf")]
    assert [next(name for name in ("丁玥", "高大富", "高富") if name in page) for page in pages] == [
        "丁玥", "高富", "高大富",
    ]  # fmt: skip
    for document in ("labels", "place-cards", "name-badges", "sign-in-sheet"):
        code, made, _ = office("print", document, "--order", "strokes", "--out", "x.pdf")
        assert (code, made["register"]) == (0, first["register"])
    assert office("print", "labels", "--start", "25", "--out", "x.pdf")[0] == 1
    assert office("print", "envelopes", "--size", "A4", "--out", "x.pdf")[0] == 1
    assert office("print", "envelopes", "--unprinted", "--out", "x.pdf")[0] == 1

    log = office("print-log")[1]
    assert [job["document"] for job in log][-1] == "envelopes"
    assert all(len(job["invitations"]) == 3 for job in log)
    assert "没有填写单位地址" in office("print", "envelopes", "--draft", "--out", "y.pdf")[2]
    assert office("print", "envelopes", "--draft", "--no-sender", "--out", "y.pdf")[2] == ""
    code, again, _ = office("reprint", log[-1]["id"][:12], "--out", "again.pdf")
    assert (code, again["register"]) == (0, first["register"])
    assert text_of(tmp_path / "again.pdf") == text_of(tmp_path / "e.pdf")
    office("set", "representative", "丁玥", "address=桃花镇二路")
    assert office("reprint", log[-1]["id"], "--out", "again.pdf")[0] == 0
    assert text_of(tmp_path / "again.pdf") == text_of(tmp_path / "e.pdf")
    assert office("reprint", log[-1]["id"], "--changed", "--out", "again.pdf")[0] == 0
    assert "桃花镇二路" in "".join(text_of(tmp_path / "again.pdf"))
    assert office("reprint", "ffff", "--out", "again.pdf")[0] == 1
    assert office("reprint", log[-1]["id"], "--changed", "--out", ".")[0] == 1


def test_demo_makes_an_office_and_a_pack(openday, tmp_path):
    code, made, _ = openday("demo", "out")
    assert code == 0
    assert Path(tmp_path / made["office"]).exists()
    papers = "邀请函 信封 地址标签 席卡 代表证 签到表 公告 日程与参观路线 明白纸 联系档案卡"
    forms = "组织部门开放日调查问卷 组织工作满意度测评表 组织工作“金点子”征集表"
    assert {Path(name).stem for name in made["files"]} == {*papers.split(), *forms.split()}
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in made["files"])
    assert openday("demo", "out")[0] == 1
