"""The records: everything that changed money, people or rules, searched by words, person, group and days."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from canteen_pos import wording
from canteen_pos.reports import table_files
from canteen_pos.services import audit, sales_book
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.services.sales_book import SaleDetail
from canteen_pos.storage import records as rows
from canteen_pos.storage import users as user_rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.records import DOCUMENT, Entry, Sought
from canteen_pos.wording.events import GROUPS, codes_saying, group_of, kinds_of, kinds_saying

EXPORT_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records: `group` is one of wording.events.GROUPS, '' all; days are local, both included."""

    text: str = ""
    actor_id: int | None = None
    group: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened. `facts` hold names instead of ids; wording.event makes the sentence. `document_id` is the
    document it is, or tells of; '' for none."""

    key: str
    at: datetime
    station: str
    actor: str
    kind: str
    group: str
    facts: Mapping[str, Any]
    document_id: str = ""

    def sentence(self, lang: str) -> str:
        return wording.event(self.kind, self.facts, lang)


def count(desk: Desk, actor: Actor, wanted: Wanted) -> int:
    """How many records fit. Needs 'read_records'."""
    check(actor, "read_records")
    with desk.db.read() as conn:
        return rows.count(conn, _sought(conn, desk, wanted))


def page(desk: Desk, actor: Actor, wanted: Wanted, offset: int, limit: int) -> tuple[Record, ...]:
    """`limit` records from `offset` on, the newest first. Needs 'read_records'."""
    check(actor, "read_records")
    with desk.db.read() as conn:
        return _page(conn, _sought(conn, desk, wanted), offset, limit)


def document(desk: Desk, actor: Actor, document_id: str) -> SaleDetail:
    """The document behind a record. Needs 'read_records'. Refusal 'document.unknown'."""
    check(actor, "read_records")
    return sales_book.load(desk, document_id)


def who(desk: Desk, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Everybody who may have done something: id and name. Needs 'read_records'."""
    check(actor, "read_records")
    with desk.db.read() as conn:
        return tuple((row.id, row.name) for row in user_rows.every(conn))


def export(desk: Desk, actor: Actor, wanted: Wanted, path: Path, lang: str) -> int:
    """Write what fits to an .xlsx or .csv file; how many records. Needs 'read_records'; the export itself is logged.

    Refusal 'export.suffix', 'export.not_written' (file=, why=).
    """
    check(actor, "read_records")
    heading = {
        "zh": ("时间", "收银台", "员工", "类别", "内容", "详情"),
        "en": ("When", "Till", "Who", "Group", "What", "Details"),
    }
    with desk.db.read() as conn:
        found = _page(conn, _sought(conn, desk, wanted), 0, EXPORT_MOST)
    table_files.write(path, heading[lang], (_line(record, lang) for record in found))
    with desk.db.write() as conn:
        audit.log(conn, desk, actor, "records_exported", file=path.name, records=len(found))
    return len(found)


def _line(record: Record, lang: str) -> tuple[str, ...]:
    facts = "; ".join(
        f"{word}: {value}" for word, value in wording.event_facts(record.kind, record.facts, lang)
    )
    group = GROUPS[record.group][0 if lang == "zh" else 1]
    at = f"{record.at:%Y-%m-%d %H:%M:%S}"
    return (at, record.station, record.actor, group, record.sentence(lang), facts)


def _sought(conn: Connection, desk: Desk, wanted: Wanted) -> Sought:
    zone = desk.clock.now().tzinfo
    text = wanted.text.strip()
    sought = Sought(
        actor_id=wanted.actor_id,
        kinds=kinds_of(wanted.group) if wanted.group else None,
        since=datetime.combine(wanted.since, time(), zone) if wanted.since else None,
        until=datetime.combine(wanted.until + timedelta(days=1), time(), zone) if wanted.until else None,
    )
    if (day := _day(text)) is not None:
        midnight = datetime.combine(day, time(), zone)
        return replace(sought, since=midnight, until=midnight + timedelta(days=1))
    if not text:
        return sought
    return replace(
        sought,
        words=text,
        fen=_fen(text),
        documents=rows.documents_called(conn, text),
        said_codes=codes_saying(text),
        said_by=rows.staff_called(conn, text),
        said_kinds=kinds_saying(text),
        about=rows.people_called(conn, text),
    )


def _day(text: str) -> date | None:
    """A whole day as it is typed: 2026-11-23."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        return None


def _fen(text: str) -> int | None:
    """An amount as it is typed or shown: 12.5, ¥12.50, −3. None for what is none."""
    found = _AMOUNT.fullmatch(text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


_AMOUNT = re.compile(r"[-−+]?[¥￥]?(\d{1,7})(?:\.(\d{1,2}))?元?")


def _page(conn: Connection, sought: Sought, offset: int, limit: int) -> tuple[Record, ...]:
    entries = rows.page(conn, sought, offset, limit)
    names = _Names(conn, entries)
    return tuple(
        Record(
            entry.key,
            entry.at,
            entry.station,
            names.staff.get(entry.actor_id or 0, ""),
            entry.kind,
            group_of(entry.kind),
            names.facts(entry),
            names.document(entry),
        )
        for entry in entries
    )


_DOCUMENTS = ("document", "order", "settlement")
"""Facts that hold a document's id: an order's becomes its sale's."""


class _Names:
    """What ids in facts are called, asked once for a page."""

    def __init__(self, conn: Connection, entries: Iterable[Entry]) -> None:
        facts = [entry.facts for entry in entries]
        self.staff = {row.id: row.name for row in user_rows.every(conn)}
        self._people = rows.person_names(conn, {one["person_id"] for one in facts if one.get("person_id")})
        told_of = {one[name] for one in facts for name in _DOCUMENTS if isinstance(one.get(name), str)}
        self._numbers = rows.document_numbers(conn, told_of)
        told = {entry.key for entry in entries if entry.source == DOCUMENT and entry.kind != "sale"}
        self._extra = rows.document_extras(conn, told)
        self._purses = rows.purse_names(
            conn,
            {one["account_id"] for one in facts if one.get("account_id")},
            {extra["purse"] for extra in self._extra.values() if isinstance(extra.get("purse"), str)},
        )

    def document(self, entry: Entry) -> str:
        if entry.source == DOCUMENT:
            return entry.key
        return next((entry.facts[name] for name in _DOCUMENTS if entry.facts.get(name) in self._numbers), "")

    def facts(self, entry: Entry) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for name, value in entry.facts.items():
            if name == "person_id":
                told["person"] = self._people.get(value, "")
            elif name == "user_id":
                told["user"] = self.staff.get(value, "")
            elif name == "approved_by":
                told[name] = self.staff.get(value, "")
            elif name == "account_id":
                told["purse"] = self._purses.get(value, "")
            elif name == "document" and isinstance(value, str):
                told["document_number"] = self._numbers.get(value, value)
            elif name in ("order", "settlement"):
                told["document_number"] = self._numbers.get(value, "")
            else:
                told[name] = value
        extra = self._extra.get(entry.key, {})
        if "reason" in extra:
            told["reason"] = extra["reason"]
        if entry.source == DOCUMENT and not told["person"]:
            told["person"] = self._purses.get(extra.get("purse", ""), "")
        return told
