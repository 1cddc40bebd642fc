"""What the canteen owes the holders of purses on any day, rebuilt from the ledger and not from balances."""

from dataclasses import dataclass
from datetime import date

from canteen_pos.services import settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import purse_movements, purse_users
from canteen_pos.storage.purse_movements import Held
from canteen_pos.storage.purse_users import Named


@dataclass(frozen=True, slots=True)
class Owed:
    """One purse: `fen` is refundable principal, `bonus_fen` is not. `names` are its users, `purse` its own name; `died`:
    heirs may come."""

    account_id: int
    token: str
    purse: str
    names: tuple[str, ...]
    member_nos: tuple[str, ...]
    phones: tuple[str, ...]
    cards: tuple[str, ...]
    active: bool
    died: bool
    last_day: date
    fen: int
    bonus_fen: int

    @property
    def who(self) -> str:
        return "、".join(self.names) or self.purse


@dataclass(frozen=True, slots=True)
class Debtor:
    """An on-account customer that owed us."""

    name: str
    fen: int


@dataclass(frozen=True, slots=True)
class Liability:
    """All purses with anything in them at the end of business day `on`; what on-account customers owed us then stands
    beside and is not taken off."""

    canteen: str
    on: date
    purses: tuple[Owed, ...]
    debtors: tuple[Debtor, ...]

    @property
    def owing_fen(self) -> int:
        return sum(one.fen for one in self.debtors)

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
        held = purse_movements.balances_on(conn, day)
        named = purse_users.named(conn, {name.partition(":")[2] for name in held})
        canteen = settings_store.load(conn).name
    debts = [(one.name, held.get(f"on_account:{one.token}")) for one in named]
    debtors = tuple(Debtor(name, -debt.fen) for name, debt in debts if debt is not None)
    purses = tuple(
        _owed(one, held.get(f"wallet:{one.token}"), held.get(f"bonus:{one.token}"))
        for one in named
        if f"on_account:{one.token}" not in held
    )
    return Liability(canteen, day, purses, debtors)


def _owed(one: Named, principal: Held | None, bonus: Held | None) -> Owed:
    days = [part.last_day for part in (principal, bonus) if part is not None]
    return Owed(
        one.account_id,
        one.token,
        one.name,
        one.people,
        one.member_nos,
        one.phones,
        one.cards,
        one.active,
        one.died,
        max(days),
        principal.fen if principal else 0,
        bonus.fen if bonus else 0,
    )
