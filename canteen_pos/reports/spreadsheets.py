"""The founding workbook: a template with two sheets, menu and people, and the reader of what came back.

Every problem names sheet, cell and heading; the reader goes on, so that one reading shows them all.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from zipfile import BadZipFile

from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.identity import read_id_number
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.menu import Choice, NewDish
from canteen_pos.domain.place import Place
from canteen_pos.reports import cells
from canteen_pos.reports.cells import BadCell, Cell
from canteen_pos.reports.columns import CATEGORIES, DIETS, KINDS, MENU, PEOPLE, PERIODS, PERMITS, TAGS, Sheet

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
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(str(path)) as book:
        must = book.add_format({"bold": True, "bg_color": "#0B6B6B", "font_color": "#FFFFFF", "border": 1})
        may = book.add_format({"bold": True, "bg_color": "#E9F4F3", "border": 1})
        as_text = book.add_format({"num_format": "@"})
        money = book.add_format({"num_format": "0.00"})
        for sheet in (MENU, PEOPLE):
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

    Refusal 'import.not_a_workbook' when the file cannot be read.
    """
    from xml.etree.ElementTree import ParseError

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, ParseError, BadZipFile, InvalidFileException) as trouble:
        raise refuse("import.not_a_workbook", file=path.name) from trouble
    try:
        problems: list[Problem] = []
        dishes = _read(book, MENU, _dish, problems)
        people = _read(book, PEOPLE, lambda row: _person(row, today, names), problems)
        if not dishes and not people and not problems:
            problems.append(Problem(MENU.zh, "A1", "", "import.empty", {}))
        _find_twins(MENU, "code", [(row, dish.code) for row, dish in dishes], problems)
        _find_twins(PEOPLE, "card", [(row, person[0].card) for row, person in people], problems)
        _find_twins(PEOPLE, "member_no", [(row, person[0].member_no) for row, person in people], problems)
    except ParseError as trouble:  # a sheet is read row by row, so its damage shows only here
        raise refuse("import.not_a_workbook", file=path.name) from trouble
    finally:
        book.close()
    return House(
        tuple(DishRow(row, dish) for row, dish in dishes),
        tuple(PersonRow(row, member, opening_fen) for row, (member, opening_fen) in people),
        tuple(problems),
    )


class _Row:
    """One row by column key; remembers which column was read last, so that a bad cell knows its place."""

    def __init__(self, values: Mapping[str, Cell]) -> None:
        self._values = values
        self.at = ""

    def __call__(self, key: str) -> Cell:
        self.at = key
        return self._values.get(key)


def _read(
    book: Any, sheet: Sheet, make: Callable[[_Row], Made], problems: list[Problem]
) -> list[tuple[int, Made]]:
    page = next((book[name] for name in book.sheetnames if name.strip() in (sheet.zh, sheet.en)), None)
    if page is None:
        return []
    lines: Iterator[tuple[Cell, ...]] = page.iter_rows(values_only=True)
    places = _headings(sheet, page.title, next(lines, ()), problems)
    made: list[tuple[int, Made]] = []
    for number, line in enumerate(lines, start=2):
        if number > MAX_ROWS + 1:
            problems.append(
                Problem(page.title, f"A{number}", "", "import.too_many_rows", {"limit": MAX_ROWS})
            )
            break
        values = {key: line[place] for key, place in places.items() if place < len(line)}
        if all(value is None or str(value).strip() == "" for value in values.values()):
            continue
        row = _Row(values)
        try:
            _need(sheet, row)
            made.append((number, make(row)))
        except BadCell as bad:
            problems.append(_problem(sheet, page.title, places, number, row.at, bad.code, bad.facts))
        except Refusal as refusal:
            problems.append(_problem(sheet, page.title, places, number, row.at, refusal.code, refusal.facts))
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


def _need(sheet: Sheet, row: _Row) -> None:
    for column in sheet.columns:
        if column.required and cells.text(row(column.key)) == "":
            raise BadCell("import.empty_cell")


