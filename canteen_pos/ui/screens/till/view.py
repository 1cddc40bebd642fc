"""What the till shows, as values: the presenter makes them, the widgets compare and paint. All text is final."""

from dataclasses import dataclass, field
from typing import Literal

Mood = Literal["quiet", "good", "notice", "bad"]


@dataclass(frozen=True, slots=True)
class ChipView:
    text: str
    kind: Literal["plain", "good", "notice", "bad"] = "plain"


@dataclass(frozen=True, slots=True)
class DinerView:
    """The card at the top left. `photo` is a JPEG or b''; `key` and `key_word` say how to change the person."""

    name: str
    facts: str
    money: str
    chips: tuple[ChipView, ...] = ()
    initial: str = ""
    photo: bytes = field(default=b"", repr=False)
    known: bool = False


LineDeed = Literal["less", "more", "half", "choices", "price", "remove"]


@dataclass(frozen=True, slots=True)
class LineKey:
    """What a finger may do with the chosen line."""

    deed: LineDeed
    label: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class RowView:
    """A line of the order. `key` is '' for fees, which cannot be chosen; `gain` is what rules take off this line,
    `key_hint` the key that changes what is in it, `deeds` what a finger may do with it while it is chosen."""

    key: str
    quantity: str
    name: str
    mark: str
    detail: str
    amount: str
    gain: str = ""
    key_hint: str = ""
    chosen: bool = False
    deeds: tuple[LineKey, ...] = ()


@dataclass(frozen=True, slots=True)
class EaterView:
    """One eater of several who pay together."""

    place: int
    name: str
    amount: str
    current: bool


@dataclass(frozen=True, slots=True)
class SumsView:
    """The sums under the order. After a sale `headline` is the change and `due_text` its amount."""

    rows: tuple[tuple[str, str, bool], ...] = ()
    """Label, amount, and whether it lowers the price."""
    why: bool = False
    due_label: str = ""
    due_text: str = ""
    aside: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class TileView:
    """One dish. `sold_out` and `clash` are words, empty when they do not hold; `key` is the one that adds it."""

    dish_id: int
    name: str
    detail: str
    price: str
    left: str
    few: bool = False
    sold_out: str = ""
    clash: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class TilesView:
    """The tiles shown, and which one Enter would add ('-1': none). `empty` says what to do when there is no menu."""

    tiles: tuple[TileView, ...] = ()
    cursor: int = -1
    categories: tuple[str, ...] = ()
    category: int = 0
    searching: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to press or to choose by its key. `group` gathers options that exclude each other."""

    key: str
    label: str
    chosen: bool = False
    group: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class AskRow:
    """A row of a list in an ask: a person found, a parked order, a rule."""

    title: str
    detail: str = ""
    amount: str = ""
    lead: str = ""
    chosen: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class AskView:
    """Something the till wants to know, shown in place of the tiles. The search field takes what is typed.

    `figures` are label, amount and whether it is the large one. `masked` hides what is typed (a PIN); `words` lets
    an input method in.
    """

    title: str
    prompt: str = ""
    hint: str = ""
    said: str = ""
    figures: tuple[tuple[str, str, bool], ...] = ()
    options: tuple[Option, ...] = ()
    rows: tuple[AskRow, ...] = ()
    numpad: bool = False
    masked: bool = False
    words: bool = False
    enter: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    text: str = ""
    mood: Mood = "quiet"


@dataclass(frozen=True, slots=True)
class ActionsView:
    """What the fixed buttons say."""

    pay: str = ""
    serving: str = ""
    parked: int = 0


@dataclass(frozen=True, slots=True)
class TillView:
    diner: DinerView
    rows: tuple[RowView, ...]
    eaters: tuple[EaterView, ...]
    sums: SumsView
    tiles: TilesView
    ask: AskView | None
    notice: NoticeView
    actions: ActionsView
    typed: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    name: str
    detail: str
    list_fen: int


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """What the other side of the counter may know: names, amounts, never why. `done` is after paying."""

    name: str = ""
    age: int | None = None
    lines: tuple[ShownLine, ...] = ()
    list_fen: int = 0
    pays_fen: int = 0
    balance_after_fen: int | None = None
    done: bool = False
    given_fen: int = 0
    change_fen: int = 0
