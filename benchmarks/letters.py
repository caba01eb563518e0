"""1,000 invitation letters in one PDF: ours beside typst, whole processes, CPU and peak memory.

    python benchmarks/letters.py [--letters 1000] [--runs 5]

Both set the same texts in the same bundled faces at the same sizes and places, with the same QR codes
(made by one fast source for both and charged to both). CPU is user and system time of the whole
process, start included; the machine may be busy, so the ratio counts, not the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑于𬱖"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英建国志文㛃燚玥𠅤"
SORTS = ("县党代表", "人大代表、基层党员", "两新组织书记", "群众代表")
BODY = (
    "为深入学习贯彻党的二十大精神，进一步推进组织工作公开透明，增强组织部门的亲和力、公信力和满意度，我部定于"
    "2026年9月29日（星期二）上午9:00在县委组织部（上派镇巢湖路1号）举办“走进组织部·倾听您心声”主题开放日活动。\n"
    "{姓名}{称谓}，诚邀您作为{身份}拨冗出席，深入了解我县干部选拔任用、基层党建、人才工作等情况，并对组织工作"
    "提出宝贵意见和建议。\n"
    "请于9月22日前将回执反馈至县委组织部办公室。"
)
PROGRAMME = (
    ("9:00—9:20", "签到，领取活动手册", "县委组织部一楼大厅"),
    ("9:20—10:00", "部长致辞，介绍组织工作情况", "三楼会议室"),
    ("10:00—11:00", "参观干部档案室、党员教育中心、12380举报受理中心，听取各科室负责人讲解", "各科室"),
    ("11:00—11:40", "座谈交流，现场答复意见建议", "三楼会议室"),
    ("11:40", "填写《组织工作满意度测评表》", "三楼会议室"),
)
SLIP = "姓　　名：{姓名}　　单位：上派镇人民社区居委会\n是否参加：□ 参加　　□ 不参加　　□ 由他人代替\n签　　名：＿＿＿＿＿＿"
SIGNATURE, DATE, CONTACT = "中共肥西县委组织部", "2026年9月14日", "（联系人：王晓燕，电话：0551-68841234）"

TYPST = """
#let data = json("data.json")
#let codes = read("codes.bin", encoding: none)
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm))
#set text(font: ("Kaifang Fang", "Kaifang SongLightSigns", "Kaifang KaiExt", "Kaifang Song", "Kaifang Rare1"),
  size: 16pt, lang: "zh", region: "cn", tracking: -0.21pt)
#set par(justify: true, leading: 12.99pt, spacing: 12.99pt, first-line-indent: (amount: 2em, all: true))
#let red = rgb(219, 13, 18)
#let title-font = ("Kaifang Title", "Kaifang Song", "Kaifang KaiExt", "Kaifang Rare1")
#let head = {
  place(top + left, dy: -7mm, box(width: 100%, align(center,
    text(font: title-font, size: 32pt, fill: red, tracking: 9pt)[中共肥西县委组织部])))
  place(top + left, dx: -8mm, dy: 9mm, line(length: 170mm, stroke: 2.2pt + red))
  place(top + left, dx: -8mm, dy: 10.3mm, line(length: 170mm, stroke: .8pt + red))
}
#let programme = block(text(size: 12pt, table(
  columns: (auto, 1fr, auto), stroke: none, inset: 5pt,
  table.hline(stroke: 1.2pt), [时间], [内容], [地点], table.hline(stroke: .6pt),
  ..data.programme.flatten(), table.hline(stroke: 1.2pt))))
