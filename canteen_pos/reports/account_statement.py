"""The month of a customer who pays later: what was owed, every meal with who and document, what was paid, what is owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import translator
from canteen_pos.reports import pages
from canteen_pos.reports.pages import Col
from canteen_pos.wording import codes


@dataclass(frozen=True, slots=True)
class StatementRow:
    """`fen` above zero was eaten, below zero paid or given back; `kind` is a document's."""

    day: date
    number: str
    kind: str
    person: str
    what: str
    fen: int
    owed_after_fen: int
    tender: str = ""


@dataclass(frozen=True, slots=True)
class StatementHead:
    canteen: str
    customer: str
    contact: str
    first: date
    up_to: date
    running: bool
    opening_fen: int
    meals_fen: int
    paid_fen: int
    closing_fen: int
    limit_fen: int


def render(head: StatementHead, rows: Sequence[StatementRow], made: str, lang: str = "zh") -> bytes:
    """A4. The same month always gives the same bytes but for `made`."""
    tr = translator(lang)
    period = tr("{first} 至 {last}").format(first=head.first.isoformat(), last=head.up_to.isoformat())
    if head.running:
        period += tr("（本月未完）")
    masthead = pages.Masthead(
        canteen=head.canteen, title=tr("挂账对账单"), under=f"{head.customer} · {period}", made=made
    )
    story = [
        pages.facts(_sums(head, lang)),
        pages.gap(4),
        _table(head, rows, lang),
        pages.gap(8),
        pages.signatures((tr("对账人"), tr("单位确认（盖章）"), tr("日期"))),
    ]
    return pages.render(masthead, story, lang)


def _sums(head: StatementHead, lang: str) -> list[tuple[str, str]]:
    tr = translator(lang)
    contact = [(tr("联系人"), head.contact)] if head.contact else []
    return [
        *contact,
        (tr("上期欠款"), f"¥{yuan(head.opening_fen)}"),
        (tr("本期就餐"), f"¥{yuan(head.meals_fen)}"),
        (tr("本期收款"), f"¥{yuan(head.paid_fen)}"),
        (_closing(head, lang), f"¥{yuan(head.closing_fen)}"),
        (tr("挂账额度"), f"¥{yuan(head.limit_fen)}"),
    ]


def _table(head: StatementHead, rows: Sequence[StatementRow], lang: str) -> Flowable:
    """From what was owed before to what is owed after, document by document."""
    tr = translator(lang)
    kinds = {
        "sale": tr("就餐"),
        "refund": tr("退款"),
        "tender_correction": tr("更正"),
        "account_payment": tr("付款"),
    }
    columns = (
        Col(tr("日期"), 22),
        Col(tr("单据号"), 27),
        Col(tr("事由"), 17),
        Col(tr("就餐人"), 24),
        Col(tr("内容"), 44),
        Col(tr("金额"), 20, "right"),
        Col(tr("欠款"), 24, "right"),
    )
    before = (head.first.isoformat(), "", tr("上期结转"), "", "", "", yuan(head.opening_fen))
    moved = [
        (
            row.day.isoformat(),
            row.number,
            kinds.get(row.kind, row.kind),
            row.person,
            " ".join(part for part in (codes.label(row.tender, lang), row.what) if part),
            yuan(row.fen),
            yuan(row.owed_after_fen),
        )
        for row in rows
    ]
    after = (head.up_to.isoformat(), "", _closing(head, lang), "", "", "", yuan(head.closing_fen))
    return pages.table(columns, [before, *moved], after)


def _closing(head: StatementHead, lang: str) -> str:
    tr = translator(lang)
    return tr("目前欠款") if head.running else tr("期末欠款")
