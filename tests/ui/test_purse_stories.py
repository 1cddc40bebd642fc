"""What an account's page tells of principal and bonus, and what its forms offer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from canteen_pos.domain.membership import Member
from canteen_pos.services import liability, members, purse_refunds, settings_store, verifying, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.purses.listing import PurseList
from tests.ui.keyboard import ctrl, keys

SAVE = ctrl("S")


@pytest.fixture
def wang(demo_desk: Desk) -> Member:
    found = members.by_card(demo_desk, "0412")
    assert found is not None
    return found


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> PurseList:
    found = open_office("purses").section
    assert isinstance(found, PurseList)
    return found


def topped_up(desk: Desk, manager: Actor, member: Member, fen: int) -> str:
    return wallets.top_up(desk, manager, member.account_id, fen, "wechat", "", f"t{fen}").document_id


def test_a_movement_names_its_bonus_and_what_is_undone_is_not_offered(
    section: PurseList, window: MainWindow, demo_desk: Desk, manager: Actor, wang: Member
) -> None:
    first = topped_up(demo_desk, manager, wang, 10_000)
    second = topped_up(demo_desk, manager, wang, 20_000)
    purse_refunds.undo_top_up(demo_desk, manager, second, "充错了", "u")
    section.reload()
    keys(window, "00001")
    told = " ".join(section.story.texts())
    assert "其中赠送 ¥25.00" in told
    assert "其中赠送 −¥25.00" in told
    keys(window, ctrl("Z"))
    assert section.form is not None
    which = section.form.boxes["which"].field
    assert which.codes()[0] == first  # type: ignore[attr-defined]
    assert second not in which.codes()  # type: ignore[attr-defined]


def test_paying_out_says_beforehand_how_much_bonus_ends(
    section: PurseList, window: MainWindow, demo_desk: Desk, manager: Actor, wang: Member
) -> None:
    topped_up(demo_desk, manager, wang, 20_000)
    section.reload()
    keys(window, "00001", ctrl("R"))
    assert section.form is not None
    now = members.by_id(demo_desk, wang.id)
    assert now is not None
    keys(window, f"{now.balance_fen // 200}")
    box = section.form.boxes["fen"]
    lapses = purse_refunds.lapses(
        settings_store.load(demo_desk), now.balance_fen, now.bonus_fen, now.balance_fen // 200 * 100
    )
    assert lapses > 0
    assert box._below.text() == f"赠送作废 ¥{lapses // 100}.{lapses % 100:02d}"
    keys(window, *[Qt.Key.Key_Backspace] * 5)
    assert "不填" in box._below.text()


def test_a_debt_is_set_off_against_a_purse_by_keys(
    open_office: Callable[..., OfficeScreen], window: MainWindow, demo_desk: Desk, wang: Member
) -> None:
    section = open_office("customers").section
    assert isinstance(section, PurseList)
    keys(window, ctrl("R"))
    form = section.form
    assert form is not None
    assert not form.boxes["who"].isVisible()
    form.boxes["tender"].field.press("wallet")  # type: ignore[attr-defined]
    keys(window, SAVE)
    assert "没有找到" in form.boxes["who"].problem()
    form.boxes["fen"].field.setFocus()
    form.boxes["fen"].field.selectAll()  # type: ignore[attr-defined]
    keys(window, "9.5")
    assert section.scan(wang.card)
    keys(window, SAVE)
    assert section.form is None
    after = members.by_id(demo_desk, wang.id)
    assert after is not None
    assert after.balance_fen == wang.balance_fen - 950
    assert verifying.verify(demo_desk).problems == ()


def test_a_day_that_has_not_come_owes_nothing_yet(
    open_office: Callable[..., OfficeScreen], window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    section = open_office("liability").section
    assert isinstance(section, PurseList)
    section.filters.press("other")
    assert section.form is not None
    keys(window, "+1", SAVE)
    assert "还没有到" in section.form.boxes["day"].problem()
    keys(window, *[Qt.Key.Key_Backspace] * 12, "+0", SAVE)
    assert section.form is None
    assert f"{len(liability.on(demo_desk, manager, demo_desk.clock.now().date()).purses)} 户" in (
        section._count_word.text()
    )
