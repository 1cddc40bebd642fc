"""Changing what is known about somebody by hand."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.identity import read_id_number
from canteen_pos.domain.person import PersonEdit, PersonStory
from canteen_pos.services import audit, id_numbers, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.initials import initials_of_name
from canteen_pos.services.members import kept_care, kept_initials, kept_place, kept_words
from canteen_pos.services.person_story import known, story
from canteen_pos.services.rights import check
from canteen_pos.storage import people as rows
from canteen_pos.storage.engine import Conflict, Connection, guarded
from canteen_pos.storage.people import PersonRecord


def edit(desk: Desk, actor: Actor, person_id: int, change: PersonEdit) -> PersonStory:
    """Change what is known by hand; the log says which fields, not what they hold. Needs 'manage_people'.

    A change of name makes initials anew unless they are given. Refusal 'member.unknown', 'member.name_empty',
    'member.born_later', 'typed.*', 'id_number.*', 'id_key.*', 'member.limit', 'photo.*'.
    """
    check(actor, "manage_people")
    today = desk.clock.now().date()
    photo = pictures.look(change.photo or "")
    with desk.db.write() as conn:
        found = known(conn, person_id, held=True)
        values = _values(change, found, today)
        if change.photo is not None:
            values["photo"] = pictures.keep(conn, desk, photo)
            pictures.drop(conn, found["photo"])
        if change.id_number:
            values.update(_id_columns(conn, desk, found, change.id_number, today))
        elif change.id_number == "":
            values.update(id_number_hash=None, id_number_sealed="")
        changed = {name: value for name, value in values.items() if found[name] != value}
        try:
            with guarded():
                rows.change(conn, found["id"], changed)
        except Conflict:
            raise refuse("id_number.taken", name="", member_no="") from None
        if "name" in changed:
            rows.rename_purse(conn, found["account_id"], changed["name"])
        if changed:
            audit.log(conn, desk, actor, "person_edited", person_id=found["id"], fields=sorted(changed))
    return story(desk, actor, person_id)


def _id_columns(conn: Connection, desk: Desk, found: PersonRecord, typed: str, today: date) -> dict[str, Any]:
    born = read_id_number(typed, today).birth_date
    values = id_numbers.columns(conn, desk, found["token"], typed, person_id=found["id"])
    return {**values, "birth_date": born.isoformat()}


LIMITS = ("meal_limit_fen", "day_limit_fen", "month_limit_fen")
"""What one person may spend from the purse they share."""

_KEPT: Mapping[str, Callable[[Any], Any]] = {
    "address": typed.line,
    "contact_name": lambda text: typed.line(text, typed.NAME),
    "contact_phone": typed.phone,
    "diet": kept_words,
    "texture": lambda text: typed.line(text, typed.CODE),
    "allergies": kept_words,
    "note": typed.note,
    **dict.fromkeys(LIMITS, typed.amount),
}


def _values(change: PersonEdit, found: PersonRecord, today: date) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: kept(getattr(change, name)) for name, kept in _KEPT.items() if getattr(change, name) is not None
    }
    values.update(_name(change, found))
    if change.birth_date is not None:
        if change.birth_date > today:
            raise refuse("member.born_later")
        values["birth_date"] = change.birth_date.isoformat()
    if change.phone is not None:
        phone = typed.phone(change.phone)
        values.update(phone=phone, phone_tail=phone[-4:])
    if change.care_level is not None:
        values["care_level"] = kept_care(change.care_level)
    if change.in_institution is not None:
        values["in_institution"] = int(change.in_institution)
    for name, place in (("hukou", change.hukou), ("residence", change.residence)):
        if place is not None:
            values.update(kept_place(name, place))
    values.update(dict.fromkeys(change.clear))
    if any((values.get(limit) or 0) < 0 for limit in LIMITS):
        raise refuse("member.limit")
    return values


def _name(change: PersonEdit, found: PersonRecord) -> dict[str, str]:
    values = {}
    if change.name is not None:
        name = typed.line(change.name, typed.NAME)
        if not name:
            raise refuse("member.name_empty")
        values["name"] = name
        if name != found["name"]:
            values["initials"] = initials_of_name(name)
    by_hand = kept_initials(change.initials or "")
    if by_hand and by_hand != found["initials"]:
        values["initials"] = by_hand
    return values
