"""Vouchers in the back office: what is said of a batch's days, and what its claim is asked for."""

from collections.abc import Callable
from datetime import date

from canteen_pos.services import vouchers
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.vouchers import NewBatch
from canteen_pos.ui.office.fields import DateField
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.purses.vouchers import VouchersSection
from canteen_pos.ui.widgets.labels import Chip


def shown(open_office: Callable[..., OfficeScreen], name: str) -> VouchersSection:
    section = open_office("vouchers").section
    assert isinstance(section, VouchersSection)
    section.search.setText(name)
    section.reload()
    return section


def test_a_batch_that_has_not_begun_says_so_and_is_claimed_for_this_month(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk, manager: Actor
) -> None:
    day = date(2026, 12, 1)
    vouchers.issue(demo_desk, manager, NewBatch("圣诞券", "街道", "street", day, day, face_fen=500, number=1))
    section = shown(open_office, "圣诞券")
    assert "还没开始" in [chip.text() for chip in section.story.findChildren(Chip)]
    assert claimed(section) == (date(2026, 11, 1), date(2026, 11, 23)), "last month it was not there"
    assert claimed(shown(open_office, "爱心餐券")) == (date(2026, 10, 1), date(2026, 10, 31))


def claimed(section: VouchersSection) -> tuple[date | None, date | None]:
    section.claim()
    form = section.form
    assert form is not None
    first, last = form.boxes["first"].field, form.boxes["last"].field
    assert isinstance(first, DateField)
    assert isinstance(last, DateField)
    days = (first.day(), last.day())
    section.close_form()
    return days
