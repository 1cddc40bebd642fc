"""What somebody who was identified may still get today, and what they got already, and their photo. Staff's side only."""

from dataclasses import dataclass, field, replace
from datetime import date

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import EntitlementUse, Member
from canteen_pos.domain.menu import Tile
from canteen_pos.i18n import tr
from canteen_pos.services import members, pictures, selling
from canteen_pos.services.context import Desk
from canteen_pos.services.selling import OrderLine
from canteen_pos.ui.screens.till import words
from canteen_pos.ui.screens.till.asks.line import first_choices
from canteen_pos.ui.screens.till.draft import Draft
from canteen_pos.ui.screens.till.view import ChipView


@dataclass(frozen=True, slots=True)
class Entitled:
    """`subsidy_fen` and `own_fen` are what the usual set would be lowered by now; `uses` are today's; `photo` is a
    JPEG, b'' when there is none."""

    subsidy_fen: int = 0
    own_fen: int = 0
    uses: tuple[EntitlementUse, ...] = ()
    period: str = ""
    photo: bytes = field(default=b"", repr=False)

    @property
    def used_now(self) -> EntitlementUse | None:
        """The use in this meal period, if any."""
        return next((use for use in self.uses if use.period == self.period), None)

    def chips(self, today: date) -> tuple[ChipView, ...]:
        """'今日补贴 可用', or when and where it was used."""
        chips = []
        if self.subsidy_fen:
            chips.append(ChipView(tr("今日补贴 可用"), "good"))
        elif self.used_now:
            chips.append(
                ChipView(tr("补贴已用 {use}").format(use=words.used(self.used_now, today)), "notice")
            )
        if self.own_fen:
            chips.append(ChipView(tr("食堂优惠"), "good"))
        return tuple(chips)

    def warning(self, name: str, today: date) -> str:
        """What to tell the cashier when the benefit of this meal is spent; '' otherwise."""
        if self.subsidy_fen or not self.used_now:
            return ""
        return tr("{name} 这一餐的补贴已用过：{use}。").format(
            name=name, use=words.used(self.used_now, today)
        )


NOT_KNOWN = Entitled()


def find_out(desk: Desk, draft: Draft, member: Member, usual: Tile | None) -> Entitled:
    """Ask the pricing what the usual set would cost this member now."""
    known = Entitled(
        uses=members.uses_today(desk, member),
        period=draft.period,
        photo=pictures.read(desk, member.photo),
    )
    if usual is None:
        return known
    line = OrderLine(key="1", dish_id=usual.dish_id, choices=first_choices(usual))
    try:
        meal = replace(draft, member=member, lines=(line,), vouchers=())  # which is no entitlement
        priced = selling.quote(desk, meal.order()).quote
    except Refusal:
        return known
    return replace(known, subsidy_fen=priced.subsidy_fen, own_fen=priced.own_discount_fen)
