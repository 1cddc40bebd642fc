"""Rule packs as frozen values: who pays what, when, in which order, how often.

A pack's items stand in their stated order: a rule, a bundle of rules that add up, or a group of alternatives of
which one is taken. `packs` builds these from TOML and checks them; `pricing.quote` reads them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, TypeVar

from canteen_pos.domain.bill import Use
from canteen_pos.domain.calendar import week_start
from canteen_pos.domain.conditions import ALWAYS, Condition, SiteFact, questions
from canteen_pos.domain.lines import FOOD, Lines
from canteen_pos.domain.money import half_up
from canteen_pos.domain.place import Place

Short = Literal["part", "nothing"]
"""What a fund, or a quota by amount, that cannot cover the whole benefit gives: what it has, or nothing."""


class Window(StrEnum):
    """How long a quota lasts. Nothing is carried over into the next window."""

    PERIOD = "period"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def first_day(self, day: date) -> date:
        """The first day of the window that holds `day`."""
        match self:
            case Window.WEEK:
                return week_start(day)
            case Window.MONTH:
                return day.replace(day=1)
            case Window.YEAR:
                return day.replace(month=1, day=1)
        return day

    def last_day(self, day: date) -> date:
        match self:
            case Window.WEEK:
                return week_start(day) + timedelta(days=6)
            case Window.MONTH:
                return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            case Window.YEAR:
                return day.replace(month=12, day=31)
        return day

    def key(self, day: date, period: str) -> str:
        """A stable name: '2025-04-27/lunch', '2025-04-27', '2025-W17' (ISO week), '2025-04', '2025'."""
        match self:
            case Window.PERIOD:
                return f"{day.isoformat()}/{period}"
            case Window.DAY:
                return day.isoformat()
            case Window.WEEK:
                year, week, _ = day.isocalendar()
                return f"{year}-W{week:02d}"
            case Window.MONTH:
                return f"{day.year:04d}-{day.month:02d}"
        return f"{day.year:04d}"


@dataclass(frozen=True, slots=True)
class Quota:
    """How often, or up to how much, one person gets what shares this name, in each window.

    Exactly one of `limit` (meals) and `limit_fen` is set. A use is a meal: rules that share a counted quota and
    apply in the same meal take it once. `short` matters for amounts.
    """

    name: str
    per: Window
    limit: int | None = None
    limit_fen: int | None = None
    short: Short = "part"

    def __post_init__(self) -> None:
        if (self.limit is None) == (self.limit_fen is None):
            raise ValueError(f"quota {self.name}: either a number of meals or an amount")

    def in_window(self, uses: Sequence[Use], day: date, period: str) -> list[Use]:
        """Uses of this quota in the window that holds `day` and `period`."""
        first, last = self.per.first_day(day), self.per.last_day(day)
        if self.per is Window.PERIOD:
            return [one for one in uses if one.day == day and one.period == period and one.quota == self.name]
        return [one for one in uses if first <= one.day <= last and one.quota == self.name]


@dataclass(frozen=True, slots=True)
class Budget:
    """A fund's pot shared by everybody. `start_fen` is what the pack says it began with (None: not said)."""

    name: str
    short: Short = "part"
    start_fen: int | None = None


class Give(StrEnum):
    """The four shapes of a benefit."""

    OFF = "off"
    PERCENT = "percent"
    PAYS = "pays"
    FREE = "free"


class Base(StrEnum):
    """What an effect is reckoned on: list price, what is left at its turn, or what was left when its bundle began."""

    LIST = "list"
    LEFT = "left"
    BUNDLE = "bundle"


class Per(StrEnum):
    """What an effect is reckoned for: each unit, all eligible lines together, or the dearest unit of the meal."""

    UNIT = "unit"
    BILL = "bill"
    MEAL = "meal"


