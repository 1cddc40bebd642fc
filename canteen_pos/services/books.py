"""The books for somebody else's tools."""

from datetime import date

from canteen_pos.domain.sale import number_text
from canteen_pos.reports.plain_accounts import Posting, journal
from canteen_pos.services import settings_store
from canteen_pos.services.context import Desk
from canteen_pos.storage import ledger


def plain_accounts(desk: Desk) -> str:
    """The whole ledger as plain-text accounting that `beancount` checks (`bean-check FILE`)."""
    with desk.db.read() as conn:
        title = settings_store.load(conn).name
        postings = [
            Posting(
                date.fromisoformat(one.business_date),
                number_text(one.series, one.number),
                one.kind,
                one.hash[:12],
                one.entries,
            )
            for one in ledger.booked(conn)
        ]
    return "\n".join(journal(title, postings)) + "\n"
