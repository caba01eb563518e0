"""本单位: the settings row, and what a new office file starts with."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.base import reading
from desktop.records.staff import Office, Term
from desktop.services.changes import Changes

FIRST_TERMS = {
    "政治面貌": "中共党员 中共预备党员 共青团员 民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 "
    "台盟盟员 无党派人士 群众",
    "民族": "汉族 回族 维吾尔族 藏族 蒙古族 满族 壮族 彝族 苗族 土家族 朝鲜族 侗族 瑶族 白族 布依族",
    "代表身份": "党代表 人大代表 政协委员 党委委员 基层党员 两新组织书记 大学生村官 村社区两委 机关干部 组工干部 "
    "拔尖人才 干部监督员 新闻媒体 群众代表",
    "层级": "全国 省级 市级 县级 镇级",
    "发布渠道": "电视 广播 报纸 门户网站 微信公众号 公开栏",
    "科室": "办公室 组织科 干部科 干部监督科 人才科 党员教育中心",
}
"""The words every office starts with (GB/T 4762 for 政治面貌); each list is the office's to change."""


class Offices:
    """Reads and keeps the office's own settings."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    @staticmethod
    def find() -> Office | None:
        """Return the settings row, or None in a file that was never set up."""
        with reading():
            return Office.select().first()

    def own(self) -> Office:
        """Return the settings row; raises UserError where the file was never set up."""
        office = self.find()
        if office is None:
            raise UserError("还没有填写本单位名称，请先在“设置”中填写", field="name")
        return office

    def set_up(self, office: Office) -> None:
        """Keep the settings of a new file together with the lists, wording and forms it starts with."""
        if faults := office.faults():
            raise faults[0]
        # only a new office needs these: a start doesn't load them
        from desktop.records.forms import Form
        from desktop.records.open_days import LetterWording
        from desktop.records.time_limits import TimeLimit
        from desktop.services import wording
        from desktop.services.standard_forms import standard_forms
        from desktop.services.time_limits import first_limits

        with self._changes.change(f"新建单位“{office.name}”", Office, Term, LetterWording, Form, TimeLimit):
            office.signature = office.signature or office.name
            office.letterhead = office.letterhead or office.name
            storing.write(office, is_new=True)
            for list_name, words in FIRST_TERMS.items():
                terms = [
                    Term(list_name=list_name, word=word, position=place)
                    for place, word in enumerate(words.split(), 1)
                ]
                storing.insert_all(terms)
            for text in wording.first_wordings():
                storing.write(text, is_new=True)
            storing.insert_all(first_limits())
            for code, form in enumerate(standard_forms(), 1):
                form.code = code
                storing.write(form, is_new=True)

    def save(self, office: Office) -> None:
        """Keep changed settings."""
        if faults := office.faults():
            raise faults[0]
        with self._changes.change("修改单位设置", Office):
            storing.write(office, is_new=False)
