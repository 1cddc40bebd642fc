"""Who is eating: found by card, phone, initials, name or number; enrolled in ten seconds."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from canteen_pos.domain.cards import candidate_codes
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.identity import read_id_number
from canteen_pos.domain.membership import EntitlementUse, LastMeal, Member, NewMember, diet_clashes
from canteen_pos.domain.menu import Tile
from canteen_pos.services import audit, id_numbers
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.initials import initials_of_name
from canteen_pos.services.rights import check
from canteen_pos.storage import accounts, people
from canteen_pos.storage import members as rows
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Conflict, Connection, guarded

__all__ = ["EntitlementUse", "LastMeal", "Member", "NewMember"]

FIND_LIMIT = 50
MakeToken = Callable[[], str]


def by_card(desk: Desk, code: str) -> Member | None:
    """Who holds this card, however the reader spells its number; None when nobody does.

    Refusal 'card.not_active' (status=, name=) for a card reported lost, replaced or returned.
    """
    with desk.db.read() as conn:
        found = rows.cards_by_code(conn, candidate_codes(code))
        for card in found:
            if card.person_id is None:
                continue
            member = rows.by_id(conn, card.person_id, desk.clock.now().date())
            if member and card.status != "active":
                raise refuse("card.not_active", status=card.status, name=member.name)
            return member
    return None


def by_id(desk: Desk, person_id: int) -> Member | None:
    with desk.db.read() as conn:
        return rows.by_id(conn, person_id, desk.clock.now().date())


def find(desk: Desk, text: str, limit: int = FIND_LIMIT) -> tuple[Member, ...]:
    """People that `text` may mean: digits are a member number, the last four of a phone, a phone or a card;
    letters are initials; anything else begins a name. Empty text finds nobody."""
    text = text.strip()
    if not text:
        return ()
    today = desk.clock.now().date()
    with desk.db.read() as conn:
        if not text.isascii():
            return rows.named(conn, text, today, limit)
        if not text.isdigit():
            return rows.with_initials(conn, text.lower(), today, limit)
        found = list(rows.numbered(conn, text, text.zfill(NUMBER_DIGITS), today, limit))
        for card in rows.cards_by_code(conn, candidate_codes(text)):
            if card.status == "active" and card.person_id not in {member.id for member in found}:
                holder = rows.by_id(conn, card.person_id, today) if card.person_id else None
                found += [holder] if holder else []
    return tuple(found[:limit])


def uses_today(desk: Desk, member: Member) -> tuple[EntitlementUse, ...]:
    """Entitlements this member has used today: when and at which till."""
    with desk.db.read() as conn:
        return rows.uses_on(conn, member.token, desk.clock.now().date())


def clashes(member: Member, tile: Tile) -> tuple[str, ...]:
    """Diet tags of the member that this dish goes against."""
    return diet_clashes(member.diet, (*tile.tags, *tile.allergens))


NUMBER_DIGITS = 5


def enrol(desk: Desk, actor: Actor, newcomer: NewMember) -> Member:
    """Take somebody in, with a purse and, if given, a card. Needs 'enrol'.

    Refusal 'member.name_empty', 'member.number_taken', 'card.taken' (name=), 'card.unreadable', 'member.born_later',
    'id_number.*'.
    """
    check(actor, "enrol")
    with desk.db.write() as conn:
        person_id = add(conn, desk, actor, newcomer)
        audit.log(conn, desk, actor, "enrolled", person_id=person_id)
        member = rows.by_id(conn, person_id, desk.clock.now().date())
    assert member is not None
    return member


def add(
    conn: Connection,
    desk: Desk,
    actor: Actor,
    newcomer: NewMember,
    source: str = "",
    make_token: MakeToken = lambda: secrets.token_hex(8),
    numbers: "Numbers | None" = None,
) -> int:
    """One newcomer inside a transaction; the right was checked. Their id."""
    today = desk.clock.now().date()
    name = "".join(letter for letter in newcomer.name if letter.isprintable()).strip()
    if not name:
        raise refuse("member.name_empty")
    account_id = accounts.add(conn, make_token(), "wallet", name)
    values = {
        "token": make_token(),
        "salt": make_token() + make_token(),
        "member_no": newcomer.member_no or (numbers or Numbers(conn)).take(),
        "name": name,
        "initials": initials_of_name(name),
        "birth_date": _iso(_born(newcomer, today)),
        "phone": newcomer.phone,
        "phone_tail": newcomer.phone[-4:],
        "hukou_city": newcomer.hukou.city,
        "hukou_district": newcomer.hukou.district,
        "hukou_town": newcomer.hukou.town,
        "residence_city": newcomer.residence.city,
        "residence_district": newcomer.residence.district,
        "residence_town": newcomer.residence.town,
        "care_level": newcomer.care_level,
        "in_institution": int(newcomer.in_institution),
        "diet": newcomer.diet,
        "photo": newcomer.photo,
        "account_id": account_id,
    }
    try:
        with guarded():
            person_id = rows.add_person(conn, values)
    except Conflict:
        raise refuse("member.number_taken", member_no=values["member_no"]) from None
    for kind, codes in (("category", newcomer.categories), ("permit", newcomer.permits)):
        rows.add_facts(conn, person_id, kind, codes, today, actor.user_id, source)
    if newcomer.card:
        _give_card(conn, desk, newcomer.card, person_id, account_id)
    return person_id


def replace_card(desk: Desk, actor: Actor, person_id: int, code: str, old: str = "lost") -> Member:
    """A new card for somebody; the old one stays known as 'lost', 'replaced' or 'returned'. Needs 'replace_card'."""
    check(actor, "replace_card")
    with desk.db.write() as conn:
        member = rows.by_id(conn, person_id, desk.clock.now().date())
        if member is None:
            raise refuse("member.unknown")
        rows.retire_cards(conn, person_id, old)
        card = _give_card(conn, desk, code, person_id, member.account_id)
        audit.log(conn, desk, actor, "card_replaced", person_id=person_id, old=old)
    return replace(member, card=card)


def _give_card(conn: Connection, desk: Desk, code: str, person_id: int, account_id: int) -> str:
    """Refusal 'card.taken' also when the same card is known in another spelling."""
    forms = candidate_codes(code)
    if not forms:
        raise refuse("card.unreadable")
    for card in rows.cards_by_code(conn, forms):
        holder = rows.by_id(conn, card.person_id, desk.clock.now().date()) if card.person_id else None
        raise refuse("card.taken", name=holder.name if holder else "")
    rows.add_card(conn, forms[0], person_id, account_id, utc_text(desk.clock.now()))
    return forms[0]


def _born(newcomer: NewMember, today: date) -> date | None:
    born = newcomer.birth_date
    if newcomer.id_number:
        born = read_id_number(newcomer.id_number, today).birth_date
    elif born is None and newcomer.birth_year is not None:
        if not 0 <= today.year - newcomer.birth_year <= 130:
            raise refuse("member.birth_year", year=newcomer.birth_year)
        born = min(date(newcomer.birth_year, 12, 31), today)
    if born is not None and born > today:
        raise refuse("member.born_later")
    return born


def id_number_columns(
    conn: Connection, desk: Desk, token: str, typed: str, person_id: int = 0
) -> dict[str, Any]:
    """What to store of an ID number that was read and found right; {} for ''.

    Refusal 'id_number.taken' (name=, member_no=) when somebody else was enrolled with it, 'id_key.*'.
    """
    number = id_numbers.normal(typed)
    if not number:
        return {}
    columns = id_numbers.columns(conn, desk, token, number)
    holder = people.holder_of_id_number(conn, columns["id_number_hash"]) if columns else None
    if holder is not None and holder[0] != person_id:
        raise refuse("id_number.taken", name=holder[1], member_no=holder[2])
    return columns


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class Numbers:
    """Hands out free member numbers within one transaction."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._next = rows.next_number(conn)

    def take(self) -> str:
        while rows.number_taken(self._conn, f"{self._next:0{NUMBER_DIGITS}d}"):
            self._next += 1
        self._next += 1
        return f"{self._next - 1:0{NUMBER_DIGITS}d}"
