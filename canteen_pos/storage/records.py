"""Reading the log and the documents as one list, newest first: who did what, when, where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from canteen_pos.domain.sale import number_text, reason_of
from canteen_pos.storage import json_words
from canteen_pos.storage.columns import from_json, local_moment, utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import accounts, documents, events, people, series, users

EVENT, DOCUMENT = "event", "document"
_NUMBER = re.compile(r"(?:(?P<label>[A-Z0-9.]+)-)?0*(?P<number>\d{1,9})", re.IGNORECASE)
_MOST_PEOPLE = 50
_WITH_A_REASON = ("cash_movement", "refund", "purse_refund", "tender_correction")


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for; empty means anything, `kinds` None every kind.

    `words` stand in an entry's own text, or in what is said of it elsewhere: it is by one of `said_by`, about one of
    `about` (people), of one of the kinds `said_kinds`, holds one of the codes `said_codes` ('cashier'), tells of the
    amount `fen`, or of one of the `documents` whose number the words are.
    """

    words: str = ""
    fen: int | None = None
    documents: tuple[str, ...] = ()
    said_codes: tuple[str, ...] = ()
    said_by: tuple[int, ...] = ()
    said_kinds: tuple[str, ...] = ()
    about: tuple[int, ...] = ()
    actor_id: int | None = None
    kinds: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log, or one document (`source`). A document's facts are its number, pays_fen and person_id."""

    source: str
    key: str
    at: datetime
    station: str
    actor_id: int | None
    kind: str
    facts: dict[str, Any]


def count(conn: Connection, sought: Sought) -> int:
    """How many entries fit."""
    return sum(
        int(conn.execute(select(func.count()).select_from(arm.subquery())).scalar_one())
        for arm in _arms(sought)
    )


def page(conn: Connection, sought: Sought, offset: int, limit: int) -> tuple[Entry, ...]:
    """`limit` entries from `offset` on, the newest first."""
    arms = (arm.order_by(*_newest_first(arm.selected_columns)).limit(offset + limit) for arm in _arms(sought))
    both = union_all(
        *(select(arm.subquery()) for arm in arms)
    ).subquery()  # each by its index, then the few together
    wanted = select(both).order_by(*_newest_first(both.c)).limit(limit).offset(offset)
    return tuple(_entry(row) for row in conn.execute(wanted))


def newest_document_at(conn: Connection) -> str:
    """UTC text of when the newest document was written, '' when there is none."""
    return conn.execute(select(func.max(documents.c.at_utc))).scalar() or ""


def _arms(sought: Sought) -> "tuple[Select[Any], Select[Any]]":
    return _events(sought), _documents(sought)


def _newest_first(c: Any) -> "tuple[ColumnElement[Any], ...]":
    return c.at_utc.desc(), c.source, c.number.desc(), c.key.desc()


def people_called(conn: Connection, words: str) -> tuple[int, ...]:
    """Ids of people whose name, member number or initials hold `words`."""
    p = people.c
    fits = or_(
        p.name.contains(words, autoescape=True),
        p.member_no == words,
        p.initials.startswith(words, autoescape=True),
    )
    return tuple(conn.execute(select(p.id).where(fits).order_by(p.id).limit(_MOST_PEOPLE)).scalars())


def documents_called(conn: Connection, words: str) -> tuple[str, ...]:
    """Ids of the documents whose printed number this is, with or without what stands before the dash."""
    found = _NUMBER.fullmatch(words)
    if found is None:
        return ()
    d = documents.c
    fits = d.number == int(found["number"])
    if found["label"]:
        fits = and_(fits, series.c.label == found["label"].upper())
    wanted = select(d.id).join(series, series.c.id == d.series_id).where(fits).limit(_MOST_PEOPLE)
    return tuple(conn.execute(wanted).scalars())


def staff_called(conn: Connection, words: str) -> tuple[int, ...]:
    fits = users.c.name.contains(words, autoescape=True)
    return tuple(conn.execute(select(users.c.id).where(fits)).scalars())


def person_names(conn: Connection, ids: set[int]) -> Mapping[int, str]:
    """Who was erased is a number."""
    if not ids:
        return {}
    return {
        row.id: row.name or f"#{row.id}"
        for row in conn.execute(select(people.c.id, people.c.name).where(people.c.id.in_(ids)))
    }


def purse_names(conn: Connection, ids: set[int], tokens: set[str]) -> Mapping[int | str, str]:
    """Whose purses these are, by id and by token: the person's name, else the account's own."""
    if not (ids or tokens):
        return {}
    a = accounts.c
    wanted = (
        select(a.id, a.token, a.name, func.min(people.c.name).label("person"))
        .join(people, people.c.account_id == a.id, isouter=True)
        .where(or_(a.id.in_(ids), a.token.in_(tokens)))
        .group_by(a.id, a.token, a.name)
    )
    names: dict[int | str, str] = {}
    for row in conn.execute(wanted):
        names[row.id] = names[row.token] = row.name or row.person or ""
    return names


