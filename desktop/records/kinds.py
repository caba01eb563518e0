"""Kinds: a peewee column that also knows its label and how people write, read and check its values.

Meaning is declared once here; column, form row, list column, Excel heading, import fault and command-line
field follow from it. `parse` turns typed text into a value, `show` a value into text, `check` refuses a
value with a Chinese sentence. Layout on screen and paper is not derived.
"""

from __future__ import annotations

import datetime
import os
import re
import time
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import peewee

from desktop.errors import UserError
from desktop.records import cleaning, dates

Row = TypeVar("Row")

if TYPE_CHECKING:
    TextColumn = peewee.Field[str]
    DateColumn = peewee.Field[datetime.date | None]
    IntegerColumn = peewee.Field[int | None]
    BooleanColumn = peewee.Field[bool]
    KeyColumn = peewee.Field[bytes]

    class LinkColumn(peewee.Field[Row]):
        """A foreign key as the type checkers see it: the record referred to."""
else:
    TextColumn = peewee.TextField
    DateColumn = peewee.DateField
    IntegerColumn = peewee.IntegerField
    BooleanColumn = peewee.BooleanField
    KeyColumn = peewee.Field

    class LinkColumn(peewee.ForeignKeyField):
        """peewee's own fields take no type argument at run time; this one takes and drops it."""

        def __class_getitem__(cls, row: object) -> type:
            return cls


class Kind:
    """What every kind shares: label, whether it must be filled, whether steps alone may change it."""

    name: str
    label: str
    required: bool
    stepped: bool
    masked: ClassVar[bool] = False

    def declare(self, label: str, *, required: bool, stepped: bool = False, hint: str = "") -> None:
        """Keep what `__init__` was told beyond the column."""
        self.label = label
        self.required = required
        self.stepped = stepped
        self.hint = hint

    def parse(self, text: str) -> Any:
        """Return the value that `text` means; raises UserError."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return the text for a list, a form or a paper."""
        return "" if value is None else str(value)

    def plain(self, value: Any) -> Any:
        """Return the value as JSON holds it."""
        return value

    def check(self, value: Any) -> None:
        """Raise UserError where the value can't be kept."""
        if self.required and value in (None, ""):
            raise self.wrong("不能为空")

    def wrong(self, reason: str) -> UserError:
        """Return the fault `<label><reason>` at this field."""
        return UserError(f"{self.label}{reason}", field=self.name)

    def masked_text(self, value: Any) -> str:
        """Return the text for lists and papers where numbers are not asked for."""
        return self.show(value)


class Text(Kind, TextColumn):
    """One line of text of at most `limit` characters."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        limit: int = 100,
        stepped: bool = False,
        hint: str = "",
        **column: Any,
    ) -> None:
        super().__init__(default=column.pop("default", ""), **column)
        self.declare(label, required=required, stepped=stepped, hint=hint)
        self.limit = limit

    def parse(self, text: str) -> str:
        return cleaning.one_line(text)

    def check(self, value: str) -> None:
        super().check(value)
        if len(value) > self.limit:
            raise self.wrong(f"最多 {self.limit} 个字,现有 {len(value)} 个字")


class Name(Text):
    """A person's name: see cleaning.person_name for what is kept of what is typed."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, limit=options.pop("limit", 50), **options)

    def parse(self, text: str) -> str:
        return cleaning.person_name(text)


