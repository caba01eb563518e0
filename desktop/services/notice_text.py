"""The text of a yearly notice (国务院办公厅关于…年部分节假日安排的通知) as days off and days worked.

What a notice writes is read literally and checked by itself: each weekday it names, each 共几天. What doesn't
agree, or isn't understood, is a fault to look at, never a guess.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.errors import UserError
from desktop.records.holidays import DaySort
from desktop.services.calendar_years import FIRST, LAST, ONE_DAY, WEEKDAYS, weekday

LONGEST = 20_000
"""Characters of a notice; they have some 700."""
MOST_OFF = 15
"""Days of one holiday; the longest there was had 9."""
ITEM = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|(?:^|(?<=[\n。;]))\s*(?:\d{1,2}[、.])?)\s*"
    r"((?:元旦|新年|春节|除夕|清明节?|劳动节|五一|端午节?|中秋节?|国庆节?|抗战[^:\n]{0,12}|[^\s:。,;、\d]{1,8}节)"
    r"(?:[、和及与](?:中秋节?|国庆节?|[^\s:。,;、\d]{1,8}节))?)\s*[:]"
)
DATE = re.compile(r"(?:(\d{4})\s*年\s*)?(?:(\d{1,2})\s*月\s*)?(\d{1,2})\s*日\s*(?:\(([^()]{0,30})\))?")
RANGE = re.compile(r"\s*(?:至|到|—+|–|-+|~|~)\s*")
NAMED_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
TOTAL = re.compile(r"共\s*(\d{1,2})\s*天")
TITLE_YEAR = re.compile(r"(\d{4})\s*年[^\n。]{0,40}?(?:节假日|放假|假期)")
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}\s*[〔\[(](\d{4})[〕\])]\s*\d{1,4}\s*号")
OFF, WORKED = re.compile("放假|补休|公休|连休"), re.compile("上班|补班")
AFTER_VERB = re.compile("(?<=放假|补休|公休|连休|上班|补班)")
SIGNATURE = re.compile(r"[^放休班]*\d{4}年\d{1,2}月\d{1,2}日[^放休班\d]*")
PASSED_OVER = re.compile("鼓励|调至|调到|农历除夕不放假")
FULL_NAMES = {
    "清明": "清明节",
    "端午": "端午节",
    "中秋": "中秋节",
    "国庆": "国庆节",
    "新年": "元旦",
    "五一": "劳动节",
}


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day that a notice makes off or worked, with the festival it is for."""

    date: datetime.date
    sort: DaySort
    name: str


@dataclass(slots=True)
class NoticeText:
    """What a notice says: its year, its 文号, its days in order, what is at fault and what was passed over."""

    year: int
    source: str
    days: list[NoticeDay] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_notice(text: str, year: int | None = None) -> NoticeText:
    """Return what a notice says; raises UserError where no arrangement can be found in the text at all.

    `year` goes before the year in the title; a text that names none needs it.
    """
    if len(text) > LONGEST:
        raise UserError(f"文字有 {len(text):,} 个字，放假通知不会这么长；请只粘贴通知正文", field="text")
    flat = _flattened(text)
    items = list(_items(flat))
    if not items:
        raise UserError(
            "没有读到放假安排；请粘贴通知正文，如“一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。”",
            field="text",
        )
    if year is not None and not FIRST.year <= year <= LAST.year:
        raise UserError(f"年份 {year} 不在 {FIRST.year}—{LAST.year} 之间，请核对", field="year")
    number = NUMBER.search(unicodedata.normalize("NFKC", text))
    made = NoticeText(year or _year_of(flat), "")
    made.source = _as_number(number[0]) if number else f"{made.year}年放假通知"
    for name, body in items:
        for sentence in re.split("[。;]", body.replace("\n", "")):
            _read_sentence(made, name, sentence)
    _settle(made)
    return made


def _flattened(text: str) -> str:
    """Return the text in half-width digits, brackets, commas and colons; line breaks inside sentences are kept."""
    flat = unicodedata.normalize("NFKC", text.replace("〔", "[").replace("〕", "]")).replace("\r", "\n")
    return re.sub(r"[ \t\u200b\ufeff]+", "", flat)


def _as_number(told: str) -> str:
    return re.sub(r"[\[(](\d{4})[\])]", r"〔\1〕", told)


def _year_of(flat: str) -> int:
    found = TITLE_YEAR.search(flat) or re.search(r"(\d{4})年", flat)
    if not found:
        raise UserError("这段文字没有写明是哪一年的安排；请先选年份再粘贴", field="year")
    year = int(found[1])
    if not FIRST.year <= year <= LAST.year:
        raise UserError(f"年份 {year} 不在 {FIRST.year}—{LAST.year} 之间，请核对", field="year")
    return year


def _items(flat: str) -> Iterator[tuple[str, str]]:
    """Yield (festivals, what is said of them) of each item; a notice about one festival has no headings."""
    heads = list(ITEM.finditer(flat))
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(flat)
        yield _called(head[1]), flat[head.end() : end]
    if not heads and (
        found := re.search(
            r"将?\d{4}年([\u4e00-\u9fff]{2,6}?节|元旦)[^\n。]*?调整为[::]?(.+)", flat, re.DOTALL
        )
    ):
        yield _called(found[1]), found[2]


