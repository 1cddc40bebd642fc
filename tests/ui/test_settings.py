"""The settings section by keys: each page stores what it shows, each device is tried, a backup is made and put back."""

import socket
import threading
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canteen_pos import i18n
from canteen_pos.domain.calendar import MealPeriod
from canteen_pos.services import (
    audit,
    print_queue,
    printer_setup,
    settings_store,
)
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.settings_store import BonusRule
from canteen_pos.ui import theme
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.scanner_filter import ScannerFilter
from canteen_pos.ui.screens.settings.pages.rules import PacksPage
from canteen_pos.ui.screens.settings.screen import SettingsSection
from tests.ui.driving import said
from tests.ui.keyboard import ctrl, keys
from tests.ui.settings_hands import into, machine, page

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
SAVE, ALL = ctrl("S"), ctrl("A")


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> SettingsSection:
    found = open_office("settings").section
    assert isinstance(found, SettingsSection)
    return found


# -- going about ---------------------------------------------------------------------------------------


def test_pages_are_turned_by_arrows_and_entered(section: SettingsSection, window: MainWindow) -> None:
    assert section.page_key == "house"
    keys(window, DOWN, DOWN)
    assert section.page_key == "tenders"
    keys(window, ENTER)
    assert section.page.isAncestorOf(QApplication.focusWidget())
    keys(window, ESC, Qt.Key.Key_End)
    assert section.page_key == "key"
    keys(window, ESC)
    assert not window.in_office, "Esc at the top goes back to the till"


def test_what_was_typed_waits_on_its_page(section: SettingsSection, window: MainWindow) -> None:
    form = page(section, "house")
    into(form, "name", "新名字")
    keys(window, ESC, DOWN, Qt.Key.Key_Up)
    assert section.page is form
    assert form.boxes["name"].field.text() == "新名字"
    assert section.unsaved
    keys(window, SAVE)
    assert not section.unsaved
    assert settings_store.load(section.presenter.desk).name == "新名字"


def test_every_page_says_whose_settings_it_holds_and_saves_as_it_is(
    section: SettingsSection, window: MainWindow, demo_desk: Desk
) -> None:
    before = settings_store.load(demo_desk)
    for key in section.page_keys():
        page(section, key)
        keys(window, SAVE)
        assert not section.page.problems(), key
        assert section.page.findChildren(type(section.page._title))
    assert settings_store.load(demo_desk) == before, "saving without a change changes nothing"
    assert not audit.recent(demo_desk, "settings_changed"), "and there is nothing to log"


# -- the canteen -----------------------------------------------------------------------------------------


def test_meals_and_the_business_day(section: SettingsSection, window: MainWindow, demo_desk: Desk) -> None:
    form = page(section, "meals")
    into(form, "lunch", "1300")
    into(form, "lunch end", "12:00")
    keys(window, SAVE)
    assert "23:59" in form.boxes["lunch end"].problem()
    into(form, "lunch", "11:00")
    into(form, "lunch end", "下午")
    keys(window, SAVE)
    assert "11:00" in form.problems()[0]
    into(form, "lunch end", "1700")
    keys(window, SAVE)
    assert "重叠" in form.boxes["dinner"].problem()
    into(form, "lunch end", "1330")
    into(form, "cut_off", "8")
    keys(window, SAVE)
    assert "早餐，06:00" in form.boxes["cut_off"].problem()
    into(form, "name", "晚餐")
    into(form, "other", "21:00")
    into(form, "other end", "2200")
    keys(window, SAVE)
    assert "已经有这一餐" in form.boxes["name"].problem()
    into(form, "name", "夜宵")
    into(form, "other", "21:00")
    into(form, "other end", "2200")
    into(form, "cut_off", "5")
    form.boxes["closed"].field.press("6")
    keys(window, SAVE)
    assert not form.problems()
    kept = settings_store.load(demo_desk)
    assert [(one.code, one.start) for one in kept.periods][1::2] == [("lunch", time(11)), ("夜宵", time(21))]
    assert kept.cut_off == time(5)
    assert kept.closed_weekdays == {6}