class Prose(Text):
    """Several lines of text, kept as said."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, limit=options.pop("limit", 20_000), **options)

    def parse(self, text: str) -> str:
        return cleaning.many_lines(text)


class Choice(Text):
    """One of a closed list."""

    def __init__(self, label: str, choices: type[StrEnum] | Sequence[str], **options: Any) -> None:
        self.options = tuple(str(choice) for choice in choices)
        super().__init__(label, **options)

    def parse(self, text: str) -> str:
        return cleaning.narrow(cleaning.one_line(text))

    def check(self, value: str) -> None:
        super().check(value)
        if value and value not in self.options:
            raise self.wrong(f"没有“{value[:20]}”这一项,可填:{'、'.join(filter(None, self.options))}")


class Listed(Text):
    """A word of an editable list (`terms`), which its first use extends."""

    def __init__(self, label: str, terms: str, **options: Any) -> None:
        self.terms = terms
        super().__init__(label, **options)


class Phone(Text):
    """手机 or 固定电话 with area code; two numbers are kept side by side, never run together."""

    masked = True
    MOBILE = re.compile(r"1[3-9]\d{9}")
    LANDLINE = re.compile(r"(0\d{2,3}-?)?\d{7,8}((转|-)\d{1,6})?|[48]00-?\d{3}-?\d{4}|1\d{2}|9\d{4,5}")
    SPLIT = re.compile(r"[/、,，;；]|(?<!\+86)(?<!^0086)(?<!^86)\s(?=1[3-9]\d[\d\s-]{8,}$)")

    def parse(self, text: str) -> str:
        if text.isascii() and self.MOBILE.fullmatch(text):
            return text
        flat = unicodedata.normalize("NFKC", cleaning.one_line(text))
        return "、".join(number for part in self.SPLIT.split(flat) if (number := self._number(part)))

    @staticmethod
    def _number(part: str) -> str:
        number = re.sub(r"(?<=\d)\.0$", "", part.strip())
        digits = re.sub(r"[\s()-]", "", number)
        if found := re.fullmatch(r"(?:\+?86|0086)?(1[3-9]\d{9})", digits):
            return found[1]
        return re.sub(r"\s|[()]", "", number)

    def check(self, value: str) -> None:
        super().check(value)
        for number in filter(None, value.split("、")):
            if re.search(r"\d[Ee][+-]?\d", number):
                raise self.wrong("已被表格软件写成科学计数法,位数丢失,请重新填写 11 位号码")
            if not (self.MOBILE.fullmatch(number) or self.LANDLINE.fullmatch(number)):
                raise self.wrong(f"“{number[:20]}”不是电话号码,应为 11 位手机号或带区号的固定电话")

    def masked_text(self, value: str) -> str:
        return "、".join(
            f"{number[:3]}****{number[-4:]}" if len(number) > 7 else number for number in value.split("、")
        )


class IdCard(Text):
    """公民身份号码 (GB 11643-1999): 18 characters, date of birth and check digit verified."""

    masked = True

    def parse(self, text: str) -> str:
        if text.isascii() and text.isalnum():
            return text.upper()
        return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", cleaning.one_line(text))).upper()

    def check(self, value: str) -> None:
        from stdnum.cn import ric

        super().check(value)
        if not value:
            return
        if re.fullmatch(r"\d(\.\d+)?E\+?\d+", value):
            raise self.wrong("已被表格软件写成科学计数法,末几位丢失,请按证件重新填写")
        if not re.fullmatch(r"\d{17}[\dX]", value):
            raise self.wrong(f"应为 18 位(末位可为 X),现有 {len(value)} 位")
        try:
            born = datetime.date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
        except ValueError:
            raise self.wrong(f"中的出生日期 {value[6:14]} 不存在,请核对证件") from None
        if not datetime.date(1900, 1, 1) <= born <= datetime.date.today():
            raise self.wrong(f"中的出生日期 {value[6:14]} 不在合理范围,请核对证件")
        if value[-1] != ric.calc_check_digit(value):
            lost = "(末位全是 0,多半是表格软件只保留了 15 位)" if value.endswith("000") else ""
            raise self.wrong(f"校验位不对{lost},请核对证件")

    def masked_text(self, value: str) -> str:
        return f"{value[:1]}****{value[-2:]}" if value else ""


class Day(Kind, DateColumn):
    """A whole day."""

    def __init__(
        self, label: str, *, required: bool = False, stepped: bool = False, hint: str = "", **column: Any
    ) -> None:
        super().__init__(null=True, **column)
        self.declare(label, required=required, stepped=stepped, hint=hint)

    def parse(self, text: str) -> datetime.date | None:
        if not cleaning.one_line(text):
            return None
        try:
            return dates.parse_day(cleaning.one_line(text))
        except ValueError as reason:
            raise self.wrong(f"“{text.strip()[:20]}”{reason}") from None

    def show(self, value: datetime.date | None) -> str:
        return value.isoformat() if value else ""

    def plain(self, value: datetime.date | None) -> str | None:
        return value.isoformat() if value else None


class PartialDay(Text):
    """A date whose day or month may be unknown: kept as `1967`, `1967-03` or `1967-03-05`."""

    def parse(self, text: str) -> str:
        if not cleaning.one_line(text):
            return ""
        try:
            return dates.parse_partial(cleaning.one_line(text))
        except ValueError as reason:
            raise self.wrong(f"“{text.strip()[:20]}”{reason}") from None

    def check(self, value: str) -> None:
        super().check(value)
        if value > datetime.date.today().isoformat():
            raise self.wrong(f"{value} 还没有到")


class Clock(Text):
    """A time of day, kept as `09:00`."""

    PATTERN = re.compile(r"(上午|下午|晚上)?\s*(\d{1,2})\s*(?:[:：点时]\s*(\d{1,2}|半)?)?\s*分?")

    def parse(self, text: str) -> str:
        flat = unicodedata.normalize("NFKC", cleaning.one_line(text))
        if not flat:
            return ""
        found = self.PATTERN.fullmatch(flat)
        if not found:
            raise self.wrong(f"“{flat[:20]}”不是时间,请写成 09:00")
        hour = int(found[2]) + (12 if found[1] in ("下午", "晚上") and int(found[2]) < 12 else 0)
        minute = 30 if found[3] == "半" else int(found[3] or 0)
        if hour > 23 or minute > 59:
            raise self.wrong(f"“{flat[:20]}”不是一天中的时间,请写成 09:00")
        return f"{hour:02}:{minute:02}"


class Whole(Kind, IntegerColumn):
    """A whole number from `least` to `most`."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        least: int = 0,
        most: int = 1_000_000,
        stepped: bool = False,
        hint: str = "",
        **column: Any,
    ) -> None:
        super().__init__(null=True, **column)
        self.declare(label, required=required, stepped=stepped, hint=hint)
        self.least, self.most = least, most

    def parse(self, text: str) -> int | None:
        flat = unicodedata.normalize("NFKC", cleaning.one_line(text)).replace(",", "")
        if not flat:
            return None
        found = re.fullmatch(r"(-?[0-9]{1,12})(?:\.0+)?\s*[人个名份户件分天]?", flat)
        if not found:
            raise self.wrong(f"“{flat[:20]}”不是整数")
        return int(found[1])

    def check(self, value: int | None) -> None:
        super().check(value)
        if value is not None and not self.least <= value <= self.most:
            raise self.wrong(f"应在 {self.least} 到 {self.most} 之间")


