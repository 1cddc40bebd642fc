"""What goes on each paper: the facts of one slip, in fen and local time, ready to be laid out by `receipts`.

Slips are built by services.print_queue from stored documents. None has a place for a category, a care level or
the name of a fund beside a person: paper is read by others, so it knows only 'subsidy' and amounts (decision 17).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Lang = str
"""'zh' or 'en'; i18n.translator falls back to Chinese."""


@dataclass(frozen=True, slots=True)
class Head:
    """What every slip says about where, when and who. `at` is aware local time.

    `copy_no` is 0 on the original, n on the n-th copy. `training` prints a line that this is no real sale.
    """

    canteen: str
    station: str
    number: str
    at: datetime
    cashier: str
    lang: Lang = "zh"
    copy_no: int = 0
    training: bool = False


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of the order at list price. `grams` is the weight of each for a weighed dish, else 0.

    `detail` holds chosen options or the reason of an open price; `half` marks half portions.
    """

    name: str
    quantity: int
    list_fen: int
    detail: str = ""
    half: bool = False
    grams: int = 0


@dataclass(frozen=True, slots=True)
class Paid:
    """One tender: code as in services.selling.Payment, positive fen; for cash also what was given and the change, for a
    voucher its serial."""

    tender: str
    fen: int
    given_fen: int = 0
    change_fen: int = 0
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class SaleSlip:
    """pays_fen = list_fen - own_discount_fen - subsidy_fen - `vouchers_off` (percent vouchers: serial, fen); payments sum
    to pays_fen + rounding_fen.

    `serving` is dine_in, takeaway or delivery; `period` a meal period's code. `member` is what may stand on
    paper about the eater: a name or a number. `balance_fen` is what is left on the account that paid, None
    without one; `low_balance` asks to top it up. `on_account` is the customer who pays later.
    `short_hash` goes into the QR code.
    """

    head: Head
    period: str
    serving: str
    lines: tuple[SlipLine, ...]
    list_fen: int
    own_discount_fen: int
    subsidy_fen: int
    pays_fen: int
    payments: tuple[Paid, ...]
    short_hash: str
    rounding_fen: int = 0
    member: str = ""
    balance_fen: int | None = None
    footer: str = ""
    low_balance: bool = False
    on_account: str = ""
    vouchers_off: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RefundSlip:
    """All amounts positive: what went back. `refers_to` is the sale's number, `list_fen` the returned list price.
    `vouchers_off` as in a `SaleSlip`; `vouchers` that got money back: serial, and whether it may be used again."""

    head: Head
    refers_to: str
    lines: tuple[SlipLine, ...]
    list_fen: int
    own_discount_fen: int
    subsidy_fen: int
    back_fen: int
    payments: tuple[Paid, ...]
    short_hash: str
    reason: str = ""
    member: str = ""
    balance_fen: int | None = None
    rounding_fen: int = 0
    vouchers_off: tuple[tuple[str, int], ...] = ()
    vouchers: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class TopUpSlip:
    """Money put on an account, with the bonus given for it and what is on it now (both parts)."""

    head: Head
    member: str
    fen: int
    payments: tuple[Paid, ...]
    balance_fen: int
    short_hash: str
    bonus_fen: int = 0
    bonus_balance_fen: int = 0


@dataclass(frozen=True, slots=True)
class PurseSlip:
    """Money paid out of a purse, or received for what stood on account; amounts positive, the balance as it is now.

    `owed_fen` is what an on-account customer still owes; `lapsed_fen` the bonus that ended with a purse; `payer` whose
    purse paid what stood on account, and `payer_left_fen` what it holds then.
    """

    head: Head
    kind: Literal["purse_refund", "account_payment"]
    name: str
    fen: int
    payments: tuple[Paid, ...]
    short_hash: str
    balance_fen: int = 0
    owed_fen: int = 0
    lapsed_fen: int = 0
    rounding_fen: int = 0
    reason: str = ""
    payer: str = ""
    payer_left_fen: int | None = None


@dataclass(frozen=True, slots=True)
class KitchenSlip:
    """Dishes to cook now. `notes` warn the cook: diet of the eater ('少盐', '无花生'), never why. No prices."""

    head: Head
    serving: str
    lines: tuple[SlipLine, ...]
    member: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftSlip:
    """X report while the shift is open, shift report once it is closed; amounts in fen, outflows negative.

    `by_tender` and `by_fund` are (code or shown name, fen) in the order to print. A blind count shows no
    expectation: while open, `expected_fen` may be left None. `number` in the head is the shift's.
    """

    head: Head
    kind: Literal["x", "close"]
    opened_at: datetime
    closed_at: datetime | None
    opened_by: str
    sales_count: int
    refunds_count: int
    list_fen: int
    own_discount_fen: int
    by_fund: tuple[tuple[str, int], ...]
    pays_fen: int
    refunds_fen: int
    rounding_fen: int
    by_tender: tuple[tuple[str, int], ...]
    float_fen: int
    cash_in_fen: int
    cash_out_fen: int
    expected_fen: int | None = None
    counted_fen: int | None = None
    difference_fen: int | None = None
    counts: tuple[tuple[int, int], ...] = ()
    reason: str = ""
    verified_by: str = ""
    top_ups_fen: int = 0
    first_number: str = ""
    last_number: str = ""


Slip = SaleSlip | RefundSlip | TopUpSlip | PurseSlip | KitchenSlip | ShiftSlip
