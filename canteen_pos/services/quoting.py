"""Pricing one order from what the database knows: menu, eater, earlier uses, what funds have left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from canteen_pos.domain import typed
from canteen_pos.domain.bill import Kind, Line, Meal, Serving, Use
from canteen_pos.domain.calendar import meal_at
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.order import Order, OrderLine
from canteen_pos.domain.policy import Budget, Pack, Version
from canteen_pos.domain.pricing import quote as price_meal
from canteen_pos.domain.quote import OPERATOR, Quote
from canteen_pos.services import policies, settings_store, voucher_rules
from canteen_pos.services.context import Desk
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import budgets, diners, menus
from canteen_pos.storage.columns import offset_min
from canteen_pos.storage.diners import Eater
from canteen_pos.storage.engine import Connection

MOST = 999
"""More units of one line are a slip of the finger."""
MOST_GRAMS = 50_000
FEES = {Kind.BOX_FEE: ("box_fee", "打包盒"), Kind.DELIVERY_FEE: ("delivery_fee", "配送费")}
"""Key of each fee's line, and its name on paper and screen."""


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A priced line with its words. Amounts in fen; list_fen = pays_fen + subsidy_fen + own_discount_fen.

    `detail` holds the options of a set or the reason of an open price; `kind` is a domain Kind's value.
    """

    key: str
    name: str
    detail: str
    portion: str
    quantity: int
    list_fen: int
    pays_fen: int
    subsidy_fen: int = 0
    own_discount_fen: int = 0
    kind: str = "dish"
    item: str = ""
    grams: int = 0
    dish_id: int | None = None
    each_fen: int = 0
    choices: tuple[str, ...] = ()
    reason: str = ""
    made_to_order: bool = False


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
    lines = _lines(conn, desk, order, settings)
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
    return Priced(OrderQuote(order, quoted, _named(lines, quoted)), eater, packs)


def _eater(conn: Connection, order: Order) -> Eater | None:
    if order.person_id is None:
        return None
    found = diners.eater(conn, order.person_id, order.service_date)
    if found is None:
        raise refuse("member.unknown")
    return found


# -- lines ------------------------------------------------------------------------------------------

PricedLine = tuple[Line, NamedLine]


def _lines(conn: Connection, desk: Desk, order: Order, settings: CanteenSettings) -> list[PricedLine]:
    wanted = sorted({line.dish_id for line in order.lines})
    offset = offset_min(desk.clock.now())
    tiles = {
        tile.dish_id: tile for tile in menus.tiles(conn, order.service_date, order.period, offset, wanted)
    }
    lines = [_line(line, tiles.get(line.dish_id)) for line in order.lines]
    return lines + _fees(order, lines, settings)


def _line(line: OrderLine, tile: Tile | None) -> PricedLine:
    if tile is None:
        raise refuse("dish.not_on_menu", dish_id=line.dish_id)
    if not 1 <= line.quantity <= MOST:
        raise refuse("line.quantity", name=tile.name, quantity=line.quantity)
    if not _offered(line, tile):
        raise refuse("line.choices", name=tile.name, chosen=list(line.choices))
    weighed = tile.kind == "weighed"
    if weighed and not 1 <= line.grams <= MOST_GRAMS:
        raise refuse("line.grams", name=tile.name, grams=line.grams)
    priced = Line(
        key=line.key,
        item=tile.code,
        kind=Kind(tile.kind),
        unit_fen=_unit_fen(line, tile),
        quantity=line.quantity,
        grams=line.grams if weighed else 0,
        per_grams=(tile.per_grams or 0) if weighed else 0,
        category=tile.category,
    )
    named = NamedLine(
        key=line.key,
        name=tile.name,
        detail=" ".join((*line.choices, typed.line(line.open_reason))).strip(),
        portion=line.portion,
        quantity=line.quantity,
        list_fen=priced.list_fen,
        pays_fen=priced.list_fen,
        kind=tile.kind,
        item=tile.code,
        grams=priced.grams,
        dish_id=tile.dish_id,
        each_fen=priced.each_fen,
        choices=line.choices,
        reason=typed.line(line.open_reason),
        made_to_order=tile.made_to_order,
    )
    return priced, named


def _offered(line: OrderLine, tile: Tile) -> bool:
    """Whether what was chosen in a set is what the set offers; nothing chosen is what the kitchen usually puts on it."""
    if not line.choices:
        return True
    same_number = len(line.choices) == len(tile.choices)
    return same_number and all(
        chosen in choice.options for chosen, choice in zip(line.choices, tile.choices, strict=True)
    )


def _unit_fen(line: OrderLine, tile: Tile) -> int:
    if line.open_price_fen is None:
        return tile.price_for(line.portion)
    if typed.amount(line.open_price_fen) < 0:
        raise refuse("price.negative")
    if not typed.line(line.open_reason):
        raise refuse("line.reason_needed", name=tile.name)
    return line.open_price_fen


def _fees(order: Order, lines: Sequence[PricedLine], settings: CanteenSettings) -> list[PricedLine]:
    """A box for each unit that is taken away, or one fee for the meal; one fee for a delivery."""
    if order.serving is Serving.TAKEAWAY and settings.box_fee_fen:
        boxes = sum(line.quantity for line, _ in lines) if settings.box_fee_per == "unit" else 1
        return [_fee(Kind.BOX_FEE, settings.box_fee_fen, boxes)]
    if order.serving is Serving.DELIVERY and settings.delivery_fee_fen:
        return [_fee(Kind.DELIVERY_FEE, settings.delivery_fee_fen, 1)]
    return []


def _fee(kind: Kind, unit_fen: int, quantity: int) -> PricedLine:
    key, name = FEES[kind]
    line = Line(key=key, item=key, kind=kind, unit_fen=unit_fen, quantity=quantity)
    return line, NamedLine(
        key=key,
        name=name,
        detail="",
        portion="full",
        quantity=quantity,
        list_fen=line.list_fen,
        pays_fen=line.list_fen,
        kind=kind.value,
        item=key,
        each_fen=unit_fen,
    )


def _named(lines: Sequence[PricedLine], quoted: Quote) -> tuple[NamedLine, ...]:
    answer = []
    for (_, named), line in zip(lines, quoted.lines, strict=True):
        own = sum(share.fen for share in line.shares if share.fund == OPERATOR)
        subsidy = line.list_fen - line.pays_fen - own
        answer.append(_with_amounts(named, line.pays_fen, subsidy, own))
    return tuple(answer)


def _with_amounts(line: NamedLine, pays_fen: int, subsidy_fen: int, own_fen: int) -> NamedLine:
    if pays_fen == line.pays_fen:
        return line
    return replace(line, pays_fen=pays_fen, subsidy_fen=subsidy_fen, own_discount_fen=own_fen)


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
