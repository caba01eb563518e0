"""From a cell to the text a clerk would have typed, for the kind of field it goes to.

Excel keeps phones, dates and numbers alike as floating-point numbers: what a number means depends on the
field. A number of more than 15 digits has lost its last ones in Excel already and is refused.
"""

from __future__ import annotations

import datetime

from desktop.exchange.book import Cell, CellError
from desktop.records.kinds import Clock, Day, IdCard, Kind, PartialDay

EXACT = 1e15
"""Excel keeps 15 digits; a longer number is not what was typed."""
YEARS = (1900, 2100)
LAST_SERIAL = 73_415
"""2100-12-31 as a serial of the 1900 date system."""
EPOCH, EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
LOST = "是数字格式，表格软件只保留 15 位，末几位已丢失；请把该列设为文本，按证件重新填写"


class Unusable(ValueError):
    """A cell that has no text; the argument is the reason in Chinese, to follow the value."""


def text_of(cell: Cell, kind: Kind | None, *, date1904: bool = False) -> str:
    """Return the text of `cell` as it would be typed into a field of `kind` (None: a field of plain text).

    Raises Unusable for errors, lost digits and numbers that mean two dates.
    """
    if isinstance(cell, str):
        return cell
    match cell:
        case None:
            return ""
        case CellError():
            raise Unusable(cell.reason)
        case bool():
            return "是" if cell else "否"
        case int() | float():
            return _number(float(cell), kind, date1904=date1904)
        case datetime.datetime():
            whole_day = isinstance(kind, (Day, PartialDay)) or cell.time() == datetime.time()
            return cell.date().isoformat() if whole_day else cell.isoformat(" ", "minutes")
        case datetime.date():
            return cell.isoformat()
        case datetime.time():
            return cell.isoformat("minutes")
    return _span(cell)


def shown(cell: Cell) -> str:
    """Return what Excel shows in the cell, near enough to recognise it."""
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else repr(cell)
    try:
        return text_of(cell, None)
    except Unusable:
        return str(cell)


def _number(number: float, kind: Kind | None, *, date1904: bool) -> str:
    if isinstance(kind, (Day, PartialDay)):
        return _date(number, date1904=date1904)
    if isinstance(kind, Clock) and 0 <= number < 1:
        return (EPOCH + datetime.timedelta(minutes=round(number * 1440))).strftime("%H:%M")
    if abs(number) >= EXACT:
        raise Unusable(LOST if isinstance(kind, IdCard) else LOST.replace("按证件", ""))
    return str(int(number)) if number.is_integer() else repr(number)


def _date(number: float, *, date1904: bool) -> str:
    """Return the date a bare number means: 20130910, 1967, 1967.03, or a serial such as 41527.5."""
    first, last = YEARS
    if first <= number < last + 1:
        text = str(int(number)) if number.is_integer() else repr(number)
        if text.endswith(".1"):
            raise Unusable("是数字格式，分不清是 1 月还是 10 月，请写成 1967-01 或 1967-10 这样的文字")
        return text
    if 0 < number <= LAST_SERIAL:
        day = (EPOCH_1904 if date1904 else EPOCH) + datetime.timedelta(days=int(number))
        return day.date().isoformat()
    return str(int(number)) if number.is_integer() and abs(number) < EXACT else repr(number)


def _span(span: object) -> str:
    if isinstance(span, datetime.timedelta):
        minutes = round(span.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(span)
