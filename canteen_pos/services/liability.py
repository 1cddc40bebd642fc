"""What the canteen owes the holders of purses on any day, rebuilt from the ledger and not from balances."""

from dataclasses import dataclass
from datetime import date

from canteen_pos.services import settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.purses import DORMANT_DAYS
from canteen_pos.services.rights import check
from canteen_pos.storage import purse_lists as rows


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
    last_day: date | None
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
        named = rows.named(conn)
        canteen = settings_store.load(conn).name
    purses = []
    for token, one in named.items():
        fen, bonus = held.get(f"wallet:{token}", 0), held.get(f"bonus:{token}", 0)
        if fen or bonus:
            purses.append(
                Owed(
                    one.account_id,
                    token,
                    one.name,
                    one.people,
                    one.member_nos,
                    one.phones,
                    one.active,
                    one.last_at.date() if one.last_at else None,
                    fen,
                    bonus,
                )
            )
    owing = -sum(fen for account, fen in held.items() if account.startswith("on_account:"))
    return Liability(canteen, day, tuple(purses), owing)


def dormant(desk: Desk, actor: Actor, days: int = DORMANT_DAYS) -> tuple[Owed, ...]:
    """Purses with money in them that nothing moved for `days`. Needs 'read_purses'."""
    today = desk.clock.now().date()
    return tuple(
        one
        for one in on(desk, actor, today).purses
        if one.active and (one.last_day is None or (today - one.last_day).days >= days)
    )
