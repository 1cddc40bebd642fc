"""Broken lists brought to the window: each ends in a sentence that names the file or the cell, and writes nothing."""

import csv
import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from canteen_pos.reports.tables import MOST_ROWS
from canteen_pos.services import members
from canteen_pos.services.context import Desk
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.people_import.screen import ImportSection
from tests.ui.keyboard import keys

CTRL = Qt.KeyboardModifier.ControlModifier
HEADINGS = ("姓名", "出生日期", "卡号", "余额")


def wrong_encoding(folder: Path) -> Path:
    """Half of it UTF-8, half of it GBK, as when two files were glued together."""
    path = folder / "两种编码.csv"
    path.write_bytes("姓名,卡号\n王桂芳,1\n".encode() + "李大山,2\n".encode("gbk") * 40)
    return path


def called_utf_8_but_cut(folder: Path) -> Path:
    path = folder / "断了.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "姓名,卡号\n王桂".encode()[:-1])
    return path


def zip_bomb(folder: Path) -> Path:
    path = _book(folder / "炸弹.xlsx", ("王桂芳", "1943-02-11", "90412", 1))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("xl/media/bomb.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(320):
            part.write(b"\0" * 1024 * 1024)
    return path


def no_zip_at_all(folder: Path) -> Path:
    path = folder / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04")
    return path


def too_many_rows(folder: Path) -> Path:
    path = folder / "太多.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("姓名", "卡号"))
        writer.writerows((f"老人{number}", f"8{number:07d}") for number in range(MOST_ROWS + 1))
    return path


@pytest.mark.parametrize(
    "made", [wrong_encoding, called_utf_8_but_cut, zip_bomb, no_zip_at_all, too_many_rows]
)
def test_a_file_that_cannot_be_read_is_named(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk, tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    office = open_office("people_import")
    before = stored(demo_desk)
    path = made(tmp_path)
    section = brought(office, path)
    assert path.name in office.feedback.text()
    assert section.model.rowCount() == 0
    keys(office.window(), (Qt.Key.Key_Return, CTRL))
    assert stored(demo_desk) == before


def dates_as_text(folder: Path) -> Path:
    return _book(folder / "日期.xlsx", ("王桂芳", "四三年二月", "90412", 1), ("李大山", "02/30/1950", "", ""))


def formulas(folder: Path) -> Path:
    """Written without their values, as scripts do it."""
    return _book(folder / "公式.xlsx", ("王桂芳", dt.date(1943, 2, 11), "90412", "=80+6.4"))


def merged_cells(folder: Path) -> Path:
    rows = (("王桂芳", "1943-02-11", "90412", 30), ("李大山", "1950-01-02", "", ""))
    path = _book(folder / "合并.xlsx", *rows)
    made = openpyxl.load_workbook(path)
    made.active.merge_cells("C2:C3")
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("made", "rows", "wrong", "words"),
    [
        (dates_as_text, 2, 2, ("四三年二月", "02/30/1950")),
        (formulas, 1, 1, ("公式",)),
        (merged_cells, 2, 1, ("C2:C3",)),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_its_row_stays_out(
    open_office: Callable[..., OfficeScreen],
    demo_desk: Desk,
    tmp_path: Path,
    made: Callable[[Path], Path],
    rows: int,
    wrong: int,
    words: tuple[str, ...],
) -> None:
    office = open_office("people_import")
    before = stored(demo_desk)
    section = brought(office, made(tmp_path))
    assert section.presenter.counts() == {"all": rows, "fine": rows - wrong, "doubt": 0, "wrong": wrong}
    told = ""
    for _ in range(rows):
        told += " ".join(section.story.texts())
        keys(office.window(), Qt.Key.Key_Down)
    assert [word for word in words if word not in told] == []
    assert stored(demo_desk) == before
    keys(office.window(), (Qt.Key.Key_Return, CTRL))
    if rows == wrong:
        assert office.feedback.text().startswith("⚠"), "there is nothing that could be taken"
        assert stored(demo_desk) == before
    else:
        assert members.find(demo_desk, "王桂芳")
        assert members.find(demo_desk, "李大山") == ()


def brought(office: OfficeScreen, path: Path) -> ImportSection:
    section = office.section
    assert isinstance(section, ImportSection)
    keys(office.window(), (Qt.Key.Key_O, CTRL))
    section.file.line.setText(str(path))
    keys(office.window(), Qt.Key.Key_Return)
    return section


def stored(desk: Desk) -> list[str]:
    """Every row of every table."""
    with desk.db.read() as conn:
        driver = conn.connection.driver_connection
        assert driver is not None
        return list(driver.iterdump())


def _book(path: Path, *rows: tuple[object, ...]) -> Path:
    made = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        made.active.append(row)
    made.save(path)
    return path