def document_numbers(conn: Connection, ids: set[str]) -> Mapping[str, str]:
    """Printed numbers of documents by id."""
    if not ids:
        return {}
    d = documents.c
    wanted = (
        select(d.id, d.number, series.c.label).join(series, series.c.id == d.series_id).where(d.id.in_(ids))
    )
    return {row.id: number_text(row.label, row.number) for row in conn.execute(wanted)}


def document_extras(conn: Connection, ids: set[str]) -> Mapping[str, dict[str, Any]]:
    """By id, what only their kind of document says, and the reason where one was typed."""
    if not ids:
        return {}
    wanted = select(documents.c.id, documents.c.body, documents.c.applied).where(documents.c.id.in_(ids))
    found = {}
    for row in conn.execute(wanted):
        body = from_json(row.body)
        reason = reason_of(body, from_json(row.applied))
        found[row.id] = {**body["extra"], "reason": reason} if reason else body["extra"]
    return found


def _events(sought: Sought) -> "Select[Any]":
    e = events.c
    wanted = select(
        literal(EVENT).label("source"),
        literal("").label("key"),
        e.id.label("number"),
        e.at_utc,
        e.offset_min,
        e.station,
        e.actor_id,
        e.kind,
        e.body,
        literal("").label("label"),
        cast(literal(0), BigInteger).label("fen"),
        cast(null(), Integer).label("person_id"),
    ).where(_bounds(sought, e))
    if not sought.words:
        return wanted
    about = [f'"person_id":{person}{end}' for person in sought.about for end in ",}"]
    codes = [f'"{code}"' for code in sought.said_codes]
    signed = () if sought.fen is None else (sought.fen, -sought.fen)
    amounts = [f'_fen":{fen}{end}' for fen in signed for end in ",}"]
    told = [e.body.contains(text, autoescape=True) for text in (*about, *codes, *amounts, *sought.documents)]
    return wanted.where(or_(json_words.say(e.body, sought.words), *told, _said(sought, e)))


def _documents(sought: Sought) -> "Select[Any]":
    d = documents.c
    wanted = (
        select(
            literal(DOCUMENT).label("source"),
            d.id.label("key"),
            d.number,
            d.at_utc,
            d.offset_min,
            d.station,
            d.actor_id,
            d.kind,
            literal("{}").label("body"),
            series.c.label,
            d.pays_fen.label("fen"),
            d.person_id,
        )
        .join(series, series.c.id == d.series_id)
        .where(_bounds(sought, d))
    )
    if not sought.words:
        return wanted
    about = d.person_id.in_(sought.about) if sought.about else false()
    reasons = and_(d.kind.in_(_WITH_A_REASON), _typed(sought.words))
    amount = false() if sought.fen is None else d.pays_fen.in_((sought.fen, -sought.fen))
    ids = sought.documents
    named = or_(d.id.in_(ids), d.refers_to.in_(ids)) if ids else false()
    return wanted.where(or_(named, about, amount, reasons, _said(sought, d)))


def _typed(words: str) -> "ColumnElement[bool]":
    """Why, as somebody typed it: beside a document, or in its text."""
    both = (documents.c.applied, documents.c.body)
    return or_(*(json_words.say(text, words) for text in both))


def _bounds(sought: Sought, c: Any) -> "ColumnElement[bool]":
    bounds: list[ColumnElement[bool]] = [true()]
    if sought.since is not None:
        bounds.append(c.at_utc >= utc_text(sought.since))
    if sought.until is not None:
        bounds.append(c.at_utc < utc_text(sought.until))
    if sought.actor_id is not None:
        bounds.append(c.actor_id == sought.actor_id)
    if sought.kinds is not None:
        bounds.append(c.kind.in_(sorted(sought.kinds)))
    return and_(*bounds)


def _said(sought: Sought, c: Any) -> "ColumnElement[bool]":
    by = c.actor_id.in_(sought.said_by) if sought.said_by else false()
    kinds = c.kind.in_(sought.said_kinds) if sought.said_kinds else false()
    return or_(by, kinds, c.station == sought.words.upper())


def _entry(row: Any) -> Entry:
    at = local_moment(row.at_utc, row.offset_min)
    if row.source == EVENT:
        return Entry(EVENT, f"e{row.number}", at, row.station, row.actor_id, row.kind, from_json(row.body))
    facts = {"number": number_text(row.label, row.number), "pays_fen": row.fen, "person_id": row.person_id}
    return Entry(DOCUMENT, row.key, at, row.station, row.actor_id, row.kind, facts)