def test_two_managers_at_the_same_page_do_not_undo_each_other(
    section: SettingsSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    form = page(section, "meals")
    settings_store.save(demo_desk, manager, cut_off=time(5))
    into(form, "park", "45")
    keys(window, SAVE)
    kept = settings_store.load(demo_desk)
    assert (kept.park_minutes, kept.cut_off) == (45, time(5)), "what was only shown is not written"
    into(form, "cut_off", "3")
    settings_store.save(demo_desk, manager, cut_off=time(6), park_minutes=60)
    keys(window, SAVE)
    assert "营业日分界" in form.problems()[0]
    assert settings_store.load(demo_desk).cut_off == time(6), "nothing is overwritten unseen"
    keys(window, SAVE)
    assert not form.problems()
    kept = settings_store.load(demo_desk)
    assert (kept.cut_off, kept.park_minutes) == (time(3), 60), "insisting on one is not insisting on all"


def test_a_page_left_by_its_button_gives_up_what_was_typed(
    section: SettingsSection, window: MainWindow, demo_desk: Desk
) -> None:
    form = page(section, "house")
    into(form, "name", "新名字")
    form.leave_button.click()
    assert "放弃" in form.problems()[0]
    form.leave_button.click()
    assert form.boxes["name"].field.text() == settings_store.load(demo_desk).name != "新名字"
    assert not section.unsaved
    assert not form.problems()


def test_more_meals_than_the_page_has_room_for_stay(
    section: SettingsSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    meals = (MealPeriod("早茶", time(9), time(10)), MealPeriod("夜宵", time(21), time(22)))
    settings_store.save(demo_desk, manager, periods=(*settings_store.load(demo_desk).periods, *meals))
    form = page(section, "meals")
    into(form, "lunch", "10:45")
    keys(window, SAVE)
    assert not form.problems()
    codes = [one.code for one in settings_store.load(demo_desk).periods]
    assert codes == ["breakfast", "早茶", "lunch", "dinner", "夜宵"]


def test_tenders_and_fees(section: SettingsSection, window: MainWindow, demo_desk: Desk) -> None:
    form = page(section, "tenders")
    form.boxes["tenders"].field.press("alipay")
    form.boxes["rounding"].field.press("jiao")
    into(form, "box", "1.5")
    keys(window, SAVE)
    kept = settings_store.load(demo_desk)
    assert "alipay" not in kept.tenders
    assert "cash" in kept.tenders
    assert (kept.cash_rounding, kept.box_fee_fen) == ("jiao", 150)
    into(form, "delivery", "")
    keys(window, SAVE)
    assert "金额" in form.problems()[0]
    assert settings_store.load(demo_desk) == kept


def test_bonus_rules(section: SettingsSection, window: MainWindow, demo_desk: Desk) -> None:
    form = page(section, "stored")
    into(form, "bonus0", "300")
    into(form, "bonus0 gives", "")
    keys(window, SAVE)
    assert "大于 0" in form.boxes["bonus0 gives"].problem()
    into(form, "bonus0 gives", "40")
    into(form, "bonus1", "")
    into(form, "bonus1 gives", "")
    form.boxes["many"].field.press("many")
    keys(window, SAVE)
    kept = settings_store.load(demo_desk)
    assert kept.bonus_rules == (BonusRule(30_000, 4000),)
    assert kept.bonus_many


def test_a_bonus_that_makes_no_sense_is_told_at_its_field(
    section: SettingsSection, window: MainWindow, demo_desk: Desk
) -> None:
    form = page(section, "stored")
    before = settings_store.load(demo_desk).bonus_rules
    for key, text, told_at, told in (
        ("bonus0", "1.2.3", "bonus0", "看不出"),
        ("bonus0", "0", "bonus0", "大于 0"),
        ("bonus0", "9999", "bonus0", "上限 ¥2000.00"),
        ("bonus0 gives", "100.01", "bonus0 gives", "比充的还多"),
        ("bonus1", "100", "bonus0 gives", "按别的档已经送 ¥25.00"),
        ("bonus1 gives", "10", "bonus1 gives", "已经送 ¥10.00"),
    ):
        into(form, key, text)
        keys(window, SAVE)
        assert told in form.boxes[told_at].problem(), (key, text)
        form.load()
    form.boxes["many"].field.press("many")
    into(form, "bonus1 gives", "20")
    keys(window, SAVE)
    assert "已经送 ¥20.00" in form.boxes["bonus1 gives"].problem(), "twice the first tier is as much"
    assert settings_store.load(demo_desk).bonus_rules == before


def test_a_card_is_not_told_to_take_what_nobody_can_pay_with(
    section: SettingsSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    settings_store.save(demo_desk, manager, tenders=("cash", "wallet", "points"))
    form = page(section, "stored")
    form.boxes["points"].field.press("before")
    form.boxes["on_account"].field.press("after")
    keys(window, SAVE)
    assert not form.boxes["points"].problem()
    assert "启用挂账" in form.boxes["on_account"].problem()
    form.boxes["on_account"].field.press("never")
    into(form, "point", "0")
    keys(window, SAVE)
    assert "启用积分" in form.boxes["points"].problem()
    into(form, "point", "0.2")
    keys(window, SAVE)
    assert not form.problems()
    assert settings_store.load(demo_desk).spend_order == ("points", "principal", "bonus")


def test_there_is_always_room_for_one_more_tier(
    section: SettingsSection, window: MainWindow, demo_desk: Desk
) -> None:
    form = page(section, "stored")
    shown = [form.boxes[f"bonus{place}"].isVisible() for place in range(6)]
    assert shown == [True] * 3 + [False] * 3
    into(form, "bonus2", "500")
    into(form, "bonus2 gives", "80")
    keys(window, SAVE)
    into(form, "bonus3", "50")
    into(form, "bonus3 gives", "2")
    keys(window, SAVE)
    tiers = [(rule.from_fen, rule.bonus_fen) for rule in settings_store.load(demo_desk).bonus_rules]
    assert tiers == [(5000, 200), (10_000, 1000), (20_000, 2500), (50_000, 8000)]
    assert form.boxes["bonus4"].isVisible()


def test_a_page_is_entered_as_by_tab_and_a_wrong_figure_is_typed_over(
    section: SettingsSection, window: MainWindow
) -> None:
    section.show_page("stored")
    section.first_focus().setFocus()
    keys(window, ENTER, "9999", SAVE)
    assert "上限" in section.page.boxes["bonus0"].problem()
    keys(window, "150", SAVE)
    assert not section.page.problems()


def test_rule_packs_are_chosen_and_added(
    section: SettingsSection, window: MainWindow, demo_desk: Desk, tmp_path: Path
) -> None:
    form = page(section, "packs")
    broken = tmp_path / "broken.toml"
    broken.write_text("id = 5", encoding="utf-8")
    keys(window, str(broken), ENTER)
    assert form.problems()
    own = tmp_path / "own.toml"
    own.write_text(
        'id = "own"\ntitle = "自定"\nsource = "t"\ndate = 2026-01-01\nsample = true\n'
        '[[rule]]\nid = "r"\ntitle = "减一元"\nfund = "operator"\norder = 10\n'
        'effect = { off_yuan = 1.00, per = "bill" }\n',
        encoding="utf-8",
    )
    keys(window, ALL, str(own), Qt.Key.Key_F5)
    assert not form.problems()
    assert "own" not in settings_store.load(demo_desk).packs
    form.boxes["packs"].field.press("own")
    keys(window, SAVE)
    assert "own" in settings_store.load(demo_desk).packs


def test_packs_ask_about_the_canteen_itself(
    section: SettingsSection, window: MainWindow, demo_desk: Desk
) -> None:
    form = page(section, "packs")
    assert isinstance(form, PacksPage)
    assert form.boxes["site"].isHidden(), "the packs in force ask nothing"
    for pack in form.packs.values():
        form.packs.press(pack)
    form.packs.press("guangzhou-city")
    assert form.boxes["site"].isVisible()
    (own_kitchen,) = form.site.codes()
    before = settings_store.load(demo_desk).site_facts
    assert before[own_kitchen] is True
    keys(window, SAVE)
    assert settings_store.load(demo_desk).site_facts[own_kitchen] is True, "as the demo stated it"
    form.site.press(own_kitchen)
    keys(window, SAVE)
    assert own_kitchen not in settings_store.load(demo_desk).site_facts
    (event,) = audit.recent(demo_desk, "settings_changed", limit=1)
    assert "site_facts" in event.body


def test_workdays_the_calendar_does_not_know(
    section: SettingsSection, window: MainWindow, demo_desk: Desk
) -> None:
    form = page(section, "workdays")
    keys(window, "2027-02-07 work", ENTER, "2027-02-30 off")
    keys(window, SAVE)
    assert "第 2 行" in form.problems()[0]
    form.boxes["days"].field.selectAll()
    keys(window, "2027-02-07 work", ENTER, "2027-02-08 off", SAVE)
    assert dict(settings_store.load(demo_desk).workdays) == {date(2027, 2, 7): True, date(2027, 2, 8): False}
    assert form.boxes["days"].field.toPlainText() == "2027-02-07 班\n2027-02-08 休"


# -- this machine ----------------------------------------------------------------------------------------


def test_theme_station_and_lock(section: SettingsSection, window: MainWindow, demo_desk: Desk) -> None:
    form = page(section, "machine")
    form.boxes["theme"].field.press("dark")
    into(form, "station", "till 1")
    keys(window, SAVE)
    assert "till" in form.problems()[0].casefold()
    into(form, "station", "t2")
    into(form, "idle", "3")
    keys(window, SAVE)
    assert theme.current().name == "dark"
    assert (machine(demo_desk).theme, machine(demo_desk).station) == ("dark", "T2")
    assert settings_store.load(demo_desk).idle_lock_minutes == 3


def test_another_language_begins_at_the_sign_in(
    section: SettingsSection, window: MainWindow, qtbot: QtBot, demo_desk: Desk
) -> None:
    form = page(section, "machine")
    form.boxes["language"].field.press("en")
    with qtbot.waitSignal(window.opened):
        keys(window, SAVE)
    assert i18n.language() == "en"
    assert machine(demo_desk).language == "en"
    assert window.pages.currentWidget() is window.sign_in


def test_the_scanner_is_tried_and_listens_anew(
    section: SettingsSection, window: MainWindow, qapp: QApplication, demo_desk: Desk
) -> None:
    listening = ScannerFilter(parent=qapp)
    form = page(section, "scanner")
    into(form, "scanner_prefix", "~")
    into(form, "scanner_gap_ms", "2000")
    keys(window, SAVE)
    assert "500" in form.problems()[0]
    into(form, "scanner_gap_ms", "50")
    keys(window, SAVE)
    assert (listening.timing.prefix, listening.timing.gap_ms) == ("~", 50.0)
    assert machine(demo_desk).scanner_gap_ms == "50"
    window.scanned("0412")
    assert "0412" in form.heard.text()
    listening.deleteLater()


def test_the_scale_is_tried(section: SettingsSection, window: MainWindow, demo_desk: Desk) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    where = f"127.0.0.1:{server.getsockname()[1]}"

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"ST,GS,+  0.345kg\r\n")
            connection.recv(16)

    thread = threading.Thread(target=serve)
    thread.start()
    form = page(section, "scale")
    keys(window, where, Qt.Key.Key_F5)
    thread.join()
    server.close()
    assert "345 克" in said(window)
    keys(window, Qt.Key.Key_F5)
    assert "没有回应" in said(window)
    keys(window, ALL, "usb", SAVE)
    assert "不是秤的地址" in form.problems()[0]
    keys(window, ALL, where, SAVE)
    assert machine(demo_desk).scale == where


def test_the_drawer_is_tried_and_that_is_logged(
    section: SettingsSection, window: MainWindow, demo_desk: Desk
) -> None:
    page(section, "drawer")
    keys(window, Qt.Key.Key_F5)
    assert "请先设置小票机" in said(window)
    assert audit.recent(demo_desk, "no_sale")[0].body["reason"] == "试弹钱箱"
    keys(window, Qt.Key.Key_F6)
    assert window.display is not None
    window.toggle_display()


def test_printers_are_tried_and_set_up_in_the_tills_panel(
    section: SettingsSection, window: MainWindow, demo_desk: Desk
) -> None:
    printer_setup.ensure_printers(demo_desk)
    page(section, "printers")
    before = sum(one.waiting for one in print_queue.status(demo_desk))
    keys(window, Qt.Key.Key_F6)
    assert sum(one.waiting for one in print_queue.status(demo_desk)) == before + 2
    assert "测试页" in said(window)
    keys(window, Qt.Key.Key_F5)
    assert section.panel is not None
    keys(window, Qt.Key.Key_F5, "前台", ENTER, "192.168.1.50", ENTER)
    assert "前台" in [one.name for one in printer_setup.setups(demo_desk)]
    keys(window, ESC)
    assert section.panel is None
    assert window.in_office
    assert "前台" in type(section.page).summary(section.presenter)
