"""Members of the house: who they are to the till, and what is asked when somebody new comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from canteen_pos.domain.place import Place


@dataclass(frozen=True, slots=True)
class NewMember:
    """A newcomer as described. Only the name is a must; one of birth date, birth year and ID number gives the age.

    The ID number gives the birth date and is kept sealed. A bare birth year counts as born on 31 December: no age
    benefit starts before it is certain. `photo` is a picture file to copy, '' for none.
    """

    name: str
    birth_date: date | None = None
    birth_year: int | None = None
    id_number: str = ""
    card: str = ""
    phone: str = ""
    member_no: str = ""
    hukou: Place = Place()
    residence: Place = Place()
    categories: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    care_level: int = 0
    in_institution: bool = False
    diet: tuple[str, ...] = ()
    photo: str = ""
    initials: str = ""
    """'' takes them from the name by pypinyin; by hand for a character with several readings."""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    texture: Literal["", "soft", "minced", "pureed"] = ""
    allergies: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class LastMeal:
    service_date: date
    period: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the till shows them; money in fen. `age` is in full years today. No category, care level or hukou."""

    id: int
    token: str
    name: str
    member_no: str
    initials: str
    card: str
    birth_date: date | None
    age: int | None
    phone: str
    diet: tuple[str, ...]
    photo: str
    account_id: int
    balance_fen: int
    bonus_fen: int
    last_meal: LastMeal | None = None
    left_on: date | None = None
    """The first day they belong here no longer."""

    @property
    def spendable_fen(self) -> int:
        return self.balance_fen + self.bonus_fen

    @property
    def phone_masked(self) -> str:
        """'138****6612': enough to ask 'is it you?', too little to take away."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 7 else self.phone


@dataclass(frozen=True, slots=True)
class EntitlementUse:
    """Today's use of a named quota: when and where, for the sentence at the counter."""

    quota: str
    at: datetime
    station: str
    service_date: date
    period: str
    fen: int
    document_id: str
    number: int


_CLASHES: dict[str, frozenset[str]] = {
    "low_salt": frozenset({"salty"}),
    "low_sugar": frozenset({"sweet"}),
    "low_fat": frozenset({"fatty"}),
    "soft_food": frozenset({"hard"}),
    "no_spicy": frozenset({"spicy"}),
    "halal": frozenset({"pork"}),
    "vegetarian": frozenset({"pork", "beef", "chicken", "duck", "fish", "shrimp", "meat"}),
}
"""What a diet does not go with, by tag or allergen of the dish. A diet 'no_x' does not go with x."""


def diet_clashes(diet: Iterable[str], of_dish: Iterable[str]) -> tuple[str, ...]:
    """Diet tags that a dish with these tags and allergens goes against, in the diner's own order."""
    marks = frozenset(of_dish)
    return tuple(
        tag
        for tag in diet
        if marks & _CLASHES.get(tag, frozenset())
        or (tag.startswith("no_") and tag.removeprefix("no_") in marks)
    )
