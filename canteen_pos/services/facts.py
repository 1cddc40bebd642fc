"""Dated facts about a person: entitlements, places and care, each from a day on, with where it was seen and by whom
recorded. Rules judge by the service date, so what changes next month is recorded today and a past sale stays right."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.place import Place
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import members as rows

Kind = Literal["category", "permit", "hukou", "residence", "care_level", "institution"]
MOST_CARE = 6


@dataclass(frozen=True, slots=True)
class DatedFact:
    """`code` is a category's or permit's code, 'city/district/town', a care level 0-6, or '1'/'0' for in or out of
    an institution. `until` is the last day, None open. `source` is the paper it was seen on ('户口簿 2025-03-20')."""

    kind: Kind
    code: str
    since: date
    until: date | None = None
    source: str = ""


def place_code(place: Place) -> str:
    return f"{place.city}/{place.district}/{place.town}"


def record(desk: Desk, actor: Actor, person_id: int, fact: DatedFact) -> None:
    """Write a fact down. Needs 'manage_people'. Refusals 'fact.code', 'fact.ends_early', 'member.unknown'."""
    check(actor, "manage_people")
    if not _fits(fact):
        raise refuse("fact.code", kind=fact.kind, found=fact.code)
    if fact.until is not None and fact.until < fact.since:
        raise refuse("fact.ends_early", since=fact.since, until=fact.until)
    with desk.db.write() as conn:
        if rows.by_id(conn, person_id, desk.clock.now().date()) is None:
            raise refuse("member.unknown")
        rows.add_facts(
            conn, person_id, fact.kind, (fact.code,), fact.since, actor.user_id, fact.source, fact.until
        )
        audit.log(conn, desk, actor, "fact_recorded", person_id=person_id, fact=fact.kind)


def _fits(fact: DatedFact) -> bool:
    match fact.kind:
        case "hukou" | "residence":
            city, *others = fact.code.split("/")
            return bool(city) and len(others) == 2
        case "care_level":
            return fact.code.isascii() and fact.code.isdigit() and int(fact.code) <= MOST_CARE
        case "institution":
            return fact.code in ("0", "1")
    return bool(fact.code.strip())
