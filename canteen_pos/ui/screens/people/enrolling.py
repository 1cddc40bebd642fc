"""What a person's form says becomes a newcomer or a change, or sentences by field. No Qt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from canteen_pos.domain.diner import full_years
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.identity import read_id_number
from canteen_pos.domain.membership import Member, NewMember
from canteen_pos.domain.person import PersonEdit, PersonStory, masked_phone
from canteen_pos.domain.place import Place
from canteen_pos.i18n import tr
from canteen_pos.services import people, policies, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.initials import initials_of_name
from canteen_pos.services.people_edit import LIMITS
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.people import words

_CATEGORIES = ("dibao", "dibao_edge", "tekun", "shidu", "dujv", "shineng", "canji")
_PERMITS = ("elder_card", "volunteer", "sanitation", "delivery")
_FIELDS = {
    "member.name_empty": "name",
    "member.number_taken": "name",
    "member.born_later": "born",
    "member.birth_year": "born",
    "member.limit": "day_limit",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as typed."""

    name: str = ""
    initials: str = ""
    id_number: str = ""
    born: str = ""
    phone: str = ""
    card: str = ""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    hukou: Place = Place()
    residence: Place = Place()
    care_level: int = 0
    in_institution: bool = False
    categories: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    diet: tuple[str, ...] = ()
    texture: str = ""
    allergies: tuple[str, ...] = ()
    note: str = ""
    photo: str | None = None
    meal_limit_fen: int | None = None
    day_limit_fen: int | None = None
    month_limit_fen: int | None = None


