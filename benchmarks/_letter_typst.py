"""typst printing the letters of the benchmark: all in one file, or each in its own."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks._letter_order import BODY, CONTACT, DATE, PROGRAMME, SIGNATURE, SLIP, people
from benchmarks.measure import ROOT

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
#let only = sys.inputs.at("only", default: none)
#for (number, person) in data.letters.enumerate() {
  if only != none and only != str(number) { continue }
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


def typst(count: int, folder: Path) -> None:
    """Print the letters with typst to one file."""
    from typst import compile as run

    _typst_files(count, folder)
    run(
        str(folder / "letters.typ"),
        output=str(folder / "typst.pdf"),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_tags=False,
    )


def typst_each(count: int, folder: Path) -> None:
    """Print each letter with typst to a file of its own, by one compiler that keeps what it has read."""
    from typst import Compiler

    _typst_files(count, folder)
    compiler = Compiler(str(folder / "letters.typ"), font_paths=_fonts(), ignore_system_fonts=True)
    target = folder / "typst_each"
    target.mkdir(exist_ok=True)
    for place in range(count):
        compiler.compile(output=str(target / f"{place}.pdf"), sys_inputs={"only": str(place)}, pdf_tags=False)


def _fonts() -> list[str]:
    return [str(ROOT / "resources" / "fonts" / part) for part in ("core", "rare")]


def _typst_files(count: int, folder: Path) -> None:
    """Write what typst reads; the codes come from our fast source and are charged to it."""
    from desktop.documents.slip_code import SlipCodes

    codes, pixels, side = SlipCodes(), bytearray(), 0
    everyone = list(people(count))
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
