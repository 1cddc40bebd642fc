"""Dated facts about a person: entitlements, places and care, each from a day on, with where it was seen and by whom
recorded. Rules judge by the service date, so what changes next month is recorded today and a past sale stays right.

A fact written down by somebody who may not manage people counts at once, so that nobody waits at the counter for a paper
they have with them, and stands on the work list 'to review' until a manager has seen the proof. Turned down, it ends.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.place import Place
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check, may
from canteen_pos.storage import facts as fact_rows
from canteen_pos.storage import members as rows
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.facts import StoredFact

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
    """Write a fact down. Needs 'enrol'. Without 'manage_people', or without a proof named, it waits for review while it
    counts.

    Refusals 'fact.code', 'fact.ends_early', 'member.unknown', 'fact.known' (since=) and 'fact.known_until' (since=, until=)
    when the same is on record for one of these days already.
    """
    check(actor, "enrol")
    fact = replace(fact, code=typed.line(fact.code), source=typed.line(fact.source))
    if not _fits(fact):
        raise refuse("fact.code", kind=fact.kind, found=fact.code)
    if fact.until is not None and fact.until < fact.since:
        raise refuse("fact.ends_early", since=fact.since, until=fact.until)
    now = desk.clock.now()
    with desk.db.write() as conn:
        if rows.by_id(conn, person_id, now.date()) is None:
            raise refuse("member.unknown")
        if fact.kind in (
            "category",
            "permit",
        ):  # of places and levels that overlap the one that began last holds
            _refuse_twin(conn, person_id, fact)
        seen = bool(fact.source) and may(actor, "manage_people")
        by = rows.Recorder(actor.user_id, utc_text(now), reviewed=seen)
        rows.add_facts(conn, person_id, fact.kind, (fact.code,), fact.since, by, fact.source, fact.until)
        audit.log(
            conn, desk, actor, "fact_recorded", person_id=person_id, fact=fact.kind, to_review=not by.reviewed
        )


def review(desk: Desk, actor: Actor, fact_id: int, *, proven: bool = True) -> None:
    """Say that the proof was seen, or (`proven` false) that there is none: then the fact ends yesterday, and one that
    began today or later goes. Meals that counted it stay as they were sold. Needs 'manage_people'.

    Refusal 'fact.unknown', 'fact.reviewed'.
    """
    check(actor, "manage_people")
    now = desk.clock.now()
    with desk.db.write() as conn:
        fact = _one(conn, fact_id)
        if not fact.to_review:
            raise refuse("fact.reviewed")
        yesterday = now.date() - timedelta(days=1)
        if not proven and fact.since > yesterday:
            fact_rows.remove(conn, fact_id)
        else:
            ends = None if proven else min(yesterday, fact.until or yesterday)
            fact_rows.review(conn, fact_id, actor.user_id, utc_text(now), ends)
        audit.log(conn, desk, actor, "fact_reviewed", person_id=fact.person_id, fact=fact.kind, proven=proven)


def end(desk: Desk, actor: Actor, fact_id: int, last_day: date) -> None:
    """It holds until `last_day` included. Needs 'manage_people'. Refusal 'fact.unknown', 'fact.ends_early'."""
    check(actor, "manage_people")
    with desk.db.write() as conn:
        fact = _one(conn, fact_id)
        if last_day < fact.since:
            raise refuse("fact.ends_early", since=fact.since, until=last_day)
        fact_rows.set_end(conn, fact_id, last_day)
        audit.log(
            conn,
            desk,
            actor,
            "fact_ended",
            person_id=fact.person_id,
            fact=fact.kind,
            last_day=last_day.isoformat(),
        )


def _refuse_twin(conn: Connection, person_id: int, fact: DatedFact) -> None:
    known = fact_rows.overlapping(conn, person_id, fact.kind, fact.code, fact.since, fact.until)
    if known is None:
        return
    since, until = known
    if until is None:
        raise refuse("fact.known", since=since)
    raise refuse("fact.known_until", since=since, until=until)


def _one(conn: Connection, fact_id: int) -> StoredFact:
    fact = fact_rows.one(conn, fact_id)
    if fact is None:
        raise refuse("fact.unknown")
    return fact


def _fits(fact: DatedFact) -> bool:
    match fact.kind:
        case "hukou" | "residence":
            city, *others = fact.code.split("/")
            return bool(city) and len(others) == 2
        case "care_level":
            return (
                fact.code.isascii()
                and fact.code.isdigit()
                and len(fact.code) == 1
                and int(fact.code) <= MOST_CARE
            )
        case "institution":
            return fact.code in ("0", "1")
    return bool(fact.code)
