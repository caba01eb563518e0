"""The dialogs on passwords and users: each does its deed beside the window and says what is at fault inside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.records.base import own_connection
from desktop.records.users import FIRST_NAME, Role, User
from desktop.ui.boxes import LineBox
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame, sentence
from desktop.ui.labels import Text
from desktop.ui.naming import name
from desktop.ui.password_box import NewPassword, PasswordBox, form_rows
from desktop.ui.progress import ProgressPanel
from desktop.ui.segments import Segments

MEANT = {
    Role.ADMIN: "什么都能做，包括用户、口令、恢复备份、彻底删除",
    Role.CLERK: "录入、修改、打印、导出、备份",
    Role.VIEWER: "只能查看、统计和打印样稿，什么也保存不了",
}


class SecretDialog(Dialog):
    """Words, boxes, one button; what it does takes a second and mustn't keep the window waiting."""

    keeps_drafts = False

    def __init__(self, frame: Frame, parent: QWidget | None, title: str, identifier: str, words: str) -> None:
        super().__init__(parent, title, identifier)
        self.frame = frame
        self.rows = form_rows()
        self.progress = ProgressPanel(f"{identifier}-progress", may_stop=False)
        self.body.addWidget(Text(words, "muted", wrap=True))
        self.body.addLayout(self.rows)
        self.body.addWidget(self.progress)
        self.setMinimumWidth(460)

    def complain(self, words: str) -> None:
        super().complain(words)
        self.adjustSize()  # the boxes keep their height

    def add_row(self, label: str, box: QWidget) -> None:
        """Add a box under the others."""
        self.rows.addRow(Text(label, "muted"), box)

    def carry_out(self, words: str, work: Callable[[], object], told: str) -> None:
        """Do the deed; say what came of it and leave, or say here why not."""

        def done(_result: object) -> None:
            self.accept()
            self.frame.toast(told)

        def failed(error: BaseException) -> None:
            self.progress.stop()
            self._go.setEnabled(True)
            said = sentence(error)
            if said is None:
                raise error
            self.complain(said)

        self.complain("")
        self._go.setEnabled(False)
        self.progress.start(words)
        self.frame.workroom.run(self, partial(_apart, work), done=done, failed=failed)

    def finish(self, yes: str, go: Callable[[], None]) -> None:
        """Add the closing buttons; `go` raises UserError for what is at fault in the boxes."""

        def pressed() -> None:
            try:
                go()
            except UserError as error:
                self.complain(error.message)

        self._go = self.add_buttons(yes)
        self._go.clicked.connect(pressed)


class ChoosePassword(SecretDialog):
    """A password for a file that has none, or a new key for one: both write the file anew."""

    def __init__(
        self, frame: Frame, parent: QWidget | None, *, anew: bool, chosen: Callable[[str, str], None]
    ) -> None:
        title = "更换密钥" if anew else "设置口令"
        words = (
            "用一把新的密钥把数据文件重新加密。以前的备份仍用以前的口令；其他用户要重新加入，恢复单要重印。"
            if anew
            else "给整个数据文件加密。以后打开都要口令；口令和恢复单都丢了，就谁也打不开了。"
        )
        super().__init__(frame, parent, title, "choose-password-dialog", words)
        me = frame.desk.users.me
        self.name_box = name(LineBox(28), "password-name", "您的姓名")
        self.name_box.setText(me.name if me and me.id and not me.unnamed else "")
        self.name_box.setPlaceholderText("可以不填；以后有几个人用时再填")
        self.add_row("您的姓名", self.name_box)
        self.password = NewPassword("choose", self.rows, "口令")
        self._chosen = chosen
        self.finish(title, self._choose)
        self.password.setFocus()

    def _choose(self) -> None:
        password = self.password.typed()
        self._chosen(password, self.name_box.text().strip() or FIRST_NAME)
        self.accept()


