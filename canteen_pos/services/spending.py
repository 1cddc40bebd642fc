"""How much somebody may spend from purses, judged inside the sale's transaction."""

from collections.abc import Sequence
from datetime import date

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.policy import Window
from canteen_pos.domain.sale import PaymentRow
from canteen_pos.storage import limits as rows
from canteen_pos.storage.engine import Connection

_CODES = {Window.DAY: "limit.day", Window.MONTH: "limit.month"}


def check_limits(
    conn: Connection, meals: Sequence[tuple[int | None, Sequence[PaymentRow]]], business_day: date
) -> None:
    """Refuse what takes an eater beyond their day's or month's limit: 'limit.day' or 'limit.month' (name=, left_fen=,
    needed_fen=). `meals` are eaters, None for nobody, with what pays for each; nothing of it is in the books yet.
    """
    wanted: dict[int, int] = {}
    for person_id, payments in meals:
        fen = sum(one.fen for one in payments if one.tender in rows.PURSE_TENDERS)
        if person_id is not None and fen > 0:
            wanted[person_id] = wanted.get(person_id, 0) + fen
    for limit in rows.held(conn, wanted):
        needed = wanted[limit.person_id]
        for window, most in ((Window.DAY, limit.day_fen), (Window.MONTH, limit.month_fen)):
            if most is None:
                continue
            first, last = window.first_day(business_day), window.last_day(business_day)
            left = max(0, most - rows.spent(conn, limit.person_id, first, last))
            if needed > left:
                raise refuse(_CODES[window], name=limit.name, left_fen=left, needed_fen=needed)
