"""The life of a voucher from issue to the bill its issuer gets, told from documents and the log.

Issuing and voiding move no money: a voucher is given, not sold, and is worth nothing until a meal takes it. Money that is
prepaid belongs into a purse, where it is refundable and counted as owed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.services import settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import voucher_lists, voucher_lives
from canteen_pos.storage.voucher_lists import BatchRow, VoucherLine
from canteen_pos.storage.voucher_lives import VoucherEvent, VoucherUse

What = Literal["issued", "printed", "used", "given_back", "voided"]


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened to a voucher. `fen` is what the meal took from it, below zero what came back."""

    at: datetime
    what: What
    by: str
    person: str = ""
    document: str = ""
    fen: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VoucherLife:
    voucher: VoucherLine
    batch_id: int
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What the issuer of a batch owes for some business days; `lines` with what came back below zero."""

    canteen: str
    batch: BatchRow
    first: date
    last: date
    lines: tuple[VoucherUse, ...]

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.lines)

    @property
    def vouchers(self) -> int:
        """How many vouchers pay in the end."""
        net: dict[str, int] = {}
        for one in self.lines:
            net[one.serial] = net.get(one.serial, 0) + one.fen
        return sum(fen > 0 for fen in net.values())


def who_pays(batch: BatchRow) -> str:
    """The fund, or the issuer's own name, that pays a batch back; OPERATOR for the canteen itself."""
    return batch.fund or (OPERATOR if batch.percent else batch.issuer)


def of(desk: Desk, actor: Actor, serial: str) -> VoucherLife | None:
    """None when no voucher of a batch has this serial. Needs 'read_purses'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        found = voucher_lists.vouchers(conn, desk.clock.now().date(), serial=serial)
        batch_id = voucher_lists.batch_with(conn, serial)
        if not found or batch_id is None:
            return None
        uses = voucher_lives.uses_of(conn, serial)
        events = voucher_lives.events_of(conn, batch_id, serial)
        made_at, made_by = voucher_lives.issued(conn, batch_id)
    moments = [
        Moment(made_at.astimezone(desk.clock.now().tzinfo), "issued", made_by),
        *map(_used, uses),
        *(_logged(one) for one in events if _concerns(one, serial, found[0])),
    ]
    return VoucherLife(found[0], batch_id, tuple(sorted(moments, key=lambda one: one.at)))


def claim(desk: Desk, actor: Actor, batch_id: int, first: date, last: date) -> Claim:
    """What meals took from the vouchers of a batch. Needs 'read_purses'.

    Refusal 'voucher.batch_unknown', 'voucher.claim_days'.
    """
    check(actor, "read_purses")
    if last < first:
        raise refuse("voucher.claim_days")
    with desk.db.read() as conn:
        batch = voucher_lists.batch(conn, batch_id)
        if batch is None:
            raise refuse("voucher.batch_unknown")
        lines = voucher_lives.uses_in(conn, batch_id, first, last)
        canteen = settings_store.load(conn).name
    return Claim(canteen, batch, first, last, lines)


def _used(one: VoucherUse) -> Moment:
    what: What = "used" if one.fen > 0 else "given_back"
    return Moment(one.at, what, one.actor, one.person, one.number_text, one.fen)


def _concerns(one: VoucherEvent, serial: str, voucher: VoucherLine) -> bool:
    """A batch that was voided or printed later leaves out what was used or void before."""
    if one.kind == "vouchers_voided":
        return voucher.voided_at is not None and abs((one.at - voucher.voided_at).total_seconds()) < 1
    if one.kind == "vouchers_printed":
        return serial not in one.body["left_out"]
    return True


def _logged(one: VoucherEvent) -> Moment:
    what: What = "printed" if one.kind == "vouchers_printed" else "voided"
    return Moment(one.at, what, one.actor, reason=one.body.get("reason", ""))
