"""The lines of an order before any rule: what was chosen, at the menu's price, with its words; boxes and delivery."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from canteen_pos.domain import typed
from canteen_pos.domain.bill import Kind, Line, Serving
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.order import Order, OrderLine
from canteen_pos.domain.quote import OPERATOR, Quote
from canteen_pos.services.context import Desk
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import menus
from canteen_pos.storage.columns import offset_min
from canteen_pos.storage.engine import Connection

MOST = 999
"""More units of one line are a slip of the finger."""
MOST_GRAMS = 50_000
_FEES = {Kind.BOX_FEE: ("box_fee", "打包盒"), Kind.DELIVERY_FEE: ("delivery_fee", "配送费")}
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


PricedLine = tuple[Line, NamedLine]
"""What the rules reckon with, and what is shown and kept."""


def read(conn: Connection, desk: Desk, order: Order, settings: CanteenSettings) -> list[PricedLine]:
    """The lines as the menu of the order's meal has them, then its fees.

    Refusal 'dish.not_on_menu' (dish_id=), 'line.quantity', 'line.choices', 'line.grams', 'line.reason_needed' (each with
    name=), 'price.negative'.
    """
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
    key, name = _FEES[kind]
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


def named(lines: Sequence[PricedLine], quoted: Quote) -> tuple[NamedLine, ...]:
    """The lines with what the quote made of them."""
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