#for (number, person) in data.letters.enumerate() {
  head
  v(15mm)
  align(right, text[编号：#person.number])
  align(center, text(font: title-font, size: 22pt)[邀请函])
  v(10pt)
  par(first-line-indent: 0pt)[尊敬的#person.name#person.call：]
  for part in data.body { par(part.replace("{姓名}", person.name).replace("{称谓}", person.call)
    .replace("{身份}", person.sort)) }
  programme
  v(29pt)
  align(right, pad(right: 2em, data.signature))
  align(right, pad(right: 2em, data.date))
  par(data.contact)
  let side = data.side
  let pixels = codes.slice(number * side * side, (number + 1) * side * side)
  place(bottom, float: true, block(width: 100%)[
    #line(length: 100%, stroke: (paint: gray, thickness: .6pt, dash: "dashed"))
    #align(center, text(font: title-font, size: 18pt)[回执])
    #grid(columns: (1fr, auto),
      text(size: 14pt)[#for line in data.slip { par(first-line-indent: 0pt, line.replace("{姓名}", person.name)) }],
      align(center)[#image(pixels, format: (encoding: "luma8", width: side, height: side), width: 20mm,
        scaling: "pixelated") #text(size: 9pt)[#person.number]])
  ])
  pagebreak(weak: true)
}
"""


def people(count: int) -> list[dict[str, str]]:
    """Return `count` people with names that differ."""
    found = []
    for place in range(count):
        name = SURNAMES[place % 22] + GIVEN[place // 22 % 32] + (GIVEN[place // 7 % 32] if place % 3 else "")
        found.append(
            {
                "name": name,
                "call": "同志" if place % 4 else "代表",
                "sort": SORTS[place % 4],
                "number": f"FX-2026-{place + 1:05d}",
                "code": f"OD1-FX20260001-{place + 1:05d}-7K",
            }
        )
    return found


def ours(count: int, folder: Path) -> None:
    """Print the letters with the program's own engine."""
    from desktop.documents.invitation import write_letters
    from desktop.records.papers import Head, Letter, LetterForm, ProgrammeRow

    form = LetterForm(
        head=Head.RED,
        letterhead=SIGNATURE,
        title="邀请函",
        salutation="尊敬的{姓名}{称谓}：",
        body=BODY,
        signature=SIGNATURE,
        date=DATE,
        programme=tuple(ProgrammeRow(*row) for row in PROGRAMME),
        contact=CONTACT,
        slip=SLIP,
    )
    letters = [
        Letter(
            each["number"],
            each["name"],
            {"姓名": each["name"], "称谓": each["call"], "身份": each["sort"]},
            each["code"],
        )
        for each in people(count)
    ]
    print(write_letters(folder / "ours.pdf", form, letters).pages)


def typst(count: int, folder: Path) -> None:
    """Print the same letters with typst."""
    from typst import compile as run

    from desktop.documents.slip_code import SlipCodes

    codes, pixels, side = SlipCodes(), bytearray(), 0
    everyone = people(count)
    for each in everyone:
        side, bits = codes.bits(each["code"])
        pixels += format(bits, f"0{side * side}b").translate({48: 255, 49: 0}).encode("latin-1")
    data = {
        "letters": everyone,
        "body": BODY.split("\n"),
        "programme": PROGRAMME,
        "slip": SLIP.split("\n"),
        "signature": SIGNATURE,
        "date": DATE,
        "contact": CONTACT,
        "side": side,
    }
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    (folder / "codes.bin").write_bytes(pixels)
    (folder / "letters.typ").write_text(TYPST, "utf-8")
    fonts = [str(ROOT / "resources" / "fonts" / part) for part in ("core", "rare")]
    run(
        str(folder / "letters.typ"),
        output=str(folder / "typst.pdf"),
        font_paths=fonts,
        ignore_system_fonts=True,
        pdf_tags=False,
    )


def measured(engine: str, count: int, folder: Path) -> tuple[float, float, int]:
    """Return CPU seconds, peak MB and bytes of the PDF of one whole process."""
    command = [sys.executable, __file__, "--engine", engine, "--letters", str(count), "--folder", str(folder)]
    child = os.posix_spawn(
        sys.executable,
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{engine} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, (folder / f"{engine}.pdf").stat().st_size


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--letters", type=int, default=1000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--engine", choices=("ours", "typst"))
    asked.add_argument("--folder", type=Path)
    given = asked.parse_args()
    if given.engine:
        {"ours": ours, "typst": typst}[given.engine](given.letters, given.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        rows: dict[str, list[tuple[float, float, int]]] = {"ours": [], "typst": []}
        for _ in range(given.runs):  # side by side, so that both meet the same load
            for engine, found in rows.items():
                found.append(measured(engine, given.letters, Path(folder)))
    print(f"{given.letters} letters, medians of {given.runs}")
    medians = {
        engine: [statistics.median(column) for column in zip(*found, strict=True)]
        for engine, found in rows.items()
    }
    for engine, (cpu, memory, size) in medians.items():
        print(f"{engine:6} CPU {cpu:6.2f} s   peak {memory:5.0f} MB   file {size / 1e6:5.2f} MB")
    print(f"ratio of CPU, ours to typst: {medians['ours'][0] / medians['typst'][0]:.2f}")


if __name__ == "__main__":
    main()
