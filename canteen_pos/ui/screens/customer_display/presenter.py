"""What the diner may see. No Qt; no category, no care level, no fund, ever: only 'discounts and subsidy' and amounts.

The till hands over plain `Facing` values, so nothing private can travel this way even by mistake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr

_DOUBLE_SURNAMES = (
    "欧阳",
    "司马", "诸葛", "上官", "夏侯", "尉迟", "皇甫", "公孙", "慕容", "令狐", "东方", "南宫", "司徒", "独孤", "长孙", "宇文"
)  # fmt: skip
ELDER_AGE = 60
_NOON, _EVENING = 11, 17


@dataclass(frozen=True, slots=True)
class FacingLine:
    """One line as the diner reads it: '红烧肉 半份 × 2'. `detail` stands smaller below it: the dishes of a set."""

    name: str
    detail: str
    list_fen: int


@dataclass(frozen=True, slots=True)
class Facing:
    """The order from the diner's side. balance_after_fen is None when nobody with an account is there."""

    greeting: str = ""
    lines: tuple[FacingLine, ...] = ()
    list_fen: int = 0
    pays_fen: int = 0
    balance_after_fen: int | None = None

    @property
    def less_fen(self) -> int:
        """Discounts and subsidy together."""
        return self.list_fen - self.pays_fen


@dataclass(frozen=True, slots=True)
class Thanks:
    """What stands after paying."""

    paid_fen: int
    given_fen: int = 0
    change_fen: int = 0
    balance_fen: int | None = None


class LineLike(Protocol):
    """A line as the till shows it to the diner."""

    @property
    def name(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def list_fen(self) -> int: ...


class ShownLike(Protocol):
    """The till's `ShownOrder`, without importing the till: names, amounts, never why."""

    @property
    def name(self) -> str: ...
    @property
    def age(self) -> int | None: ...
    @property
    def lines(self) -> Sequence[LineLike]: ...
    @property
    def list_fen(self) -> int: ...
    @property
    def pays_fen(self) -> int: ...
    @property
    def balance_after_fen(self) -> int | None: ...
    @property
    def done(self) -> bool: ...
    @property
    def given_fen(self) -> int: ...
    @property
    def change_fen(self) -> int: ...


def surname(name: str) -> str:
    """The family name; a name that is not Chinese keeps its first word."""
    name = name.strip()
    if not name:
        return ""
    if ord(name[0]) < 0x2E80:
        return name.split()[0]
    return next((double for double in _DOUBLE_SURNAMES if name.startswith(double)), name[0])


def greeting(name: str, age: int | None, female: bool | None, moment: datetime) -> str:
    """'王奶奶，中午好'; without the sex or the age '王＊＊ 您好'. Only what any passer-by may hear."""
    hello = day_greeting(moment)
    family = surname(name)
    if not family:
        return hello
    if age is not None and age >= ELDER_AGE and female is not None:
        called = tr("{surname}奶奶，{hello}") if female else tr("{surname}爷爷，{hello}")
        return called.format(surname=family, hello=hello)
    return tr("{surname}＊＊ 您好").format(surname=family)


def day_greeting(moment: datetime) -> str:
    if moment.hour < _NOON:
        return tr("早上好")
    return tr("中午好") if moment.hour < _EVENING else tr("晚上好")


def fitting(lines: tuple[FacingLine, ...], room: float, heights: tuple[float, float, float]) -> int:
    """How many of the first lines are left out so that the rest fits into `room`.

    `heights` are those of a plain line, of one with a detail, and of the row that says how many are left out.
    """
    plain, detailed, note = heights
    each = [detailed if line.detail else plain for line in lines]
    if sum(each) <= room:
        return 0
    used, shown = note, 0
    for height in reversed(each):
        if used + height > room and shown:
            break
        used += height
        shown += 1
    return len(lines) - shown


def less_word(less_fen: int) -> str:
    return f"−{yuan(less_fen)}" if less_fen else yuan(0)