def _called(told: str) -> str:
    parts = re.split("[、和及与]", told)
    return "、".join(FULL_NAMES.get(part, part) for part in parts)


def _read_sentence(made: NoticeText, name: str, sentence: str) -> None:
    """Read one sentence: its dates off, its dates worked, and whether the total it names agrees."""
    if not DATE.search(sentence) or SIGNATURE.fullmatch(sentence):
        return
    if PASSED_OVER.search(sentence) and "鼓励" in sentence:
        made.notes.append(f"“{_quoted(sentence)}”是提倡，不登记")
        return
    off: list[datetime.date] = []
    understood = False
    clauses = [part for part in _commas_outside(sentence).split(",") if not PASSED_OVER.search(part)]
    for clause in (part for whole in clauses for part in AFTER_VERB.split(whole)):
        if not DATE.search(clause):
            continue
        sort = DaySort.WORKED if WORKED.search(clause) else DaySort.OFF if OFF.search(clause) else None
        if sort is None:
            continue
        understood = True
        days = _dates_in(made, name, clause, sort)
        off += days if sort is DaySort.OFF else []
        made.days += [NoticeDay(day, sort, name) for day in days]
    if not understood:
        made.faults.append(f"{name}：没有看懂“{_quoted(sentence)}”，请对照通知手工登记")
    total = TOTAL.search(sentence)
    if total and off and len(set(off)) != int(total[1]):
        made.faults.append(f"{name}：通知写共 {total[1]} 天，读到 {len(set(off))} 天，请核对日期")


def _quoted(sentence: str) -> str:
    """Return a sentence as it was written: with the marks of a Chinese text."""
    return sentence[:60].translate(str.maketrans(",:()", "，：（）"))


def _commas_outside(sentence: str) -> str:
    """Return the sentence with the commas inside brackets as 、, so that a date keeps its bracket."""
    return re.sub(r"\([^()]*\)", lambda found: found[0].replace(",", "、"), sentence)


def _dates_in(made: NoticeText, name: str, clause: str, sort: DaySort) -> list[datetime.date]:
    """Return the days of a clause, ranges spread out; faults are kept in `made`."""
    found: list[datetime.date] = []
    before: datetime.date | None = None
    end = 0
    month = 0
    for match in DATE.finditer(clause):
        linked = before is not None and RANGE.fullmatch(clause[end : match.start()]) is not None
        month = int(match[2] or month)
        if not 1 <= month <= 12:
            told = "没有这个月" if month else "没有写月份"
            made.faults.append(f"{name}：“{match[0][:20]}”{told}，请核对")
            continue
        # what 元旦 takes of a December is the year before's
        year = before.year if linked and before else made.year - (name.startswith("元旦") and month == 12)
        day = _day(made, match, datetime.date(year, month, 1), before if linked else None)
        if day is None:
            before = None
        elif linked and before is not None:
            found += _spread(made, before, day)
            before = None
        else:
            found.append(day)
            before = day
        end = match.end()
    _check_worked(made, found if sort is DaySort.WORKED else [])
    return found


def _day(
    made: NoticeText, match: re.Match[str], within: datetime.date, since: datetime.date | None
) -> datetime.date | None:
    """Return the date written; without a year or month it is of those `within`; one before `since` of the next year."""
    told = match[0]
    try:
        day = datetime.date(int(match[1] or within.year), within.month, int(match[3]))
        if since and not match[1] and day < since:
            day = day.replace(year=day.year + 1)
    except ValueError:
        made.faults.append(f"没有“{told[:20]}”这一天，请核对")
        return None
    if abs(day.year - made.year) > 1:
        made.faults.append(f"“{told[:20]}”不在 {made.year} 年前后，请核对年份")
        return None
    named = NAMED_WEEKDAY.search(match[4] or "")
    if named and WEEKDAYS.index(named[1].replace("天", "日")) != day.weekday():
        made.faults.append(f"{day} 是{weekday(day)}，通知写作“{named[0]}”；请核对日期和年份")
    return day


def _spread(made: NoticeText, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the days after `first` up to `last`."""
    if not 0 < (last - first).days < MOST_OFF:
        made.faults.append(f"{first} 至 {last} 不像一个假期，请核对")
        return []
    return [first + n * ONE_DAY for n in range(1, (last - first).days + 1)]


def _check_worked(made: NoticeText, days: list[datetime.date]) -> None:
    for day in days:
        if day.weekday() < 5:
            made.faults.append(f"{day} 是{weekday(day)}，本来就上班，却写作补班；请核对日期")


def _settle(made: NoticeText) -> None:
    """Put the days in order, each once; a day both off and worked is a fault and kept off the list."""
    by_date: dict[datetime.date, NoticeDay] = {}
    torn: set[datetime.date] = set()
    for day in made.days:
        other = by_date.setdefault(day.date, day)
        if other.sort != day.sort:
            torn.add(day.date)
    for date in sorted(torn):
        made.faults.append(f"{date}（周{WEEKDAYS[date.weekday()]}）一处写放假、一处写上班，没有登记，请核对")
    made.days = [by_date[date] for date in sorted(by_date) if date not in torn]
    if not made.days:
        raise UserError(
            "没有读到放假或上班的日期；" + ("；".join(made.faults[:3]) or "请核对粘贴的文字"), field="text"
        )
