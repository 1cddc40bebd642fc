"""An ask, and what it may do to the till."""

from collections.abc import Callable
from typing import Any, Protocol

from canteen_pos.domain.membership import Member
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.selling import OrderLine, Payment
from canteen_pos.ui.saying import money, tender_word
from canteen_pos.ui.screens.till.draft import Draft
from canteen_pos.ui.screens.till.view import AskView, Mood


class Runner(Protocol):
    """`ui.jobs.run`, handed in so that presenters need no Qt."""

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
        *,
        lane: str = "",
    ) -> None: ...


class Till(Protocol):
    """The presenter as asks know it. `panel(name, payload)` asks the window for something."""

    panel: Callable[[str, object], None]

    @property
    def desk(self) -> Desk: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def draft(self) -> Draft: ...
    @property
    def due_fen(self) -> int:
        """What is still to pay, all eaters together, after part payments."""
        ...

    @property
    def cash_due_fen(self) -> int:
        """The same if it is paid in cash: rounded where the canteen rounds."""
        ...

    @property
    def payer(self) -> Member | None:
        """Whose purse 'from the card' means."""
        ...

    @property
    def payments(self) -> tuple[Payment, ...]:
        """Part payments taken so far."""
        ...

    @property
    def eaters(self) -> tuple[Draft, ...]:
        """The orders of all who are paid for together."""
        ...

    def meal_fen(self, order_id: str) -> int:
        """What the eater of this order pays."""
        ...

    def open_ask(self, ask: "Ask") -> None: ...
    def close_ask(self) -> None: ...
    def clear_field(self) -> None: ...
    def say(self, text: str, mood: Mood = "quiet") -> None: ...
    def add_line(self, line: OrderLine) -> None: ...
    def put_draft(self, draft: Draft) -> None: ...
    def identify(self, member: Member | None) -> None: ...
    def pay(self, payment: Payment) -> None:
        """Take `payment`; ring up when nothing is left to pay."""
        ...

    def take_back(self) -> bool:
        """Give the last part payment back; False when there was none."""
        ...

    def approve(self, pin: str, then: Callable[[Actor], None]) -> None:
        """Check a manager's PIN off the GUI thread, then go on with the approved actor."""
        ...

    def weigh(self, then: Callable[[int], None]) -> None:
        """Ask this till's scale off the GUI thread, then go on with the grams."""
        ...

    def resume_parked(self, parked_id: str) -> None: ...
    def reload_menu(self) -> None: ...
    def act(self, work: Callable[[], None]) -> None:
        """Run what came back from elsewhere as if it were a key: refusals are said, the screen follows."""
        ...


def paid_so_far(till: Till) -> tuple[tuple[str, str, bool], ...]:
    """Part payments as figures of an ask: word, amount, whether it stands out."""
    return tuple((tender_word(payment.tender), money(payment.fen), False) for payment in till.payments)


class Ask:
    """Base of all asks. `soft` ones do not hold anybody up: other keys do what they always do."""

    soft = False
    takes_arrows = False
    """For a soft ask with rows: arrows up and down are its own."""

    def __init__(self, till: Till) -> None:
        self.till = till

    def view(self, text: str) -> AskView:
        """What to show while `text` stands in the field."""
        raise NotImplementedError

    def typed(self, text: str) -> None:
        """The field's text changed."""

    def enter(self, text: str) -> None:
        """Enter was pressed over `text`."""

    def option(self, key: str) -> bool:
        """The option of that key was chosen; False when there is none such."""
        del key
        return False

    def row(self, place: int) -> None:
        """The row at `place`, counted from 0, was pressed."""

    def takes(self, key: str, text: str) -> bool:
        """Whether `key`, pressed over `text`, is an option rather than something typed."""
        del key, text
        return False

    def move(self, step: int) -> None:
        """Up or down through the rows."""

    def delete(self) -> None:
        """Del was pressed."""

    def back(self) -> bool:
        """Esc: one step back inside the ask; False leaves it."""
        return False

    def scanned(self, code: str) -> bool:
        """A scan meant for this ask; False lets the till take it."""
        del code
        return False


class PayAsk(Ask):
    """How something is paid: Del gives the last part payment back."""

    def delete(self) -> None:
        self.till.take_back()
