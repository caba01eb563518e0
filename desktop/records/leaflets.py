"""明白纸: a page of each section for the visitors, in its own words (长丰)."""

from __future__ import annotations

from desktop.records.base import Record, parts_of, reading
from desktop.records.kinds import Link, Listed, Prose, Text, Whole
from desktop.records.open_days import OpenDay


class Leaflet(Record):
    """明白纸: what a section is there for, what it did, whom to ask; of one day, or of every day."""

    kind = "leaflet"
    label = "明白纸"

    open_day = Link(
        "开放日",
        OpenDay,
        backref="leaflets",
        on_delete="CASCADE",
        hint="空着就是通用的，每次都印；写了就只在那次印，代替同一科室通用的那张",
    )
    section = Listed("科室", terms="科室", required=True, limit=40)
    title = Text("标题", limit=60, hint="空着就印“科室＋工作明白纸”")
    text = Prose(
        "正文", required=True, limit=5000, hint="职责、近期工作、联系方式；以“一、”开头的行印成小标题"
    )
    position = Whole("次序", least=0, most=999)

    def caption(self) -> str:
        return self.title or self.section

    def likenesses(self) -> list[tuple[str, ...]]:
        return []


def leaflets_of(day: OpenDay) -> list[Leaflet]:
    """Return the leaflets of a day in their order: its own, and the general ones of the other sections."""
    own = parts_of(Leaflet, "open_day", day)
    sections = {leaflet.section for leaflet in own}
    with reading():
        general = list(Leaflet.select().where(Leaflet.open_day.is_null() & Leaflet.deleted_at.is_null()))  # pyright: ignore
    found = [*own, *(leaflet for leaflet in general if leaflet.section not in sections)]
    return sorted(found, key=lambda leaflet: (leaflet.position or 0, leaflet.created_at, leaflet.id))
