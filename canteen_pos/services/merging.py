"""One person enrolled twice becomes one record again.

Cards, facts, proxies, vouchers, points and money go to the record that stays; money by a 'transfer' document, bonus apart.
Old documents stay as they were signed, and what both records used of a quota counts together from then on. The record
that goes keeps its name and number only to lead a search to the one that stays. A merge cannot be undone.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.services import audit, documents, id_numbers, pictures, purse_transfers
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import accounts, people
from canteen_pos.storage import merging as rows
from canteen_pos.storage import points as point_rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.people import PersonRecord

REASON = "merged"


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would do. `moves_*` are amounts of the record that goes; `shared_purse` means others use its purse,
    which then stays theirs. `fills` are fields that the kept record lacks; `differs` those on which both disagree, as
    (field, kept, dropped): the kept one wins. `doubled` are (day, period) of meals that both had a benefit for.
    """

    keep_name: str
    keep_no: str
    drop_name: str
    drop_no: str
    cards: int
    facts: int
    proxies: int
    vouchers: int
    documents: int
    moves_fen: int
    moves_bonus_fen: int
    moves_points: int
    shared_purse: bool
    fills: tuple[str, ...]
    differs: tuple[tuple[str, str, str], ...]
    doubled: tuple[tuple[str, str], ...]


def preview(desk: Desk, actor: Actor, keep_id: int, drop_id: int) -> MergePreview:
    """Look first. Needs 'manage_people'. Refusal 'merge.itself', 'member.unknown', 'merge.two_id_numbers'."""
    check(actor, "manage_people")
    with desk.db.read() as conn:
        keep, gone = _both(conn, keep_id, drop_id)
        hangs = rows.hanging(conn, drop_id)
        moves = _purse_moves(keep, gone, hangs)
        return MergePreview(
            keep_name=keep["name"],
            keep_no=keep["member_no"],
            drop_name=gone["name"],
            drop_no=gone["member_no"],
            cards=hangs.cards,
            facts=hangs.facts,
            proxies=hangs.proxies,
            vouchers=hangs.vouchers,
            documents=hangs.documents,
            moves_fen=hangs.principal_fen if moves else 0,
            moves_bonus_fen=hangs.bonus_fen if moves else 0,
            moves_points=gone["points"],
            shared_purse=hangs.shared,
            fills=tuple(_fills(keep, gone)),
            differs=_differs(keep, gone),
            doubled=rows.doubled(conn, keep_id, drop_id),
        )


def merge(desk: Desk, actor: Actor, keep_id: int, drop_id: int, request_id: str = "") -> MergePreview:
    """Do it, in one transaction; what was done. Needs 'manage_people'.

    Refusal 'merge.itself', 'member.unknown', 'merge.two_id_numbers', 'id_key.*', 'series.none_open' on a machine
    that never sold while money has to move, 'database.busy'.
    """
    told = preview(desk, actor, keep_id, drop_id)
    with desk.db.write() as conn:
        for person_id in sorted((keep_id, drop_id)):  # one order for everybody
            people.record(conn, person_id, held=True)
        keep, gone = _both(conn, keep_id, drop_id)
        account_id = _join_purses(conn, desk, actor, keep, gone, request_id or secrets.token_hex(16))
        filled = _fills(keep, gone)
        if "photo" not in filled:
            pictures.drop(conn, gone["photo"])
        filled.update(_id_number(conn, desk, keep, gone))
        rows.move_all(conn, keep_id, drop_id, account_id, gone["account_id"])
        rows.drop(conn, drop_id, keep_id)
        rows.fill(conn, keep_id, {**filled, "account_id": account_id})
        _move_points(conn, desk, actor, keep, gone)
        audit.log(
            conn,
            desk,
            actor,
            "people_merged",
            person_id=keep_id,
            dropped_id=drop_id,
            dropped_no=gone["member_no"],
            fen=told.moves_fen,
            bonus_fen=told.moves_bonus_fen,
            points=gone["points"],
            cards=told.cards,
            doubled=len(told.doubled),
        )
    return told


