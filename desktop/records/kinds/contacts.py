"""Telephone and identity numbers, which lists and papers show masked."""

from __future__ import annotations

import datetime
import re
import unicodedata

from desktop.records import cleaning
from desktop.records.kinds.texts import Text
from desktop.records.patterns import pattern


class Phone(Text):
    """手机 or 固定电话 with area code; two numbers are kept side by side, never run together."""

    masked = True
    MOBILE = pattern(r"1[3-9]\d{9}")
    LANDLINE = pattern(r"(0\d{2,3}-?)?\d{7,8}((转|-)\d{1,6})?|[48]00-?\d{3}-?\d{4}|1\d{2}|9\d{4,5}")
    MASK = pattern(r"[\d-]{3}\*{4}[\d转-]{4}")
    SPLIT = pattern(r"[/、,，;；]|(?<!\+86)(?<!^0086)(?<!^86)\s(?=1[3-9]\d[\d\s-]{8,}$)")

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
        if self.MOBILE.fullmatch(value):
            return
        super().check(value)
        for number in filter(None, value.split("、")):
            if re.search(r"\d[Ee][+-]?\d", number):
                raise self.wrong("已被表格软件写成科学计数法，位数丢失，请重新填写 11 位号码")
            if not (self.MOBILE.fullmatch(number) or self.LANDLINE.fullmatch(number)):
                raise self.wrong(f"“{number[:20]}”不是电话号码，应为 11 位手机号或带区号的固定电话")

    def masked_text(self, value: str) -> str:
        return "、".join(
            f"{number[:3]}****{number[-4:]}" if len(number) > 7 else number for number in value.split("、")
        )

    def is_mask(self, text: str) -> bool:
        return "*" in text and any(map(self.MASK.fullmatch, text.split("、")))


class IdCard(Text):
    """公民身份号码 (GB 11643-1999): 18 characters, date of birth and check digit verified."""

    masked = True
    MASK = pattern(r"\d\*{4}\d[\dX]")

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
            raise self.wrong("已被表格软件写成科学计数法，末几位丢失，请按证件重新填写")
        if not re.fullmatch(r"\d{17}[\dX]", value):
            raise self.wrong(f"应为 18 位（末位可为 X），现有 {len(value)} 位")
        try:
            born = datetime.date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
        except ValueError:
            raise self.wrong(f"中的出生日期 {value[6:14]} 不存在，请核对证件") from None
        if not datetime.date(1900, 1, 1) <= born <= datetime.date.today():
            raise self.wrong(f"中的出生日期 {value[6:14]} 不在合理范围，请核对证件")
        if value[-1] != ric.calc_check_digit(value):
            lost = "（末位全是 0，多半是表格软件只保留了 15 位）" if value.endswith("000") else ""
            raise self.wrong(f"校验位不对{lost}，请核对证件")

    def masked_text(self, value: str) -> str:
        return f"{value[:1]}****{value[-2:]}" if value else ""

    def is_mask(self, text: str) -> bool:
        return bool(self.MASK.fullmatch(text))
