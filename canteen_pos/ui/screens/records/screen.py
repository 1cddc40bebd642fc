"""The records section: everything that changed money, people or rules, newest first, page by page."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.records import Record
from canteen_pos.services.sales_book import SaleDetail
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.paged import Cell, Column
from canteen_pos.ui.office.story import Action
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.records.forms import ExportForm, SiftForm
from canteen_pos.ui.screens.records.presenter import RecordsPresenter, Sifting
from canteen_pos.ui.widgets.labels import Role


class RecordsSection(ListSection):
    """A payload {'actor_id': 3} shows what that colleague did, {'text': '...'} what fits the words."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        self.presenter = RecordsPresenter(desk, actor)
        super().__init__(
            tr("操作记录"),
            self._columns(),
            hint=tr("内容、单号、金额、员工、就餐人或日期"),
            filters=self.presenter.groups(),
            empty=tr("这些日子里没有符合的记录。"),
            parent=parent,
        )
        self.button(tr("筛选"), "F3", self._sift)
        self.button(tr("导出"), "F9", self._export)
        self.on("F6", self._about)
        self.reload()

    def count(self) -> int:
        return self.presenter.count(self.filter, self.text)

    def fetch(self, offset: int, limit: int) -> Sequence[Record]:
        return self.presenter.page(self.filter, self.text, offset, limit)

    def count_words(self, count: int) -> str:
        return tr("{count} 条").format(count=f"{count:,}") + f" · {self.presenter.sifted()}"

    def counts(self) -> Mapping[str, int | None]:
        return {}

    def key_of(self, row: Record) -> object:
        return row.key

    def go(self, payload: object) -> None:
        if isinstance(payload, Mapping):
            self._show(payload)

    def show_row(self, row: Record | None) -> None:
        presenter, story = self.presenter, self.story
        story.begin()
        if row is not None:
            story.heading(presenter.group_word(row))
            story.body(presenter.sentence(row), "item")
            story.facts(
                (
                    (tr("时间"), presenter.exact(row)),
                    (tr("员工"), row.actor or tr("程序")),
                    (tr("收银台"), row.station),
                )
            )
            facts = presenter.facts(row)
            if facts:
                story.word(tr("详情"))
                story.facts(facts)
            document = presenter.document(row)
            if document is not None:
                self._tell_document(document)
        story.end()

    def _tell_document(self, one: SaleDetail) -> None:
        presenter, story = self.presenter, self.story
        story.word(tr("单据 {number}").format(number=one.number_text))
        story.pairs(presenter.lines(one))
        if one.kind in ("sale", "refund"):
            taken: list[tuple[str, str, Role]] = [(word, fen, "body") for word, fen in presenter.sums(one)]
            story.sums(taken, total=(tr("应付"), money(one.pays_fen)))
        story.pairs(presenter.payments(one))
        story.facts(presenter.behind(one))
        about = [Action(tr("这张单的全部记录"), "F6", self._about)]
        story.buttons(about)

    def _about(self) -> None:
        """Everything that was done to the document on the right: refunds, corrections, copies."""
        row: Record | None = self.current
        document = self.presenter.document(row) if row is not None else None
        if document is not None:
            self._show({"text": document.refers_to_number or document.number_text})

    def _show(self, payload: Mapping[str, Any]) -> None:
        self.presenter.sifting = Sifting(actor_id=payload.get("actor_id"))
        self.filters.set_value("all")
        self.search.blockSignals(True)
        self.search.setText(str(payload.get("text", "")))
        self.search.blockSignals(False)
        self.reload()

    def _sift(self) -> None:
        form = SiftForm(self.presenter)

        def saved(_: object) -> None:
            self.close_form()
            self.reload()

        form.saved.connect(saved)
        self.open_form(form)

    def _export(self) -> None:
        form = ExportForm(self.presenter, self.filter, self.text, self.model.rowCount())

        def saved(sentence: object) -> None:
            self.close_form()
            self.reload()
            self.said.emit(str(sentence), "good")

        form.saved.connect(saved)
        self.open_form(form)

    def _columns(self) -> tuple[Column, ...]:
        presenter = self.presenter
        return (
            Column(tr("时间"), lambda row: Cell(presenter.when(row), ink="quiet"), 130),
            Column(tr("员工"), lambda row: row.actor or Cell(tr("程序"), ink="quiet"), 90),
            Column(tr("内容"), presenter.sentence, 300, grow=True),
            Column(tr("收银台"), lambda row: Cell(row.station, ink="quiet"), 76),
        )