def _both(conn: Connection, keep_id: int, drop_id: int) -> tuple[PersonRecord, PersonRecord]:
    if keep_id == drop_id:
        raise refuse("merge.itself")
    keep, gone = people.record(conn, keep_id), people.record(conn, drop_id)
    if keep is None or gone is None or not keep["active"] or not gone["active"]:
        raise refuse("member.unknown")
    if keep["id_number_hash"] and gone["id_number_hash"]:
        raise refuse("merge.two_id_numbers", name=keep["name"], other=gone["name"])
    return keep, gone


# -- money and points -------------------------------------------------------------------------------


def _purse_moves(keep: PersonRecord, gone: PersonRecord, hangs: rows.Hanging) -> bool:
    """Whether the purse of the record that goes is emptied into the kept one's."""
    return bool(
        hangs.purse_open
        and not hangs.shared
        and keep["account_id"]
        and keep["account_id"] != gone["account_id"]
    )


def _join_purses(
    conn: Connection, desk: Desk, actor: Actor, keep: PersonRecord, gone: PersonRecord, request_id: str
) -> int | None:
    """The kept record's purse afterwards."""
    own: int | None = keep["account_id"]
    if own is None or not rows.hanging(conn, keep["id"]).purse_open:
        return gone["account_id"] or own
    if _purse_moves(keep, gone, rows.hanging(conn, gone["id"])):
        writer = documents.writer(conn, desk, actor, needs_shift=False)
        purse_transfers.move_all(conn, writer, gone["account_id"], own, request_id, REASON)
        accounts.close(conn, gone["account_id"], desk.clock.now())
    return own


def _move_points(conn: Connection, desk: Desk, actor: Actor, keep: PersonRecord, gone: PersonRecord) -> None:
    points = gone["points"]
    if not points:
        return
    for person_id, moved in ((gone["id"], -points), (keep["id"], points)):
        if not point_rows.move(conn, person_id, moved):
            raise refuse("database.busy")
        point_rows.add(
            conn,
            person_id=person_id,
            kind="merged",
            points=moved,
            at=desk.clock.now(),
            actor_id=actor.user_id,
            request_id=secrets.token_hex(16),
            reason=REASON,
        )


# -- facts ------------------------------------------------------------------------------------------

_PLAIN = ("birth_date", "address", "contact_name", "contact_phone", "texture", "photo", "care_level")
_PLACES = ("hukou", "residence")
_LEVELS = ("city", "district", "town")


def _fills(keep: PersonRecord, gone: PersonRecord) -> dict[str, Any]:
    """What the kept record lacks and the other has; lists are put together, notes one below the other."""
    filled = {name: gone[name] for name in _PLAIN if gone[name] and not keep[name]}
    if gone["phone"] and not keep["phone"]:
        filled.update(phone=gone["phone"], phone_tail=gone["phone_tail"])
    for place in _PLACES:
        names = [f"{place}_{level}" for level in _LEVELS]
        if any(gone[name] for name in names) and not any(keep[name] for name in names):
            filled.update({name: gone[name] for name in names})
    for name in people.LISTS:
        more = tuple(one for one in gone[name] if one not in keep[name])
        if more:
            filled[name] = (*keep[name], *more)
    if gone["note"] and gone["note"] not in keep["note"]:
        filled["note"] = "\n".join(one for one in (keep["note"], gone["note"]) if one)
    began = [record["enrolled_at_utc"] for record in (keep, gone) if record["enrolled_at_utc"]]
    if began and min(began) != keep["enrolled_at_utc"]:
        filled["enrolled_at_utc"] = min(began)
    return filled


def _differs(keep: PersonRecord, gone: PersonRecord) -> tuple[tuple[str, str, str], ...]:
    """Where a person should look twice: it may be two people."""
    looked_at = ("name", "birth_date", "phone", "address", "care_level")
    return tuple(
        (name, str(keep[name]), str(gone[name]))
        for name in looked_at
        if keep[name] and gone[name] and keep[name] != gone[name]
    )


def _id_number(conn: Connection, desk: Desk, keep: PersonRecord, gone: PersonRecord) -> dict[str, Any]:
    """The number sealed anew for the kept record; a damaged one is gone anyway. Refusal 'id_key.*' without the key."""
    if not gone["id_number_sealed"]:
        return {}
    try:
        number = id_numbers.whole(conn, desk, gone["token"], gone["id_number_sealed"])
    except Refusal as refusal:
        if refusal.code == "id_number.damaged":
            return {}
        raise
    return id_numbers.columns(conn, desk, keep["token"], number, person_id=gone["id"])
