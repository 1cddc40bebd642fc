"""Refunds and recent documents by keys."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from canteen_pos.services import members, refunding, sales_book, shifts, verifying
from canteen_pos.services.context import Desk
from canteen_pos.storage import tables
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.recent.screen import RecentPanel
from canteen_pos.ui.screens.refund.screen import RefundPanel
from tests.ui.bare_house import BareHouse
from tests.ui.keyboard import keys

ENTER = Qt.Key.Key_Return
WANG = "王秀兰"


@pytest.fixture
def sold(at_till: MainWindow, demo_desk: Desk) -> MainWindow:
    """Two portions of 红烧肉, paid from the card."""
    at_till.scanned(members.find(demo_desk, WANG)[0].card)
    keys(at_till, "2*hsr", ENTER, ENTER)
    assert sales_book.recent(demo_desk, 1)[0].person_name == WANG
    return at_till


def refund_panel(window: MainWindow) -> RefundPanel:
    keys(window, Qt.Key.Key_F10)
    assert isinstance(window.panel, RefundPanel)
    return window.panel


def balance(desk: Desk) -> int:
    return members.find(desk, WANG)[0].spendable_fen


def test_the_whole_sale_back_to_the_card(sold: MainWindow, demo_desk: Desk, house: BareHouse) -> None:
    sale = sales_book.recent(demo_desk, 1)[0]
    before = balance(demo_desk)
    panel = refund_panel(sold)
    keys(sold, ENTER, "1", "8888", ENTER)
    assert panel.presenter.finished is not None
    assert balance(demo_desk) == before + sale.pays_fen
    assert "已退" in panel.presenter.finished_words()
    assert panel.presenter.finished_rows()[0][0].startswith("退回储值")
    assert house.drawer_opened == 0
    refund = sales_book.recent(demo_desk, 1)[0]
    assert refund.kind == "refund"
    assert sales_book.load(demo_desk, refund.document_id).reason == "点错了"
    assert verifying.verify(demo_desk).ok


def test_part_of_a_line(sold: MainWindow, demo_desk: Desk) -> None:
    sale = sales_book.recent(demo_desk, 1)[0]
    panel = refund_panel(sold)
    assert sale.number_text in panel._which.text()
    keys(sold, Qt.Key.Key_Tab, "1", ENTER, "菜凉了", ENTER, "8888", ENTER)
    assert panel.presenter.finished is not None
    left = refunding.refundable(demo_desk, sale.document_id)
    assert [(line.quantity, line.left) for line in left] == [(2, 1)]


def test_the_managers_pin_is_asked_in_place_and_a_wrong_one_changes_nothing(
    sold: MainWindow, demo_desk: Desk
) -> None:
    before = balance(demo_desk)
    panel = refund_panel(sold)
    keys(sold, ENTER, "1", "1111", ENTER)
    assert panel.presenter.finished is None
    assert panel.message.text().startswith("⚠")
    assert balance(demo_desk) == before
    keys(sold, "8888", ENTER)
    assert panel.presenter.finished is not None


def test_a_sale_that_left_the_list_is_not_given_back(sold: MainWindow) -> None:
    panel = refund_panel(sold)
    keys(sold, "zzqq99")
    assert not panel.picker.titles()
    assert not panel._form.isVisibleTo(panel)
    keys(sold, ENTER, "1", "8888", ENTER)
    assert panel.presenter.finished is None


def test_it_wants_a_reason(sold: MainWindow) -> None:
    panel = refund_panel(sold)
    keys(sold, ENTER, ENTER, "8888", ENTER)
    assert "请写原因" in panel.message.text()
    assert panel.presenter.finished is None
    keys(sold, "1", "8888", ENTER)  # the reason has the focus now
    assert panel.presenter.finished is not None


def test_what_is_back_already_cannot_go_back_again(sold: MainWindow, demo_desk: Desk) -> None:
    sale = sales_book.recent(demo_desk, 1)[0]
    panel = refund_panel(sold)
    keys(sold, ENTER, "1", "8888", ENTER)
    panel.picker.chosen.emit(sale.document_id)
    assert panel.presenter.nothing_left
    assert not panel._form.isVisibleTo(panel)
    panel.submit()
    about_it = [one for one in sales_book.find(demo_desk, WANG) if one.kind == "refund" and one.at == sale.at]
    assert len(about_it) == 1


def test_an_older_sale_is_found_by_name(sold: MainWindow, demo_desk: Desk) -> None:
    other = next(
        one
        for one in sales_book.recent(demo_desk)
        if one.person_name not in ("", WANG) and one.kind == "sale"
    )
    panel = refund_panel(sold)
    panel.picker.search.setText(other.person_name)
    assert panel.presenter.sale is not None
    assert panel.presenter.sale.person_name == other.person_name


def recent_panel(window: MainWindow) -> RecentPanel:
    keys(window, Qt.Key.Key_F11)
    assert isinstance(window.panel, RecentPanel)
    return window.panel


def test_a_wrong_tender_is_corrected_without_a_refund(sold: MainWindow, demo_desk: Desk) -> None:
    before = balance(demo_desk)
    sale = sales_book.recent(demo_desk, 1)[0]
    panel = recent_panel(sold)
    keys(sold, Qt.Key.Key_F6, "3", "按错了键", ENTER)
    assert "已改为微信" in panel.message.text()
    assert balance(demo_desk) == before + sale.pays_fen
    assert shifts.x_report(demo_desk).by_tender["wechat"] == sale.pays_fen
    panel.presenter.choose(sale.document_id)
    row = next(one for one in panel.presenter.found if one.document_id == sale.document_id)
    assert row.tenders == ("wechat",), "the list tells how it is paid now"
    assert "已改收款方式" in panel.presenter.row_detail(row)
    paid = [words for words, _ in panel.presenter.rows()][-2:]
    assert paid == ["微信（改正后）", "原先记的：储值"]
    assert verifying.verify(demo_desk).ok


def test_the_invoice_is_marked_once(sold: MainWindow, demo_desk: Desk) -> None:
    panel = recent_panel(sold)
    assert panel.invoice_button.isEnabled()
    keys(sold, Qt.Key.Key_F7)
    assert sales_book.recent(demo_desk, 1)[0].invoice_issued
    assert not panel.invoice_button.isEnabled()


def test_from_the_list_to_the_refund_of_that_sale(sold: MainWindow) -> None:
    panel = recent_panel(sold)
    keys(sold, Qt.Key.Key_Down)
    assert panel.presenter.chosen is not None
    chosen = panel.presenter.chosen.document_id
    if not panel.presenter.may_refund:
        pytest.fail("the demo's last document before this sale is a sale")
    keys(sold, Qt.Key.Key_F10)
    assert isinstance(sold.panel, RefundPanel)
    assert sold.panel.presenter.sale is not None
    assert sold.panel.presenter.sale.document_id == chosen


def test_a_closed_purse_is_paid_out_in_cash_the_second_time(
    sold: MainWindow, demo_desk: Desk, house: BareHouse
) -> None:
    """First it says why the money cannot go back and offers cash; asked again, with the PIN again, it pays."""
    sale = sales_book.recent(demo_desk, 1)[0]
    with demo_desk.db.write() as conn:
        conn.execute(update(tables.accounts).values(active=0))
    panel = refund_panel(sold)
    keys(sold, ENTER, "1", "8888", ENTER)
    assert panel.presenter.finished is None
    assert "改退现金" in panel.presenter.problem
    assert panel.save_button.text().startswith("改退现金")
    keys(sold, "8888", ENTER)
    assert panel.presenter.finished is not None, panel.presenter.problem
    assert panel.presenter.finished.by_tender == (("cash", sale.pays_fen),)
    assert house.drawer_opened == 1
    assert verifying.verify(demo_desk).ok
