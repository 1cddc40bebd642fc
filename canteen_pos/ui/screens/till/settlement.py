"""Who pays together: the eaters' orders with their quotes, and the part payments taken so far."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from canteen_pos.domain.membership import Member
from canteen_pos.domain.settling import rounded_cash
from canteen_pos.services import parking, selling, settings_store
from canteen_pos.services.context import Desk
from canteen_pos.services.selling import Order, OrderQuote, Payment
from canteen_pos.ui.screens.till.draft import Draft, new_draft


class Settlement:
    """One or several eaters, one of them current. Every change quotes anew, so that prices are always the real ones."""

    def __init__(self, desk: Desk, draft: Draft) -> None:
        self._desk = desk
        self._eaters = [draft]
        self._quotes: list[OrderQuote | None] = [None]
        self._at = 0
        self.payments: tuple[Payment, ...] = ()

    @property
    def id(self) -> str:
        """The first eater's order gives the settlement its id."""
        return self._eaters[0].id

    @property
    def draft(self) -> Draft:
        return self._eaters[self._at]

    @property
    def quote(self) -> OrderQuote | None:
        """Of the current eater; None while nothing is ordered."""
        return self._quotes[self._at]

    @property
    def eaters(self) -> tuple[Draft, ...]:
        return tuple(self._eaters)

    @property
    def at(self) -> int:
        return self._at

    @property
    def several(self) -> bool:
        return len(self._eaters) > 1

    @property
    def empty(self) -> bool:
        return not any(draft.lines for draft in self._eaters)

    @property
    def orders(self) -> tuple[Order, ...]:
        return tuple(draft.order() for draft in self._eaters if draft.lines)

    @property
    def total_fen(self) -> int:
        return sum(quote.quote.pays_fen for quote in self._quotes if quote)

    @property
    def due_fen(self) -> int:
        return self.total_fen - sum(payment.fen for payment in self.payments)

    @property
    def payer(self) -> Member | None:
        """Whose purse the main button means: the current eater's, else the first one with a card."""
        return next((draft.member for draft in (self.draft, *self._eaters) if draft.member), None)

    @property
    def quotes(self) -> tuple[OrderQuote, ...]:
        """Of everybody who ordered something."""
        return tuple(quote for quote in self._quotes if quote)

    @property
    def cash_due_fen(self) -> int:
        """What is asked in cash now: what other tenders leave, rounded, less the cash taken already."""
        cash = sum(payment.fen for payment in self.payments if payment.tender == "cash")
        others = sum(payment.fen for payment in self.payments if payment.tender != "cash")
        rounding = settings_store.load(self._desk).cash_rounding
        return rounded_cash(self.total_fen - others, rounding) - cash

    @property
    def settled(self) -> bool:
        """Whether nothing is left to pay."""
        cash = any(payment.tender == "cash" for payment in self.payments)
        return (self.cash_due_fen if cash else self.due_fen) <= 0

    def tenders(self) -> tuple[Payment, ...]:
        """The payments as they are rung up: several handfuls of cash are one."""
        cash = [payment for payment in self.payments if payment.tender == "cash"]
        others = tuple(payment for payment in self.payments if payment.tender != "cash")
        if not cash:
            return others
        fen, given = sum(one.fen for one in cash), sum(one.given_fen for one in cash)
        return (*others, Payment(tender="cash", fen=fen, given_fen=given))

    def give_back_surplus(self) -> int:
        """Drop the last part payments while they are more than the order costs; how much that was."""
        before = sum(payment.fen for payment in self.payments)
        while self.payments and self.due_fen < 0:
            self.payments = self.payments[:-1]
        return before - sum(payment.fen for payment in self.payments)

    def serials(self) -> tuple[str, ...]:
        """Vouchers on the table for the current meal: those that lower its price, and those that pay it."""
        paying = (one.voucher_serial for one in self.payments if one.order_id == self.draft.id)
        return (*self.draft.vouchers, *filter(None, paying))

    def keep_vouchers(self, kept: Sequence[str]) -> None:
        """Vouchers that pay the current meal and are none of `kept` go back."""
        gone = set(self.serials()) - set(kept)
        self.payments = tuple(one for one in self.payments if one.voucher_serial not in gone)

    def know_again(self, member_of: Callable[[int], Member | None]) -> bool:
        """The eaters as they are now: balances change by a top-up beside the till. Who was erased meanwhile is a guest;
        whether there was one."""
        erased = False
        for place, draft in enumerate(self._eaters):
            if draft.member and (member := member_of(draft.member.id)):
                self._eaters[place] = replace(draft, member=member)
            elif draft.member:
                self._eaters[place] = replace(draft, member=None, vouchers=())
                erased = True
        return erased

    def renew(self) -> None:
        """Orders whose meal is over move to the meal being served, at its prices."""
        for place, order in enumerate(parking.renew(self._desk, [draft.order() for draft in self._eaters])):
            self._eaters[place] = replace(
                self._eaters[place],
                service_date=order.service_date,
                period=order.period,
                opened_at=order.opened_at,
            )
        self.requote()

    @classmethod
    def of(cls, desk: Desk, drafts: Sequence[Draft]) -> "Settlement":
        """Orders taken up again; the last eater is current. Refusal when one cannot be priced any more."""
        settlement = cls(desk, drafts[0])
        settlement._eaters = list(drafts)
        settlement._at = len(drafts) - 1
        settlement.requote()
        return settlement

    def pays_fen(self, place: int) -> int:
        quote = self._quotes[place]
        return quote.quote.pays_fen if quote else 0

    def meal_fen(self, order_id: str) -> int:
        return sum(self.pays_fen(place) for place, draft in enumerate(self._eaters) if draft.id == order_id)

    def put(self, draft: Draft) -> None:
        """The current eater's order, changed. Refusal from the service leaves everything as it was."""
        before = self.draft
        if (draft.lines, draft.serving, draft.member, draft.service_date, draft.period, draft.vouchers) != (
            before.lines,
            before.serving,
            before.member,
            before.service_date,
            before.period,
            before.vouchers,
        ):
            self._quotes[self._at] = self._quoted(draft, self._quotes[: self._at])
        self._eaters[self._at] = draft

    def requote(self) -> None:
        """All orders at what they cost now."""
        quotes: list[OrderQuote | None] = []
        for draft in self._eaters:
            quotes.append(self._quoted(draft, quotes))
        self._quotes = quotes

    def seat(self, service_date: date, period: str, moment: datetime) -> None:
        """A further eater, who is current from now on."""
        self._eaters.append(new_draft(service_date, period, moment))
        self._quotes.append(None)
        self._at = len(self._eaters) - 1

    def turn_to(self, place: int) -> None:
        """Make the eater at `place` current; one who left an empty order leaves the table."""
        place %= len(self._eaters)
        if not self.draft.lines and place != self._at and self.several:
            gone = self._at
            del self._eaters[gone], self._quotes[gone]
            place -= place > gone
        self._at = place

    def place_of(self, person_id: int) -> int | None:
        """Where that person sits already."""
        places = [n for n, draft in enumerate(self._eaters) if draft.member and draft.member.id == person_id]
        return places[0] if places else None

    def _quoted(self, draft: Draft, before: Sequence[OrderQuote | None]) -> OrderQuote | None:
        beside = [one for one in before if one]
        return selling.quote(self._desk, draft.order(), beside=beside) if draft.lines else None
