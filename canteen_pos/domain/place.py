"""Administrative places: city, district, town (街道/镇). A lower level includes its parents."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["city", "district", "town"]
LEVELS: tuple[Level, ...] = ("city", "district", "town")


@dataclass(frozen=True, slots=True)
class Place:
    """Names as the household register writes them; '' is unknown and never matches anything."""

    city: str = ""
    district: str = ""
    town: str = ""

    def within(self, other: "Place", level: Level) -> bool:
        """Whether this place and `other` are the same down to `level`; any unknown name on the way means no."""
        names = LEVELS[: LEVELS.index(level) + 1]
        return all(getattr(self, name) and getattr(self, name) == getattr(other, name) for name in names)
