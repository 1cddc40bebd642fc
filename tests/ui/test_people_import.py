"""An old list brought in from the window: by keys, with wrong files and wrong rows."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from canteen_pos import i18n
from canteen_pos.services import members, verifying
from canteen_pos.services.context import Desk
from canteen_pos.ui import file_dialogs
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.people_import.screen import ImportSection
from tests.ui.keyboard import keys
from tests.ui.measuring import cut_off_texts

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
ROWS = (
    ("二〇二六年老人名单",),
    ("序号", "老人姓名", "出生年月日", "联系电话", "饭卡号", "家庭住址", "卡内余额"),
    (1, "钱桂芳", "1943-02-11", "13800008812", "90412", "粮丰社区6栋", 86.4),
    (2, "孙大山", "1950年1月2日", "", "90413", "", ""),
    (3, "周有误", "昨天", "打我", "", "", ""),
    ("", "合计", "", "", "", "", 86.4),
)


@pytest.fixture
def old_list(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.create_sheet("空")
    book.save(tmp_path / "名单.xlsx")
    return tmp_path / "名单.xlsx"


def opened(office: OfficeScreen, path: Path) -> ImportSection:
    section = office.section
    assert isinstance(section, ImportSection)
    keys(office.window(), (Qt.Key.Key_O, CTRL))
    section.file.line.setText(str(path))
    keys(office.window(), ENTER)
    return section


def laid_out(office: OfficeScreen) -> OfficeScreen:
    QApplication.processEvents()
    return office


def names(section: ImportSection) -> list[str]:
    return [section.model.row(place).name for place in range(section.model.rowCount())]


def test_right_rows_are_taken_wrong_ones_are_told(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk, old_list: Path
) -> None:
    office = open_office("people_import")
    section = opened(office, old_list)
    assert names(section) == ["钱桂芳", "孙大山", "周有误", "合计"]
    assert "2" in office.feedback.text()
    assert section.presenter.counts() == {"all": 4, "fine": 2, "doubt": 0, "wrong": 2}
    keys(office.window(), (Qt.Key.Key_Right, CTRL), (Qt.Key.Key_Right, CTRL), (Qt.Key.Key_Right, CTRL))
    assert names(section) == ["周有误", "合计"]
    said = " ".join(section.story.texts())
    assert "昨天" in said
    assert "打我" in said
    keys(office.window(), (Qt.Key.Key_Return, CTRL))
    assert "2" in office.feedback.text()
    people = members.find(demo_desk, "钱桂芳") + members.find(demo_desk, "孙大山")
    assert [(person.card, person.balance_fen) for person in people] == [("90412", 8_640), ("90413", 0)]
    assert members.find(demo_desk, "周有误") == ()
    assert verifying.verify(demo_desk).ok


def test_space_leaves_a_row_out(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk, old_list: Path
) -> None:
    office = open_office("people_import")
    opened(office, old_list)
    keys(office.window(), Qt.Key.Key_Down, " ", (Qt.Key.Key_Return, CTRL))
    assert members.find(demo_desk, "孙大山") == ()
    assert members.find(demo_desk, "钱桂芳")


def test_columns_are_matched_by_hand(open_office: Callable[..., OfficeScreen], old_list: Path) -> None:
    office = open_office("people_import")
    section = opened(office, old_list)
    keys(office.window(), (Qt.Key.Key_M, CTRL))
    form = section.form
    assert form is not None
    form.choose("name", None)
    keys(office.window(), (Qt.Key.Key_S, CTRL))
    assert form.problems()
    form.choose("name", 1)
    form.choose("birth_date", None)
    form.choose("note", 5)
    form.choose("address", None)
    keys(office.window(), (Qt.Key.Key_S, CTRL))
    assert section.form is None
    assert section.presenter.counts()["fine"] == 2
    assert section.model.row(0).member.note == "粮丰社区6栋"
    assert section.model.row(0).member.birth_date is None


def test_the_list_to_sign_and_the_template(
    open_office: Callable[..., OfficeScreen], old_list: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office("people_import")
    section = opened(office, old_list)
    keys(office.window(), (Qt.Key.Key_Return, CTRL))
    section.save_list(str(tmp_path / "签字.pdf"))
    assert (tmp_path / "签字.pdf").read_bytes().startswith(b"%PDF")
    assert "签字.pdf" in office.feedback.text()
    section.save_list(str(tmp_path / "没有" / "签字.pdf"))
    assert "没有" in office.feedback.text()
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: str(tmp_path / "模板.xlsx"))
    keys(office.window(), Qt.Key.Key_F4)
    again = opened(office, tmp_path / "模板.xlsx")
    assert names(again) == ["王秀兰", "王小林"]


def test_a_wrong_file_is_told_and_what_was_open_stays(
    open_office: Callable[..., OfficeScreen], old_list: Path, tmp_path: Path
) -> None:
    office = open_office("people_import")
    section = opened(office, old_list)
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    opened(office, tmp_path / "坏.xlsx")
    assert "坏.xlsx" in office.feedback.text()
    assert names(section)[0] == "钱桂芳"


def test_another_sheet(open_office: Callable[..., OfficeScreen], old_list: Path) -> None:
    office = open_office("people_import")
    section = opened(office, old_list)
    assert section.sheets.codes() == ("Sheet", "空")
    section.sheets.press("空")
    assert "空" in office.feedback.text()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(
    open_office: Callable[..., OfficeScreen], old_list: Path, lang: str, size: tuple[int, int]
) -> None:
    i18n.set_language(lang)
    office = open_office("people_import", size=size)

    def cut_off() -> list[str]:
        faults = cut_off_texts(laid_out(office))
        return [fault for fault in faults if str(old_list) not in fault]  # a long path scrolls in its field

    assert cut_off() == []
    opened(office, old_list)
    assert cut_off() == []
    keys(office.window(), (Qt.Key.Key_Return, CTRL))
    assert cut_off() == []
