"""Topping up by keys."""

from PySide6.QtCore import Qt

from canteen_pos.services import members, shifts
from canteen_pos.services.context import Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.top_up.screen import TopUpPanel
from tests.ui.bare_house import BareHouse
from tests.ui.keyboard import keys

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
WANG = "王秀兰"


def panel_of(window: MainWindow) -> TopUpPanel:
    window.open_panel("top_up")
    assert isinstance(window.panel, TopUpPanel)
    return window.panel


def test_card_amount_by_key_enter(at_till: MainWindow, demo_desk: Desk, house: BareHouse) -> None:
    before = members.find(demo_desk, WANG)[0]
    panel = panel_of(at_till)
    at_till.scanned(before.card)
    keys(at_till, "s")
    assert panel.presenter.fen == 10_000
    bonus = panel.presenter.bonus_fen
    assert bonus > 0
    will_be = f"余额 {money(before.spendable_fen + 10_000 + bonus)}"
    assert will_be in panel.after.text()
    assert f"赠送 {money(bonus)}" in panel.after.text()
    keys(at_till, ENTER)
    after = members.by_id(demo_desk, before.id)
    assert after is not None
    assert after.balance_fen == before.balance_fen + 10_000
    assert after.bonus_fen == before.bonus_fen + bonus
    assert house.drawer_opened == 1
    assert at_till.panel is None
    assert at_till.till is not None
    assert at_till.till.presenter.draft.member == after
    assert will_be in at_till.till.notice.text(), "the same balance as on the diner's card"
    assert shifts.x_report(demo_desk).cash.top_ups_fen == 10_000


def test_found_by_initials_paid_by_wechat(at_till: MainWindow, demo_desk: Desk, house: BareHouse) -> None:
    before = members.find(demo_desk, WANG)[0]
    panel = panel_of(at_till)
    keys(at_till, "wxl")
    assert WANG in panel.picker.titles()
    while panel.picker.titles()[panel.picker.row_keys().index(panel.picker.current())] != WANG:
        keys(at_till, Qt.Key.Key_Down)
    keys(at_till, ENTER, "66", Qt.Key.Key_F3, ENTER)
    after = members.by_id(demo_desk, before.id)
    assert after is not None
    assert after.balance_fen == before.balance_fen + 6_600
    assert house.drawer_opened == 0
    assert shifts.x_report(demo_desk).sales.top_ups_fen == 6_600


def test_change_is_shown_and_too_little_cash_is_refused(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    at_till.scanned(members.find(demo_desk, WANG)[0].card)
    keys(at_till, "50")
    panel.given.setText("100")
    assert "找零 ¥50.00" in panel.after.text()
    panel.given.setText("20")
    keys(at_till, ENTER)
    assert at_till.panel is panel
    assert panel.message.text().startswith("⚠")


def test_without_amount_or_person_it_says_so(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    panel.submit()
    assert "请先找到充值的人" in panel.message.text()
    at_till.scanned(members.find(demo_desk, WANG)[0].card)
    panel.submit()
    assert "请输入金额" in panel.message.text()


def test_an_amount_that_cannot_be_read_is_not_taken_for_none(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    at_till.scanned(members.find(demo_desk, WANG)[0].card)
    keys(at_till, "50")
    panel.given.setText("1oo")
    for text, said in (
        ("50", "看不出"),
        ("12.345", "看不出"),
        ("2500", "最多还能充"),
        ("9" * 12, "金额最多"),
    ):
        panel.amount.setText(text)
        keys(at_till, ENTER)
        assert at_till.panel is panel
        assert said in panel.message.text(), text
        if text == "12.345":
            panel.given.setText("")


def test_an_unknown_card_is_said_in_place(at_till: MainWindow) -> None:
    panel = panel_of(at_till)
    at_till.scanned("1029384756")
    assert at_till.panel is panel
    assert "没有人用这张卡" in panel.message.text()


def test_who_eats_now_is_who_tops_up(at_till: MainWindow, demo_desk: Desk) -> None:
    at_till.scanned(members.find(demo_desk, WANG)[0].card)
    panel = panel_of(at_till)
    assert panel.presenter.member is not None
    assert panel.presenter.member.name == WANG
    assert panel.amount.hasFocus()


def test_a_little_more_that_would_bring_a_bonus_is_told(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    at_till.scanned(members.find(demo_desk, WANG)[0].card)
    for amount, told in (("99.99", "再充 ¥0.01 就送 ¥10.00"), ("150", "再充 ¥50.00 就送 ¥25.00")):
        panel.amount.setText(amount)
        assert told in panel.after.text()
    for amount in ("20", "200", "1000"):
        panel.amount.setText(amount)
        assert "再充" not in panel.after.text()
