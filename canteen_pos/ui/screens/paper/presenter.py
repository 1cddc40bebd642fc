"""How the printers are, and the papers that wait: for their turn, or for a person. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass

from canteen_pos import i18n
from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services import print_queue, sales_book
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.print_queue import JobRow, PrinterStatus
from canteen_pos.ui.saying import moment_words, said
from canteen_pos.wording.printers import trouble

QUEUED_SHOWN = 20
"""A printer that stood still all lunch has hundreds of papers; nobody reads them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper that waits. `asking`: for a person, because its end is `unknown` or it failed."""

    job_id: str
    title: str
    detail: str
    asking: bool
    unknown: bool


class PaperPresenter:
    """State: the printers, the waiting papers, the chosen one."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.printers: tuple[PrinterStatus, ...] = ()
        self.waiting: tuple[Waiting, ...] = ()
        self.chosen = ""
        self.problem = ""
        self.notice = ""
        self.reload()

    def reload(self) -> bool:
        """How it stands now; whether anything changed. First the papers that ask for a person."""
        printers = print_queue.status(self.desk)
        if printers == self.printers:
            return False
        self.printers = printers
        asking = [(job, one) for one in printers for job in one.asking]
        queued = [(job, one) for one in printers for job in one.queued]
        self.waiting = tuple(self._waiting(*one) for one in (*asking, *queued[:QUEUED_SHOWN]))
        if self.paper is None:
            self.chosen = self.waiting[0].job_id if self.waiting else ""
        return True

    @property
    def paper(self) -> Waiting | None:
        """The chosen paper."""
        return next((one for one in self.waiting if one.job_id == self.chosen), None)

    def print_again(self) -> bool:
        return self._judge(print_queue.print_again, tr("再打一次"))

    def came_out(self) -> bool:
        return self._judge(print_queue.came_out, tr("记下了：纸已出来"))

    def drop(self) -> bool:
        return self._judge(print_queue.drop, tr("不打了"))

    def test_page(self) -> bool:
        """On every printer of this till."""
        self.problem = self.notice = ""
        try:
            for one in self.printers:
                print_queue.enqueue_test_page(self.desk, one.printer_id)
        except Refusal as refusal:
            self.problem = said(refusal)
            return False
        self.notice = tr("测试页已送去打印")
        return True

    def health_words(self, one: PrinterStatus) -> str:
        """'正常', '缺纸', '未知'; with how many wait."""
        words = {"ok": tr("正常"), "fault": tr("故障"), "unknown": tr("未知")}[one.state]
        why = trouble(one.reason, i18n.language()) if one.reason else ""
        parts = [words, why] if why and why != words else [words]
        if one.waiting:
            parts.append(tr("{n} 张等着打").format(n=one.waiting))
        return " ・ ".join(parts)

    def _waiting(self, job: JobRow, printer: PrinterStatus) -> Waiting:
        kinds = {
            "sale": tr("小票"),
            "refund": tr("退款单"),
            "top_up": tr("充值单"),
            "kitchen": tr("厨房单"),
            "shift": tr("班次报表"),
            "test": tr("测试页"),
        }
        number, when = "", ""
        if job.document_id:
            sold = sales_book.load(self.desk, job.document_id)
            number = sold.number_text
            when = moment_words(sold.at, self.desk.clock.now().date())
        ends = {"unknown": tr("不知道有没有打出来"), "waiting": tr("等着打")}
        end = ends.get(job.status, tr("没有打出来"))
        title = " ".join(part for part in (kinds.get(job.kind, job.kind), number) if part)
        detail = " ・ ".join(part for part in (end, printer.name, when) if part)
        return Waiting(job.id, title, detail, job.status != "waiting", job.status == "unknown")

    def _judge(self, decide: Callable[[Desk, Actor, str], None], done: str) -> bool:
        self.problem = self.notice = ""
        if not self.chosen:
            return False
        try:
            decide(self.desk, self.actor, self.chosen)
        except Refusal as refusal:
            self.problem = said(refusal)
            return False
        finally:
            self.reload()
        self.notice = done
        return True
