"""A figure opened: the records that it counts, each one Enter away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.records.base import Record
from desktop.records.forms import FormIssue, FormReturn
from desktop.records.invitations import Invitation
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.records.tickets import Ticket
from desktop.services.figures import Figure
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel
from desktop.ui.pages.tickets_rows import columns as ticket_columns
from desktop.ui.record_view import RecordView
from desktop.ui.tables import Column, RecordTable, columns_of

PAGES: dict[type[Record], str] = {
    Representative: "representatives",
    OpenDay: "open-days",
    FormIssue: "forms",
    FormReturn: "forms",
    Invitation: "open-days",
    Ticket: "tickets",
}
SHOWN: dict[type[Record], tuple[str, ...]] = {
    Representative: ("full_name", "sex", "unit", "post", "mobile"),
    OpenDay: ("number", "theme", "held_on", "venue", "state"),
    Ticket: ("number", "clock", "state", "summary", "section", "handler"),
}


def model_of(figure: Figure) -> type[Record]:
    """Return which records a figure counts: its unit says it (人 people, 人次 invitations, 份 sheets, 件 tickets)."""
    if figure.unit == "份":
        return FormIssue if "发放" in figure.label else FormReturn
    return {"人": Representative, "次": OpenDay, "件": Ticket}.get(figure.unit, Invitation)


def names_of(books: object, rows: Sequence[Record]) -> dict[bytes, Representative]:
    """Return the people of a page of invitations, read at once."""
    keys = tuple({cast("Invitation", row).__data__["representative"] for row in rows})
    found = cast("list[Representative]", books.page(Query(Representative, keys=keys), 0, len(keys)))  # pyright: ignore
    return {person.id: person for person in found}


def invitation_columns(frame: Frame) -> tuple[Column, ...]:
    """Return the columns of a list of invitations, names and units read a page at a time."""

    def text_of(field: str):  # noqa: ANN202 - a function for Column.batch
        def shown(rows: list[Record]) -> dict[bytes, str]:
            people = names_of(frame.desk.books, rows)
            return {row.id: getattr(people.get(row.__data__["representative"]), field, "") for row in rows}

        return shown

    return (
        Column("number", "编号", lambda row: row.number, width=130),
        Column("name", "姓名", str, width=110, batch=text_of("full_name")),
        Column("unit", "单位", str, width=220, middle=True, batch=text_of("unit")),
        Column("reply", "回执", lambda row: row.reply, width=72),
        Column("attendance", "出席", lambda row: row.attendance or "—", width=72),
        Column("state", "状态", lambda row: row.state, width=64),
    )


def issue_columns() -> tuple[Column, ...]:
    """Return the columns of a list of issues."""
    return (
        Column("title", "表单", lambda row: row.form.title, width=260),
        Column("serials", "编号", lambda row: row.caption(), width=110),
        Column("version", "版次", lambda row: f"第 {row.version} 版", width=72),
        Column("count", "份数", lambda row: f"{row.last - row.first + 1:,} 份", width=80, right=True),
        Column("on", "发放日期", lambda row: str(row.issued_on or ""), width=110),
    )


def return_columns() -> tuple[Column, ...]:
    """Return the columns of a list of sheets that came back."""
    return (
        Column("serial", "编号", lambda row: f"{row.serial:04d}", width=80, right=True),
        Column("title", "表单", lambda row: row.issue.form.title, width=260),
        Column("state", "状态", lambda row: row.state, width=64),
        Column("because", "无效原因", lambda row: row.invalid_because, width=180),
    )


class RecordsDialog(Dialog):
    """The records of one figure in a list of any length; Enter or a double click opens the one chosen."""

    def __init__(
        self, frame: Frame, parent: QWidget | None, title: str, model: type[Record], keys: Sequence[bytes]
    ) -> None:
        super().__init__(parent, title, "figure-records")
        self._frame, self._model = frame, model
        table = RecordTable(
            frame.desk.books, Query(model, keys=tuple(keys) or (b"\0",)), self._columns(model)
        )
        self.view = RecordView(table, frame.memory, f"figure-{model.kind}", title, SHOWN.get(model, ()))
        self.view.copies_beside(frame)
        self.view.opened.connect(self.go)
        count = StatusLabel("figure-count", "条数", "muted")
        count.say(f"{table.rowCount():,} 条；回车或双击打开")
        self.body.addWidget(self.view, 1)
        self.footer.insertWidget(0, count)
        leave = buttons.plain("关闭", "figure-close")
        leave.clicked.connect(self.reject)
        opens = buttons.primary("打开", "figure-open")
        opens.clicked.connect(self.go)
        self.footer.addWidget(leave)
        self.footer.addWidget(opens)
        self.resize(760, 480)
        if table.rowCount():
            self.view.go_to(0)
        self.view.setFocus()

    def _columns(self, model: type[Record]) -> tuple[Column, ...]:
        if model is Invitation:
            return invitation_columns(self._frame)
        if model is Ticket:
            return ticket_columns(self._frame.desk)
        if model is FormIssue:
            return issue_columns()
        return return_columns() if model is FormReturn else tuple(columns_of(model))

    def go(self) -> None:
        """Open the record chosen on its page."""
        chosen = self.view.chosen_ids()
        if not chosen:
            return
        record = self._frame.desk.books.get(self._model, chosen[0])
        if isinstance(record, Invitation):
            key = record.__data__["open_day"]
        elif isinstance(record, FormIssue):
            key = record.__data__["form"]
        else:
            key = record.issue.form.id if isinstance(record, FormReturn) else record.id
        window = self.parent()
        self.accept()
        self._frame.go(PAGES[self._model], key)
        page = getattr(window, "page", None)
        if page is not None and page.key == PAGES[self._model] and hasattr(page, "show_part"):
            page.show_part(record)


def open_figure(frame: Frame, parent: QWidget, figure: Figure, where: str = "") -> None:
    """Open the records behind a figure; a rate has none of its own."""
    if figure.records:
        title = f"{where}{figure.label}：{figure.shown()} {figure.unit}"
        RecordsDialog(frame, parent, title, model_of(figure), figure.records).open()
