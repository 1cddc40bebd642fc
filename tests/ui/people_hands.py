"""What the tests of the people section do with it."""

from canteen_pos.domain.identity import check_digit
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.screens.people.screen import PeopleSection


def form_of(section: PeopleSection) -> Form:
    assert section.form is not None
    return section.form


def names(section: PeopleSection) -> list[str]:
    return [row.name for row in section.fetch(0, 50)]


def id_number(first_17: str) -> str:
    return first_17 + check_digit(first_17)
