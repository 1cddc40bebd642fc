"""Backups by themselves: a copy into another folder or to an address, read back and proved, old ones dropped.

A copy counts only after it came back from where it went, opened, and ended its chains where the books do.
"""

import hashlib
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from canteen_pos import settings
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.keeping import due_since, kept
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import backup as files
from canteen_pos.storage import bundle, copying
from canteen_pos.storage import records as newest_rows
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.places import BEGUN, Held, Place, shown

DONE, FAILED = "backed_up", "backup_failed"
RETRY_S = 15 * 60
KNOWN_HOSTS = "backup_hosts"
BEGUN_LONG_AGO = timedelta(hours=1)
"""What was begun before and never ended, a broken line left behind."""
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where backups go and when; `folder` is this machine's data folder. `to` '' is no backup."""

    folder: Path
    to: str = ""
    password: str = ""
    hour: int = 21
    minute: int = 30
    daily: int = 14
    monthly: int = 12


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup lying at its place."""

    name: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Last:
    """How the newest attempt ended. `refusal` says why it failed, None when all is well."""

    at: datetime
    where: str
    file: str = ""
    documents: int = 0
    size: int = 0
    refusal: Refusal | None = None


def plan(folder: Path) -> Plan:
    """What this machine's settings say."""
    machine = settings.load(folder)
    hour, _, minute = machine.backup_at.partition(":")
    return Plan(
        folder,
        machine.backup_to.strip(),
        machine.backup_password,
        int(hour),
        int(minute),
        int(machine.backup_daily),
        int(machine.backup_monthly),
    )


def back_up_now(desk: Desk, actor: Actor, wanted: Plan) -> Last:
    """What a manager's button does. Needs 'manage_settings'. Refusals as in `run`."""
    check(actor, "manage_settings")
    return run(desk, wanted, actor)


