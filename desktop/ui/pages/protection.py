"""口令与用户: whether the office file is encrypted, who may open it, and when the screen locks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import OpenDayError
from desktop.records.users import User
from desktop.services.rights import Deed
from desktop.ui import buttons
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import IconLabel, StatusLabel, Text
from desktop.ui.layouts import column, hairline, holding, row
from desktop.ui.naming import set_property
from desktop.ui.password_dialogs import ChoosePassword, OwnPassword, ResetPassword, UserDialog
from desktop.ui.plain_table import PlainTable
from desktop.ui.recovery_dialog import RecoveryDialog
from desktop.ui.scrolled import Scrolled
from desktop.ui.segments import Segments
from desktop.ui.tints import Tint

MINUTES = {"5 分钟": 5, "10 分钟": 10, "30 分钟": 30, "60 分钟": 60, "不自动锁": 0}
PLAIN = "数据文件没有口令：谁拿到这个文件或它的备份，谁就能看到全部内容。"
PLAIN_MORE = "设置口令后，整个文件和以后的备份都加密；打开时要输入口令，离开时可以锁屏（Ctrl+L），几个人用可以各有口令和身份。"


class ProtectionPanel(Page):
    """Shows one of two faces: a file without a password, or one with."""

    key, label, icon = "protection", "口令与用户", "lock"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_property(self, "role", "surface")
        self._state = StatusLabel("protection-state", "口令", "strong", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        shut = frame.desk.users.protected
        icon = IconLabel("lock" if shut else "lock-open", Tint.ACCENT if shut else Tint.MUTED, 24)
        face = self._protected() if shut else self._plain()
        inside = column(row(icon, self._state, gap=12), face, None, gap=16, margins=(24, 24, 24, 24))
        layout.addWidget(Scrolled(holding(inside), "protection-scroll", "口令与用户", self))

    # -- without a password

    def _plain(self) -> QWidget:
        self._state.say(PLAIN)
        choose = buttons.primary("设置口令…", "protection-choose", "lock")
        choose.clicked.connect(
            lambda: ChoosePassword(self.frame, self.window(), anew=False, chosen=self._protect).open()
        )
        choose.setEnabled(not self.frame.read_only)
        return holding(column(Text(PLAIN_MORE, "muted", wrap=True), row(choose, None), gap=16))

    def _protect(self, password: str, name: str) -> None:
        protection = self.frame.desk.protection
        assert protection is not None
        work = partial(protection.protect, password, name)
        self.frame.shut("正在加密数据文件", work, _offer_sheet)

    # -- with one

    def _protected(self) -> QWidget:
        me = self.frame.desk.users.me
        who = f"您是“{me.name}”（{me.role}）。" if me else ""
        if me and not me.id:
            who = "您是用恢复码打开的：请在下面选中用户，按“重设口令…”，以后用新口令打开。"
        self._state.say(f"数据文件已加密，以后的备份也是。{who}")
        return holding(column(self._own(), hairline(), self._people(), hairline(), self._locking(), gap=16))

    def _own(self) -> QWidget:
        change = buttons.plain("修改我的口令…", "protection-own", "lock")
        change.clicked.connect(lambda: OwnPassword(self.frame, self.window()).open())
        change.setEnabled(bool(self.frame.desk.users.me and self.frame.desk.users.me.id))
        sheet = buttons.plain("印恢复单…", "protection-sheet", "printer")
        sheet.clicked.connect(lambda: RecoveryDialog(self.frame, self.window()).open())
        anew = buttons.quiet("更换密钥…", "protection-anew", "refresh")
        anew.clicked.connect(
            lambda: ChoosePassword(self.frame, self.window(), anew=True, chosen=self._protect).open()
        )
        off = buttons.quiet("去除口令…", "protection-off", "lock-open")
        off.clicked.connect(self._unprotect)
        for button in (sheet, anew, off):
            button.setEnabled(self._may(Deed.PASSWORD))
        return holding(row(change, sheet, anew, off, None))

    def _unprotect(self) -> None:
        question = "去除口令后，谁拿到数据文件都能看到全部内容。其他用户的口令和身份也一并去掉。"
        protection = self.frame.desk.protection
        if protection and self.frame.ask.confirm(question, yes="去除口令", no="保留口令"):
            self.frame.shut("正在去除口令", protection.unprotect, _say_plain)

    def _people(self) -> QWidget:
        self.table = PlainTable("users-table", "用户", ("姓名", "身份"), wide=0)
        self.table.setMinimumHeight(136)
        self.table.row_chosen.connect(self._offer)
        add = buttons.plain("增加用户…", "users-add", "user-plus")
        add.clicked.connect(lambda: self._open(UserDialog(self.frame, self.window())))
        self._change = buttons.plain("修改…", "users-change", "edit")
        self._change.clicked.connect(
            lambda: self._open(UserDialog(self.frame, self.window(), self._chosen()))
        )
        self._reset = buttons.plain("重设口令…", "users-reset", "lock")
        self._reset.clicked.connect(self._reset_password)
        self._remove = buttons.quiet("删除", "users-remove", "trash")
        self._remove.clicked.connect(self._remove_user)
        add.setEnabled(self._may(Deed.USERS))
        self._fill()
        words = (
            "各人用自己的口令打开同一个文件，改动记录里写各人的姓名。"
            if self._may(Deed.USERS)
            else "用户由管理员管理。"
        )
        buttons_line = row(add, self._change, self._reset, self._remove, None)
        return holding(column(Text("用户", "heading"), Text(words, "caption"), self.table, buttons_line))

    def _locking(self) -> QWidget:
        from desktop.ui.lock_screen import LockScreen, minutes_of

        kept = minutes_of(self.frame.memory)
        self.minutes = Segments("离开多久锁屏", list(MINUTES), clearable=False)
        self.minutes.pick(next((words for words, minutes in MINUTES.items() if minutes == kept), "10 分钟"))

        def picked(words: str) -> None:
            if screen := self.window().findChild(LockScreen):
                screen.set_minutes(MINUTES[words])

        self.minutes.picked.connect(picked)
        line = row(Text("没有动键盘鼠标", "muted"), self.minutes, Text("后锁屏", "muted"), None)
        told = Text("随时按 Ctrl+L 锁屏；没有保存的内容都还在。只影响这台电脑。", "caption")
        return holding(column(Text("锁屏", "heading"), line, told))

    # -- the people

    def _may(self, deed: Deed) -> bool:
        return self.frame.desk.rights.may(deed) and not (
            self.frame.read_only and deed is not Deed.OWN_PASSWORD
        )

    def _fill(self) -> None:
        self._users = list(self.frame.desk.users.listed())
        self.table.fill([(user.name, str(user.role)) for user in self._users])
        me = self.frame.desk.users.me
        if me and not me.id and len(self._users) == 1:
            self.table.selectRow(0)
        self._offer(self.table.row())

    def _offer(self, place: int) -> None:
        chosen = 0 <= place < len(self._users) and self._may(Deed.USERS)
        me = self.frame.desk.users.me
        own = chosen and me is not None and self._users[place].id == me.id
        self._change.setEnabled(chosen)
        self._reset.setEnabled(chosen and not own)
        self._remove.setEnabled(chosen and not own)

    def _chosen(self) -> User:
        return self._users[self.table.row()]

    def _open(self, dialog: UserDialog | ResetPassword) -> None:
        dialog.accepted.connect(self._fill)
        dialog.open()

    def _reset_password(self) -> None:
        self._open(ResetPassword(self.frame, self.window(), self._chosen()))

    def _remove_user(self) -> None:
        user = self._chosen()
        question = f"删除用户“{user.name}”？"
        detail = (
            "他的口令不再能打开这个文件；他以前的改动记录仍写他的姓名。他若留有旧的密钥文件，请再“更换密钥”。"
        )
        if not self.frame.ask.confirm(question, yes="删除这位用户", no="保留", detail=detail):
            return
        try:
            self.frame.desk.users.remove(user)
        except OpenDayError as error:
            self.frame.tell(error)
            return
        self._fill()
        self.frame.toast(f"已删除用户“{user.name}”")


def _offer_sheet(frame: Frame) -> None:
    """Say that the file is encrypted, and have the recovery sheet printed while it is thought of."""
    protection = frame.desk.protection
    copies = protection.plain_copies() if protection else []
    left = f"；旁边还有 {len(copies)} 份没有口令的备份或副本，不再需要时请删除" if copies else ""
    frame.toast(f"数据文件已加密{left}")
    RecoveryDialog(frame, None).open()


def _say_plain(frame: Frame) -> None:
    frame.toast("已去除口令，数据文件现在不加密")
