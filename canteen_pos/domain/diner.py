"""The eater, as the facts stand on the service date."""

from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.place import Place


def full_years(born: date, day: date) -> int:
    """How old somebody is on `day`. Born on 29 February: a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Diner:
    """Facts that rules may ask for. `person` is the random token that quotas, documents and history know a person by."""

    person: str
    birth_date: date | None = None
    hukou: Place = Place()
    residence: Place = Place()
    categories: frozenset[str] = frozenset()
    care_level: int = 0
    in_institution: bool = False
    permits: frozenset[str] = frozenset()

    def age_on(self, day: date) -> int | None:
        """Full years on `day`; None when the birth date is unknown."""
        return None if self.birth_date is None else full_years(self.birth_date, day)
