"""What has been kept long enough: a work list, carried out by a manager. docs/privacy.md says how long what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from canteen_pos.services import audit, erasing, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import retention as rows
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection

Kind = Literal["person", "picture_and_number", "proxies", "facts"]
"""'person': left, or not seen, so long ago that the whole record goes; 'picture_and_number': photo, ID number and emergency
contact of somebody who left; 'proxies', 'facts': those that ended."""

DAYS: dict[Kind, int] = {
    "person": 3 * 365,
    "picture_and_number": 90,
    "proxies": 365,
    "facts": 5 * 365,
}
"""How long after it ended each is kept: money claimed for a meal may be asked about for years, a photo is not needed."""


@dataclass(frozen=True, slots=True)
class Due:
    """One line of the work list. `since` is when it ended."""

    kind: Kind
    person_id: int
    name: str
    member_no: str
    since: date | None


def due(desk: Desk, actor: Actor) -> tuple[Due, ...]:
    """Everything past its time, whole records first. Needs 'manage_people'.

    Who has money of their own in the purse is not on it: it is paid out first.
    """
    check(actor, "manage_people")
    with desk.db.read() as conn:
        return _due(conn, desk)


def carry_out(desk: Desk, actor: Actor, chosen: Sequence[Due]) -> int:
    """Let these go; how many were still due (a list may be old). Needs 'manage_people'."""
    check(actor, "manage_people")
    with desk.db.write() as conn:
        still = set(_due(conn, desk))
        done = [one for one in chosen if one in still]
        for one in done:
            _let_go(conn, desk, actor, one)
    desk.db.empty_journal()
    return len(done)


def _before(desk: Desk, kind: Kind) -> date:
    return desk.clock.now().date() - timedelta(days=DAYS[kind])


def _due(conn: Connection, desk: Desk) -> tuple[Due, ...]:
    gone_by = _before(desk, "person")
    seen_since = utc_text(datetime.combine(gone_by, time(), desk.clock.now().tzinfo))
    found: list[tuple[Kind, tuple[rows.Found, ...]]] = [
        ("person", rows.long_gone(conn, gone_by, seen_since)),
        (
            "picture_and_number",
            rows.left_with_picture_or_number(conn, _before(desk, "picture_and_number")),
        ),
        ("proxies", rows.old_proxies(conn, _before(desk, "proxies"))),
        ("facts", rows.old_facts(conn, _before(desk, "facts"))),
    ]
    whole = {one.person_id for one in found[0][1]}
    return tuple(
        Due(
            kind, one.person_id, one.name, one.member_no, date.fromisoformat(one.since) if one.since else None
        )
        for kind, some in found
        for one in some
        if kind == "person" or one.person_id not in whole
    )


def _let_go(conn: Connection, desk: Desk, actor: Actor, one: Due) -> None:
    if one.kind == "person":
        erasing.forget(conn, desk, actor, one.person_id, why="retention")
        return
    if one.kind == "picture_and_number":
        pictures.drop(conn, rows.drop_picture_and_number(conn, one.person_id))
    elif one.kind == "proxies":
        rows.drop_proxies(conn, one.person_id, _before(desk, "proxies"))
    else:
        rows.drop_facts(conn, one.person_id, _before(desk, "facts"))
    audit.log(conn, desk, actor, "retention_over", person_id=one.person_id, what=one.kind)
