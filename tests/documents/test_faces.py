from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.documents import installed, roles
from desktop.documents.faces import Face
from desktop.documents.installed import Wanted
from desktop.documents.invitation import write_letters
from desktop.documents.roles import FontSource, Role, chain, missing, printable
from desktop.documents.subset import subset
from desktop.errors import TroubleError
from desktop.paths import resources
from tests.documents.letter_samples import FORM, letters, texts

RARE_NAMES = "𬱖㛃𠅤𠮷𬭚燚玥䶮㸌龘仓雎龢"
FANG = resources() / "fonts" / "core" / "Kaifang-Fang.ttf"


@pytest.mark.parametrize("role", list(Role))
def test_every_role_draws_rare_names_and_marks(role):
    assert missing(RARE_NAMES + "，。“”《》〔2026〕1号—…·□√＿ABCabc", role) == []


def test_a_character_nobody_draws_is_named_once():
    assert missing("王\U0002ee60和\U0002ee60", Role.FANG) == ["\U0002ee60"]


def test_a_gap_of_the_first_face_is_filled_by_the_next():
    place = chain(Role.KAI).place("仓")

    assert place is not None
    assert place[0].name == "Kaifang-KaiExt"


def test_controls_halves_of_pairs_and_zero_width_are_dropped():
    assert printable("张\x00三\ud800\u200b\ufe0f\t李\r\n四") == "张三 李\n四"


def test_nothing_is_read_before_the_first_character():
    face = Face(FANG)

    assert "data" not in vars(face)
    assert face.glyph(ord("国")) > 0
    assert face.glyph(ord("𬱖")) == 0


def test_an_empty_outline_is_no_glyph(tmp_path):
    data = bytearray(FANG.read_bytes())
    face = Face(FANG)
    glyph, loca = face.glyph(ord("国")), face.tables["loca"][0]
    data[loca + 4 * glyph + 4 : loca + 4 * glyph + 8] = data[loca + 4 * glyph : loca + 4 * glyph + 4]
    (tmp_path / "holed.ttf").write_bytes(data)

    assert Face(tmp_path / "holed.ttf").glyph(ord("国")) == 0


@pytest.mark.parametrize("damage", [b"", b"\0", b"OTTO" + b"\0" * 200, b"wOF2" + b"\0" * 99])
def test_a_damaged_face_is_trouble(tmp_path, damage):
    path = tmp_path / "bad.ttf"
    path.write_bytes(damage)

    with pytest.raises(TroubleError, match="bad"):
        Face(path).glyph(65)


def test_a_truncated_face_is_trouble(tmp_path):
    path = tmp_path / "cut.ttf"
    path.write_bytes(FANG.read_bytes()[:100_000])

    with pytest.raises(TroubleError, match="cut"):
        Face(path).glyph(ord("国"))


class _Composed(Face):
    """A face whose é is put together from e and an acute accent."""

    def outline(self, glyph: int) -> bytes:
        if glyph != self.glyph(ord("é")):
            return super().outline(glyph)
        words, more = 0x0001, 0x0020
        e, accent = self.glyph(ord("e")), self.glyph(ord("´"))
        parts = struct.pack(">HHhh", words | more, e, 0, 0) + struct.pack(">HHhh", words, accent, 10, 20)
        return struct.pack(">5h", -1, 0, 0, 500, 700) + parts


def _outlines(data: bytes) -> list[bytes]:
    """Return the glyf records of a TrueType file with long offsets."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {
        data[12 + 16 * n : 16 + 16 * n].decode(): struct.unpack_from(">II", data, 20 + 16 * n)
        for n in range(count)
    }
    start, length = tables["loca"]
    places = struct.unpack_from(f">{length // 4}I", data, start)
    base = tables["glyf"][0]
    return [data[base + here : base + there] for here, there in pairwise(places)]


def test_a_subset_holds_the_outlines_in_the_order_asked_for():
    face = chain(Role.SONG).faces[0]
    wanted = [face.glyph(ord(c)) for c in "国中é中"]
    found = _outlines(subset(face, wanted))

    assert len(found) == 5
    for glyph, outline in zip([0, *wanted], found, strict=True):
        assert outline.startswith(face.outline(glyph))
        assert len(outline) - len(face.outline(glyph)) < 4


def test_parts_of_a_composite_follow_under_new_numbers():
    face = _Composed(chain(Role.SONG).faces[0].path)
    found = _outlines(subset(face, [face.glyph(ord(c)) for c in "中éé"]))

    assert len(found) == 6
    for number in (2, 3):
        assert struct.unpack_from(">HH", found[number], 10) == (0x0021, 4)
        assert struct.unpack_from(">HH", found[number], 18) == (0x0001, 5)
    assert found[4].startswith(face.outline(face.glyph(ord("e"))))
    assert found[5].startswith(face.outline(face.glyph(ord("´"))))


@pytest.fixture
def office_fonts(tmp_path, monkeypatch):
    """An empty folder that counts as where the office's fonts are, with 字体来源 系统优先."""

    def forget() -> None:
        for known in (installed._installed_files, installed._installed_families, roles._chain):
            known.cache_clear()

    monkeypatch.setattr(installed, "font_folders", lambda: [tmp_path])
    forget()
    roles.use(FontSource.SYSTEM_FIRST)
    yield tmp_path
    roles.use(FontSource.BUNDLED)
    forget()