def run(desk: Desk, wanted: Plan, actor: Actor | None = None) -> Last:
    """Make one backup; takes seconds, so never on the window's thread. How it ended is logged.

    Refusal 'backup.nowhere', 'backup.inside', 'backup.no_place', 'backup.place', 'backup.unlike', 'backup.damaged'.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="canteen-backup-") as work, _place(wanted) as place:
            facts = _one(desk, wanted, place, Path(work))
    except Refusal as refusal:
        _log(desk, actor, FAILED, where=shown(wanted.to), code=refusal.code, facts=_plain(refusal.facts))
        raise
    _log(desk, actor, DONE, **facts)
    found = last(desk)
    assert found is not None
    return found


def last(desk: Desk) -> Last | None:
    """How the newest attempt of any till ended; None when there never was one."""
    found = audit.recent(desk, DONE, FAILED, limit=1)
    if not found:
        return None
    event = found[0]
    told = event.body
    if event.kind == FAILED:
        return Last(event.at, told["where"], refusal=refuse(told["code"], **told["facts"]))
    return Last(event.at, told["where"], told["file"], told["documents"], told["size"])


def copies(desk: Desk, wanted: Plan) -> tuple[Copy, ...]:
    """The backups that lie there, the newest first. Refusals 'backup.nowhere', 'backup.no_place', 'backup.place'."""
    with _place(wanted) as place:
        return _copies(desk, place)


def fetch(wanted: Plan, name: str, folder: Path) -> Path:
    """Bring one of them here, to be looked into. Refusals as in `copies`."""
    target = folder / Path(name).name
    with _place(wanted) as place:
        place.fetch(name, target)
    return target


def try_place(actor: Actor, wanted: Plan) -> str:
    """Write a small file there, read it back, take it away; the address. Needs 'manage_settings'. Refusals as in `run`."""
    check(actor, "manage_settings")
    with _place(wanted) as place, tempfile.TemporaryDirectory(prefix="canteen-backup-") as work:
        sent, back = Path(work) / "sent", Path(work) / "back"
        sent.write_bytes(b"canteen_pos: a backup could be kept here\n")
        place.put(sent, "canteen-trial.txt")
        place.fetch("canteen-trial.txt", back)
        place.drop("canteen-trial.txt")
        if back.read_bytes() != sent.read_bytes():
            raise refuse("backup.unlike", where=place.where)
    return place.where


def is_due(desk: Desk, wanted: Plan) -> bool:
    """Whether a backup should be made now: the hour came, or a shift was closed, since the last good one."""
    if not wanted.to:
        return False
    now = desk.clock.now()
    tried = audit.recent(desk, DONE, FAILED, limit=1)
    if tried and tried[0].kind == FAILED and (now - tried[0].at).total_seconds() < RETRY_S:
        return False
    good = audit.recent(desk, DONE, limit=1)
    if not good or good[0].at < due_since(now, wanted.hour, wanted.minute):
        return True
    closed = audit.recent(desk, "shift_closed", limit=1)
    return bool(closed) and closed[0].at > good[0].at


def is_behind(desk: Desk, wanted: Plan) -> bool:
    """Whether leaving now would leave documents behind that no backup holds."""
    if not wanted.to:
        return False
    good = audit.recent(desk, DONE, limit=1)
    with desk.db.read() as conn:
        newest = newest_rows.newest_document_at(conn)
    return bool(newest) and (not good or newest > utc_text(good[0].at))


def _one(desk: Desk, wanted: Plan, place: Place, work: Path) -> dict[str, Any]:
    made = work / bundle.DATABASE
    copying.to_file(desk.db, made)
    heads, documents = files.heads(made), files.content(made).documents
    now = desk.clock.now()
    about = {"made_at": now.isoformat(), "station": desk.station, "documents": documents}
    packed = work / f"{_prefix(desk)}{now.strftime(_STAMP)}.zip"
    bundle.write(packed, made, about)
    place.put(packed, packed.name)
    _prove(place, packed, heads, work)
    return {
        "where": place.where,
        "file": packed.name,
        "documents": documents,
        "size": packed.stat().st_size,
        "dropped": _drop_old(desk, place, wanted),
    }


def _prove(place: Place, packed: Path, heads: Mapping[str, tuple[int, str]], work: Path) -> None:
    """Bring it back from where it lies, and open it."""
    back, opened = work / "back.zip", work / "back.db"
    place.fetch(packed.name, back)
    if _digest(back) != _digest(packed):
        raise refuse("backup.unlike", where=place.where)
    bundle.unpack_database(back, opened)
    if files.heads(opened) != heads:
        raise refuse("backup.unlike", where=place.where)


def _drop_old(desk: Desk, place: Place, wanted: Plan) -> int:
    found = _copies(desk, place)
    keep = kept((copy.at for copy in found), wanted.daily, wanted.monthly)
    old = [copy for copy in found if copy.at not in keep]
    long_ago = desk.clock.now() - BEGUN_LONG_AGO
    left = [half for half in _copies(desk, place, BEGUN) if half.at < long_ago]
    for copy in (*old, *left):
        place.drop(copy.name)
    return len(old)


def _copies(desk: Desk, place: Place, ending: str = "") -> tuple[Copy, ...]:
    form = re.compile(rf"{re.escape(_prefix(desk))}(\d{{8}}-\d{{6}})\.zip{re.escape(ending)}")
    zone = desk.clock.now().tzinfo
    found = [
        Copy(held.name, datetime.strptime(match[1], _STAMP).replace(tzinfo=zone), held.size)
        for held, match in _matching(place.names(), form)
    ]
    return tuple(sorted(found, key=lambda copy: copy.at, reverse=True))


def _matching(held: tuple[Held, ...], form: "re.Pattern[str]") -> list[tuple[Held, "re.Match[str]"]]:
    return [(one, match) for one in held if (match := form.fullmatch(one.name))]


def _prefix(desk: Desk) -> str:
    """Tills that share a place, and a demo beside the canteen, leave each other's copies alone."""
    house = desk.db.path.stem if desk.db.path else "canteen"
    return f"{house}-{desk.station}-"


def _place(wanted: Plan) -> Place:
    if not wanted.to:
        raise refuse("backup.nowhere")
    here = wanted.folder.resolve()
    if "://" not in wanted.to and (
        Path(wanted.to).resolve() == here or here in Path(wanted.to).resolve().parents
    ):
        raise refuse("backup.inside", where=wanted.to)
    return Place(wanted.to, wanted.password, wanted.folder / KNOWN_HOSTS)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _plain(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items()}


def _log(desk: Desk, actor: Actor | None, kind: str, **facts: Any) -> None:
    with desk.db.write() as conn:
        audit.log(conn, desk, actor, kind, **facts)
