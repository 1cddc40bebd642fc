"""The founding workbook: a template with two sheets, menu and people, and the reader of what came back.

Every problem names sheet, cell and heading; the reader goes on, so that one reading shows them all.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.menu import NewDish
from canteen_pos.reports import cells
from canteen_pos.reports.cells import Cell
from canteen_pos.reports.columns import MENU, PEOPLE, Sheet
from canteen_pos.reports.dish_rows import dish
from canteen_pos.reports.merged import column_letters
from canteen_pos.reports.people_rows import person
from canteen_pos.reports.rows import Row, Trouble
from canteen_pos.reports.workbooks import is_workbook, opened, reading

MAX_ROWS = 20_000
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Problem:
    """`cell` is like 'E7'; `heading` as the sheet has it. `code` and `facts` make the sentence in `wording`."""

    sheet: str
    cell: str
    heading: str
    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DishRow:
    """`row` is the number the spreadsheet shows."""

    row: int
    dish: NewDish


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`opening_fen` is stored value brought in from before."""

    row: int
    member: NewMember
    opening_fen: int = 0


@dataclass(frozen=True, slots=True)
class House:
    """What a workbook holds. It may be imported only when `problems` is empty."""

    dishes: tuple[DishRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def write_template(path: Path, lang: str = "zh") -> None:
    """A workbook with headings, a note under each heading's corner, and example rows to overwrite."""
    _write(path, lang, (MENU, PEOPLE))


def write_people_template(path: Path, lang: str = "zh") -> None:
    """The same with people only."""
    _write(path, lang, (PEOPLE,))


def _write(path: Path, lang: str, sheets: tuple[Sheet, ...]) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(str(path)) as book:
        must = book.add_format({"bold": True, "bg_color": "#0B6B6B", "font_color": "#FFFFFF", "border": 1})
        may = book.add_format({"bold": True, "bg_color": "#E9F4F3", "border": 1})
        as_text = book.add_format({"num_format": "@"})
        money = book.add_format({"num_format": "0.00"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.title(lang))
            page.freeze_panes(1, 1)
            for place, column in enumerate(sheet.columns):
                page.write_string(0, place, column.heading(lang), must if column.required else may)
                page.write_comment(0, place, column.note(lang), {"x_scale": 2})
                page.set_column(place, place, column.width, money if column.money else as_text)
            for row, example in enumerate(sheet.examples, start=1):
                for place, value in enumerate(example):
                    if value != "":
                        page.write(row, place, value)


def read_house(path: Path, today: date, names: Mapping[str, str] = MappingProxyType({})) -> House:
    """Read menu and people. A missing sheet is empty. `names` are words for categories and permits (word -> code).

    Refusal 'import.save_as_xlsx' for another kind of table, 'import.locked', 'import.bomb', 'import.not_a_workbook' when the
    file cannot be read.
    """
    problems: list[Problem] = []
    with reading(path, "import.not_a_workbook"):
        if not is_workbook(path):
            raise refuse("import.save_as_xlsx", file=path.name)
        with opened(path) as book:
            dishes = _read(book, MENU, dish, ("code",), problems)
            people = _read(
                book, PEOPLE, lambda row: person(row, today, names), ("card", "member_no"), problems
            )
            if not dishes and not people and not problems:
                problems.append(_nothing_found(book.sheetnames))
    return House(
        tuple(DishRow(row, dish) for row, dish in dishes),
        tuple(PersonRow(row, member, opening_fen) for row, (member, opening_fen) in people),
        tuple(problems),
    )


def _nothing_found(sheets: list[str]) -> Problem:
    """Empty sheets, or sheets by other names than the template's."""
    expected = (MENU.zh, MENU.en, PEOPLE.zh, PEOPLE.en)
    if any(name.strip() in expected for name in sheets):
        return Problem(MENU.zh, "A1", "", "import.empty", {})
    facts = {"found": "、".join(sheets), "menu": MENU.zh, "people": PEOPLE.zh}
    return Problem(sheets[0] if sheets else "", "A1", "", "import.no_sheet", facts)


def _read(
    book: Any,
    sheet: Sheet,
    make: Callable[[Row], Made | None],
    unique: tuple[str, ...],
    problems: list[Problem],
) -> list[tuple[int, Made]]:
    """The rows of a sheet that are right, and what is wrong in the others. Columns in `unique` hold no value twice."""
    page = next((book[name] for name in book.sheetnames if name.strip() in (sheet.zh, sheet.en)), None)
    if page is None:
        return []
    lines: Iterator[tuple[Cell, ...]] = page.iter_rows(values_only=True)
    places = _headings(sheet, page.title, next(lines, ()), problems)
    if any(column.required and column.key not in places for column in sheet.columns):
        return []  # every row would say the same
    made: list[tuple[int, Made]] = []
    first_rows: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, start=2):
        if number > MAX_ROWS + 1:
            problems.append(
                Problem(page.title, f"A{number}", "", "import.too_many_rows", {"limit": MAX_ROWS})
            )
            break
        values = {key: line[place] for key, place in places.items() if place < len(line)}
        if all(value is None or str(value).strip() == "" for value in values.values()):
            continue
        row = Row(values)
        _need(sheet, row)
        thing = make(row)
        for key in unique:
            _no_twin(row, key, number, first_rows)
        if thing is not None and not row.troubles:
            made.append((number, thing))
        problems += [_problem(sheet, page.title, places, number, trouble) for trouble in row.troubles]
    return made


def _headings(
    sheet: Sheet, title: str, cells_of_row: tuple[Cell, ...], problems: list[Problem]
) -> dict[str, int]:
    """Column key -> place, by Chinese or English heading; anything in brackets or a star is decoration."""
    found = {_bare(str(cell)): place for place, cell in enumerate(cells_of_row) if cell is not None}
    places = {}
    for column in sheet.columns:
        place = found.get(_bare(column.zh), found.get(_bare(column.en)))
        if place is not None:
            places[column.key] = place
        elif column.required:
            problems.append(Problem(title, "1", column.zh, "import.no_column", {"heading": column.zh}))
    return places


def _bare(heading: str) -> str:
    return heading.split("（", maxsplit=1)[0].split("(", maxsplit=1)[0].replace("*", "").strip().lower()


def _need(sheet: Sheet, row: Row) -> None:
    for column in sheet.columns:
        if column.required and row.read(column.key, cells.text, "?") == "":
            row.bad(column.key, "import.empty_cell")


def _problem(sheet: Sheet, title: str, places: Mapping[str, int], row: int, trouble: Trouble) -> Problem:
    heading = next((column.zh for column in sheet.columns if column.key == trouble.key), "")
    cell = f"{column_letters(places.get(trouble.key, 0))}{row}"
    return Problem(title, cell, heading, trouble.code, trouble.facts)


def _no_twin(row: Row, key: str, number: int, first_rows: dict[tuple[str, str], int]) -> None:
    """Rows that are wrong in other ways count too: mending them would only show the next fault."""
    value = row.read(key, cells.text, "")
    first_row = first_rows.setdefault((key, value), number)
    if value and first_row != number:
        row.bad(key, "import.twice", value=value, first_row=first_row)
