"""设置: the office itself, its word lists, its staff, and how the window looks."""

from __future__ import annotations

from desktop.ui.pages.appearance import AppearancePanel
from desktop.ui.pages.backups import BackupsPanel
from desktop.ui.pages.holidays import HolidaysPanel
from desktop.ui.pages.office_settings import OfficePanel
from desktop.ui.pages.protection import ProtectionPanel
from desktop.ui.pages.staff import StaffPage
from desktop.ui.pages.terms import TermsPanel
from desktop.ui.pages.time_limits import TimeLimitsPage
from desktop.ui.pages.traces import TracesPanel
from desktop.ui.tabbed_page import TabbedPage


class SettingsPage(TabbedPage):
    """What the office sets once, and changes now and then."""

    key, label, icon = "settings", "设置", "settings"
    TABS = (
        ("本单位", OfficePanel),
        ("工作人员", StaffPage),
        ("放假安排", HolidaysPanel),
        ("办理时限", TimeLimitsPage),
        ("名单词条", TermsPanel),
        ("口令与用户", ProtectionPanel),
        ("留痕", TracesPanel),
        ("外观", AppearancePanel),
        ("备份", BackupsPanel),
    )