def test_a_forbidden_or_foreign_installed_face_is_passed_over(office_fonts):
    data = bytearray(FANG.read_bytes())
    struct.pack_into(">H", data, Face(FANG).tables["OS/2"][0] + 8, 0x0002)
    (office_fonts / "simfang.ttf").write_bytes(data)
    (office_fonts / "FZFSK.TTF").write_bytes(b"OTTO" + b"\0" * 99)
    (office_fonts / "STFANGSO.TTF").write_bytes(FANG.read_bytes())

    assert chain(Role.FANG).faces[0].path.name == "STFANGSO.TTF"
    assert chain(Role.HEI).faces[0].name == "Kaifang-Hei"


def _collection(*files: Path) -> bytes:
    """Return a TrueType collection of whole files, their tables moved to where they lie now."""
    head = struct.pack(">4sII", b"ttcf", 0x00010000, len(files))
    at, body, places = len(head) + 4 * len(files), b"", list[int]()
    for file in files:
        data = bytearray(file.read_bytes())
        for table in range(struct.unpack_from(">H", data, 4)[0]):
            offset = struct.unpack_from(">I", data, 12 + 16 * table + 8)[0]
            struct.pack_into(">I", data, 12 + 16 * table + 8, offset + at + len(body))
        places.append(at + len(body))
        body += bytes(data)
    return head + struct.pack(f">{len(places)}I", *places) + body


def test_a_face_of_a_collection_is_found_by_its_family(office_fonts, monkeypatch):
    title = FANG.with_name("Kaifang-Hei.ttf")
    (office_fonts / "office.ttc").write_bytes(_collection(FANG, title))
    (office_fonts / "broken.ttc").write_bytes(b"ttcf\0\1\0\0\xff\xff\xff\xff" + b"\0" * 40)
    (office_fonts / "short.ttf").write_bytes(b"ttc")
    wanted = {role: Wanted((), ("没有这种", "kaifang hei")) for role in Role}
    monkeypatch.setattr(roles, "INSTALLED", wanted)

    face = chain(Role.KAI).faces[0]
    assert (face.path.name, face.index, face.name) == ("office.ttc", 1, "office-1")
    for character in "国A，":
        glyph, own = face.glyph(ord(character)), Face(title).glyph(ord(character))
        assert face.outline(glyph) == Face(title).outline(own) != b""
    assert chain(Role.KAI).place("\U0002c1f7")  # what it lacks comes from the bundled faces behind it


def test_letters_in_the_offices_own_faces_read_back(office_fonts, tmp_path):
    (office_fonts / "SimSun.TTC").write_bytes(_collection(FANG.with_name("Kaifang-Song.ttf"), FANG))
    (office_fonts / "simfang.ttf").write_bytes(FANG.read_bytes())
    write_letters(tmp_path / "out.pdf", FORM, letters(3))

    assert "尊敬的于𬱖同志：" in texts(tmp_path / "out.pdf")[0]
    assert b"+simfang" in _objects(tmp_path / "out.pdf")
    assert chain(Role.SONG).faces[0].path.name == "SimSun.TTC"


def _objects(path: Path) -> bytes:
    """Return the dictionaries of a PDF, which lie in deflated streams."""
    streams = re.findall(rb">>stream\n(.*?)\nendstream\n", path.read_bytes(), re.DOTALL)
    return b"".join(map(zlib.decompress, streams))


def test_every_bundled_face_is_the_one_of_the_manifest():
    folder = resources() / "fonts"
    listed = json.loads((folder / "MANIFEST.json").read_text("utf-8"))

    assert len(listed["fonts"]) == 10
    for entry in listed["fonts"]:
        data = (folder / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"], entry["file"]


def test_no_paragraph_of_reportlab_anywhere():
    root = Path(__file__).parents[2] / "desktop"

    assert [path for path in root.rglob("*.py") if "Paragraph(" in path.read_text("utf-8")] == []
