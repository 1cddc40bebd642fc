"""Bringing a canteen's old list of people in: open it, match its columns, look at every row, take all or the chosen ones.

Nothing is written before every row was looked at. Then people go in by the hundred, so that tills sell on meanwhile; each
hundred is whole, and somebody who went in is known the next time the list is read.
"""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.sale import number_text
from canteen_pos.reports import cells, opening_list
from canteen_pos.reports.cells import Cell
from canteen_pos.reports.matching import FIELDS, Headings, find_headings
from canteen_pos.reports.merged import Merges, column_letters
from canteen_pos.reports.opening_list import OpeningLine
from canteen_pos.reports.people_rows import person
from canteen_pos.reports.rows import Row, Trouble
from canteen_pos.reports.spreadsheets import PersonRow, write_people_template
from canteen_pos.reports.tables import Line, Table, read_table
from canteen_pos.services import audit, policies, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.newcomers import Against, bring_in
from canteen_pos.services.rights import check
from canteen_pos.storage.known_people import OpeningRow, known_people
from canteen_pos.storage.known_people import openings as opening_rows

__all__ = [
    "FIELDS",
    "Brought",
    "CheckedRow",
    "OldList",
    "OpeningRow",
    "check_rows",
    "column_letters",
    "list_to_sign",
    "open_list",
    "openings",
    "take",
    "write_template",
]

AT_ONCE = 100
Progress = Callable[[int, int], bool]
"""Told (done, of); answers whether to go on."""


@dataclass(frozen=True, slots=True)
class OldList:
    """An opened file. `headings.matched` is a proposal: field key -> place of the column."""

    table: Table
    headings: Headings

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows below the headings."""
        return tuple(line for line in self.table.lines if line.row > self.headings.row)


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row of the list. `member` is None while something is wrong; `doubt` says why a person should look first."""

    row: int
    name: str
    member: NewMember | None
    opening_fen: int
    troubles: tuple[Trouble, ...] = ()
    doubt: Trouble | None = None

    @property
    def fine(self) -> bool:
        return self.member is not None

    @property
    def wanted(self) -> bool:
        """Taken unless somebody says otherwise."""
        return self.member is not None and self.doubt is None


@dataclass(frozen=True, slots=True)
class Brought:
    """`import_id` names the opening documents; `stopped` is whether it ended before the last chosen row, because somebody
    said so or because the house `refused`."""

    import_id: str
    people: int
    opening_fen: int
    stopped: bool = False
    refused: Refusal | None = None


def open_list(desk: Desk, actor: Actor, path: Path, sheet: str = "") -> OldList:
    """Read a file and propose which column means what. Needs 'manage_people'. Refusal 'import.*' as `tables.read_table`."""
    del desk
    check(actor, "manage_people")
    table = read_table(path, sheet)
    return OldList(table, find_headings(table.lines))


def check_rows(
    desk: Desk,
    actor: Actor,
    old: OldList,
    matched: Mapping[str, int],
    progress: Progress = lambda _done, _of: True,
) -> tuple[CheckedRow, ...]:
    """Every row as it would go in, or all that is wrong with it. Nothing is written. Needs 'manage_people'.

    Refusal 'import.name_unmatched' without a column for the name, 'import.stopped' when `progress` says so.
    """
    check(actor, "manage_people")
    if "name" not in matched:
        raise refuse("import.name_unmatched")
    today = desk.clock.now().date()
    merges = Merges(old.table.merged)
    lines = old.lines
    checked = []
    with desk.db.read() as conn:
        names = {word: code for pack in policies.active(conn) for code, word in pack.names}
        against = Against(conn, desk, known_people(conn), settings_store.load(conn).balance_cap_fen)
        for done, line in enumerate(lines):
            if done % AT_ONCE == 0 and not progress(done, len(lines)):
                raise refuse("import.stopped")
            row = Row({key: _at(line, place) for key, place in matched.items()})
            _note_hidden(row, line, matched, merges, old.table)
            _note_no_person(row, old.headings)
            read = person(row, today, names)
            checked.append(_checked(line.row, row, read, against))
    progress(len(lines), len(lines))
    return tuple(checked)


