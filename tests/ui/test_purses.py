"""Accounts and vouchers in the back office, by keys: the five views, each form, what is said when it cannot be done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from canteen_pos.domain.membership import Member
from canteen_pos.services import (
    liability,
    members,
    points,
    purses,
    sales_book,
    users,
    verifying,
    vouchers,
    wallets,
)
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.chips import ChipButton
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.purses.listing import PurseList
from canteen_pos.ui.screens.purses.points import typed_minutes
from canteen_pos.ui.screens.purses.presenter import PursesPresenter, last_word
from tests.ui.driving import said
from tests.ui.keyboard import ctrl, keys

ENTER, ESC, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Tab
CTRL = Qt.KeyboardModifier.ControlModifier
SAVE = ctrl("S")


@pytest.fixture
def at(open_office: Callable[..., OfficeScreen]) -> Callable[[str], PurseList]:
    def go(view: str) -> PurseList:
        found = open_office(view).section
        assert isinstance(found, PurseList)
        return found

    return go


@pytest.fixture
def wang(demo_desk: Desk) -> Member:
    found = members.by_card(demo_desk, "0412")
    assert found is not None
    return found


def told(section: PurseList) -> str:
    return " ".join(section.story.texts())


def proven(desk: Desk) -> None:
    assert verifying.verify(desk).problems == ()


def test_the_views_go_by_key(at: Callable[[str], PurseList], window: MainWindow) -> None:
    at("purses")
    for key, view in (
        (Qt.Key.Key_F3, "customers"),
        (Qt.Key.Key_F4, "vouchers"),
        (Qt.Key.Key_F5, "points"),
        (Qt.Key.Key_F6, "liability"),
        (Qt.Key.Key_F2, "purses"),
    ):
        keys(window, key)
        assert window.office is not None
        assert window.office.section_key == view
        assert isinstance(window.office.section, PurseList)
        assert window.office.section.model.rowCount() > 0


# -- purses -------------------------------------------------------------------------------------------


def test_a_purse_is_paid_out_by_keys(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, wang: Member
) -> None:
    section = at("purses")
    keys(window, "00001")
    assert "王秀兰" in told(section)
    keys(window, ctrl("R"), SAVE)
    assert section.form is not None
    assert "原因" in section.form.boxes["reason"].problem()
    keys(window, "退一部分")
    section.form.boxes["fen"].field.setFocus()
    keys(window, "99999", SAVE)
    assert "最多" in section.form.boxes["fen"].problem()
    keys(window, *[Qt.Key.Key_Backspace] * 5, "10.5", SAVE)
    assert section.form is None
    assert "10.50" in said(window)
    after = members.by_id(demo_desk, wang.id)
    assert after is not None
    assert after.balance_fen == wang.balance_fen - 1050
    newest = sales_book.recent(demo_desk, 1)[0]
    assert (newest.kind, newest.tenders) == ("purse_refund", ("cash",))
    proven(demo_desk)


def test_closing_a_purse_and_opening_it_again(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, wang: Member
) -> None:
    section = at("purses")
    keys(window, "00001", ctrl("R"))
    assert section.form is not None
    section.form.boxes["tender"].field.press("wechat")  # type: ignore[attr-defined]
    section.form.boxes["close"].field.press("yes")  # type: ignore[attr-defined]
    keys(window, "搬走了", SAVE)
    assert section.form is None, section.form.problems() if section.form else ""
    assert purses.count(demo_desk, purses.WALLETS, "closed") == 1
    section.filters.press("closed")
    keys(window, ctrl("O"))
    assert "重新启用" in said(window)
    assert purses.count(demo_desk, purses.WALLETS, "closed") == 0
    proven(demo_desk)


def test_a_grandson_joins_the_purse_by_card_and_leaves(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, wang: Member
) -> None:
    section = at("purses")
    grandson = members.by_card(demo_desk, "1187")
    assert grandson is not None
    keys(window, "00001", ctrl("J"))
    section.scan("1187")
    keys(window, SAVE)
    assert grandson.name in said(window)
    joined = members.by_card(demo_desk, "1187")
    assert joined is not None
    assert joined.account_id == wang.account_id
    assert grandson.name in told(section)
    keys(window, ctrl("J"), "王", SAVE)
    assert section.form is not None
    assert "不止一位" in " ".join(section.form.problems())
    keys(window, ESC, ESC, ctrl("U"))
    keys(window, grandson.member_no, SAVE)
    left = members.by_card(demo_desk, "1187")
    assert left is not None
    assert left.account_id != wang.account_id
    proven(demo_desk)


def test_limits_and_the_mark_of_a_purse(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, manager: Actor, wang: Member
) -> None:
    section = at("purses")
    keys(window, "00001", ctrl("I"), "15", ENTER, "20", ENTER, "300", SAVE)
    (holder,) = purses.story(demo_desk, manager, wang.account_id).holders
    assert (holder.meal_limit_fen, holder.day_limit_fen, holder.month_limit_fen) == (1500, 2000, 30000)
    assert "20.00" in told(section)
    keys(window, ctrl("M"), "500", SAVE)
    assert "¥500.00" in told(section)
    purses.join(demo_desk, manager, wang.account_id, 3, "together")
    section.reload()
    keys(window, ctrl("I"))
    assert section.form is not None
    other = section.form.boxes["who"].field.findChildren(ChipButton)[1]
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    keys(window, "8", SAVE)
    limits = [one.meal_limit_fen for one in purses.story(demo_desk, manager, wang.account_id).holders]
    assert limits == [1500, 800], (
        "each user has limits of their own, and a press on a name leaves the keyboard in a field"
    )
    keys(window, ctrl("M"))
    assert section.form is not None
    assert section.form.boxes["low"].field.text() == "500.00"  # type: ignore[attr-defined]


# -- customers ----------------------------------------------------------------------------------------


def test_a_customer_from_opening_to_closing(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk
) -> None:
    section = at("customers")
    keys(window, ctrl("N"), SAVE)
    assert section.form is not None
    assert "名称" in section.form.boxes["name"].problem()
    assert "额度" in section.form.boxes["limit"].problem()
    keys(window, "锦江中学", ENTER, "2000", ENTER, "周老师", ENTER, "02812345678", SAVE)
    assert "锦江中学" in said(window)
    made = next(one for one in wallets.on_account(demo_desk) if one.name == "锦江中学")
    assert made.credit_limit_fen == 200_000
    keys(window, "锦江中学", (Qt.Key.Key_Delete, CTRL), SAVE)
    assert section.form is None
    assert [one.name for one in wallets.on_account(demo_desk) if one.name == "锦江中学"] == []
    section.filters.press("closed")
    keys(window, (Qt.Key.Key_Delete, CTRL), SAVE)
    assert "已删除个人信息" in said(window)
    assert section.form is None
    erased = wallets.purse(demo_desk, made.account_id)
    assert erased is not None
    assert erased.name == ""
    proven(demo_desk)


def test_a_payment_of_what_is_owed(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk
) -> None:
    section = at("customers")
    before = next(one for one in wallets.on_account(demo_desk) if one.name.startswith("书院街"))
    keys(window, "书院街", ctrl("R"))
    assert section.form is not None
    assert section.form.boxes["fen"].field.text() == f"{-before.balance_fen / 100:.2f}"  # type: ignore[attr-defined]
    section.form.boxes["fen"].field.setText("9999")  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert "只欠" in " ".join(section.form.problems())
    section.form.boxes["fen"].field.setText("5")  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert "尚欠" in said(window)
    after = next(one for one in wallets.on_account(demo_desk) if one.name.startswith("书院街"))
    assert after.balance_fen == before.balance_fen + 500
    keys(window, (Qt.Key.Key_Delete, CTRL), SAVE)
    assert section.form is not None
    assert "还欠" in " ".join(section.form.problems())
    proven(demo_desk)


def test_a_statement_is_saved(at: Callable[[str], PurseList], window: MainWindow, tmp_path: Path) -> None:
    section = at("customers")
    keys(window, "书院街", ENTER)
    assert section.form is not None
    section.form.boxes["month"].field.setText("2026-13")  # type: ignore[attr-defined]
    section.form.boxes["path"].field.set_path(str(tmp_path))  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert "没有这个月份" in " ".join(section.form.problems())
    section.form.boxes["month"].field.setText("2026-11")  # type: ignore[attr-defined]
    keys(window, SAVE)
    (file,) = tmp_path.glob("*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    assert file.name in said(window)


# -- vouchers -----------------------------------------------------------------------------------------


def test_a_batch_is_issued_printed_and_voided(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, manager: Actor, tmp_path: Path
) -> None:
    section = at("vouchers")
    keys(window, ctrl("N"), SAVE)
    assert section.form is not None
    assert section.form.boxes["name"].problem()
    fields = {key: box.field for key, box in section.form.boxes.items()}
    keys(window, "冬至券", ENTER, "慈善会")
    fields["kind"].press("percent")  # type: ignore[attr-defined]
    assert section.form.boxes["face"].isHidden(), "only what this kind of voucher needs is asked"
    keys(window, SAVE)
    assert section.form.boxes["percent"].problem()
    fields["percent"].setText("30")  # type: ignore[attr-defined]
    fields["cap"].setText("8")  # type: ignore[attr-defined]
    fields["number"].setText("12")  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert section.form is None, section.form.problems() if section.form else ""
    (made, *_) = vouchers.page(demo_desk, manager, "冬至", 0, 5)
    assert (made.percent, made.cap_fen, made.made, made.unused) == (30, 800, 12, 12)
    assert section.current.id == made.id, "what was issued is what gets printed"
    keys(window, "冬至", ctrl("P"))
    section.form.boxes["path"].field.set_path(str(tmp_path / "v.pdf"))  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert (tmp_path / "v.pdf").read_bytes().startswith(b"%PDF")
    first = vouchers.listed(demo_desk, manager, made.id)[0].serial
    keys(window, ctrl("D"))
    section.scan(first)
    keys(window, ENTER, "撕坏", SAVE)
    assert first in said(window)
    keys(window, (Qt.Key.Key_Delete, CTRL), "活动取消", SAVE)
    assert "11" in said(window)
    assert vouchers.batch_of(demo_desk, manager, made.id).void == 12


def test_a_scanned_voucher_shows_its_batch(at: Callable[[str], PurseList]) -> None:
    section = at("vouchers")
    section.scan("ZK20260003")
    assert "敬老月八折券" in told(section)
    assert "ZK20260003" in told(section)


def test_electronic_vouchers_go_to_people(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, wang: Member
) -> None:
    section = at("vouchers")
    keys(window, ctrl("N"), "生日券", ENTER, "本店")
    assert section.form is not None
    fields = {key: box.field for key, box in section.form.boxes.items()}
    fields["medium"].press("electronic")  # type: ignore[attr-defined]
    fields["face"].setText("3")  # type: ignore[attr-defined]
    fields["people"].setText("00001 没有这个人")  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert "没有这个人" in " ".join(section.form.problems())
    fields["people"].setText("00001")  # type: ignore[attr-defined]
    keys(window, SAVE)
    (mine,) = vouchers.of_person(demo_desk, wang.id)
    assert mine.face_fen == 300


# -- points -------------------------------------------------------------------------------------------


def test_hours_become_points_and_points_a_towel(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, wang: Member
) -> None:
    section = at("points")
    keys(window, ctrl("N"), "00001", ENTER, "1.5", ENTER, "择菜", SAVE)
    assert "6" in said(window)
    assert points.balance(demo_desk, wang.id) == 6
    keys(window, "00001", ctrl("R"), "7", ENTER, "毛巾", SAVE)
    assert section.form is not None
    assert "只有 6" in " ".join(section.form.problems())
    keys(window, ESC, ESC, ctrl("R"), "4", ENTER, "毛巾", SAVE)
    assert points.balance(demo_desk, wang.id) == 2
    assert "换物品 毛巾" in told(section)
    keys(window, ctrl("G"), "-2", ENTER, "多记", SAVE)
    assert points.balance(demo_desk, wang.id) == 0
    proven(demo_desk)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2", 120),
        ("1.5", 90),
        ("90分", 90),
        ("45m", 45),
        ("2小时", 120),
        ("0", None),
        ("x", None),
        ("25", None),
    ],
)
def test_time_as_people_write_it(typed: str, minutes: int | None) -> None:
    assert typed_minutes(typed) == minutes


# -- what is owed -------------------------------------------------------------------------------------


def test_the_liability_on_paper_and_one_who_comes(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, manager: Actor, tmp_path: Path
) -> None:
    section = at("liability")
    today = demo_desk.clock.now().date()
    owed = liability.on(demo_desk, manager, today)
    assert f"¥{owed.fen / 100:.2f}" in told(section)
    keys(window, ctrl("P"))
    assert section.form is not None
    for name in ("l.xlsx", "l.pdf"):
        section.form.boxes["path"].field.set_path(str(tmp_path / name))  # type: ignore[attr-defined]
        keys(window, SAVE)
        assert (tmp_path / name).stat().st_size > 1000
        keys(window, ctrl("P"))
        assert section.form is not None
    keys(window, ESC, ctrl("R"))
    assert section.form is not None
    section.form.boxes["tender"].field.press("bank_transfer")  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert "已退" in said(window)
    assert len(liability.on(demo_desk, manager, today).purses) == len(owed.purses) - 1
    section.filters.press("year")
    assert section.model.rowCount() == 0
    proven(demo_desk)


def test_paying_everybody_out_wants_the_number(
    at: Callable[[str], PurseList], window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    section = at("liability")
    owed = liability.on(demo_desk, manager, demo_desk.clock.now().date()).purses
    keys(window, ctrl("B"))
    assert section.form is not None
    section.form.boxes["tender"].field.press("bank_transfer")  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert str(len(owed)) in " ".join(section.form.problems())
    assert liability.on(demo_desk, manager, demo_desk.clock.now().date()).purses == owed
    section.form.boxes["number"].field.setText(str(len(owed)))  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert liability.on(demo_desk, manager, demo_desk.clock.now().date()).purses == ()
    proven(demo_desk)


# -- who may ------------------------------------------------------------------------------------------


def test_an_auditor_sees_and_changes_nothing(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk
) -> None:
    auditor = users.sign_in(demo_desk, "何会计", "4444")
    office = open_office("purses", actor=auditor)
    section = office.section
    assert isinstance(section, PurseList)
    assert section.model.rowCount() > 0
    keys(office.window(), ctrl("R"))
    assert section.form is None


def test_an_electronic_voucher_is_chosen_at_the_till(
    at_till: MainWindow, demo_desk: Desk, manager: Actor, wang: Member
) -> None:
    from dataclasses import replace

    today = demo_desk.clock.now().date()
    face = vouchers.NewBatch(
        "生日券", "本店", "", today, today, face_fen=200, medium="electronic", people=(wang.id,)
    )
    vouchers.issue(demo_desk, manager, face)
    vouchers.issue(demo_desk, manager, replace(face, face_fen=0, percent=50))
    till = at_till.till
    assert till is not None
    till.scan("0412")
    keys(at_till, "hsr", ENTER)
    due = till.presenter.due_fen
    keys(at_till, Qt.Key.Key_F4, "1", DOWN, ENTER)
    assert till.presenter.due_fen == due - due // 2, "the second one is a rule"
    keys(at_till, Qt.Key.Key_F4, "1", ENTER)
    assert till.presenter.due_fen == due - due // 2 - 200
    keys(at_till, Qt.Key.Key_F2, ENTER)
    assert vouchers.of_person(demo_desk, wang.id) == ()
    proven(demo_desk)


def test_the_spending_order_is_a_setting(open_office: Callable[..., OfficeScreen], demo_desk: Desk) -> None:
    from canteen_pos.services import settings_store

    section = open_office("settings").section
    assert section is not None
    section.show_page("stored")  # type: ignore[attr-defined]
    form = section.page  # type: ignore[attr-defined]
    form.boxes["first"].field.press("bonus")
    form.boxes["points"].field.press("before")
    form.boxes["on_account"].field.press("after")
    form.boxes["lapses"].field.press("no")
    keys(section.window(), SAVE)
    kept = settings_store.load(demo_desk)
    assert kept.spend_order == ("points", "bonus", "principal", "on_account")
    assert not kept.bonus_lapses
    form.load()
    assert [form.boxes[word].field.value() for word in ("points", "on_account")] == ["before", "after"]
    form.boxes["points"].field.press("never")
    form.boxes["on_account"].field.press("before")
    keys(section.window(), SAVE)
    assert settings_store.load(demo_desk).spend_order == ("on_account", "bonus", "principal")


def test_what_a_batch_is_called_leads_to_no_other_folder(
    demo_desk: Desk, manager: Actor, tmp_path: Path
) -> None:
    presenter = PursesPresenter(demo_desk, manager)
    assert presenter.file(str(tmp_path), "../../重阳/券.pdf") == tmp_path / "重阳-券.pdf"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "今天"), (1, "昨天"), (30, "30 天前"), (31, "2026-10-23"), (-1, "2026-11-24")]
)
def test_the_last_movement_in_words(demo_desk: Desk, manager: Actor, days: int, words: str) -> None:
    row = purses.page(demo_desk, manager, ("wallet",), "in_use", "", 0, 1)[0]
    today = date(2026, 11, 23)
    assert last_word(replace(row, last_day=today - timedelta(days=days)), today) == words
