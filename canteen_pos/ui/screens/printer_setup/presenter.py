"""The printers of this till with their settings: add, change, take out of use. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.printing import addresses
from canteen_pos.printing.paper import Paper
from canteen_pos.services import print_queue, printer_setup
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.printer_setup import PrinterSetup
from canteen_pos.ui.saying import said

Role = Literal["receipt", "kitchen"]
COLUMNS = (32, 42, 48)


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows. `printer_id` is None for a printer that is not set up yet."""

    printer_id: int | None = None
    name: str = ""
    address: str = ""
    role: Role = "receipt"
    paper: Paper = field(default_factory=Paper)
    shared: bool = False


class PrinterSetupPresenter:
    """State: the printers, and the form of the chosen one or of a new one."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.printers: tuple[PrinterSetup, ...] = printer_setup.setups(desk)
        self.form = Form()
        self.problem = ""
        self.notice = ""
        if self.printers:
            self.choose(self.printers[0].printer_id)

    def choose(self, printer_id: int) -> None:
        one = next(each for each in self.printers if each.printer_id == printer_id)
        role: Role = "kitchen" if one.role == "kitchen" else "receipt"
        self.form = Form(one.printer_id, one.name, one.address, role, one.paper, one.shared)
        self.problem = self.notice = ""

    def new(self) -> None:
        """An empty form."""
        self.form = Form()
        self.problem = self.notice = ""

    def keep(self, name: str, address: str) -> None:
        """Remember what was typed while a setting is turned."""
        self.form = replace(self.form, name=name, address=address)

    # -- one setting after the other, as keys turn them -------------------------------------------------

    def turn_role(self) -> None:
        """Receipts or kitchen tickets; fixed once the printer is set up."""
        if self.form.printer_id is None:
            role: Role = "kitchen" if self.form.role == "receipt" else "receipt"
            self.form = replace(self.form, role=role)

    def turn_columns(self) -> None:
        paper = self.form.paper
        following = COLUMNS[(COLUMNS.index(paper.columns) + 1) % len(COLUMNS)]
        self.form = replace(self.form, paper=replace(paper, columns=following))

    def turn_cut(self) -> None:
        self._paper(lambda paper: replace(paper, cut=not paper.cut))

    def turn_status(self) -> None:
        self._paper(lambda paper: replace(paper, status=not paper.status))

    def turn_encoding(self) -> None:
        self._paper(
            lambda paper: replace(paper, encoding="gbk" if paper.encoding == "gb18030" else "gb18030")
        )

    def turn_qr(self) -> None:
        self._paper(lambda paper: replace(paper, qr="native" if paper.qr == "raster" else "raster"))

    def turn_fs_size(self) -> None:
        self._paper(lambda paper: replace(paper, fs_size=not paper.fs_size))

    def _paper(self, change: Callable[[Paper], Paper]) -> None:
        self.form = replace(self.form, paper=change(self.form.paper))

    # -- keeping it ------------------------------------------------------------------------------------

    def save(self, name: str, address: str) -> bool:
        """Set up what the form says; the form keeps what was typed when that is refused."""
        self.form = replace(self.form, name=name, address=address)

        def work() -> str:
            transport = addresses.parse(address)
            form = self.form
            if form.printer_id is None:
                made = printer_setup.add_printer(
                    self.desk, self.actor, name, form.role, transport, form.paper
                )
                self.form = replace(form, printer_id=made)
                return tr("已添加，请打一张测试页看看")
            printer_setup.change_printer(self.desk, self.actor, form.printer_id, transport, form.paper)
            return tr("已保存，请打一张测试页看看")

        return self._try(work)

    def retire(self) -> bool:
        """Take the chosen printer out of use; what waits for it is dropped."""
        printer_id = self.form.printer_id
        if printer_id is None:
            return False

        def work() -> str:
            printer_setup.retire_printer(self.desk, self.actor, printer_id)
            self.form = Form()
            return tr("已停用")

        return self._try(work)

    def test_page(self) -> bool:
        printer_id = self.form.printer_id
        if printer_id is None:
            return False

        def work() -> str:
            print_queue.enqueue_test_page(self.desk, printer_id)
            return tr("测试页已送去打印")

        return self._try(work)

    def _try(self, work: Callable[[], str]) -> bool:
        self.problem = self.notice = ""
        try:
            self.notice = work()
        except Refusal as refusal:
            self.problem = said(refusal)
            return False
        self._reload()
        return True

    def _reload(self) -> None:
        self.printers = printer_setup.setups(self.desk)
