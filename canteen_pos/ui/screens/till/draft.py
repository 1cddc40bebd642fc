"""The order while it is made: a frozen value and the edits a cashier makes on it."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.membership import Member
from canteen_pos.domain.menu import Portion
from canteen_pos.services.selling import Order, OrderLine

MOST = 99
"""More than this of one line is a slip of the finger."""
SERVINGS = (Serving.DINE_IN, Serving.TAKEAWAY, Serving.DELIVERY)


@dataclass(frozen=True, slots=True)
class Draft:
    """One eater's order. `chosen` is the key of the line that +, −, / and Del mean; '' when there is none. `vouchers` are
    serials of percent vouchers on the table."""

    id: str
    service_date: date
    period: str
    opened_at: datetime
    serving: Serving = Serving.DINE_IN
    member: Member | None = None
    lines: tuple[OrderLine, ...] = ()
    chosen: str = ""
    vouchers: tuple[str, ...] = ()

    @property
    def line(self) -> OrderLine | None:
        """The chosen line."""
        return next((line for line in self.lines if line.key == self.chosen), None)

    def order(self) -> Order:
        """What the services are asked to quote and to ring up."""
        return Order(
            id=self.id,
            service_date=self.service_date,
            period=self.period,
            serving=self.serving,
            person_id=self.member.id if self.member else None,
            lines=self.lines,
            opened_at=self.opened_at,
            vouchers=self.vouchers,
        )

    def adding(self, line: OrderLine) -> "Draft":
        """With `line` at the end, or its quantity on an equal line; that line is chosen."""
        twin = next((each for each in self.lines if _same_food(each, line)), None)
        if twin:
            quantity = min(MOST, twin.quantity + line.quantity)
            return self._put(replace(twin, quantity=quantity)).choosing(twin.key)
        key = str(max((int(each.key) for each in self.lines), default=0) + 1)
        return replace(self, lines=(*self.lines, replace(line, key=key)), chosen=key)

    def choosing(self, key: str) -> "Draft":
        return replace(self, chosen=key)

    def moving(self, step: int) -> "Draft":
        """With the line `step` places further chosen; it stops at both ends."""
        if not self.lines:
            return self
        keys = [line.key for line in self.lines]
        now = keys.index(self.chosen) if self.chosen in keys else len(keys)
        return self.choosing(keys[max(0, min(len(keys) - 1, now + step))])

    def counting(self, step: int) -> "Draft":
        """With `step` more of the chosen line, between 1 and 99; taking the last one away is Del's business."""
        line = self.line
        if line is None:
            return self
        return self._put(replace(line, quantity=max(1, min(MOST, line.quantity + step))))

    def portioned(self, portion: Portion) -> "Draft":
        """With the chosen line as whole or half portions."""
        line = self.line
        return self._put(replace(line, portion=portion)) if line else self

    def choosing_foods(self, choices: tuple[str, ...]) -> "Draft":
        """With the chosen set's `choices`."""
        line = self.line
        return self._put(replace(line, choices=choices)) if line else self

    def removing(self) -> "Draft":
        """Without the chosen line; the one above it is chosen."""
        keys = [line.key for line in self.lines]
        if self.chosen not in keys:
            return self
        place = keys.index(self.chosen)
        left = tuple(line for line in self.lines if line.key != self.chosen)
        chosen = left[max(0, place - 1)].key if left else ""
        return replace(self, lines=left, chosen=chosen)

    def without_dish(self, dish_id: int | None) -> "Draft":
        """Without any line of that dish."""
        left = tuple(line for line in self.lines if line.dish_id != dish_id)
        return replace(self, lines=left, chosen=left[-1].key if left else "")

    def replacing(self, line: OrderLine) -> "Draft":
        """With the line of the same key in its new form."""
        return self._put(line)

    def presenting(self, serial: str) -> "Draft":
        """With this percent voucher on the table, or without it when it lay there already."""
        left = tuple(one for one in self.vouchers if one != serial)
        return replace(self, vouchers=left if len(left) < len(self.vouchers) else (*left, serial))

    def next_serving(self) -> "Draft":
        return replace(self, serving=SERVINGS[(SERVINGS.index(self.serving) + 1) % len(SERVINGS)])

    def _put(self, changed: OrderLine) -> "Draft":
        return replace(self, lines=tuple(changed if line.key == changed.key else line for line in self.lines))


def new_draft(service_date: date, period: str, moment: datetime) -> Draft:
    """An empty order; its service date and period are fixed anew at the first line."""
    return Draft(id=uuid.uuid4().hex, service_date=service_date, period=period, opened_at=moment)


def draft_of(order: Order, member: Member | None) -> Draft:
    """An order that waited, as it stood; its last line is chosen."""
    return Draft(
        id=order.id,
        service_date=order.service_date,
        period=order.period,
        opened_at=order.opened_at,
        serving=order.serving,
        member=member,
        lines=order.lines,
        chosen=order.lines[-1].key if order.lines else "",
        vouchers=order.vouchers,
    )


def _same_food(one: OrderLine, other: OrderLine) -> bool:
    """Whether two lines may be one: weighed plates and open prices stay apart."""
    if one.grams or other.grams or one.open_price_fen is not None or other.open_price_fen is not None:
        return False
    return (one.dish_id, one.portion, one.choices) == (other.dish_id, other.portion, other.choices)
