"""How much somebody may spend from purses, judged inside the sale's transaction."""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.order import Payment
from canteen_pos.domain.policy import Window
from canteen_pos.services.voucher_rules import Meal
from canteen_pos.storage import limits as rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.limits import Limits

_CODES = {Window.PERIOD: "limit.meal", Window.DAY: "limit.day", Window.MONTH: "limit.month"}


def check_limits(conn: Connection, meals: Sequence[Meal], business_day: date) -> None:
    """Refuse what takes an eater beyond their limit, telling of the one that leaves least: 'limit.meal', 'limit.day' or
    'limit.month' (name=, left_fen=, needed_fen=). Nothing of these meals is in the books yet.
    """
    wanted: dict[int, tuple[Meal, int]] = {}
    for meal in meals:
        fen = sum(one.fen for one in meal.payments if one.tender in rows.PURSE_TENDERS)
        if meal.person_id is not None and fen > 0:
            wanted[meal.person_id] = (meal, fen)
    for limit in rows.held(conn, wanted):
        meal, needed = wanted[limit.person_id]
        window, left = min(
            _left(conn, limit, meal, business_day).items(), key=itemgetter(1), default=(Window.DAY, needed)
        )
        if needed > left:
            raise refuse(_CODES[window], name=limit.name, left_fen=left, needed_fen=needed)


def check_payers(conn: Connection, payments: Sequence[Payment], meals: Sequence[Meal]) -> None:
    """Whoever has a limit pays from a purse for their own meal only, or it would be none: 'limit.own_meal' (name=)."""
    eaters = {meal.person_id for meal in meals}
    payers = {
        one.person_id for one in payments if one.tender in rows.PURSE_TENDERS and one.person_id is not None
    }
    for limit in rows.held(conn, payers - eaters):
        raise refuse("limit.own_meal", name=limit.name)


def _left(conn: Connection, limit: Limits, meal: Meal, business_day: date) -> dict[Window, int]:
    """What each limit still leaves, before this meal."""
    left = {}
    if limit.meal_fen is not None:
        spent = rows.spent_in_meal(conn, limit.person_id, meal.service_date, meal.period)
        left[Window.PERIOD] = max(0, limit.meal_fen - spent)
    for window, most in ((Window.DAY, limit.day_fen), (Window.MONTH, limit.month_fen)):
        if most is not None:
            first, last = window.first_day(business_day), window.last_day(business_day)
            left[window] = max(0, most - rows.spent(conn, limit.person_id, first, last))
    return left
