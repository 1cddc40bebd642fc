"""Purses and who uses them: lists, stories, limits for each person, a family on one purse."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.order import Payment
from canteen_pos.services import audit, documents, purse_transfers, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import accounts, purse_movements
from canteen_pos.storage import limits as limit_rows
from canteen_pos.storage import points as point_rows
from canteen_pos.storage import purse_lists as rows
from canteen_pos.storage import purse_users as users
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.purse_lists import PurseFilter, PurseRow
from canteen_pos.storage.purse_movements import Movement
from canteen_pos.storage.purse_users import Holder

__all__ = ["Holder", "Movement", "PurseFilter", "PurseRow", "PurseStory"]

WALLETS = ("wallet",)
ON_ACCOUNT = ("on_account", "staff")
DORMANT_DAYS = 180
"""A purse with money in it that nobody ate from for so long is dormant, topped up or not."""
STORY_MOVEMENTS = 30


@dataclass(frozen=True, slots=True)
class PurseStory:
    """One purse with who uses it and what moved it last. `low_fen` is the mark that holds for it; 0 is none."""

    purse: PurseRow
    holders: tuple[Holder, ...]
    movements: tuple[Movement, ...]
    low_fen: int


def count(desk: Desk, kinds: tuple[str, ...], which: PurseFilter, text: str = "") -> int:
    """How many `page` would find."""
    with desk.db.read() as conn:
        return rows.count(conn, kinds, which, text.strip(), *_marks(conn, desk))


def page(
    desk: Desk, actor: Actor, kinds: tuple[str, ...], which: PurseFilter, text: str, offset: int, limit: int
) -> tuple[PurseRow, ...]:
    """Purses of these kinds, the fullest first (who owes most first). Needs 'read_purses'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        return rows.page(conn, kinds, which, text.strip(), *_marks(conn, desk), offset, limit)


