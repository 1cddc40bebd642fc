"""Numbering, hashing and storing documents: the one way into the books, inside the caller's transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from canteen_pos.domain import chain
from canteen_pos.domain.calendar import business_date
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.sale import Draft, Stamp, body_of, number_text
from canteen_pos.services import audit, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import documents as rows
from canteen_pos.storage.columns import from_json, local_moment, offset_min, utc_text
from canteen_pos.storage.documents import Earlier, SeriesHead
from canteen_pos.storage.engine import Connection

__all__ = [
    "Earlier",
    "Recorded",
    "Writer",
    "begin_till",
    "earlier",
    "is_known",
    "open_series",
    "record",
    "recorded_before",
    "writer",
]

_LABEL_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A document as it went into the books."""

    document_id: str
    number_text: str
    hash: str
    at: datetime
    business_date: str

    @property
    def short_hash(self) -> str:
        return chain.short(self.hash)


def open_series(conn: Connection, desk: Desk, station_name: str = "") -> str:
    """Begin a new series for this desk's station and answer its label.

    The first is called after the station. Later ones (after a restored backup) carry random letters, so that a number
    on paper never comes twice even when the same backup is restored twice.
    """
    rows.ensure_station(conn, desk.station, station_name or desk.station)
    taken = rows.labels(conn)
    label = desk.station
    while label in taken:
        label = f"{desk.station}.{''.join(secrets.choice(_LABEL_LETTERS) for _ in range(4))}"
    opened = utc_text(desk.clock.now())
    rows.add_series(conn, desk.station, label, opened, chain.first_link(label, opened))
    return label


def begin_till(conn: Connection, desk: Desk) -> str | None:
    """The label of the first series of a station that never sold before; None when it has one already."""
    return None if rows.lock_series(conn, desk.station) else open_series(conn, desk)


def earlier(conn: Connection, ids: Sequence[str], fingerprints: dict[str, str]) -> dict[str, Earlier]:
    """What these ids already stand for. Refusal('sale.id_reused') when one stands for another request."""
    found = rows.earlier(conn, ids)
    for one in found.values():
        if fingerprints[one.id] != one.fingerprint:
            raise refuse("sale.id_reused", number=number_text(one.label, one.number))
    return found


def is_known(conn: Connection, request_id: str) -> bool:
    """Whether this id stands for a document already, whatever was asked."""
    return bool(rows.earlier(conn, (request_id,)))


def recorded_before(one: Earlier) -> Recorded:
    """The first answer again, for a request that is already in the books."""
    body = from_json(one.body)
    at = local_moment(body["at"], body["offset_min"])
    return Recorded(one.id, number_text(one.label, one.number), one.hash, at, body["business_date"])


@dataclass(slots=True)
class Writer:
    """Holds a station's series within one transaction and hands out numbers and links."""

    conn: Connection
    desk: Desk
    actor: Actor
    series: SeriesHead
    shift: tuple[int, str] | None
    now: datetime
    business_date: str
    approved_by: str

    def record(self, drafts: Sequence[Draft]) -> tuple[Recorded, ...]:
        """Number, link and store these documents in this order."""
        written: list[rows.Written] = []
        head = self.series.head_hash
        shift_id = self.shift[0] if self.shift else None
        for place, draft in enumerate(map(self._with_reason, drafts)):
            stamp = self._stamp(self.series.next_number + place)
            applied = chain.salted(draft.salt, {"applied": list(draft.applied)}) if draft.applied else ""
            body = chain.canonical(body_of(draft, stamp, applied))
            link = chain.link(head, body)
            written.append(
                rows.Written(draft, stamp, self.series.id, shift_id, self.actor.user_id, body, head, link)
            )
            head = link
        if not rows.advance_series(self.conn, self.series, len(written), head):
            raise refuse("database.busy")
        rows.store(self.conn, written)
        self.series = SeriesHead(
            self.series.id, self.series.label, self.series.next_number + len(written), head
        )
        return tuple(self._recorded(one) for one in written)

    def _with_reason(self, draft: Draft) -> Draft:
        """What was typed stands beside the text, so that it goes when the person does."""
        if not draft.reason:
            return draft
        salt = draft.salt or rows.salt_of(self.conn, draft.person_id)
        return replace(draft, salt=salt, applied=(*draft.applied, {"reason": draft.reason}))

    def _stamp(self, number: int) -> Stamp:
        return Stamp(
            series=self.series.label,
            number=number,
            station=self.desk.station,
            business_date=self.business_date,
            at_utc=utc_text(self.now),
            offset_min=offset_min(self.now),
            actor=self.actor.name,
            approved_by=self.approved_by,
            shift=self.shift[1] if self.shift else "",
        )

    def _recorded(self, one: rows.Written) -> Recorded:
        number = number_text(one.stamp.series, one.stamp.number)
        return Recorded(one.draft.id, number, one.hash, self.now, self.business_date)


def writer(
    conn: Connection,
    desk: Desk,
    actor: Actor,
    *,
    needs_shift: bool = True,
    settings: CanteenSettings | None = None,
) -> Writer:
    """Take hold of the station's series. Refusal 'series.none_open' on a station that was never set up,
    'shift.none_open' when money would move outside any shift."""
    series = rows.lock_series(conn, desk.station)
    if series is None:
        raise refuse("series.none_open", till=desk.station)
    audit.still_manages(conn, actor)
    shift = rows.open_shift(conn, desk.station)
    if needs_shift and shift is None:
        raise refuse("shift.none_open", till=desk.station)
    now = desk.clock.now()
    day = business_date(now, (settings or settings_store.load(conn)).cut_off).isoformat()
    approved = "" if actor.approved_by is None else rows.user_name(conn, actor.approved_by)
    return Writer(conn, desk, actor, series, shift, now, day, approved)


def record(conn: Connection, desk: Desk, actor: Actor, draft: Draft) -> Recorded:
    """One document into the books, in the caller's transaction."""
    return writer(conn, desk, actor).record((draft,))[0]
