"""发放: which serials of which edition were given out for which day, and how many came back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.records.forms import Form, FormIssue
from desktop.ui import buttons
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import EmptyState, StatusLabel
from desktop.ui.layouts import hairline, row
from desktop.ui.naming import set_property
from desktop.ui.pages.form_sheets import issues_of
from desktop.ui.pages.form_tab import FormTab
from desktop.ui.pages.open_days_tab import open_print
from desktop.ui.plain_table import PlainTable
from desktop.ui.record_dialog import RecordDialog
from desktop.ui.sections import Section


class IssueDialog(RecordDialog[FormIssue]):
    """Registers an issue that was printed elsewhere, or by hand."""

    def __init__(self, frame: Frame, parent: QWidget | None, form: Form, first: int) -> None:
        issue = frame.desk.books.new(FormIssue)
        issue.form, issue.first = form, first
        sections = (Section("", ("open_day", "first", "last", "issued_on", "note")),)
        fields = FieldForm(FormIssue, sections, frame.desk.books)
        title = f"登记发放“{form.title}”"
        super().__init__(frame, parent, title, "issue-dialog", fields, issue, self._told, "登记发放")
        self.fit(520, 380)
        fields.focus_first()

    def _told(self, issue: FormIssue) -> None:
        count = (issue.last or 0) - (issue.first or 0) + 1
        self.frame.toast(f"已登记发放 {count} 份（{issue.caption()}）", undo=True)


class IssuesTab(FormTab):
    """The issues of a form; 印发 prints the next serials, 登记 notes what was printed otherwise."""

    turned = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        set_property(self, "role", "surface")
        self.issues: list[FormIssue] = []
        headings = ("编号", "份数", "收回", "有效", "版次", "开放日", "发放日期")
        self.table = PlainTable("form-issues", "发放", headings, wide=5)
        self.words = StatusLabel("issues-counts", "份数", "muted", wrap=True)
        self.words.setMinimumWidth(160)
        self.register = buttons.plain("登记发放", "register-issue", "edit")
        self.register.setToolTip("登记已经印好、发出去的编号")
        self.type_in = buttons.plain("录入收回", "go-entry", "keyboard")
        self.print = buttons.primary("印发", "print-forms", "printer")
        first = buttons.primary("印发", "print-forms-first", "printer")
        self._sides = QStackedWidget()
        self._sides.addWidget(self.table)
        words = "印出来时每张自动编号，四角带二维码；发下去多少、收回多少，都按编号对得上。"
        self._sides.addWidget(EmptyState("printer", "还没有发放", words, first))
        self._sides.setMinimumHeight(60)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._sides, 1)
        layout.addWidget(hairline())
        bottom = row(self.words, self.register, self.type_in, self.print, margins=(16, 8, 24, 8))
        bottom.setStretchFactor(self.words, 1)
        layout.addLayout(bottom)
        first.clicked.connect(self.print_more)
        self.print.clicked.connect(self.print_more)
        self.register.clicked.connect(self.register_more)
        self.type_in.clicked.connect(self._to_entry)
        for button in (self.register, self.print, first):
            button.setEnabled(not frame.read_only)

    def refresh(self) -> None:
        """Read the issues again."""
        if self.form is None:
            return
        self.issues = issues_of(self.frame.desk.books, self.form)
        self.table.fill([self._row(issue) for issue in self.issues])
        self.words.say(self.frame.desk.forms.tally(self.issues).words() if self.issues else "")
        self._sides.setCurrentIndex(0 if self.issues else 1)
        for button in (self.print, self.type_in):
            button.setVisible(bool(self.issues))

    def _row(self, issue: FormIssue) -> tuple[str, ...]:
        counts = self.frame.desk.forms.tally([issue])
        return (
            issue.caption(),
            f"{counts.issued:,}",
            f"{counts.returned:,}",
            f"{counts.valid:,}",
            f"第 {issue.version} 版",
            issue.open_day.told_apart() if issue.open_day else "—",
            str(issue.issued_on or ""),
        )

    def print_more(self) -> None:
        """Open the print dialog for this form."""
        from desktop.ui.print_choices import PrintChoices  # not loaded at every start

        choices = open_print(self, self.frame, ["feedback-forms"], None).choices
        assert isinstance(choices, PrintChoices)  # tickets have choices of their own
        for place, form in enumerate(choices.forms):
            if self.form is not None and form.id == self.form.id:
                choices.form_box.setCurrentIndex(place)
                choices.form_box.activated.emit(place)

    def register_more(self) -> None:
        """Note an issue by its serials."""
        if self.form is not None:
            after = max((issue.last or 0 for issue in self.issues), default=0)
            IssueDialog(self.frame, self.window(), self.form, after + 1).open()

    def _to_entry(self) -> None:
        self.turned.emit("录入")
