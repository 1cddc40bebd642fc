"""Importing an old list: choose the file, see every row as it would go in, mend the columns, take all or some."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.importing import Brought, CheckedRow
from canteen_pos.ui import file_dialogs, jobs
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Action
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.people_import.matching_form import MatchingForm
from canteen_pos.ui.screens.people_import.presenter import ImportPresenter, field_word

_TICK_MS = 120
Result = TypeVar("Result")


class ImportSection(ListSection):
    """Space takes a row or leaves it out; Ctrl+Enter brings the chosen ones in."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        self.presenter = ImportPresenter(desk, actor)
        columns = (
            Column("", self._mark, 44),
            Column(tr("行"), lambda row: Cell(str(row.row), ink="quiet"), 60, "right"),
            Column(tr("姓名"), lambda row: row.name, 110),
            Column(tr("出生"), _born, 110),
            Column(tr("卡号"), lambda row: row.member.card if row.member else "", 110),
            Column(tr("余额"), lambda row: yuan(row.opening_fen) if row.opening_fen else "", 90, "right"),
            Column("", self._remark, 120, grow=True),
        )
        super().__init__(
            tr("导入名单"),
            columns,
            hint=tr("按姓名或行号找"),
            filters=(
                ("all", tr("全部")),
                ("fine", tr("可导入")),
                ("doubt", tr("可能已登记")),
                ("wrong", tr("有问题")),
            ),
            empty=tr("选一个 Excel 或 CSV 名单，先看清每一行，再导入。"),
            parent=parent,
        )
        self.file = PathField(tr("名单文件：.xlsx 或 .csv"), files=tr("名单 (*.xlsx *.csv *.txt)"))
        self.file.picked.connect(self.open_file)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.hide()
        for place, widget in enumerate((self.file, self.bar), start=1):
            self.left.insertWidget(place, widget)
        self.sheets = Chips((), focusable=False)
        self.sheets.picked.connect(lambda sheet: self.open_file(self.file.path(), sheet))
        self.left.insertWidget(3, self.sheets)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show_progress)
        self.busy = False
        self.on("Ctrl+O", self._focus_file)
        self.on("Ctrl+M", self._match)
        self.on("Ctrl+Return", self._take)
        self.on("Ctrl+A", self._choose_all)
        self.on("Ctrl+P", self._print)
        self.on("Esc", self._stop_or_leave)
        self.table.entered_row.connect(self._toggle)
        self.reload()

    # -- the list ----------------------------------------------------------------------------------------

    def fetch(self, offset: int, limit: int) -> Sequence[CheckedRow]:
        return self._shown()[offset : offset + limit]

    def count(self) -> int:
        return len(self._shown())

    def counts(self) -> Mapping[str, int | None]:
        return self.presenter.counts()

    def key_of(self, row: CheckedRow) -> object:
        return row.row

    def enter(self) -> None:
        self._toggle()

    def first_focus(self) -> QWidget:
        return (
            self.form.first_focus() if self.form else self.search if self.presenter.rows else self.file.line
        )

    @property
    def unsaved(self) -> bool:
        return bool(self.presenter.rows) and self.presenter.brought is None

    def show_row(self, row: CheckedRow | None) -> None:
        if self.form is not None:
            return
        story = self.story
        story.begin()
        if self.presenter.brought is not None:
            self._tell_done()
        elif self.presenter.old is None:
            self._tell_start()
        else:
            self._tell_file()
            if row is not None:
                self._tell_row(row)
        story.end()

    # -- telling -----------------------------------------------------------------------------------------

    def _tell_start(self) -> None:
        story = self.story
        story.heading(tr("从旧名单开始"))
        story.body(tr("Excel（.xlsx）或 CSV 都可以，表头叫法不同也认得。看过每一行之后才会写入。"))
        story.quiet(tr("身份证号加密保存；余额记入账簿，并给出签字表。"))
        story.buttons(
            (
                Action(tr("选文件"), "Ctrl O", self._ask_file, "primary"),
                Action(tr("下载模板"), "", self._save_template),
            )
        )

    def _tell_file(self) -> None:
        presenter, story = self.presenter, self.story
        old = presenter.old
        assert old is not None
        story.heading(tr("{count} 行").format(count=f"{len(old.lines):,}"), old.table.file)
        if presenter.rows:
            words = tr("已勾选 {count} 人").format(count=f"{len(presenter.chosen):,}")
            fen = presenter.opening_fen()
            story.body(words + (tr("，带入余额 ¥{yuan}").format(yuan=yuan(fen)) if fen else ""))
        story.buttons(
            (
                Action(tr("导入勾选的"), "Ctrl ↵", self._take, "primary"),
                Action(tr("对应各列"), "Ctrl M", self._match),
                Action(tr("全选／全不选"), "Ctrl A", self._choose_all),
            )
        )

    def _tell_row(self, row: CheckedRow) -> None:
        presenter, story = self.presenter, self.story
        story.word(tr("第 {row} 行").format(row=row.row))
        story.body(row.name, "name")
        for sentence in presenter.sentences(row):
            story.notice(sentence)
        if row.member is not None:
            member = row.member
            story.facts(
                (
                    (field_word("birth_date"), member.birth_date.isoformat() if member.birth_date else ""),
                    (field_word("phone"), member.phone),
                    (field_word("card"), member.card),
                    (field_word("address"), member.address),
                    (field_word("hukou_district"), member.hukou.district),
                )
            )
        story.word(tr("各列的意思"))
        story.facts(tuple((field_word(key), presenter.heading(key)) for key in presenter.matched))

    def _tell_done(self) -> None:
        presenter, story = self.presenter, self.story
        brought = presenter.brought
        assert brought is not None
        story.heading(tr("没有全部导入") if brought.stopped else tr("导入完成"))
        story.body(presenter.done_words())
        if brought.refused is not None:
            story.notice(said(brought.refused))
        if brought.stopped:
            story.quiet(tr("已登记的不会重复：再打开同一个文件，只勾选剩下的。"))
        actions = [
            Action(tr("去看就餐人"), "Esc", self._leave, "plain" if brought.opening_fen else "primary")
        ]
        if brought.opening_fen:
            actions.insert(0, Action(tr("余额签字表"), "Ctrl P", self._print, "primary"))
        story.buttons(tuple(actions))

    def _mark(self, row: CheckedRow) -> Cell:
        if not row.fine:
            return Cell("✗", ink="bad")
        return (
            Cell("✓", ink="river_ink", bold=True)
            if row.row in self.presenter.chosen
            else Cell("○", ink="quiet")
        )

    def _remark(self, row: CheckedRow) -> Cell:
        words = self.presenter.problem(row)
        return Cell(words, ink="bad" if row.troubles else "on_notice" if row.doubt else "quiet")

    # -- doing -------------------------------------------------------------------------------------------

    def open_file(self, path: str, sheet: str = "") -> None:
        """Read a file and look at every row."""
        if self.busy or not path:
            return
        self._run(lambda: self.presenter.open(path, sheet), lambda _: self._opened(sheet))

    def _opened(self, sheet: str) -> None:
        old = self.presenter.old
        assert old is not None
        many = old.table.sheets if len(old.table.sheets) > 1 else ()
        self.sheets.set_choices(tuple((name, name) for name in many))
        self.sheets.set_value(sheet or old.table.sheet)
        self.sheets.setVisible(bool(many))
        self._look()

    def _look(self) -> None:
        if "name" not in self.presenter.matched:
            self.reload()
            self._match()
            self.said.emit(tr("没认出姓名那一列，请指一下。"), "notice")
            return
        self._run(self.presenter.look, self._looked)

    def _looked(self, rows: tuple[CheckedRow, ...]) -> None:
        self.presenter.looked(rows)
        self.filters.set_value("all")
        self.reload()
        self.search.setFocus()
        wrong = self.presenter.counts().get("wrong") or 0
        if wrong:
            self.said.emit(tr("{count} 行有问题，没有勾选。").format(count=f"{wrong:,}"), "notice")

    def _match(self) -> None:
        if self.presenter.old is None or self.busy or self.presenter.brought is not None:
            return
        form = MatchingForm(self.presenter)
        form.saved.connect(self._matched)
        self.open_form(form)

    def _matched(self, matched: dict[str, int]) -> None:
        self.presenter.match(matched)
        self.close_form()
        self._look()

    def _toggle(self) -> None:
        row = self.current
        if row is not None and self.presenter.toggle(row):
            self.table.viewport().update()
            self.show_row(row)

    def _choose_all(self) -> None:
        if self.presenter.brought is None:
            self.presenter.choose_all(self._shown())
            self.table.viewport().update()
            self.show_row(self.current)

    def _take(self) -> None:
        if self.presenter.rows and self.presenter.brought is None and not self.busy:
            self._run(self.presenter.take, self._taken)

    def _taken(self, brought: Brought) -> None:
        self.presenter.taken(brought)
        self.reload()
        self.said.emit(self.presenter.done_words(), "notice" if brought.stopped else "good")

    def _print(self) -> None:
        brought = self.presenter.brought
        if brought is None or not brought.opening_fen:
            return
        path = file_dialogs.file_to_save(self, tr("余额签字表"), tr("余额签字表.pdf"), "PDF (*.pdf)")
        if path:
            self.save_list(path)

    def save_list(self, path: str) -> None:
        """Write the list to sign."""
        self._write(lambda: Path(path).write_bytes(self.presenter.to_sign()), path)

    def _save_template(self) -> None:
        path = file_dialogs.file_to_save(self, tr("下载模板"), tr("就餐人名单模板.xlsx"), "Excel (*.xlsx)")
        if path:
            self._write(lambda: self.presenter.template(path), path)

    def _write(self, work: Callable[[], object], path: str) -> None:
        try:
            work()
        except OSError as trouble:
            self.said.emit(
                tr("写不进“{path}”：{why}。请换个地方再存。").format(path=path, why=trouble.strerror or ""),
                "notice",
            )
        else:
            self.said.emit(tr("已存为 {path}").format(path=path), "good")

    # -- beside the window -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A space ticks the row unless it belongs to what is being searched for."""
        space = (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        )
        if space and not self.search.text():
            self._toggle()
            return True
        return super().eventFilter(watched, event)

    def _run(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Off the GUI thread, with a bar that moves; Esc stops it."""
        self.busy = True
        self.presenter.progress = (0, 0)
        self.bar.show()
        self._timer.start()

        def finished(result: Result) -> None:
            self._quiet()
            done(result)

        jobs.run(work, finished, self._failed)

    def _failed(self, error: Exception) -> None:
        self._quiet()
        if not isinstance(error, Refusal):
            raise error
        self.reload()
        self.said.emit(said(error), "notice")

    def _quiet(self) -> None:
        self.busy = False
        self._timer.stop()
        self.bar.hide()

    def _show_progress(self) -> None:
        done, of = self.presenter.progress
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _stop_or_leave(self) -> None:
        if self.busy:
            self.presenter.stop_wanted = True
        elif self.search.text():
            self.search.clear()
        else:
            self._leave()

    def _leave(self) -> None:
        self.wants.emit("people", None)

    def _focus_file(self) -> None:
        self.file.line.setFocus()
        self.file.line.selectAll()

    def _ask_file(self) -> None:
        self.file.choose.click()

    def _shown(self) -> Sequence[CheckedRow]:
        return self.presenter.shown(self.filter, self.text)


def _born(row: CheckedRow) -> str:
    member = row.member
    if member is None:
        return ""
    if member.birth_date:
        return member.birth_date.isoformat()
    return str(member.birth_year) if member.birth_year else ""
