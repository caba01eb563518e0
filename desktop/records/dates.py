"""Dates as clerks type them, with the precision they are known to."""

from __future__ import annotations

import datetime
import re
import unicodedata

from desktop.records.patterns import pattern

FIRST_YEAR, LAST_YEAR = 1900, 2100
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NUMERAL = pattern("[〇○零一二三四五六七八九十]+")
_PARTS = pattern(r"(\d{4})\s*[-./。年]\s*(\d{1,2})(?:\s*[-./。月]\s*(\d{1,2})\s*[日号]?|\s*月?)")
_YEAR = pattern(r"(\d{4})\s*年?")
_PACKED = pattern(r"(\d{4})(\d\d)(\d\d)")
_ISO_TIME = pattern(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
EARLIEST = datetime.date(2000, 1, 1)
"""Before this nothing that the office registers can have happened: a slip of the pen."""
_WEEKDAYS = "一二三四五六日"
_WEEKDAY = pattern(r"\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?$")


def _plain(text: str) -> str:
    """Return `text` in half-width characters with Chinese numerals as digits (二十三 is 23)."""

    def number(found: re.Match[str]) -> str:
        word = found[0]
        if "十" not in word:
            return word.translate(_HAN_DIGITS)
        tens, _, ones = word.partition("十")
        return str(
            int((tens or "一").translate(_HAN_DIGITS)) * 10 + int((ones or "零").translate(_HAN_DIGITS))
        )

    if text.isascii():
        return text.strip()
    flat = unicodedata.normalize("NFKC", text.strip())
    flat = _WEEKDAY.sub("", flat)
    return (
        _NUMERAL.sub(number, flat) if re.fullmatch(r"[〇○零一二三四五六七八九十年月日号\s]+", flat) else flat
    )


def parse_partial(text: str) -> str:
    """Return `1967`, `1967-03` or `1967-03-05` for a date typed in any usual way.

    Raises ValueError with a Chinese reason; what can be read in two ways is asked, never guessed.
    """
    if len(text) == 10 and text[4] == text[7] == "-" and (known := _known_day(text)):
        return known
    flat = _plain(text)
    if found := _ISO_TIME.fullmatch(flat):
        flat = found[1]
    if (found := _PACKED.fullmatch(flat)) or (found := _PARTS.fullmatch(flat)):
        year, month, day = found.groups()
    elif found := _YEAR.fullmatch(flat):
        year, month, day = found[1], None, None
    else:
        raise ValueError(_why_unclear(flat))
    return _checked(int(year), month and int(month), day and int(day))


def _known_day(text: str) -> str:
    """Return `1967-03-05` as it is, at a tenth of what the patterns cost; '' for what is no such day."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return ""
    return text if FIRST_YEAR <= day.year <= LAST_YEAR and text.isascii() else ""


def _checked(year: int, month: int | str | None, day: int | str | None) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"年份 {year} 不在 {FIRST_YEAR}—{LAST_YEAR} 之间")
    if not month:
        if month == 0:
            raise ValueError("没有 0 月")
        return f"{year:04}"
    if not 1 <= int(month) <= 12:
        raise ValueError(f"没有 {month} 月")
    if day is None:
        return f"{year:04}-{int(month):02}"
    try:
        return datetime.date(year, int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError(f"{year} 年 {month} 月没有 {day} 日") from None


def _why_unclear(flat: str) -> str:
    example = "请写成 2013-09-10 或 2013年9月10日"
    if re.fullmatch(r"\d{6}|\d{1,2}[-./]\d{1,2}[-./]\d{1,2}", flat):
        return f"年份只有两位，无法确定是哪一年，{example}"
    if re.fullmatch(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}", flat):
        return f"分不清月和日的先后，{example}"
    if re.fullmatch(r"\d{1,2}月\d{1,2}[日号]?", flat):
        return f"缺少年份，{example}"
    if re.search("农历|正月|腊月|冬月|初[一二三四五六七八九十]|廿", flat):
        return f"是农历日期，请换算成公历，{example}"
    return f"不是日期，{example}"


def parse_day(text: str) -> datetime.date:
    """Return the day that `text` names; raises ValueError (Chinese) where it is unknown or only partly known."""
    known = parse_partial(text)
    if len(known) < 10:
        raise ValueError("需要具体到日，请写成 2013-09-10 或 2013年9月10日")
    return datetime.date.fromisoformat(known)


def show_day(day: datetime.date) -> str:
    """Return `2026-09-29 周二`."""
    return f"{day.isoformat()} 周{_WEEKDAYS[day.weekday()]}"


def chinese_day(day: datetime.date, *, weekday: bool = False) -> str:
    """Return `2026年9月29日`, with `（星期二）` where asked."""
    text = f"{day.year}年{day.month}月{day.day}日"
    return f"{text}（星期{_WEEKDAYS[day.weekday()]}）" if weekday else text
