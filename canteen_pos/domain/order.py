"""What the till asks for: an order of one eater, and the money on the table."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.menu import Portion


@dataclass(frozen=True, slots=True)
class OrderLine:
    """`key` names the line on the screen. `grams` is the weight of each for a weighed dish; `open_price_fen` with its
    reason replaces the menu price of a dish that allows it; `choices` are the options taken in a set meal."""

    key: str
    dish_id: int
    portion: Portion = "full"
    quantity: int = 1
    grams: int = 0
    open_price_fen: int | None = None
    open_reason: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """`id` (uuid4 hex) is made by the asker and becomes the document's id, so that asking twice is one sale.
    Service date and period are fixed at the first line. `vouchers` are serials of percent vouchers put on the table:
    each is a rule of the quote, not a payment."""

    id: str
    service_date: date
    period: str
    serving: Serving
    person_id: int | None
    lines: tuple[OrderLine, ...]
    opened_at: datetime
    vouchers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """One tender of a settlement: cash, wallet, voucher, on_account, wechat, alipay, bank_card, bank_transfer or points.

    For cash `given_fen` is what was handed over (0: exactly `fen`) and change is the difference. `person_id` is whose
    points pay, or who lets another eat from their purse; `order_id` whose meal this pays first, of several.
    """

    tender: str
    fen: int
    account_id: int | None = None
    voucher_serial: str = ""
    reference: str = ""
    given_fen: int = 0
    person_id: int | None = None
    order_id: str = ""


def order_as_json(order: Order) -> dict[str, Any]:
    """Plain values, for fingerprints, parked orders and drafts."""
    stored: dict[str, Any] = {
        "id": order.id,
        "service_date": order.service_date.isoformat(),
        "period": order.period,
        "serving": str(order.serving),
        "person_id": order.person_id,
        "opened_at": order.opened_at.isoformat(),
        "lines": [
            {
                "key": line.key,
                "dish_id": line.dish_id,
                "portion": line.portion,
                "quantity": line.quantity,
                "grams": line.grams,
                "open_price_fen": line.open_price_fen,
                "open_reason": line.open_reason,
                "choices": list(line.choices),
            }
            for line in order.lines
        ],
    }
    return {**stored, "vouchers": list(order.vouchers)} if order.vouchers else stored


def order_from_json(stored: dict[str, Any]) -> Order:
    """The order back from `order_as_json`."""
    return Order(
        id=stored["id"],
        service_date=date.fromisoformat(stored["service_date"]),
        period=stored["period"],
        serving=Serving(stored["serving"]),
        person_id=stored["person_id"],
        opened_at=datetime.fromisoformat(stored["opened_at"]),
        lines=tuple(
            OrderLine(**{**line, "choices": tuple(line["choices"])})  # the keys are ours, see above
            for line in stored["lines"]
        ),
        vouchers=tuple(stored.get("vouchers", ())),
    )
