"""A day of trade through the real services: three meals, two cashiers, every usual tender, a refund, a top-up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from random import Random

from canteen_pos.clock import FixedClock
from canteen_pos.domain.bill import Serving
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.order import Order, OrderLine, Payment
from canteen_pos.domain.shift import smallest_pieces
from canteen_pos.services import demo_purses, members, menus, refunding, selling, shifts, wallets
from canteen_pos.services.context import Actor, Desk

FLOAT_FEN = 30_000
MEALS = (
    ("breakfast", time(6, 20), 140, 0.2),
    ("lunch", time(10, 45), 150, 0.55),
    ("dinner", time(16, 45), 140, 0.25),
)
"""(period, first sale, minutes it lasts, share of the day's sales)."""
TOLERATED = frozenset({"portions.short", "dish.sold_out", "quota.used", "wallet.short"})
"""What may happen in any queue: that diner goes without."""


def trade(
    desk: Desk, clock: FixedClock, actors: Mapping[str, Actor], diners: Sequence[int], rng: Random, sales: int
) -> int:
    """How many sales went into the books. The desk's clock is `clock`; both shifts are closed at the end."""
    day = _Day(desk, clock, diners, rng)
    morning, evening = actors["李芳"], actors["张丽"]
    shifts.open(desk, morning, FLOAT_FEN)
    made = day.meal(morning, *MEALS[0], sales)
    made += day.meal(morning, *MEALS[1], sales)
    day.top_up(morning, diners[0], 10_000, "cash")
    day.top_up(morning, diners[2], 20_000, "wechat")
    made += demo_purses.eat_on_account(desk, clock, morning, diners[-5:], Random(len(diners)))
    shifts.cash_movement(desk, morning, -4_800, "买葱姜蒜", day.new_id())
    day.refund(replace(morning, approved_by=actors["陈经理"].user_id))
    clock.set(day.at(time(14, 5)))
    day.hand_over(morning, evening)
    made += day.meal(evening, *MEALS[2], sales)
    clock.set(day.at(time(19, 40)))
    day.close(evening, actors["陈经理"])
    return made


class _Day:
    def __init__(self, desk: Desk, clock: FixedClock, diners: Sequence[int], rng: Random) -> None:
        self._desk, self._clock, self._rng = desk, clock, rng
        self._date = clock.now().date()
        self._last_cash = ""
        self._regulars = [*diners[:6], diners[8]]  # at lunch, every day
        self._queue = iter(rng.sample(list(diners[9:]), len(diners) - 9))

    def at(self, hour: time) -> datetime:
        return datetime.combine(self._date, hour, self._clock.now().tzinfo)

    def new_id(self) -> str:
        return f"{self._rng.getrandbits(128):032x}"

    def meal(self, actor: Actor, period: str, begins: time, minutes: int, share: float, sales: int) -> int:
        """Sell this meal's part of the day; how many sales were made."""
        tiles = menus.tiles(self._desk, self._date, period)
        wanted = round(sales * share)
        self._clock.set(self.at(begins))
        made = 0
        for _ in range(wanted):
            self._clock.advance(minutes * 60 // max(1, wanted))
            made += self._sale(actor, period, tiles)
        return made

    def _sale(self, actor: Actor, period: str, tiles: Sequence[Tile]) -> bool:
        member = self._next_diner(period)
        order = Order(
            id=self.new_id(),
            service_date=self._date,
            period=period,
            serving=Serving.TAKEAWAY if self._rng.random() < 0.12 else Serving.DINE_IN,
            person_id=member.id if member else None,
            lines=tuple(self._lines(tiles)),
            opened_at=self._clock.now(),
        )
        quoted = selling.quote(self._desk, order)
        payment = self._payment(quoted.pays_fen, member)
        payments = (payment,) if quoted.pays_fen else ()
        try:
            selling.ring_up(self._desk, actor, (order,), payments, quoted.pays_fen, order.id)
        except Refusal as refusal:
            if refusal.code not in TOLERATED:
                raise
            return False
        if payment.tender == "cash" and quoted.pays_fen:
            self._last_cash = order.id
        return True

    def _next_diner(self, period: str) -> members.Member | None:
        if period == "lunch" and self._regulars:
            return members.by_id(self._desk, self._regulars.pop())
        return members.by_id(self._desk, next(self._queue)) if self._rng.random() < 0.8 else None

    def _lines(self, tiles: Sequence[Tile]) -> Iterator[OrderLine]:
        sets = [tile for tile in tiles if tile.kind == "set"]
        dishes = [tile for tile in tiles if tile.kind == "dish"]
        if self._rng.random() < 0.55:
            tile = self._rng.choice(sets)
            choices = tuple(self._rng.choice(choice.options) for choice in tile.choices)
            yield OrderLine("1", tile.dish_id, choices=choices)
            return
        for key, tile in enumerate(self._rng.sample(dishes, self._rng.choice((2, 2, 3, 4))), start=1):
            half = tile.half_fen is not None and self._rng.random() < 0.4
            yield OrderLine(str(key), tile.dish_id, "half" if half else "full")
        weighed = [tile for tile in tiles if tile.kind == "weighed"]
        if weighed and self._rng.random() < 0.25:
            yield OrderLine("w", self._rng.choice(weighed).dish_id, grams=self._rng.randrange(80, 320))

    def _payment(self, fen: int, member: members.Member | None) -> Payment:
        if member and member.spendable_fen >= fen and self._rng.random() < 0.85:
            return Payment("wallet", fen, account_id=member.account_id)
        if self._rng.random() < 0.5:
            return Payment("cash", fen, given_fen=-(-fen // 1000) * 1000)
        return Payment(self._rng.choice(("wechat", "alipay")), fen)

    def top_up(self, actor: Actor, person_id: int, fen: int, tender: str) -> None:
        member = members.by_id(self._desk, person_id)
        assert member is not None
        wallets.top_up(self._desk, actor, member.account_id, fen, tender, request_id=self.new_id())

    def refund(self, actor: Actor) -> None:
        """The last cash sale goes back whole, approved by the manager."""
        refunding.refund(self._desk, actor, self._last_cash, None, "菜品有异物", self.new_id())

    def hand_over(self, actor: Actor, following: Actor) -> None:
        expected = shifts.x_report(self._desk).expected_fen
        shifts.hand_over(self._desk, actor, smallest_pieces(expected), following)

    def close(self, actor: Actor, verifier: Actor) -> None:
        """Ten fen too little: it happens, and it is said."""
        expected = shifts.x_report(self._desk).expected_fen
        shifts.close(self._desk, actor, smallest_pieces(expected - 10), "找零少收一角", verifier)
