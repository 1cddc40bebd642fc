"""What the lunch came to, counted from its documents, and whether it agrees with what the screen had said."""

from collections import Counter as Sums
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from canteen_pos.services import sales_book, verifying
from canteen_pos.services.context import Desk
from canteen_pos.services.sales_book import SaleDetail
from canteen_pos.ui.demo_play.counter import Told

ENOUGH_SALES = 25
_A_DAY = 500


@dataclass(frozen=True, slots=True)
class Summary:
    """Amounts in fen over all sales and refunds of the day; a refund counts with its sign turned.

    list_fen = diners_paid_fen + the sum of by_fund_fen, in which 'operator' is the canteen's own discount. `sales` and
    `refunds` are numbers of documents, `refunded_fen` is what diners got back, `by_tender_fen` how they paid.
    """

    business_date: str
    sales: int
    list_fen: int
    diners_paid_fen: int
    by_fund_fen: dict[str, int]
    refunds: int
    refunded_fen: int
    by_tender_fen: dict[str, int]
    rounding_fen: int
    verified: bool

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def count(desk: Desk, day: date) -> tuple[Summary, list[str]]:
    """The day's summary, and what `verify` found."""
    documents = [one for one in _documents(desk) if one.business_date == day]
    moved = [one for one in documents if one.kind in ("sale", "refund")]
    funds: Sums[str] = Sums()
    tenders: Sums[str] = Sums()
    for one in moved:
        funds.update(one.by_fund_fen)
    for one in [*moved, *(one for one in documents if one.kind == "tender_correction")]:
        for payment in one.payments:
            tenders[payment.tender] += payment.fen
    report = verifying.verify(desk)
    summary = Summary(
        business_date=day.isoformat(),
        sales=sum(one.kind == "sale" for one in moved),
        list_fen=sum(one.list_fen for one in moved),
        diners_paid_fen=sum(one.pays_fen for one in moved),
        by_fund_fen=dict(sorted(funds.items())),
        refunds=sum(one.kind == "refund" for one in moved),
        refunded_fen=-sum(one.pays_fen for one in moved if one.kind == "refund"),
        by_tender_fen=dict(sorted(tenders.items())),
        rounding_fen=sum(one.rounding_fen for one in moved),
        verified=report.ok,
    )
    return summary, [f"{document}: {what}" for document, what in report.problems]


def troubles(summary: Summary, told: Told, refunded_list_fen: int) -> list[str]:
    """Where the documents do not add up, or differ from what the screen said."""
    pairs: Sequence[tuple[str, int, int]] = (
        (
            "list price and who paid it",
            summary.list_fen,
            summary.diners_paid_fen + sum(summary.by_fund_fen.values()),
        ),
        (
            "what diners paid and the tenders",
            summary.diners_paid_fen + summary.rounding_fen,
            sum(summary.by_tender_fen.values()),
        ),
        ("sales in the books and on the screen", summary.sales, told.sales),
        ("list price in the books and on the screen", summary.list_fen + refunded_list_fen, told.list_fen),
        (
            "what diners paid in the books and on the screen",
            summary.diners_paid_fen + summary.refunded_fen,
            told.pays_fen,
        ),
    )
    found = [f"{what} differ: {one} and {other}" for what, one, other in pairs if one != other]
    if summary.sales < ENOUGH_SALES:
        found.append(f"only {summary.sales} sales")
    if not summary.refunds:
        found.append("no refund")
    return found


def refunded_list_fen(desk: Desk, day: date) -> int:
    """List price of what was given back that day."""
    return -sum(one.list_fen for one in _documents(desk) if one.kind == "refund" and one.business_date == day)


def _documents(desk: Desk) -> list[SaleDetail]:
    return [sales_book.load(desk, one.document_id) for one in sales_book.recent(desk, _A_DAY)]
