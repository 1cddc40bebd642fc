"""Importing an old list: choose the file, see every row as it would go in, mend the columns, take all or some."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.importing import Brought, CheckedRow
from canteen_pos.ui import file_dialogs
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import PathField
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.people_import import telling
from canteen_pos.ui.screens.people_import.matching_form import MatchingForm
from canteen_pos.ui.screens.people_import.presenter import ImportPresenter
from canteen_pos.ui.screens.people_import.working import WorkBar

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
        self.bar = WorkBar(lambda: self.presenter.progress)
        self.bar.told.connect(lambda words: self.said.emit(words, "quiet"))
        for place, widget in enumerate((self.file, self.bar), start=1):
            self.left.insertWidget(place, widget)
        self.sheets = Chips((), focusable=False)
        self.sheets.picked.connect(lambda sheet: self.open_file(self.file.path(), sheet))
        self.left.insertWidget(3, self.sheets)
        self.on("Ctrl+O", self._focus_file)
        self.on("F4", self._save_template)
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
        story, presenter = self.story, self.presenter
        story.begin()
        if presenter.brought is not None:
            telling.tell_done(story, presenter, self._print, self._leave)
        elif presenter.old is None:
            telling.tell_start(story, self._ask_file, self._save_template)
        else:
            telling.tell_file(story, presenter, self._take, self._match, self._choose_all)
            if row is not None:
                telling.tell_row(story, presenter, row)
        story.end()

    # -- cells -------------------------------------------------------------------------------------------

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
        if self.bar.busy or not path:
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
        if self.presenter.old is None or self.bar.busy or self.presenter.brought is not None:
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
        if self.file.line.hasFocus():
            self.file.line.selectAll()
        elif self.presenter.brought is None:
            self.presenter.choose_all(self._shown())
            self.table.viewport().update()
            self.show_row(self.current)

    def _take(self) -> None:
        if self.presenter.rows and self.presenter.brought is None and not self.bar.busy:
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
        self.presenter.progress = (0, 0)
        self.bar.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        self.reload()
        self.said.emit(said(error), "notice")

    def _stop_or_leave(self) -> None:
        if self.bar.busy:
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
