"""What the staff see: the window, its pages and the parts they are built of (the only place of Qt).

The parts, and how a page uses them
-----------------------------------
frame.Frame         what the window offers every page: `desk`, `ask`, `workroom`, `memory` (QSettings),
                    `toast(text, undo=False, action=(words, callable))`,
                    `tell(error)` (UserError → bar, TroubleError → bar that stays),
                    `go(page_key, record_id=b"")`, `theme`.
frame.Page(frame)   a QWidget of the navigation: class attributes `key`, `label`, `icon`; override `shown()`
                    (called each time it comes to the front), `may_leave() -> bool` (unsaved guard),
                    `open_record(id)`, `heard(models)` (records of these types changed and were committed),
                    `ready()` (what is made ahead, a part a step), `draft()` and `take_up(draft)` (what is typed and
                    not saved, for after a crash; RecordPage has both: override `typed()` and `type_in(texts)` there).
                    Pages are registered in pages/__init__.py (`PAGES`: key → import path, made on first visit).
list_page.RecordPage(frame, ListLayout(...))   list left, form right: filters, count, saved filters, new, save,
                    remove, undo, guard. Give it `ListLayout(model, sections, columns, filters, unit, …)`;
                    hooks: `toolbar.addAction`, `form.add_tab(label, widget)`, `opened(record)`, `actions_of`,
                    `keep(record)` (by which service), `unsaved_beside()` (what is saved with it but stands in no box).
form.RecordForm(books, sections)    `load(record)`, `store(record) -> bool`, `dirty`, `faults()`,
                    signals `changed`, `saved_asked`; `add_tab`, `box(name) -> Editor`, `show_fault(UserError)`.
sections.Section(label, ("field", …))   a titled group of fields; an empty label is no title.
editors.editor_for(kind, books) -> Editor     `widget`, `value() -> str` typed, `load(value)`, `store() -> value`
                    (parse + check; raises UserError), signal `edited`.
tables.RecordTable(books, query, columns)     lazy paged model; UserRole is the record id;
                    `record(row)`, `search_for(query)`, `refresh()`. tables.RecordView shows it: columns menu,
                    memory of order/width/sort, Ctrl+C, `chosen_ids()`, signal `row_chosen(bytes)`.
tables.Column(key, label, show, …) a column of its own; `column_of(kind)` makes one of a kind; `grows` takes of spare room.
marks.Mark(text, tone, outlined) / MarkLine    words on a coloured plate (`还剩 3 个工作日`, `推定`): `Column.marks` makes
                    a column's texts such plates, MarkLine shows them anywhere.
raised_editor.RaisedEditor, category_editor.CategoryEditor    boxes of fields that want another than their kind has;
                    `ListLayout.editors`, `FieldForm(editors=)`, `PartsPanel(editors=)` take them by field.
pinned_fields.PinnedFields    the fields of a pile of papers: pins keep a value for the next paper, Enter passes those over.
halves.Halves(rule)         list and form side by side by a rule, until moved by hand (then remembered).
month_calendar.MonthCalendar(identifier, label)   a month walked by keyboard, words in its days: `say({day: DayWords})`,
                    signals `gone(day)`, `opened(day)`, `turned`.
plain_table.PlainTable(headings)    small read-only list of tuples of text or a Mark: `fill(rows)`, `row()`.
deadline_dialog.explain(parent, title, deadline, start, what=)   why a date is what it is, day by day; `PRESUMED` is the
                    mark 推定, `explained`, `rows_of`, `years_told` make parts of it for other words.
notice_dialog.NoticeDialog(frame)   the text of a yearly notice, read and kept; moved_dialog.MovedDialog(frame)   the dates it
                    moves, accepted or left. `.open()`.
labels              `Text`, `Title`, `Caption`, `StatusLabel` (plain text; accessible name carries the text),
                    `Banner` (icon + words + colour by Tone), `EmptyState(icon, title, words, button)`.
buttons             `primary(text)`, `plain(text, icon)`, `quiet(text, icon)`, `tool(icon, text)`; text is data-safe.
ask.Ask / ask.ScriptedAsk    synchronous questions: `confirm(question, yes=, no=, detail=) -> bool`,
                    `choose(question, answers, detail=) -> str`, `text(question, label=) -> str | None`,
                    `choose_file(title, kinds)`, `choose_folder(title)`, `save_as(title, name, kinds)`, `tell(words)`.
workroom.Workroom   `run(owner, work, done=, failed=, progress=)`: work gets plain values; it may take one
                    argument `watch(done, total)`; results arrive on the UI thread, dropped if owner is gone.
                    `look(owner, work, done=, failed=)`: a short reading of the office file on a thread of its own
                    connection; cancel the task where it is asked anew.
                    `ask_outside(owner, work, done=, failed=)`: what may keep us waiting (printers) on a thread of its own;
                    `run(…, stoppable=True)`: work(watch) that can be stopped without telling how far it is.
work_beside.WorkBeside(frame, parent, words, work, done, failed=None)   long work on the office file under a modal
                    panel with progress and 取消; `work(watch)`. `.open()`.
                    `at_once_or_beside(frame, parent, words, many, work, done)`: a few at once, many so.
frame.shut(words, work, then)   closes the window and the office file, has `work(watch=)` done on it, opens both again.
lock_screen.LockScreen(window)   Ctrl+L and the idle minutes of a file with a password; unlock_form.UnlockForm asks for it.
password_box.PasswordBox, NewPassword(identifier, rows)   a hidden box; a new password as rows of a form, with its strength.
password_dialogs.SecretDialog    base of dialogs that do a deed on passwords beside the window.
readying.Readying(owner, steps)     takes a step of a generator a turn while the window rests; `Page.ready()` yields
                    what a page makes ahead; `polished(widget)` lets its parts take on the look, some a step.
counting.CountBeside    counts a list's query by a look; RecordTable's `count_later`.
progress.ProgressPanel   `start(words)`, `step(done, total)`, `stop()`, signal `cancelled`: shows after 300 ms,
                    tells what is left after 2 s.
theme.Theme         colours, measures, `apply()`; icons.icon("plus", tint) follows the palette by itself.
dialogs.Dialog(parent, title)    base of our non-blocking dialogs: `body` layout, `footer` buttons; use `.open()`. What is
                    typed into its boxes outlives a crash, but for passwords; `keeps_drafts = False` forbids it.
drafts.DraftKeeper(window)    keeps what is typed and not saved, and offers what another run left (drafts_dialog).
pdf_view.PdfView(workroom)   `show_pdf(bytes | Path)`, `clear(words)`, `go_to(page)`, zoom; drawn off the UI thread.
print_dialog.PrintDialog(frame, documents, open_day, chosen=())   keys of papers.DOCUMENTS checked at first; `chosen`
                    are keys of invitations or of representatives; `.open()`.
ticket_printing.print_tickets(frame, parent, keys, listed=None, documents=())   the same dialog with the papers of
                    tickets: those of `keys`, or all of the query `listed`; without documents it guesses by their state.
page_tools.add_papers(page, tip), add_sheets(page, first, tip)   打印, 导入, 导出 of a record page; its kind's papers are in
                    record_choices.OFFERED.
record_printing.print_records(frame, parent, model, keys, listed=None, documents=())   the print dialog for a list of
                    households, visits, pairings, 慰问 or diaries; TicketChoices and RecordChoices are ListedChoices.
paper_boxes.PaperBoxes(papers, checked, memory, lines)   the check boxes of papers and their options (`how`).
record_dialog.RecordDialog(frame, parent, title, identifier, fields, record, kept)   a form of one record in a dialog.
reprint_dialog.ReprintDialog(frame, job)   a job of the print log once more; with PrintDialog it is a
                    sending_dialog.SendingDialog: preview, printer line, save, print, send again.
printers.Printers   the printers of this computer: `names()`, `device(ticket)`, `ask(parent, ticket, chosen)`; `Device` is a
                    ticket (records/printers.py) with Qt's own printer.
printing            `make_and_send(press, orders, device, watch)`, `send`, `hand_over(file, device, watch)` on the worker.
calibration_dialog.CalibrationDialog(frame, printer, device)   校准打印机. `.open()`.
import_dialog.ImportDialog(frame, model)   a sheet, step by step; `read(path)` begins with a file. `.open()`.
export_records.export_records(frame, query)   what a list shows as xlsx, its numbers masked unless asked for; noted.
export_traces.export_table(frame, parent, title, headings, rows)   a table of the screen as xlsx; noted as well.
unmasking.Unmasking(frame, page, view, label)   the eye of a list: whole numbers for two minutes (`Column.whole`).
history_dialog.HistoryDialog(frame, record)   what happened to a record, before and after (Ctrl+H of every record page).
quiet_work.QuietWork(frame, parent, title, identifier, words, work, done)   work(watch) that shows only where it takes
                    long, stoppable; copying.copy_rows uses it for Ctrl+C.
file_work.FileWork(frame, title, path, work, told)   so a file is written; `show_folder(path)`.
tabbed_page.TabbedPage(frame)   a place of several pages behind tabs (设置, 结对, 日记与干线): class attribute TABS;
                    `front`, `turn_to(tab)`. A part is a Page, mostly a RecordPage, of its own.
step_line.StepLine()    buttons over a form: `show_steps([Step(verb, words, follows, go)])`, those that fit the record.
hanging_tab.HangingTab(frame, identifier, label, headings, read)   a tab of a form with what hangs on its record (visits of a
                    link point, suggestions of a meeting): read while in front, Enter opens a row on `page`.
record_step_dialog.RecordStepDialog(frame, parent, title, identifier, record, verb, words, follows, kinds, taken)   asks
                    what a step of a record's life needs and takes it by the books; `asked(kind, name, label)` makes a kind of it.
wording_dialog.WordingDialog(frame, open_day)   the letters' wording with a live letter. `.open()`.
records.base.own_connection()   around whatever work of the workroom touches the office file.
layouts             `column(...)`, `row(...)`: box layouts with the 8 px grid.

Every input, button and status label gets objectName and accessibleName; `naming.name(widget, id, words)` does both.
"""