class OwnPassword(SecretDialog):
    """The password of who sits here, who tells the present one first."""

    def __init__(self, frame: Frame, parent: QWidget | None) -> None:
        super().__init__(
            frame, parent, "修改我的口令", "own-password-dialog", "恢复单不变，仍然有效；别人的口令也不变。"
        )
        self.present = PasswordBox("own-present", "现在的口令")
        self.add_row("现在的口令", self.present)
        self.password = NewPassword("own", self.rows)
        self.finish("修改口令", self._change)
        self.present.setFocus()

    def _change(self) -> None:
        new = self.password.typed()
        work = partial(self.frame.desk.users.change_own, self.present.text(), new)
        self.carry_out("正在修改口令", work, "已修改口令")


class UserDialog(SecretDialog):
    """One more user, or another name and role of one."""

    def __init__(self, frame: Frame, parent: QWidget | None, user: User | None = None) -> None:
        title = f"修改用户“{user.name}”" if user else "增加用户"
        words = "改动记录里会写这个姓名。" + (
            "身份从下次打开时起生效。" if user else "先给一个口令，本人打开后再改成自己的。"
        )
        super().__init__(frame, parent, title, "user-dialog", words)
        self.user = user
        self.name_box = name(LineBox(28), "user-name", "姓名")
        self.role = Segments("身份", list(Role), clearable=False)
        self._meaning = Text("", "caption")
        self.role.picked.connect(self._explain)
        self.role.pick((user.role if user else Role.CLERK).value)
        self._explain(self.role.value())
        self.name_box.setText(user.name if user else "")
        self.add_row("姓名", self.name_box)
        self.add_row("身份", self.role)
        self.add_row("", self._meaning)
        self.password = NewPassword("user", self.rows, "口令") if user is None else None
        self.finish("保存" if user else "增加", self._keep)
        self.name_box.setFocus()

    def _explain(self, role: str) -> None:
        self._meaning.setText(MEANT[Role(role)])

    def _keep(self) -> None:
        users, called, role = self.frame.desk.users, self.name_box.text(), Role(self.role.value())
        if self.password is not None:
            work = partial(users.add, called, role, self.password.typed())
            self.carry_out("正在增加用户", work, f"已增加用户“{called.strip()}”")
        elif self.user is not None:
            work = partial(users.change, self.user, name=called, role=role)
            self.carry_out("正在保存", work, f"已修改用户“{called.strip()}”")


class ResetPassword(SecretDialog):
    """A password for a user who forgot theirs."""

    def __init__(self, frame: Frame, parent: QWidget | None, user: User) -> None:
        words = "告诉本人这个口令，请他打开后改成自己的。"
        super().__init__(frame, parent, f"重设“{user.name}”的口令", "reset-password-dialog", words)
        self.user = user
        self.password = NewPassword("reset", self.rows)
        self.finish("重设口令", self._reset)
        self.password.setFocus()

    def _reset(self) -> None:
        work = partial(self.frame.desk.users.set_password, self.user, self.password.typed())
        self.carry_out("正在重设口令", work, f"已重设“{self.user.name}”的口令")


class OtherPassword(SecretDialog):
    """The password of a backup that has another one than the file at hand; `opened` is called when it fits."""

    def __init__(self, frame: Frame, parent: QWidget | None, path: Path, opened: Callable[[], None]) -> None:
        words = f"“{path.name}”用的是另一个口令（做备份以后换过密钥，或是别的单位的）。"
        super().__init__(frame, parent, "这份备份的口令", "other-password-dialog", words)
        self._path = path
        self.box = PasswordBox("other-password", "口令或恢复码")
        self.name_box = name(LineBox(28), "other-name", "姓名")
        self.name_box.setPlaceholderText("当时有几位用户才要填")
        self.add_row("姓名", self.name_box)
        self.add_row("口令", self.box)
        self.accepted.connect(opened)
        self.finish("打开备份", self._unlock)
        self.box.setFocus()

    def _unlock(self) -> None:
        protection = self.frame.desk.protection
        assert protection is not None
        work = partial(protection.unlock, self._path, self.box.text(), self.name_box.text())
        self.carry_out("正在核对口令", work, "口令对")


def _apart(work: Callable[[], object]) -> object:
    with own_connection():
        return work()
