"""The records section by keys: searched, sifted, exported."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from canteen_pos.services import correcting, sales_book, settings_store, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.records.screen import RecordsSection
from tests.ui.keyboard import ctrl, keys

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen], demo_desk: Desk, manager: Actor) -> RecordsSection:
    settings_store.save(demo_desk, manager, box_fee_fen=250)
    found = open_office("records").section
    assert isinstance(found, RecordsSection)
    return found


def told(section: RecordsSection) -> list[str]:
    return [section.presenter.sentence(row) for row in section.fetch(0, 200)]


def test_words_and_groups_narrow_the_list(section: RecordsSection, window: MainWindow) -> None:
    everything = len(told(section))
    keys(window, "打包盒费")
    assert told(section) == ["改了设置：打包盒费"]
    keys(window, ESC, "改了设置")
    assert "改了设置：打包盒费" in told(section)
    assert 0 < len(told(section)) < everything
    keys(window, ESC)
    section.filters.press("sale")
    assert {row.kind for row in section.fetch(0, 100)} == {"sale"}


def test_the_story_tells_what_was_and_what_is(section: RecordsSection, window: MainWindow) -> None:
    keys(window, "改了设置")
    while section.presenter.sentence(section.current) != "改了设置：打包盒费":
        keys(window, DOWN)
    texts = section.story.texts()
    assert "打包盒费" in texts
    assert any(text == "¥1.00 → ¥2.50" for text in texts)


def test_sifting_by_colleague_and_days(section: RecordsSection, window: MainWindow, demo_desk: Desk) -> None:
    users.sign_in(demo_desk, "李芳", "1111")
    section.reload()
    keys(window, Qt.Key.Key_F3)
    form = section.form
    assert form is not None
    form.boxes["span"].field.press("1")
    li = next(code for code, name in section.presenter.who() if name == "李芳")
    form.boxes["who"].field.press(li)
    keys(window, ctrl("S"))
    assert {row.actor for row in section.fetch(0, 100)} == {"李芳"}
    assert {row.at.date().isoformat() for row in section.fetch(0, 100)} == {"2026-11-23"}
    assert "李芳" in section.count_words(1)


def test_days_that_cannot_be(section: RecordsSection, window: MainWindow) -> None:
    keys(window, Qt.Key.Key_F3, ctrl("A"), "20261123", ENTER, "20261120", ctrl("S"))
    assert section.form is not None
    assert "晚于" in section.form.problems()[0]


def test_the_list_goes_into_a_file(section: RecordsSection, window: MainWindow, tmp_path: Path) -> None:
    keys(window, "改了设置", Qt.Key.Key_F9, str(tmp_path / "log.txt"), ENTER)
    assert section.form is not None
    assert ".xlsx" in section.form.problems()[0]
    keys(window, ctrl("A"), str(tmp_path / "log.csv"), ENTER)
    assert section.form is None
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert any("改了设置：打包盒费" in line for line in lines)
    assert window.office is not None
    assert "log.csv" in window.office.feedback.text()


def test_the_document_behind_a_record_is_read_beside_it(
    section: RecordsSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    sale = next(one for one in sales_book.recent(demo_desk) if one.kind == "sale" and "、" in one.what)
    correcting.mark_invoice(demo_desk, manager, sale.document_id)
    section.reload()
    keys(window, "发票已开")
    assert section.presenter.sentence(section.current).startswith(sale.number_text)
    texts = section.story.texts()
    assert f"单据 {sale.number_text}" in texts, "the event shows the document it tells of"
    for dish in sale.what.split("、"):
        assert any(text.startswith(dish) for text in texts)
    keys(window, Qt.Key.Key_F6)
    assert {row.kind for row in section.fetch(0, 50)} >= {"sale", "invoice_marked"}
    assert {row.document_id for row in section.fetch(0, 50) if row.kind == "sale"} == {sale.document_id}
