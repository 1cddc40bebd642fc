"""A newcomer in ten seconds: what was typed becomes a member, or a sentence beside the field it is about. No Qt."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from canteen_pos.domain.diner import full_years
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.identity import read_id_number
from canteen_pos.domain.membership import Member, NewMember
from canteen_pos.i18n import tr
from canteen_pos.services import members, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import said

Field = Literal["name", "born", "card", "phone", "all"]
_YEAR_DIGITS, _DAY_DIGITS, _ID_DIGITS = 4, 8, 18


@dataclass(frozen=True, slots=True)
class Born:
    """What the one field for year, day or ID number says."""

    year: int | None = None
    day: date | None = None
    id_number: str = ""


class EnrolPresenter:
    """Reads the form; `problems` holds one sentence per field that cannot be taken."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.problems: dict[Field, str] = {}
        self.photo = ""
        self.photo_problem = ""

    def take_photo(self, path: str) -> bytes | None:
        """Choose a picture file; the picture as it will be kept, or None with `photo_problem` filled and nothing
        chosen anew. '' leaves what was chosen."""
        self.photo_problem = ""
        if not path:
            return None
        try:
            picture = pictures.look(path)
        except Refusal as refusal:
            self.photo_problem = said(refusal)
            return None
        self.photo = path
        return picture

    def born_note(self, text: str) -> str:
        """What the typed year, day or number means, said back while typing; '' when it means nothing yet."""
        try:
            born = self._born(text)
        except Refusal:
            return ""
        today = self.desk.clock.now().date()
        if born.id_number:
            day = read_id_number(born.id_number, today).birth_date
        elif born.day is not None:
            day = born.day
        elif born.year is not None and 0 <= today.year - born.year <= 130:
            return tr("{year} 年生，按 12 月 31 日算：{age} 岁").format(
                year=born.year, age=max(0, full_years(date(born.year, 12, 31), today))
            )
        else:
            return ""
        return tr("{day} 生，{age} 岁").format(day=day.isoformat(), age=full_years(day, today))

    def enrol(self, name: str, born: str, card: str, phone: str) -> Member | None:
        """The new member, with the photo chosen; or None with `problems` filled."""
        self.problems = {}
        if not name.strip():
            self.problems["name"] = tr("请写姓名")
        try:
            facts = self._born(born)
        except Refusal as refusal:
            self.problems["born"] = said(refusal)
            facts = Born()
        if self.problems:
            return None
        newcomer = NewMember(
            name=name.strip(),
            birth_date=facts.day,
            birth_year=facts.year,
            id_number=facts.id_number,
            card=card.strip(),
            phone=phone.strip(),
            photo=self.photo,
        )
        try:
            return members.enrol(self.desk, self.actor, newcomer)
        except Refusal as refusal:
            self.problems[_field_of(refusal.code)] = said(refusal)
            return None

    def _born(self, text: str) -> Born:
        """Refusal 'id_number.*' or 'member.born_unclear' for what is neither a year, a day nor an ID number."""
        typed = re.sub(r"[\s.\-/年月日]", "", text).upper()
        if not typed:
            return Born()
        today = self.desk.clock.now().date()
        if typed.isdigit() and len(typed) == _YEAR_DIGITS:
            return Born(year=int(typed))
        if typed.isdigit() and len(typed) == _DAY_DIGITS:
            try:
                return Born(day=date(int(typed[:4]), int(typed[4:6]), int(typed[6:])))
            except ValueError:
                raise Refusal("member.born_unclear") from None
        if len(typed) == _ID_DIGITS:
            read_id_number(typed, today)
            return Born(id_number=typed)
        raise Refusal("member.born_unclear")


def _field_of(code: str) -> Field:
    if code == "member.name_empty":
        return "name"
    if code.startswith(("id_number.", "id_key.", "member.born", "member.birth")):
        return "born"
    if code.startswith("card."):
        return "card"
    return "all"