def story(desk: Desk, actor: Actor, account_id: int) -> PurseStory:
    """Needs 'read_purses'. Refusal 'account.unknown'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        purse = _the(conn, account_id)
        return PurseStory(
            purse,
            users.holders(conn, account_id),
            purse_movements.movements(conn, purse.kind, purse.token, limit=STORY_MOVEMENTS),
            low_mark(settings_store.load(conn), purse.low_fen) if purse.kind == "wallet" else 0,
        )


def low_mark(settings: CanteenSettings, own_fen: int | None) -> int:
    """Below what a receipt asks to top up; 0 never."""
    return settings.low_balance_fen if own_fen is None else own_fen


def reopen(desk: Desk, actor: Actor, account_id: int) -> None:
    """Somebody comes back: a closed account may be used again. Needs 'manage_purses'."""
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        if accounts.reopen(conn, account_id):
            audit.log(conn, desk, actor, "purse_reopened", account_id=account_id)


def set_low_mark(desk: Desk, actor: Actor, account_id: int, low_fen: int | None) -> None:
    """A mark of its own for a purse; None takes the canteen's. Needs 'manage_purses'.

    Refusal 'account.unknown', 'limit.negative'.
    """
    check(actor, "manage_purses")
    if typed.amount(low_fen or 0) < 0:
        raise refuse("limit.negative")
    with desk.db.write() as conn:
        purse = _the(conn, account_id)
        accounts.change(conn, account_id, low_fen=low_fen)
        audit.log(
            conn, desk, actor, "purse_low_mark", account_id=account_id, was_fen=purse.low_fen, now_fen=low_fen
        )


def set_limits(
    desk: Desk,
    actor: Actor,
    person_id: int,
    *,
    meal_fen: int | None = None,
    day_fen: int | None = None,
    month_fen: int | None = None,
) -> None:
    """What somebody may spend from purses in a meal, a business day, a month; None is no limit. Needs 'manage_purses'.

    Refusal 'limit.negative', 'member.unknown'.
    """
    check(actor, "manage_purses")
    limits = {"meal_fen": meal_fen, "day_fen": day_fen, "month_fen": month_fen}
    if min(typed.amount(fen or 0) for fen in limits.values()) < 0:
        raise refuse("limit.negative")
    with desk.db.write() as conn:
        if users.person(conn, person_id) is None:
            raise refuse("member.unknown")
        limit_rows.put(conn, person_id, **limits)
        audit.log(conn, desk, actor, "limits_set", person_id=person_id, **limits)


# -- several people on one account ------------------------------------------------------------------


def join(desk: Desk, actor: Actor, account_id: int, person_id: int, request_id: str) -> None:
    """Let somebody use this account too. Needs 'manage_purses'.

    On a purse it becomes theirs: what their own purse holds goes over by a 'transfer' document, unless others use it.
    On an account that pays later their cards point to it, and their own purse stays.
    Refusal 'account.unknown', 'member.unknown', 'purse.on_it_already' (name=), 'purse.needs_card' (name=).
    """
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        if documents.is_known(conn, request_id):
            return
        target = _the(conn, account_id)
        if not target.active:
            raise refuse("account.unknown")
        name, was = _person(conn, person_id)
        facts: dict[str, Any] = {"account_id": account_id, "person_id": person_id}
        if any(one.person_id == person_id for one in users.holders(conn, account_id)):
            raise refuse("purse.on_it_already", name=name)
        if target.kind != "wallet":
            if not users.point_cards(conn, person_id, account_id):
                raise refuse("purse.needs_card", name=name)
        else:
            if was is not None and users.users_of(conn, was) == 1 and _the(conn, was).kind == "wallet":
                _empty_into(conn, desk, actor, was, account_id, request_id)
            users.use(conn, person_id, account_id, was)
        audit.log(conn, desk, actor, "purse_joined", **facts)


def _empty_into(
    conn: Connection, desk: Desk, actor: Actor, was: int, account_id: int, request_id: str
) -> None:
    writer = documents.writer(conn, desk, actor, needs_shift=False)
    purse_transfers.move_all(conn, writer, was, account_id, request_id, "joined")
    accounts.close(conn, was, desk.clock.now())


def leave(desk: Desk, actor: Actor, account_id: int, person_id: int) -> None:
    """Somebody uses this account no more: an empty purse of their own instead. Needs 'manage_purses'.

    Refusal 'account.unknown', 'member.unknown', 'purse.not_yours' (name=), 'purse.last_user' (name=) for the only one a
    purse belongs to.
    """
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        name, own = _person(conn, person_id)
        if not any(one.person_id == person_id for one in users.holders(conn, account_id)):
            raise refuse("purse.not_yours", name=name)
        if own == account_id:
            if users.users_of(conn, account_id) == 1 and _the(conn, account_id).kind == "wallet":
                raise refuse("purse.last_user", name=name)
            fresh = accounts.add(conn, secrets.token_hex(8), "wallet", name)
            users.use(conn, person_id, fresh, account_id)
        elif own is not None:
            users.point_cards(conn, person_id, own)
        audit.log(conn, desk, actor, "purse_left", account_id=account_id, person_id=person_id)


# -- what the one pay key draws on ------------------------------------------------------------------


def plan(desk: Desk, person_id: int, due_fen: int, taken: Sequence[Payment] = ()) -> tuple[Payment, ...]:
    """How somebody with a card pays `due_fen` in the canteen's spending order; less than that when they cannot.

    `taken` are part payments on the table already: what they draw is not there a second time. A tender that is not used
    here is left out. The order of principal and bonus is kept by the purse itself; here they are one tender.
    """
    with desk.db.read() as conn:
        settings = settings_store.load(conn)
        mine = rows.accounts_of(conn, person_id)
        points = point_rows.held(conn, person_id)
    found: list[Payment] = []
    for word in settings.spend_order:
        left = due_fen - sum(payment.fen for payment in found)
        tender = word if word in ("points", "on_account") else "wallet"
        if left <= 0 or tender not in settings.tenders:
            continue
        if word == "points":
            if points is not None and settings.point_fen:
                held = points[1] - _drawn(taken, person_id=person_id) // settings.point_fen
                whole = min(held, left // settings.point_fen) * settings.point_fen
                found += [Payment("points", whole, person_id=person_id)] if whole > 0 else []
            continue
        kinds = ON_ACCOUNT if word == "on_account" else WALLETS
        for account in (one for one in mine if one.kind in kinds):
            if any(payment.account_id == account.account_id for payment in found):
                continue
            held = account.balance_fen + account.bonus_fen + account.credit_limit_fen
            fen = min(left, held - _drawn(taken, account_id=account.account_id))
            if fen > 0:
                found.append(Payment(tender, fen, account_id=account.account_id))
                left -= fen
    return tuple(found)


def _drawn(taken: Sequence[Payment], *, account_id: int | None = None, person_id: int | None = None) -> int:
    """What part payments draw on this account, or on the points of this person."""
    if account_id is not None:
        return sum(payment.fen for payment in taken if payment.account_id == account_id)
    return sum(one.fen for one in taken if one.tender == "points" and one.person_id == person_id)


def _marks(conn: Connection, desk: Desk) -> tuple[int, date]:
    return settings_store.load(conn).low_balance_fen, desk.clock.now().date() - timedelta(days=DORMANT_DAYS)


def _the(conn: Connection, account_id: int) -> PurseRow:
    purse = rows.one(conn, account_id)
    if purse is None:
        raise refuse("account.unknown")
    return purse


def _person(conn: Connection, person_id: int) -> tuple[str, int | None]:
    found = users.person(conn, person_id)
    if found is None:
        raise refuse("member.unknown")
    return found
