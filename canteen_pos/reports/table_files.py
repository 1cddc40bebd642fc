"""A table of texts and numbers as a file for a spreadsheet: .xlsx or .csv. What people typed never becomes a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from canteen_pos.domain.errors import refuse

_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200d\u2060]*[=+\-@＝＋－＠]|[\t\r]")
"""Blanks, seen or unseen, may be skipped before a formula's sign, and Chinese spreadsheets take its wide form as well."""


def write(path: Path, heading: Sequence[str], lines: Iterable[Sequence[str | float]]) -> None:
    """The file appears whole or not at all. Refusal 'export.suffix', 'export.not_written' (file=, why=)."""
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise refuse("export.suffix", file=path.name)
    half_made = path.with_name(path.name + ".part")
    try:
        if kind == ".xlsx":
            _xlsx(half_made, heading, lines)
        else:
            _csv(half_made, heading, lines)
        half_made.replace(path)
    except OSError as error:
        half_made.unlink(missing_ok=True)
        raise refuse("export.not_written", file=str(path), why=error.strerror or str(error)) from error


def plain(text: str) -> str:
    """`text` so that no spreadsheet reads it as a formula: such a one gets an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def _csv(path: Path, heading: Sequence[str], lines: Iterable[Sequence[str | float]]) -> None:
    """UTF-8 with its mark, which spreadsheet programs need to read Chinese."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows([plain(cell) if isinstance(cell, str) else cell for cell in line] for line in lines)


def _xlsx(path: Path, heading: Sequence[str], lines: Iterable[Sequence[str | float]]) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    with path.open("wb") as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        widths = [len(word) * 2 for word in heading]
        for place, word in enumerate(heading):
            sheet.write_string(0, place, word, bold)
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(lines, start=1):
            for place, cell in enumerate(line):
                if not isinstance(cell, str):
                    sheet.write_number(number, place, cell)
                    continue
                sheet.write_string(number, place, cell)
                widths[place] = min(
                    60, max(widths[place], sum(2 if letter > "\u00ff" else 1 for letter in cell))
                )
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width + 2)
