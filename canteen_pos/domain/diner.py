"""The eater, as the facts stand on the service date."""

from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.place import Place


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
        """Full years on `day`; None when the birth date is unknown. Born on 29 February: a year older on 1 March."""
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)
