"""导入: a file is read, its columns are matched, its rows are judged; only then anything is written."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.errors import Cancelled, TroubleError, UserError
from desktop.exchange.book import Book
from desktop.records.base import Record
from desktop.services.importing import Outcome
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.import_columns_step import ColumnsStep
from desktop.ui.import_file_step import KINDS, FileStep
from desktop.ui.import_reading import Prepared, apply, prepare, read_book, samples, save_faulty_rows
from desktop.ui.import_rows_step import RowsStep
from desktop.ui.labels import StatusLabel, Tone
from desktop.ui.layouts import row
from desktop.ui.naming import set_property
from desktop.ui.work_beside import WorkBeside
from desktop.ui.working_dialog import Leaving, WorkingDialog

STEPS = ("选择文件", "核对栏目", "核对各行")
FILE, COLUMNS, ROWS = range(3)
SIZE = (1040, 660)


class ImportDialog(WorkingDialog):
    """Leads one file from choice to records. Nothing is written before the last button."""

    def __init__(self, frame: Frame, model: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(frame, parent, f"导入{model.label}", "import-dialog")
        self._model = model
        self._path = Path()
        self._book: Book | None = None
        self._prepared: Prepared | None = None
        self._file = FileStep(model.label)
        self._steps = QStackedWidget()
        self._steps.addWidget(self._file)
        self._lay_out()
        self._connect()
        self.fit(*SIZE)
        self._show_step(FILE)

    def _lay_out(self) -> None:
        self._trail = [StatusLabel(f"import-step-{place}", "步骤") for place in range(len(STEPS))]
        line = row(gap=8)
        for place, (words, label) in enumerate(zip(STEPS, self._trail, strict=True)):
            label.say(f"{place + 1}  {words}")
            line.addWidget(label)
            if place < len(STEPS) - 1:
                line.addWidget(StatusLabel("import-arrow", "", "muted"))
                line.itemAt(line.count() - 1).widget().setText("›")  # type: ignore[union-attr]
        line.addStretch(1)
        self.body.setSpacing(12)
        self.body.addLayout(line)
        self.body.addWidget(self._steps, 1)
        self.body.addWidget(self._progress)
        self._back = buttons.plain("上一步", "import-back", "arrow-left")
        self.footer.insertWidget(0, self._back)
        self._go = self.add_buttons("下一步")

    def _connect(self) -> None:
        self._file.choosing.connect(self._choose)
        self._file.chosen.connect(self.read)
        self._file.encoded.connect(self._read_as)
        self._back.clicked.connect(self._go_back)
        self._go.clicked.connect(self._go_on)

    # -- steps, each made when it is first come to

    @cached_property
    def _columns(self) -> ColumnsStep:
        """The second step; begun with the reading, so that building and filling it are two turns of the window."""
        step = ColumnsStep(self._model)
        step.changed.connect(self._columns_changed)
        self._steps.insertWidget(COLUMNS, step)
        return step

    @cached_property
    def _rows(self) -> RowsStep:
        """The third step; begun with the checking, for the same reason."""
        step = RowsStep(self.frame.theme.colours.warn_back)
        step.decided.connect(self.tell_buttons)
        step.saving.connect(self._save_faults)
        self._steps.insertWidget(ROWS, step)
        return step

    @property
    def step(self) -> int:
        """The step in front."""
        return self._steps.currentIndex()

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        for place, label in enumerate(self._trail):
            set_property(label, "role", "strong" if place == step else "muted")
        self._back.setVisible(step > FILE)
        self.tell_buttons()
        first = (
            self._file if step == FILE else self._go if step == COLUMNS else self._rows.tabs.currentWidget()
        )
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_buttons(self) -> None:
        busy = self._task is not None
        step = self.step
        self._back.setEnabled(not busy)
        self._steps.setEnabled(not busy)
        match step:
            case 0:
                words, ready = "下一步", self._book is not None
            case 1:
                words, ready = "下一步", not self._columns.fault
            case _:
                count = self._rows.to_write
                words, ready = (f"导入 {count:,} 条" if count else "没有要导入的行"), count > 0
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setEnabled(ready and not busy)

    def _go_back(self) -> None:
        self.complain("")
        self._show_step(self.step - 1)

    def _go_on(self) -> None:
        match self.step:
            case 0:
                self._show_step(COLUMNS)
            case 1:
                self._prepare()
            case _:
                self._apply()

    # -- reading

    def _choose(self) -> None:
        if path := self.frame.ask.choose_file(f"选择{self._model.label}名单", KINDS):
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a file and go on to its columns."""
        self._path = path
        self._file.offer([], None)
        self._read(None)

    def _read_as(self, encoding: str) -> None:
        self._read(encoding)

    def _read(self, encoding: str | None) -> None:
        self.complain("")
        self._book = None
        self._file.tell(self._path)
        self._columns.setEnabled(True)
        self._begin(f"正在读取 {self._path.name}", partial(read_book, self._path, encoding), self._was_read)

    def _was_read(self, book: Book) -> None:
        self._end()
        try:
            self._columns.show_book(book)
        except UserError as error:
            self._failed(error)
            return
        self._book = book
        if book.encoding:
            self._file.offer(samples(self._path), book.encoding)
        self._show_step(COLUMNS)

    def _columns_changed(self) -> None:
        self.complain("")
        self._prepared = None
        self.tell_buttons()

    def _prepare(self) -> None:
        mapping = self._columns.mapping
        if mapping is None or self._columns.fault:
            return
        self.complain("")
        self._rows.setEnabled(True)
        work = partial(prepare, self.frame.desk.importing, self._model, self._columns.sheet, mapping)
        self._begin("正在核对各行", work, self._was_prepared)

    def _was_prepared(self, prepared: Prepared) -> None:
        self._end()
        self._prepared = prepared
        self._rows.show_rows(prepared)
        self._show_step(ROWS)

    # -- writing

    def _apply(self) -> None:
        if self._prepared is None:
            return
        self.complain("")
        work = partial(apply, self.frame.desk.importing, self._prepared.plan, dict(self._rows.decisions))
        self._begin("正在写入", work, self._was_applied)

    def _was_applied(self, outcome: Outcome) -> None:
        self._end()
        done = [f"新增 {outcome.added:,} 条"] if outcome.added else []
        done += [f"更新 {outcome.updated:,} 条"] if outcome.updated else []
        done += [f"跳过重复 {outcome.skipped:,} 条"] if outcome.skipped else []
        words = f"已导入{self._model.label}：{'，'.join(done) or '没有改动'}"
        undo = partial(take_back, self.frame, self.parentWidget(), outcome.batch)
        self.frame.toast(words, action=("撤销", undo))
        self._leaving = True
        self.accept()

    def _save_faults(self) -> None:
        if self._prepared is None:
            return
        suggested = f"{self._path.stem}-有误的行.xlsx"
        path = self.frame.ask.save_as("有误的行另存为", suggested, (("Excel 工作簿", "*.xlsx"),))
        if path is None:
            return
        try:
            count = save_faulty_rows(self._prepared, path)
        except (UserError, TroubleError) as error:
            self.complain(error.message)
            return
        self.banner.say(f"已把有误的 {count:,} 行存到 {path}，改好后再导入那个文件", Tone.DONE)

    # -- work

    def _failed(self, error: BaseException) -> None:
        super()._failed(error)
        if self.step == FILE and not isinstance(error, Cancelled) and not self._leaving:
            self._file.offer(samples(self._path), None)
            self._file.setFocus(Qt.FocusReason.OtherFocusReason)

    def leaving(self) -> Leaving:
        question = "正在写入，现在离开就全部不写入" if self.step == ROWS else "文件还没有读完"
        return Leaving(question, "停止并离开", "继续")


def take_back(frame: Frame, parent: QWidget | None, batch: str) -> None:
    """Take an import back, and say how many records went."""

    def told(removed: int) -> None:
        frame.toast(f"已撤销导入，移去 {removed:,} 条")

    work = partial(frame.desk.changes.undo_batch, batch)
    WorkBeside(frame, parent and parent.window(), "正在撤销导入", work, told).open()