@dataclass(frozen=True, slots=True)
class Rounding:
    """To whole multiples of `to_fen`, once per effect (for each unit when it is reckoned per unit)."""

    mode: Literal["half_up", "down", "up"] = "half_up"
    to_fen: int = 1

    def of(self, numerator: int, denominator: int) -> int:
        divisor = denominator * self.to_fen
        if self.mode == "half_up":
            return half_up(numerator, divisor) * self.to_fen
        whole = numerator // divisor if self.mode == "down" else -(-numerator // divisor)
        return whole * self.to_fen


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule gives. `fen` is the amount off (OFF) or the price the diner pays (PAYS); `rate` is hundredths of
    a percent (PERCENT). `units` limits it to so many units, the dearest first; 0 is all. `claim` names an amount
    the canteen may claim that leaves the price alone.
    """

    give: Give
    fen: int = 0
    rate: int = 0
    per: Per = Per.BILL
    base: Base = Base.LEFT
    units: int = 0
    cap_fen: int | None = None
    rounding: Rounding = Rounding()
    claim: str = ""

    def amount(self, base_fen: int) -> int:
        """The benefit on `base_fen`, before it is cut to what is left to pay."""
        match self.give:
            case Give.OFF:
                amount = self.fen
            case Give.PERCENT:
                amount = self.rounding.of(base_fen * self.rate, 10_000)
            case Give.PAYS:
                amount = max(0, base_fen - self.fen)
            case Give.FREE:
                amount = base_fen
        return amount if self.cap_fen is None else min(amount, self.cap_fen)


@dataclass(frozen=True, slots=True)
class Version:
    """A rule's wording between two dates, both included; None is open."""

    name: str
    effect: Effect
    when: Condition = ALWAYS
    lines: Lines = FOOD
    quotas: tuple[Quota, ...] = ()
    budgets: tuple[Budget, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all rules of a bundle or group between two dates, both included: a condition, a bundle's cap."""

    when: Condition = ALWAYS
    cap_fen: int | None = None
    since: date | None = None
    until: date | None = None
    name: str = ""


Dated = TypeVar("Dated", Version, Frame)


def _in_force(dated: tuple[Dated, ...], day: date) -> Dated | None:
    for one in dated:
        if (one.since is None or one.since <= day) and (one.until is None or day <= one.until):
            return one
    return None


@dataclass(frozen=True, slots=True)
class Rule:
    """One benefit from one fund; its versions do not overlap."""

    id: str
    title: str
    fund: str
    order: int
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version | None:
        return _in_force(self.versions, day)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Layers that add up, capped one after another in their order by what is left, and together by its frame's cap.

    A layer whose own condition fails is lost alone. Frames do not overlap; outside them all there is no bundle.
    """

    id: str
    order: int
    rules: tuple[Rule, ...]
    title: str = ""
    frames: tuple[Frame, ...] = (Frame(),)

    def on(self, day: date) -> Frame | None:
        return _in_force(self.frames, day)


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives: 'best' takes the one that lowers the price most (then claims most, then comes first), 'first'
    the first in order that gives anything. Frames do not overlap; outside them all there is no group.
    """

    id: str
    order: int
    pick: Literal["best", "first"]
    options: tuple[Rule | Bundle, ...]
    title: str = ""
    frames: tuple[Frame, ...] = (Frame(),)

    def on(self, day: date) -> Frame | None:
        return _in_force(self.frames, day)


Item = Rule | Bundle | Group


@dataclass(frozen=True, slots=True)
class OfficialDays:
    """Days of the State Council's notice that the calendar package does not know: make-up workdays and days off.

    For `years` the two lists are the whole notice, so every other day of them follows the weekday.
    """

    workdays: frozenset[date] = frozenset()
    days_off: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pack:
    """A dated set of rules. `sample`: made from press or notices for canteens to adapt, not current law."""

    id: str
    title: str
    source: str
    dated: date
    items: tuple[Item, ...]
    place: Place = Place()
    sample: bool = True
    invented: bool = False
    notes: str = ""
    names: tuple[tuple[str, str], ...] = ()
    """Codes of categories and permits with what people call them: ('dibao', '低保')."""
    official_days: OfficialDays = OfficialDays()
    quotas: tuple[Quota, ...] = field(default=())
    budgets: tuple[Budget, ...] = field(default=())

    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order they are looked at."""
        return tuple(rule for item in self.items for rule in rules_of(item))

    def site_facts(self) -> tuple[SiteFact, ...]:
        """What rules ask of the canteen itself, each once, in the order they are looked at."""
        asked = (question for item in self.items for when in _whens(item) for question in questions(when))
        return tuple(dict.fromkeys(one for one in asked if isinstance(one, SiteFact)))

    def words(self) -> dict[str, str]:
        """What people call the codes in reasons: categories, permits, and rules ('pack/rule')."""
        return {**dict(self.names), **{f"{self.id}/{rule.id}": rule.title for rule in self.rules()}}


def rules_of(item: Item) -> tuple[Rule, ...]:
    if isinstance(item, Rule):
        return (item,)
    if isinstance(item, Bundle):
        return item.rules
    return tuple(rule for option in item.options for rule in rules_of(option))


def _whens(item: Item) -> Iterator[Condition]:
    if isinstance(item, Rule):
        yield from (version.when for version in item.versions)
        return
    yield from (frame.when for frame in item.frames)
    for inner in item.rules if isinstance(item, Bundle) else item.options:
        yield from _whens(inner)