def _problem(
    sheet: Sheet,
    title: str,
    places: Mapping[str, int],
    row: int,
    key: str,
    code: str,
    facts: Mapping[str, Any],
) -> Problem:
    heading = next((column.zh for column in sheet.columns if column.key == key), "")
    return Problem(title, f"{_letters(places.get(key, 0))}{row}", heading, code, dict(facts))


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _find_twins(sheet: Sheet, key: str, values: list[tuple[int, str]], problems: list[Problem]) -> None:
    first: dict[str, int] = {}
    heading = next(column.zh for column in sheet.columns if column.key == key)
    for row, value in values:
        if value and value in first:
            facts = {"value": value, "first_row": first[value]}
            problems.append(Problem(sheet.zh, str(row), heading, "import.twice", facts))
        first.setdefault(value, row)


def _dish(row: _Row) -> NewDish:
    kind: Any = cells.word(row("kind"), KINDS)
    price = cells.fen(row("price")) or 0
    half = cells.fen(row("half"))
    if half is not None and half > price:
        raise BadCell("import.half_over_whole")
    per_grams = cells.whole(row("per_grams"))
    if (kind == "weighed") != bool(per_grams):
        raise BadCell("import.grams_for_weighed")
    return NewDish(
        code=cells.text(row("code")),
        name=cells.text(row("name")),
        category=cells.text(row("category")),
        kind=kind,
        price_fen=price,
        half_fen=half,
        per_grams=per_grams,
        open_price=cells.yes(row("open_price")),
        made_to_order=cells.yes(row("made_to_order")),
        tags=cells.words(row("tags"), TAGS),
        allergens=cells.words(row("allergens"), TAGS),
        choices=_choices(cells.text(row("choices"))),
        pinned=cells.yes(row("pinned")),
        periods=cells.words(row("periods"), PERIODS),
        planned_portions=cells.whole(row("portions")),
    )


def _choices(text: str) -> tuple[Choice, ...]:
    """'荤菜：红烧肉/鱼香肉丝；汤：紫菜汤' -> two choices."""
    choices = []
    for part in text.replace(";", "；").replace("\n", "；").split("；"):
        if not part.strip():
            continue
        name, colon, options = part.replace(":", "：").partition("：")
        if not colon or not cells.items(options):
            raise BadCell("import.bad_choice", {"value": part.strip()})
        choices.append(Choice(name.strip(), cells.items(options)))
    return tuple(choices)


def _person(row: _Row, today: date, names: Mapping[str, str]) -> tuple[NewMember, int]:
    born = cells.day(row("birth_date"))
    id_number = cells.text(row("id_number"))
    if id_number:
        on_card = read_id_number(id_number, today).birth_date
        if born not in (None, on_card):
            raise BadCell("import.birth_dates_differ", {"typed": str(born), "on_card": str(on_card)})
        born = on_card
    row("birth_date")
    if born is not None and born > today:
        raise BadCell("import.born_later", {"value": str(born)})
    care_level = cells.whole(row("care_level")) or 0
    if care_level > 6:
        raise BadCell("import.care_level", {"value": care_level})
    member = NewMember(
        name=cells.text(row("name")),
        birth_date=born,
        card=cells.text(row("card")),
        phone=_phone(cells.text(row("phone"))),
        member_no=cells.text(row("member_no")),
        hukou=Place(*(cells.text(row(f"hukou_{level}")) for level in ("city", "district", "town"))),
        residence=Place(*(cells.text(row(f"residence_{level}")) for level in ("city", "district", "town"))),
        categories=_codes(row("categories"), {**CATEGORIES, **names}),
        permits=_codes(row("permits"), {**PERMITS, **names}),
        care_level=care_level,
        in_institution=cells.yes(row("in_institution")),
        diet=cells.words(row("diet"), DIETS),
    )
    return member, cells.fen(row("balance")) or 0


def _codes(cell: Cell, known: Mapping[str, str]) -> tuple[str, ...]:
    """Known words as codes, other words as they are (a pack may name codes of its own), each once."""
    return tuple(dict.fromkeys(known.get(item, item) for item in cells.items(cell)))


def _phone(text: str) -> str:
    digits = text.replace(" ", "").replace("-", "").removeprefix("+86")
    if digits and not (digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 13):
        raise BadCell("import.not_phone", {"value": text})
    return digits
