"""Erasing a person on their wish or when the time is over: facts and salt go, the books stay provable."""

from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit, pictures, points, purse_refunds
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import erasing as rows
from canteen_pos.storage import events, purse_lists
from canteen_pos.storage.engine import Connection

_RESTORES = 20
"""How many restored backups are looked through for people to erase again."""


def erase(desk: Desk, actor: Actor, person_id: int) -> None:
    """Forget who somebody is, records merged into theirs included. Their documents keep a random token and a digest that
    nobody can guess back any more.

    Needs 'manage_people'. Refusal 'member.unknown', 'member.has_money' (left_fen=) while their purse holds their own money;
    a bonus, which is never paid out, points and unused vouchers lapse, and a purse that others use stays theirs. What was
    printed or backed up before is beyond this (docs/privacy.md).
    """
    check(actor, "manage_people")
    with desk.db.write() as conn:
        forget(conn, desk, actor, person_id)
    desk.db.empty_journal()


def forget(conn: Connection, desk: Desk, actor: Actor, person_id: int, why: str = "asked") -> None:
    """The same inside a transaction; the right was checked."""
    fen = rows.principal_fen(conn, person_id)
    if fen is None:
        raise refuse("member.unknown")
    if fen:
        raise refuse("member.has_money", left_fen=fen)
    lapsed = {
        "bonus_fen": purse_refunds.lapse(conn, desk, actor, rows.own_purse(conn, person_id)),
        "points": points.lapse(conn, desk, actor, person_id),
    }
    pictures.drop(conn, *rows.photos_of(conn, person_id))
    rows.forget(conn, person_id, desk.clock.now())
    told = {name: amount for name, amount in lapsed.items() if amount}
    audit.log(conn, desk, actor, "member_erased", person_id=person_id, why=why, **told)


def to_do_again(desk: Desk) -> tuple[str, ...]:
    """Whom a restored backup brought back although they were erased, while they are still here: number and name."""
    with desk.db.read() as conn:
        back = events.recent(conn, ("erased_are_back",), _RESTORES)
        numbers = {number: one.at for one in back for number in one.body["member_nos"]}
        accounts = {account for one in back for account in one.body["accounts"]}
        return rows.still_here(conn, numbers, accounts)


def erase_customer(desk: Desk, actor: Actor, account_id: int) -> None:
    """Forget who somebody is that ate on account: name, contact, phone; their account is closed. Needs 'manage_purses'.

    Refusal 'account.unknown', 'account.owes' (owed_fen=).
    """
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        found = purse_lists.one(conn, account_id)
        if found is None or found.kind == "wallet":
            raise refuse("account.unknown")
        if not rows.customer(conn, account_id, desk.clock.now()):
            raise refuse("account.owes", owed_fen=-found.balance_fen)
        audit.log(conn, desk, actor, "customer_erased", account_id=account_id)
    desk.db.empty_journal()
