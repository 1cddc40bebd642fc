"""An old list as a canteen keeps it: the first rows a title, then headings, then people; XLSX or CSV in whatever encoding.

What the file hides is said, not guessed: merged cells, formulas nobody computed, a zip that unpacks to gigabytes.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import ZipFile

from canteen_pos.domain.errors import refuse
from canteen_pos.reports.cells import Cell
from canteen_pos.reports.merged import MOST_COLUMNS
from canteen_pos.reports.workbooks import MOST_BYTES, is_workbook, opened, reading

MOST_ROWS = 60_000
MOST_MERGED = 4 * MOST_ROWS
HEADINGS_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """`row` is the number the spreadsheet shows."""

    row: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`heading_row` is 0 when no heading was found. `merged` are ranges like 'D5:D9'; `uncomputed` cells like 'F7'."""

    file: str
    sheet: str
    sheets: tuple[str, ...]
    lines: tuple[Line, ...]
    merged: tuple[str, ...] = ()
    uncomputed: Mapping[int, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    """Row -> places of formulas without a value."""


def read_table(path: Path, sheet: str = "") -> Table:
    """All rows that hold anything, of the first sheet or the one named.

    Refusal 'import.gone', 'import.locked', 'import.save_as_xlsx', 'import.not_a_table', 'import.encoding', 'import.bomb',
    'import.too_many_people', 'import.file_empty', 'import.no_rows', 'import.sheet_gone'; all name the file.
    """
    if not path.is_file():
        raise refuse("import.gone", file=path.name)
    with reading(path, "import.not_a_table"):
        table = _workbook(path, sheet) if is_workbook(path) else _text(path)
    if not table.lines:
        if not table.sheet:
            raise refuse("import.file_empty", file=path.name)
        raise refuse("import.no_rows", file=path.name, sheet=table.sheet)
    return table


# -- text ------------------------------------------------------------------------------------------


def _text(path: Path) -> Table:
    raw = path.read_bytes()
    if len(raw) > MOST_BYTES:
        raise refuse("import.bomb", file=path.name)
    text = _decoded(raw, path.name)
    if "\0" in text:
        raise refuse("import.not_a_table", file=path.name)
    beginning = text[:20_000]
    delimiter = max(",\t;，", key=beginning.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return Table(path.name, "", (), tuple(_kept(enumerate(rows, start=1), path.name)))


def _decoded(raw: bytes, file: str) -> str:
    """UTF-8, UTF-16 with its mark, or GB18030, which is what Excel in China writes a CSV in."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("import.encoding", file=file)


# -- workbooks -------------------------------------------------------------------------------------


def _workbook(path: Path, wanted: str) -> Table:
    with opened(path) as book:
        if wanted and wanted not in book.sheetnames:
            raise refuse("import.sheet_gone", file=path.name, sheet=wanted)
        page = book[wanted] if wanted else book.worksheets[0]
        lines = tuple(_kept(enumerate(page.iter_rows(values_only=True), start=1), path.name))
        merged, formulas = _hidden(path, page)
        names = tuple(page.title for page in book.worksheets)
        title = page.title
    uncomputed = _uncomputed(path, title, lines) if formulas else {}
    return Table(path.name, title, names, lines, merged, MappingProxyType(uncomputed))


_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CHUNK = 1 << 20


def _hidden(path: Path, page: Any) -> tuple[tuple[str, ...], bool]:
    """Merged ranges, and whether there is any formula: openpyxl's quick reader tells neither."""
    merged: list[str] = []
    formulas = False
    with ZipFile(path) as packed, packed.open(page._worksheet_path) as part:  # noqa: SLF001
        tail = b""
        while chunk := part.read(_CHUNK):
            seen = tail + chunk
            formulas = formulas or _FORMULA.search(seen) is not None
            merged += [found.decode() for found in _MERGED.findall(seen)]
            if len(merged) > MOST_MERGED:
                raise refuse("import.bomb", file=path.name)
            tail = seen[-80:] if not _MERGED.search(seen[-80:]) else b""
    return tuple(dict.fromkeys(merged)), formulas


def _uncomputed(path: Path, title: str, lines: tuple[Line, ...]) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    values = {line.row: line.cells for line in lines}
    with opened(path, values=False) as book:
        for number, row in enumerate(book[title].iter_rows(max_row=MOST_ROWS), start=1):
            known = values.get(number, ())
            places = frozenset(
                place
                for place, cell in enumerate(row)
                if cell.data_type == "f" and (place >= len(known) or known[place] in (None, ""))
            )
            if places:
                found[number] = places
    return found


def _kept(rows: Iterator[tuple[int, Any]], file: str) -> Iterator[Line]:
    kept = 0
    for number, cells in rows:
        short = tuple(cells[:MOST_COLUMNS])
        if all(cell is None or str(cell).strip() == "" for cell in short):
            continue
        kept += 1
        if kept > MOST_ROWS:
            raise refuse("import.too_many_people", file=file, limit=MOST_ROWS)
        yield Line(number, short)