class EnrolPresenter:
    """Reads a form for a newcomer, or for somebody known (`person_id`). `problems` holds one sentence by field."""

    def __init__(self, desk: Desk, actor: Actor, person_id: int | None = None) -> None:
        self.desk = desk
        self.actor = actor
        self.person_id = person_id
        self.problems: dict[str, str] = {}
        self._sure: tuple[str, str] | None = None

    @property
    def today(self) -> date:
        return self.desk.clock.now().date()

    def home(self) -> Place:
        """Where the canteen stands: most who come live there."""
        return settings_store.load(self.desk).place

    def before(self) -> PersonEdit:
        """What is known of the person, whole."""
        assert self.person_id is not None
        return people.for_edit(self.desk, self.actor, self.person_id)

    def story(self) -> PersonStory:
        assert self.person_id is not None
        return people.story(self.desk, self.actor, self.person_id)

    def categories(self) -> tuple[tuple[str, str], ...]:
        """The categories that the rules in force ask for, by their words, else the usual ones."""
        names = self._names()
        codes = dict.fromkeys((*(code for code in names if code not in _PERMITS), *_CATEGORIES))
        return tuple((code, words.code_word(code, names)) for code in codes)

    def permits(self) -> tuple[tuple[str, str], ...]:
        names = self._names()
        return tuple((code, words.code_word(code, names)) for code in _PERMITS)

    def _names(self) -> Mapping[str, str]:
        return {code: word for pack in policies.active(self.desk) for code, word in pack.names}

    @staticmethod
    def initials(name: str) -> str:
        """By pypinyin; a character with several readings is corrected by hand."""
        return initials_of_name(name)

    def id_note(self, text: str) -> tuple[str, str]:
        """(what the number says, what is wrong with it); nothing while it is being typed."""
        number = re.sub(r"\s", "", text).upper()
        if len(number) < 18:
            return "", ""
        try:
            facts = read_id_number(number, self.today)
        except Refusal as refusal:
            return "", said(refusal)
        who = tr("女") if facts.female else tr("男")
        age = full_years(facts.birth_date, self.today)
        note = tr("校验无误：{day} 生，{age} 岁，{who}")
        return note.format(day=facts.birth_date.isoformat(), age=age, who=who), ""

    def born_of(self, id_number: str) -> str:
        """The birth date in a number that was read and found right."""
        return read_id_number(id_number, self.today).birth_date.isoformat()

    def enrol(self, typed: Typed) -> Member | None:
        """The new member; None with `problems` filled. Somebody of the same name and birth date is asked about once."""
        day, year = self._read(typed)
        if self.problems or not self._is_another(typed, day):
            return None
        newcomer = NewMember(
            name=typed.name.strip(),
            initials=self._own_initials(typed),
            birth_date=day,
            birth_year=year,
            id_number=typed.id_number.strip(),
            card=typed.card.strip(),
            phone=typed.phone.strip(),
            hukou=typed.hukou,
            residence=typed.residence,
            categories=typed.categories,
            permits=typed.permits,
            care_level=typed.care_level,
            in_institution=typed.in_institution,
            diet=typed.diet,
            address=typed.address.strip(),
            contact_name=typed.contact_name.strip(),
            contact_phone=typed.contact_phone.strip(),
            texture=typed.texture,  # type: ignore[arg-type]  # one of the chips
            allergies=typed.allergies,
            note=typed.note.strip(),
            photo=typed.photo or "",
        )
        try:
            return people.enrol(self.desk, self.actor, newcomer)
        except Refusal as refusal:
            self.problems[_field(refusal.code)] = said(refusal)
            return None

    def change(self, typed: Typed, before: Typed) -> PersonStory | None:
        """Only what differs from `before` is written."""
        day, year = self._read(typed)
        if self.problems:
            return None
        if year is not None and not typed.id_number.strip():
            day = min(date(year, 12, 31), self.today)
        assert self.person_id is not None
        changed: dict[str, Any] = {
            name: getattr(typed, name)
            for name in _SAME_NAMES
            if getattr(typed, name) != getattr(before, name)
        }
        if typed.id_number.strip():
            changed["id_number"] = typed.id_number.strip()
        if typed.photo is not None:
            changed["photo"] = typed.photo
        if typed.born != before.born and day is not None:
            changed["birth_date"] = day
        clear = {
            name for name in LIMITS if getattr(typed, name) is None and getattr(before, name) is not None
        }
        clear |= (
            {"birth_date"}
            if before.born and not typed.born.strip() and not typed.id_number.strip()
            else set()
        )
        edit = PersonEdit(**changed, clear=frozenset(clear))  # type: ignore[arg-type]
        try:
            return people.edit(self.desk, self.actor, self.person_id, edit)
        except Refusal as refusal:
            self.problems[_field(refusal.code)] = said(refusal)
            return None

    def _read(self, typed: Typed) -> tuple[date | None, int | None]:
        """Birth date and birth year; `problems` for everything that is wrong at once."""
        self.problems = {}
        if not typed.name.strip():
            self.problems["name"] = tr("请写姓名")
        for key, number in (("phone", typed.phone), ("contact_phone", typed.contact_phone)):
            if number.strip() and not re.fullmatch(r"\+?[\d -]{7,18}", number.strip()):
                self.problems[key] = tr("电话只写数字，如 13800006612 或 028-86660000。")
        born, year = self._born(typed.born)
        if not typed.id_number.strip():
            return born, year
        try:
            on_card = read_id_number(typed.id_number, self.today).birth_date
        except Refusal as refusal:
            self.problems["id_number"] = said(refusal)
            return None, None
        if born not in (None, on_card) or year not in (None, on_card.year):
            differ = Refusal(
                "import.birth_dates_differ", {"typed": typed.born.strip(), "on_card": str(on_card)}
            )
            self.problems["born"] = said(differ)
        return on_card, None

    def _born(self, text: str) -> tuple[date | None, int | None]:
        """The day, or the year alone, which is all that some know."""
        parts = re.findall(r"\d+", text)
        if not text.strip():
            return None, None
        if len(parts) == 1 and len(parts[0]) == 4:
            year = int(parts[0])
            if not 0 <= self.today.year - year <= 130:
                self.problems["born"] = said(Refusal("member.birth_year", {"year": year}))
            return None, year
        if len(parts) == 1 and len(parts[0]) == 8:
            parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
        try:
            year, month, of_month = (int(part) for part in parts)
            day = date(year, month, of_month)
        except ValueError:
            self.problems["born"] = tr("没有这一天。写成 1943-02-11；只知道年份就写 1943。")
            return None, None
        if day > self.today:
            self.problems["born"] = said(Refusal("member.born_later"))
        return day, None

    def _is_another(self, typed: Typed, day: date | None) -> bool:
        """False the first time when somebody of this name and birth date, or phone, is known: it may be the same person."""
        name, phone = typed.name.strip(), masked_phone(re.sub(r"\D", "", typed.phone))
        asked = (name, f"{day or ''} {phone}")
        if self._sure == asked or not (day or phone):
            return True
        for row in people.page(self.desk, self.actor, "all", name, 0, 20):
            if row.name != name:
                continue
            known = people.story(self.desk, self.actor, row.id)
            if day is not None and known.birth_date == day:
                words = tr("已有同名同生日的 {name}（编号 {no}）。如果确实是另一个人，再按一次 Ctrl S。")
            elif phone and phone == masked_phone(known.phone):
                words = tr("已有同名同电话的 {name}（编号 {no}）。如果确实是另一个人，再按一次 Ctrl S。")
            else:
                continue
            self._sure = asked
            self.problems["all"] = words.format(name=name, no=row.member_no)
            return False
        return True

    def _own_initials(self, typed: Typed) -> str:
        """'' when they are what pypinyin says anyway."""
        own = "".join(typed.initials.lower().split())
        return "" if own == self.initials(typed.name.strip()) else own


_SAME_NAMES = (
    "name",
    "initials",
    "phone",
    "address",
    "contact_name",
    "contact_phone",
    "hukou",
    "residence",
    "care_level",
    "in_institution",
    "diet",
    "texture",
    "allergies",
    "note",
    *LIMITS,
)
"""Fields that a form and a change call alike."""


def _field(code: str) -> str:
    """The form's field that a refusal is about; 'all' for none."""
    if code in _FIELDS:
        return _FIELDS[code]
    if code.startswith(("id_number.", "id_key.")):
        return "id_number"
    if code.startswith("card."):
        return "card"
    return "photo" if code.startswith("photo.") else "all"
