"""Pricing one order from what the database knows: menu, eater, earlier uses, what funds have left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from canteen_pos.domain.bill import Meal, Use
from canteen_pos.domain.calendar import meal_at
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.order import Order
from canteen_pos.domain.policy import Budget, Pack, Version
from canteen_pos.domain.pricing import quote as price_meal
from canteen_pos.domain.quote import Quote
from canteen_pos.services import order_lines, policies, settings_store, voucher_rules
from canteen_pos.services.context import Desk
from canteen_pos.services.order_lines import NamedLine, named
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import budgets, diners
from canteen_pos.storage.diners import Eater
from canteen_pos.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class OrderQuote:
    order: Order
    quote: Quote
    lines: tuple[NamedLine, ...]

    @property
    def list_fen(self) -> int:
        return self.quote.list_fen

    @property
    def pays_fen(self) -> int:
        return self.quote.pays_fen


@dataclass(frozen=True, slots=True)
class Priced:
    """A quote with what the sale needs besides: the eater and the packs that spoke."""

    shown: OrderQuote
    eater: Eater | None
    packs: tuple[Pack, ...]

    @property
    def order(self) -> Order:
        return self.shown.order

    @property
    def quote(self) -> Quote:
        return self.shown.quote


def quote(desk: Desk, order: Order, *, beside: Sequence[OrderQuote] = ()) -> OrderQuote:
    """What this order costs now, and who pays what. Writes nothing.

    `beside` are quotes of eaters who come first in the same settlement: what they draw from a fund is gone.

    Refusals: 'order.empty', 'dish.not_on_menu', 'dish.no_half', 'line.*', 'member.unknown', 'voucher.*'.
    """
    with desk.db.read() as conn:
        return price(conn, desk, order, settings_store.load(conn), beside).shown


def price(
    conn: Connection,
    desk: Desk,
    order: Order,
    settings: CanteenSettings,
    beside: Sequence[OrderQuote] = (),
) -> Priced:
    """The same inside a transaction."""
    if not order.lines:
        raise refuse("order.empty")
    lines = order_lines.read(conn, desk, order, settings)
    eater = _eater(conn, order)
    packs = (*policies.active(conn, settings), *voucher_rules.packs(conn, order))
    versions = _in_force(packs, order)
    meal = Meal(
        day=order.service_date,
        period=order.period,
        serving=order.serving,
        site=settings.site,
        diner=eater.diner if eater else None,
        lines=tuple(line for line, _ in lines),
        uses=_uses(conn, eater, versions, order),
        budgets_fen=_budgets(conn, versions, beside),
        workday=policies.workday(conn, order.service_date, settings),
    )
    quoted = price_meal(packs, meal)
    return Priced(OrderQuote(order, quoted, named(lines, quoted)), eater, packs)


def _eater(conn: Connection, order: Order) -> Eater | None:
    if order.person_id is None:
        return None
    found = diners.eater(conn, order.person_id, order.service_date)
    if found is None:
        raise refuse("member.unknown")
    return found


# -- quotas and budgets -----------------------------------------------------------------------------


def _in_force(packs: Sequence[Pack], order: Order) -> list[Version]:
    found = (rule.on(order.service_date) for pack in packs for rule in pack.rules())
    return [version for version in found if version is not None and (version.quotas or version.budgets)]


def _uses(
    conn: Connection, eater: Eater | None, versions: Sequence[Version], order: Order
) -> tuple[Use, ...]:
    if eater is None:
        return ()
    quotas = {quota.name: quota for version in versions for quota in version.quotas}
    windows = {quota.per.key(order.service_date, order.period) for quota in quotas.values()}
    return diners.uses(conn, eater.diner.person, quotas, windows)


def earlier_uses(conn: Connection, order: Order) -> tuple[Use, ...]:
    """Uses of quotas in force that this order's eater has had in the windows of its meal."""
    return _uses(conn, _eater(conn, order), _in_force(policies.active(conn), order), order)


def _budgets(conn: Connection, versions: Sequence[Version], beside: Sequence[OrderQuote]) -> dict[str, int]:
    """What is left in each pot of which a pack says what it holds; the others have no end."""
    named = {budget.name: budget.start_fen for version in versions for budget in version.budgets}
    left = budgets.left(conn, {name: fen for name, fen in named.items() if fen is not None})
    for take in (take for one in beside for take in one.quote.budget_takes):
        if take.budget in left:
            left[take.budget] = max(0, left[take.budget] - take.fen)
    return left


def budgets_of(packs: Sequence[Pack]) -> dict[str, Budget]:
    """Every budget these packs name."""
    return {
        budget.name: budget
        for pack in packs
        for rule in pack.rules()
        for version in rule.versions
        for budget in version.budgets
    }


# -- time passing -----------------------------------------------------------------------------------


def meal_now(now: datetime, settings: CanteenSettings) -> tuple[date, str]:
    """Service date and period of an order begun now."""
    return meal_at(now, settings.periods, settings.cut_off)


def has_passed(order: Order, now: datetime, settings: CanteenSettings) -> bool:
    """Whether the order's meal is over for longer than it may wait, and another meal is being served."""
    if meal_now(now, settings) == (order.service_date, order.period):
        return False
    period = next((one for one in settings.periods if one.code == order.period), None)
    if period is None:
        return True
    end = datetime.combine(order.service_date, period.end, now.tzinfo)
    return now > end + timedelta(minutes=settings.park_minutes)


def renewed(order: Order, now: datetime, settings: CanteenSettings) -> Order:
    """The order moved to the meal being served now, when its own has passed; else the order itself."""
    if not has_passed(order, now, settings):
        return order
    day, period = meal_now(now, settings)
    return replace(order, service_date=day, period=period, opened_at=now)