def take(
    desk: Desk,
    actor: Actor,
    old: OldList,
    rows: Collection[CheckedRow],
    progress: Progress = lambda _done, _of: True,
) -> Brought:
    """Bring these rows in, with their opening balances. Needs 'manage_people'.

    Refusal 'import.problems' when one of them is not fine, 'import.nothing_chosen'. What the house refuses half way (another
    till gave out the same card meanwhile) ends it: the hundreds before are in, and `Brought.refused` says why.
    """
    check(actor, "manage_people")
    wrong = [row for row in rows if not row.fine]
    if wrong:
        raise refuse("import.problems", count=len(wrong), problems=())
    if not rows:
        raise refuse("import.nothing_chosen")
    people = [PersonRow(row.row, row.member, row.opening_fen) for row in rows if row.member is not None]
    done = Brought(secrets.token_hex(16), 0, 0)
    for start in range(0, len(people), AT_ONCE):
        if not progress(start, len(people)):
            return replace(done, stopped=True)
        some = people[start : start + AT_ONCE]
        try:
            opening_fen = _take_some(desk, actor, some, old.table.file, done.import_id)
        except Refusal as refusal:
            return replace(done, stopped=True, refused=refusal)
        done = replace(done, people=done.people + len(some), opening_fen=done.opening_fen + opening_fen)
    progress(len(people), len(people))
    return done


def _take_some(desk: Desk, actor: Actor, some: Sequence[PersonRow], file: str, import_id: str) -> int:
    with desk.db.write() as conn:
        fen = bring_in(conn, desk, actor, some, file, import_id)
        audit.log(conn, desk, actor, "imported", file=file, dishes=0, people=len(some), opening_fen=fen)
    return fen


def openings(desk: Desk, actor: Actor, import_id: str) -> tuple[OpeningRow, ...]:
    """The balances an import brought, for the list that everybody signs. Needs 'manage_people'."""
    check(actor, "manage_people")
    with desk.db.read() as conn:
        return opening_rows(conn, import_id)


def list_to_sign(desk: Desk, actor: Actor, import_id: str, lang: str = "zh") -> bytes:
    """The same as a PDF with room to sign. Needs 'manage_people'."""
    lines = [
        OpeningLine(row.name, row.member_no, row.fen, number_text(row.series, row.number))
        for row in openings(desk, actor, import_id)
    ]
    now = desk.clock.now()
    made = f"{actor.name}  {now:%Y-%m-%d %H:%M}"
    return opening_list.render(settings_store.load(desk).name, now.date().isoformat(), made, lines, lang)


def write_template(path: Path, lang: str = "zh") -> None:
    """A workbook with the headings that are understood, an example below."""
    write_people_template(path, lang)


_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"})
_TOTALS = frozenset({"合计", "总计", "小计", "共计", "制表", "制表人", "审核", "审核人", "total", "sum"})


def _at(line: Line, place: int) -> Cell:
    return line.cells[place] if place < len(line.cells) else None


def _note_hidden(row: Row, line: Line, matched: Mapping[str, int], merges: Merges, table: Table) -> None:
    """What the values do not show: merged cells, formulas without a result, errors of formulas."""
    uncomputed = table.uncomputed.get(line.row, frozenset())
    for key, place in matched.items():
        value = _at(line, place)
        merged = merges.covering(line.row, place)
        if merged:
            row.bad(key, "import.merged", range=merged)
        elif place in uncomputed:
            row.bad(key, "import.uncomputed")
        elif isinstance(value, str) and value.strip() in _ERRORS:
            row.bad(key, "import.formula_error", value=value.strip())


def _note_no_person(row: Row, headings: Headings) -> None:
    """Sums at the foot, and headings again in the middle, are nobody."""
    name = row.read("name", cells.text, "?")
    bare = name.rstrip(":：").replace(" ", "")
    if name == "":
        row.bad("name", "import.empty_cell")
    elif bare.lower() in _TOTALS or any(bare.startswith(f"{word}：") for word in _TOTALS):
        row.bad("name", "import.sum_row", value=name)
    elif name in headings.texts:
        row.bad("name", "import.heading_again", value=name)


def _checked(number: int, row: Row, read: tuple[NewMember, int] | None, against: Against) -> CheckedRow:
    name = row.read("name", cells.text, "")
    if read is None:
        return CheckedRow(number, name, None, 0, tuple(row.troubles))
    member, opening_fen = read
    troubles = tuple(against.troubles(number, member, opening_fen))
    if troubles:
        return CheckedRow(number, name, None, opening_fen, troubles)
    return CheckedRow(number, name, member, opening_fen, doubt=against.doubt(member))
