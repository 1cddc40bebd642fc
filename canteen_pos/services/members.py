"""Who is eating: found by card, phone, initials, name or number; enrolled in ten seconds."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from canteen_pos.domain import typed
from canteen_pos.domain.cards import candidate_codes
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.identity import read_id_number
from canteen_pos.domain.membership import EntitlementUse, LastMeal, Member, NewMember, diet_clashes
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.place import LEVELS, Place
from canteen_pos.services import audit, cards, id_numbers, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.initials import initials_of_name
from canteen_pos.services.rights import check, may
from canteen_pos.storage import accounts
from canteen_pos.storage import members as rows
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Conflict, Connection, guarded

__all__ = ["EntitlementUse", "LastMeal", "Member", "NewMember"]

FIND_LIMIT = 50
MakeToken = Callable[[], str]


def by_card(desk: Desk, code: str) -> Member | None:
    """Who holds this card, however the reader spells its number; None when nobody does.

    Refusal 'card.not_active' (status=, name=) for a card reported lost, replaced or returned, 'member.left' (name=,
    left_on=) for somebody who moved away or died.
    """
    with desk.db.read() as conn:
        found = rows.cards_by_code(conn, candidate_codes(code))
        for card in found:
            if card.person_id is None:
                continue
            member = rows.by_id(conn, card.person_id, desk.clock.now().date())
            if member and card.status != "active":
                raise refuse("card.not_active", status=card.status, name=member.name)
            if member and member.left_on is not None and member.left_on <= desk.clock.now().date():
                raise refuse("member.left", name=member.name, left_on=member.left_on)
            return member
    return None


def by_id(desk: Desk, person_id: int) -> Member | None:
    """Somebody as they are today; None when there is nobody, or nobody any more: an erased person has no name."""
    with desk.db.read() as conn:
        found = rows.by_id(conn, person_id, desk.clock.now().date())
    return found if found and found.name else None


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
MOST_CARE = 6


def enrol(desk: Desk, actor: Actor, newcomer: NewMember) -> Member:
    """Take somebody in, with a purse and, if given, a card. Needs 'enrol'.

    Categories and permits that somebody without 'manage_people' writes down count at once and wait for review.
    Refusal 'member.name_empty', 'member.number_taken', 'member.birth_year' (year=), 'member.born_later',
    'card.taken' (name=), 'card.unreadable', 'fact.code', 'typed.*', 'id_number.*', 'id_key.*', 'photo.*'.
    """
    check(actor, "enrol")
    photo = pictures.look(newcomer.photo)
    with desk.db.write() as conn:
        person_id = add(conn, desk, actor, newcomer)
        if photo:
            rows.set_photo(conn, person_id, pictures.keep(conn, desk, photo))
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
    """One newcomer inside a transaction, without the photo; the right was checked. Their id."""
    now = desk.clock.now()
    today = now.date()
    numbers = numbers or Numbers(conn)
    name, phone = typed.line(newcomer.name, typed.NAME), typed.phone(newcomer.phone)
    if not name:
        raise refuse("member.name_empty")
    born = _born(newcomer, today)
    account_id = accounts.add(conn, make_token(), "wallet", name)
    token = make_token()
    values = {
        **_as_told(newcomer),
        "token": token,
        "salt": make_token() + make_token(),
        "member_no": typed.number(newcomer.member_no) or numbers.take(),
        "name": name,
        "initials": kept_initials(newcomer.initials) or initials_of_name(name),
        **id_numbers.columns(conn, desk, token, newcomer.id_number, ring=numbers.keyring(desk, newcomer)),
        "birth_date": _iso(born),
        "phone": phone,
        "phone_tail": phone[-4:],
        "account_id": account_id,
        "enrolled_at_utc": utc_text(now),
    }
    try:
        with guarded():
            person_id = rows.add_person(conn, values)
    except Conflict as conflict:
        if "id_number_hash" in conflict.where:  # another till enrolled them in this moment
            raise refuse("id_number.taken", name="", member_no="") from None
        raise refuse("member.number_taken", member_no=values["member_no"]) from None
    by = rows.Recorder(actor.user_id, utc_text(now), reviewed=may(actor, "manage_people"))
    for kind, codes in (("category", newcomer.categories), ("permit", newcomer.permits)):
        rows.add_facts(conn, person_id, kind, kept_words(codes), today, by, source)
    if newcomer.card:
        cards.give(conn, desk, actor, newcomer.card, person_id, account_id)
    return person_id


def _as_told(newcomer: NewMember) -> dict[str, Any]:
    """The columns that hold what was said, once it fits."""
    return {
        **kept_place("hukou", newcomer.hukou),
        **kept_place("residence", newcomer.residence),
        "care_level": kept_care(newcomer.care_level),
        "in_institution": int(newcomer.in_institution),
        "diet": kept_words(newcomer.diet),
        "address": typed.line(newcomer.address),
        "contact_name": typed.line(newcomer.contact_name, typed.NAME),
        "contact_phone": typed.phone(newcomer.contact_phone),
        "texture": newcomer.texture,
        "allergies": kept_words(newcomer.allergies),
        "note": typed.note(newcomer.note),
    }


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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def kept_care(level: int) -> int:
    if not 0 <= level <= MOST_CARE:
        raise refuse("fact.code", kind="care_level", found=str(level)[:9])
    return level


def kept_initials(text: str) -> str:
    return "".join(typed.line(text, typed.CODE).lower().split())


def kept_place(which: str, place: Place) -> dict[str, str]:
    """The columns of 'hukou' or 'residence'."""
    return {f"{which}_{level}": typed.line(getattr(place, level), typed.NAME) for level in LEVELS}


def kept_words(words: Sequence[str]) -> tuple[str, ...]:
    """Codes, or words that somebody typed instead of one."""
    return tuple(filter(None, (typed.line(word, typed.NAME) for word in words)))


class Numbers:
    """Hands out free member numbers within one transaction."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._next = rows.next_number(conn)
        self._ring: id_numbers.Keyring | None = None

    def keyring(self, desk: Desk, newcomer: NewMember) -> id_numbers.Keyring | None:
        """The key, looked for once for all newcomers who bring an ID number."""
        if newcomer.id_number and self._ring is None:
            self._ring = id_numbers.make_key(self._conn, desk)
        return self._ring

    def take(self) -> str:
        while rows.number_taken(self._conn, f"{self._next:0{NUMBER_DIGITS}d}"):
            self._next += 1
        self._next += 1
        return f"{self._next - 1:0{NUMBER_DIGITS}d}"
