"""The sections of the back office: word, right, and the screen, imported when it is first shown.

Only sections that do something are listed. A new one is a line here and a screen with a `Section`.
"""

from canteen_pos.i18n import tr, tr_as
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import may
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.office.section import Section, SectionSpec


def _people(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.people.screen import PeopleSection

    return PeopleSection(desk, actor)


def _people_import(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.people_import.screen import ImportSection

    return ImportSection(desk, actor)


def _today(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.today.screen import TodaySection

    return TodaySection(desk, actor)


def _waiting(desk: Desk, actor: Actor) -> int:
    from canteen_pos.services import today

    return today.waiting(desk, actor)


def _purses(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.purses.screen import PursesSection

    return PursesSection(desk, actor)


def _customers(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.purses.customers import CustomersSection

    return CustomersSection(desk, actor)


def _vouchers(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.purses.vouchers import VouchersSection

    return VouchersSection(desk, actor)


def _points(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.purses.points import PointsSection

    return PointsSection(desk, actor)


def _liability(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.purses.liability import LiabilitySection

    return LiabilitySection(desk, actor)


def _staff(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.staff.screen import StaffSection

    return StaffSection(desk, actor)


def _records(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.records.screen import RecordsSection

    return RecordsSection(desk, actor)


def _menu(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.menu.screen import WeekSection

    return WeekSection(desk, actor)


def _dishes(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.dishes.screen import DishesSection

    return DishesSection(desk, actor)


def _after_service(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.after_service.screen import AfterServiceSection

    return AfterServiceSection(desk, actor)


def _samples(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.samples.screen import SamplesSection

    return SamplesSection(desk, actor)


def _samples_due(desk: Desk, actor: Actor) -> int:
    from canteen_pos.services import samples

    del actor
    due = samples.due(desk)
    return len(due.to_take) + len(due.to_dispose)


def _settings(desk: Desk, actor: Actor) -> Section:
    from canteen_pos.ui.screens.printer_setup.screen import PrinterSetupPanel
    from canteen_pos.ui.screens.settings.screen import SettingsSection

    return SettingsSection(desk, actor, lambda: PrinterSetupPanel(desk, actor))


SECTIONS: tuple[SectionSpec, ...] = (
    SectionSpec("today", lambda: tr("今日"), "read_reports", _today, _waiting),
    SectionSpec("menu", lambda: tr("菜单"), "manage_menu", _menu),
    SectionSpec("dishes", lambda: tr("菜品"), "manage_menu", _dishes, under="menu"),
    SectionSpec("after_service", lambda: tr("餐后"), "manage_menu", _after_service, under="menu"),
    SectionSpec("people", lambda: tr_as("people", "就餐人"), "read_people", _people),
    SectionSpec("people_import", lambda: tr("导入名单"), "manage_people", _people_import, under="people"),
    SectionSpec("samples", lambda: tr("留样"), "manage_menu", _samples, _samples_due),
    SectionSpec("purses", lambda: tr("账户与券"), "read_purses", _purses),
    SectionSpec("customers", lambda: tr("挂账单位"), "read_purses", _customers, under="purses"),
    SectionSpec("vouchers", lambda: tr("券"), "read_purses", _vouchers, under="purses"),
    SectionSpec("points", lambda: tr("积分"), "read_purses", _points, under="purses"),
    SectionSpec("liability", lambda: tr("预存负债"), "read_purses", _liability, under="purses"),
    SectionSpec("staff", lambda: tr("员工"), "manage_users", _staff),
    SectionSpec("records", lambda: tr("操作记录"), "read_records", _records),
    SectionSpec("settings", lambda: tr("设置"), "manage_settings", _settings),
)


def allowed(actor: Actor) -> tuple[SectionSpec, ...]:
    """What this actor may see; empty for those who have no business in the back office."""
    return tuple(spec for spec in SECTIONS if may(actor, spec.right))


def office(desk: Desk, actor: Actor) -> OfficeScreen:
    """The back office for this actor, who may see one section at least."""
    return OfficeScreen(desk, actor, allowed(actor))
