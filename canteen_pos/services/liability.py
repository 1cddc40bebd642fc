"""What the canteen owes the holders of purses on any day, rebuilt from the ledger and not from balances."""

from dataclasses import dataclass
from datetime import date

from canteen_pos.services import settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.purses import DORMANT_DAYS
from canteen_pos.services.rights import check
from canteen_pos.storage import purse_lists as rows
from canteen_pos.storage.purse_lists import Held, Named


@dataclass(frozen=True, slots=True)
class Owed:
    """One purse: `fen` is refundable principal, `bonus_fen` is not. `names` are its users, `purse` its own name."""

    account_id: int
    token: str
    purse: str
    names: tuple[str, ...]
    member_nos: tuple[str, ...]
    phones: tuple[str, ...]
    active: bool
    last_day: date
    fen: int
    bonus_fen: int

    @property
    def who(self) -> str:
        return "、".join(self.names) or self.purse


@dataclass(frozen=True, slots=True)
class Liability:
    """All purses with anything in them at the end of business day `on`; `owing_fen` is what on-account customers
    owed us then (not taken off)."""

    canteen: str
    on: date
    purses: tuple[Owed, ...]
    owing_fen: int

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.purses)

    @property
    def bonus_fen(self) -> int:
        return sum(one.bonus_fen for one in self.purses)


def on(desk: Desk, actor: Actor, day: date) -> Liability:
    """Needs 'read_purses'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        held = rows.balances_on(conn, day)
        tokens = {name.partition(":")[2] for name in held if not name.startswith("on_account:")}
        named = rows.named(conn, tokens)
        canteen = settings_store.load(conn).name
    purses = tuple(
        _owed(one, held.get(f"wallet:{one.token}"), held.get(f"bonus:{one.token}")) for one in named
    )
    owing = -sum(one.fen for name, one in held.items() if name.startswith("on_account:"))
    return Liability(canteen, day, purses, owing)


def _owed(one: Named, principal: Held | None, bonus: Held | None) -> Owed:
    days = [part.last_day for part in (principal, bonus) if part is not None]
    return Owed(
        one.account_id,
        one.token,
        one.name,
        one.people,
        one.member_nos,
        one.phones,
        one.active,
        max(days),
        principal.fen if principal else 0,
        bonus.fen if bonus else 0,
    )


def dormant(desk: Desk, actor: Actor, days: int = DORMANT_DAYS) -> tuple[Owed, ...]:
    """Purses with money in them that nothing moved for `days`. Needs 'read_purses'."""
    today = desk.clock.now().date()
    return tuple(
        one for one in on(desk, actor, today).purses if one.active and (today - one.last_day).days >= days
    )