class Flag(Kind, BooleanColumn):
    """是 or 否."""

    YES, NO = (
        {"是", "有", "对", "√", "1", "true", "yes", "y"},
        {"", "否", "无", "不", "×", "0", "false", "no", "n"},
    )

    def __init__(self, label: str, *, hint: str = "", default: bool = False, **column: Any) -> None:
        super().__init__(default=default, **column)
        self.declare(label, required=False, hint=hint)

    def parse(self, text: str) -> bool:
        word = cleaning.one_line(text).casefold()
        if word not in self.YES | self.NO:
            raise self.wrong(f"“{word[:20]}”应填“是”或“否”")
        return word in self.YES

    def show(self, value: bool | None) -> str:
        return "是" if value else "否"


class Key(KeyColumn):
    """A UUIDv7 as 16 bytes (RFC 9562): rows made on two desks never collide, and sort by birth."""

    field_type = "BLOB"

    def db_value(self, value: bytes | str | None) -> bytes | None:
        return bytes.fromhex(value) if isinstance(value, str) else value

    def python_value(self, value: Any) -> bytes | None:
        return None if value is None else bytes(value)


class Link(Kind, LinkColumn[Row]):
    """A reference to another record; typed text is an id, a 编号 or an exact name (services/lookup.py)."""

    def __init__(
        self,
        label: str,
        model: type[Row],
        *,
        required: bool = False,
        stepped: bool = False,
        hint: str = "",
        **column: Any,
    ) -> None:
        super().__init__(model, null=not required, on_delete=column.pop("on_delete", "RESTRICT"), **column)
        self.target = model
        self.declare(label, required=required, stepped=stepped, hint=hint)

    def parse(self, text: str) -> str:
        """Return the words by which the record is to be looked up."""
        return cleaning.one_line(text)

    def plain(self, value: Any) -> str | None:
        return None if value is None else value.id.hex()


def new_id() -> bytes:
    """Return a new UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits."""
    chance = os.urandom(10)
    head = (time.time_ns() // 1_000_000).to_bytes(6, "big")
    return head + bytes((0x70 | chance[0] & 0x0F, chance[1], 0x80 | chance[2] & 0x3F)) + chance[3:]
