"""One person's whole story, masked for who reads it."""

from dataclasses import replace
from datetime import date
from typing import Any

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.person import PersonEdit, PersonStory, VoucherOnFile, masked_phone, masked_text
from canteen_pos.domain.place import Place
from canteen_pos.services import audit, id_numbers
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.people_lists import age_on, category_words
from canteen_pos.services.rights import check, may
from canteen_pos.storage import people as rows
from canteen_pos.storage import voucher_lists
from canteen_pos.storage.columns import offset_min
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.people import PersonRecord

RECENT = 12
_PRIVATE_KINDS = ("category", "care_level", "institution")
"""Kinds of facts that whoever only brings meals is not told."""


def story(desk: Desk, actor: Actor, person_id: int, lang: str = "zh") -> PersonStory:
    """All that is known about somebody, masked for who reads it. Needs 'read_people'.

    A record that was merged away answers with the one that was kept. Refusal 'member.unknown', also for erased people.
    """
    check(actor, "read_people")
    with desk.db.read() as conn:
        whole = whole_story(conn, desk, known(conn, person_id), lang)
    return _masked(whole, actor)


def whole_story(conn: Connection, desk: Desk, found: PersonRecord, lang: str) -> PersonStory:
    """Unmasked, but for the ID number."""
    now = desk.clock.now()
    words, offset = category_words(conn, lang), offset_min(now)
    number, state = id_numbers.masked(conn, desk, found["token"], found["id_number_sealed"])
    return replace(
        _whole(found, now.date(), number, state, offset),
        cards=rows.cards_of(conn, found["id"], offset),
        proxies=rows.proxies_of(conn, found["id"], now.date()),
        facts=tuple(
            replace(fact, words=words.get(fact.code, fact.code))
            for fact in rows.facts_of(conn, found["id"], now.date())
        ),
        recent=rows.recent(conn, found["id"], RECENT),
        vouchers=_vouchers(conn, found["id"], now.date()),
        merged_from=rows.merged_numbers(conn, found["id"]),
    )


def _vouchers(conn: Connection, person_id: int, today: date) -> tuple[VoucherOnFile, ...]:
    """The last to expire first."""
    found = voucher_lists.vouchers(conn, today, person_id=person_id)
    return tuple(
        VoucherOnFile(
            name=one.name,
            serial=one.serial,
            face_fen=one.face_fen,
            percent=one.percent,
            cap_fen=one.cap_fen,
            since=one.valid_from,
            until=one.valid_to,
            state="coming" if one.state == "unused" and one.valid_from > today else one.state,
            document=one.document,
        )
        for one in sorted(found, key=lambda one: one.valid_to, reverse=True)
    )


def known(conn: Connection, person_id: int, *, held: bool = False) -> PersonRecord:
    """The record, or the one it was merged into. Refusal 'member.unknown'."""
    found = rows.record(conn, person_id, held=held)
    if found is not None and found["merged_into"] is not None:
        found = rows.record(conn, found["merged_into"], held=held)
    if found is None or not found["active"]:
        raise refuse("member.unknown")
    return found


def _whole(found: PersonRecord, today: date, number: str, state: Any, offset: int) -> PersonStory:
    born = date.fromisoformat(found["birth_date"]) if found["birth_date"] else None
    return PersonStory(
        id=found["id"],
        name=found["name"],
        initials=found["initials"],
        member_no=found["member_no"],
        birth_date=born,
        age=age_on(born, today),
        id_number=number,
        id_number_state=state,
        phone=found["phone"],
        address=found["address"],
        contact_name=found["contact_name"],
        contact_phone=found["contact_phone"],
        diet=found["diet"],
        texture=found["texture"],
        allergies=found["allergies"],
        note=found["note"],
        photo=found["photo"],
        hukou=Place(found["hukou_city"], found["hukou_district"], found["hukou_town"]),
        residence=Place(found["residence_city"], found["residence_district"], found["residence_town"]),
        care_level=found["care_level"],
        in_institution=bool(found["in_institution"]),
        enrolled_at=rows.moment(found["enrolled_at_utc"], offset),
        active=bool(found["active"]),
        left_on=date.fromisoformat(found["left_on"]) if found["left_on"] else None,
        left_why=found["left_why"],
        account_id=found["account_id"] or 0,
        balance_fen=found.balance_fen,
        bonus_fen=found.bonus_fen,
        points=found["points"],
        meal_limit_fen=found["meal_limit_fen"],
        day_limit_fen=found["day_limit_fen"],
        month_limit_fen=found["month_limit_fen"],
    )


def _masked(whole: PersonStory, actor: Actor) -> PersonStory:
    """docs/privacy.md has this as a table: a dispatcher calls and finds people but is told no hardship; an auditor
    judges entitlements and needs nobody's address; a manager sees all, phones whole only while editing."""
    if actor.role == "dispatcher":
        facts = tuple(fact for fact in whole.facts if fact.kind not in _PRIVATE_KINDS)
        return replace(whole, facts=facts, id_number="", care_level=0, in_institution=False)
    proxies = tuple(replace(one, phone=masked_phone(one.phone)) for one in whole.proxies)
    whole = replace(
        whole,
        phone=masked_phone(whole.phone),
        contact_phone=masked_phone(whole.contact_phone),
        proxies=proxies,
    )
    if may(actor, "manage_people"):
        return whole
    return replace(
        whole,
        address=masked_text(whole.address),
        contact_name=masked_text(whole.contact_name, 1),
        note="",
    )


def for_edit(desk: Desk, actor: Actor, person_id: int) -> PersonEdit:
    """What stands in the form: everything but the ID number, whole. Needs 'manage_people'.

    Refusal 'member.unknown'.
    """
    check(actor, "manage_people")
    with desk.db.read() as conn:
        found = known(conn, person_id)
    whole = _whole(found, desk.clock.now().date(), "", "none", 0)
    return PersonEdit(
        name=whole.name,
        initials=whole.initials,
        birth_date=whole.birth_date,
        phone=whole.phone,
        address=whole.address,
        contact_name=whole.contact_name,
        contact_phone=whole.contact_phone,
        hukou=whole.hukou,
        residence=whole.residence,
        care_level=whole.care_level,
        in_institution=whole.in_institution,
        diet=whole.diet,
        texture=whole.texture,
        allergies=whole.allergies,
        note=whole.note,
        meal_limit_fen=whole.meal_limit_fen,
        day_limit_fen=whole.day_limit_fen,
        month_limit_fen=whole.month_limit_fen,
    )


def reveal_id_number(desk: Desk, actor: Actor, person_id: int) -> str:
    """The whole ID number, '' when none is kept; that it was looked at is logged. Needs 'manage_people'.

    Refusal 'member.unknown', 'id_key.missing', 'id_key.wrong'.
    """
    check(actor, "manage_people")
    with desk.db.write() as conn:
        found = known(conn, person_id)
        if not found["id_number_sealed"]:
            return ""
        number = id_numbers.whole(conn, desk, found["token"], found["id_number_sealed"])
        audit.log(conn, desk, actor, "id_number_shown", person_id=found["id"])
    return number
