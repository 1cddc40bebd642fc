"""The order by keys and touches: what is added, counted, halved, priced by hand, taken out. No Qt."""

from dataclasses import replace

from canteen_pos.domain.menu import Portion, Tile
from canteen_pos.i18n import tr
from canteen_pos.services import parking
from canteen_pos.services.context import Actor
from canteen_pos.services.selling import OrderLine
from canteen_pos.ui.screens.till import query
from canteen_pos.ui.screens.till.asks.line import ChoicesAsk, GramsAsk, PriceAsk, first_choices
from canteen_pos.ui.screens.till.counter import DRAFTS, Counter, action
from canteen_pos.ui.screens.till.view import LineDeed


class OrderKeys(Counter):
    """Everything that changes the current eater's order."""

    @action
    def pinned(self) -> None:
        """Space: the first pinned set."""
        dish = self.catalogue.pinned
        if dish is None:
            self.say(tr("今天没有置顶的套餐。"), "notice")
            return
        self._add_dish(dish, "full", query.read(self.text).count)

    @action
    def tile(self, dish_id: int) -> None:
        """A tile was pressed; what is typed before it may say how many."""
        dish = self.catalogue.dish(dish_id)
        if dish:
            typed = query.read(self.text)
            before = self.draft
            self._add_dish(dish, "half" if typed.half else "full", typed.count)
            if dish.choices and self.draft is not before:
                self.open_ask(ChoicesAsk(self, dish))  # a finger wants something to press

    @action
    def move(self, right: int = 0, down: int = 0) -> None:
        """Arrows: rows of an ask, else tiles while they have the cursor, else lines of the order."""
        if self.ask and down and (self.ask.takes_arrows or not self.ask.soft):
            self.ask.move(down)
        elif self.asking:
            return
        elif right or self.catalogue.has_cursor:
            self.ask = None
            self.catalogue.move(right, down)
        else:
            self.put_draft(self.draft.moving(down))

    @action
    def choose(self, key: str) -> None:
        """A line of the order was pressed; a set that is pressed again shows its foods."""
        again = key == self.draft.chosen
        self.ask = None
        self.put_draft(self.draft.choosing(key))
        line = self.draft.line
        dish = self.catalogue.dish(line.dish_id) if line else None
        if again and dish and dish.choices:
            self.open_ask(ChoicesAsk(self, dish))

    @action
    def choices(self) -> None:
        """=: other foods in the chosen set; again closes it."""
        line = self.draft.line
        dish = self.catalogue.dish(line.dish_id) if line else None
        if isinstance(self.ask, ChoicesAsk):
            self.close_ask()
        elif dish and dish.choices:
            self.open_ask(ChoicesAsk(self, dish))
        else:
            self.say(tr("选中的行不是可以换菜的套餐。"), "notice")

    @action
    def count(self, step: int) -> None:
        """+ and −."""
        self.put_draft(self.draft.counting(step))

    @action
    def half(self) -> None:
        """/: the chosen line whole or half."""
        line = self.draft.line
        dish = self.catalogue.dish(line.dish_id) if line else None
        if line is None or dish is None:
            return
        if dish.half_fen is None:
            self.say(tr("{name} 不卖半份。").format(name=dish.name), "notice")
            return
        self.put_draft(self.draft.portioned("full" if line.portion == "half" else "half"))

    def line_deed(self, deed: LineDeed) -> None:
        """A finger on one of the chosen line's buttons."""
        if deed == "less":
            self.count(-1)
        elif deed == "more":
            self.count(1)
        elif deed == "half":
            self.half()
        elif deed == "choices":
            self.choices()
        elif deed == "price":
            self.open_price()
        else:
            self.remove()

    @action
    def remove(self) -> None:
        """Del: the chosen line goes, and that is logged."""
        if self.ask and not self.ask.soft:
            self.ask.delete()
            return
        line = self.draft.line
        if line is None:
            return
        self.ask = None
        before = self.draft
        self.put_draft(self.draft.removing())
        self.run(lambda: parking.removed_line(self.desk, self.actor, before.order(), line.key), lane=DRAFTS)

    @action
    def open_price(self) -> None:
        """Ctrl+P: another price for the chosen line, with its reason."""
        line = self.draft.line
        dish = self.catalogue.dish(line.dish_id) if line else None
        if line and dish:
            self.open_ask(PriceAsk(self, dish, lambda fen, why, by: self._reprice(line, fen, why, by)))

    @action
    def serving(self) -> None:
        """F7: eat here, take away, deliver."""
        self.put_draft(self.draft.next_serving())

    @action
    def category(self, step: int = 0, to: int | None = None) -> None:
        self.ask = None
        self.clear_field()
        self.catalogue.turn(step, to)

    def add_line(self, line: OrderLine) -> None:
        """Put a line on the current order; the first one fixes service date and period."""
        draft = self.draft
        if not draft.lines:
            self.done = None
            fresh = self.new_draft()
            draft = replace(
                draft, service_date=fresh.service_date, period=fresh.period, opened_at=fresh.opened_at
            )
        self.put_draft(draft.adding(line))

    def add_match(self) -> None:
        typed = query.read(self.text)
        dish = self.catalogue.under_cursor
        if dish is None:
            self.say(tr("没有叫“{text}”的菜。").format(text=typed.what), "notice")
            return
        self._add_dish(dish, "half" if typed.half else "full", typed.count)

    def _add_dish(self, dish: Tile, portion: Portion, count: int) -> None:
        if dish.sold_out and self._insisted != dish.dish_id:
            self._insisted = dish.dish_id
            self.say(tr("{name} 已售罄。菜已在盘里的，再按一次仍然加入。").format(name=dish.name), "notice")
            return
        if dish.sold_out:
            self.oversell = True
        self._insisted = None
        if portion == "half" and dish.half_fen is None:
            self.say(tr("{name} 不卖半份。").format(name=dish.name), "notice")
            return
        self.close_ask()
        if dish.kind == "weighed":
            self.open_ask(GramsAsk(self, dish))
        elif dish.open_price:
            line = OrderLine(key="", dish_id=dish.dish_id, quantity=count)
            self.open_ask(PriceAsk(self, dish, lambda fen, why, by: self._add_open(line, fen, why, by)))
        else:
            choices = first_choices(dish)
            self.add_line(
                OrderLine(key="", dish_id=dish.dish_id, portion=portion, quantity=count, choices=choices)
            )

    def _add_open(self, line: OrderLine, fen: int, why: str, by: Actor | None) -> None:
        self.approved = by or self.approved
        self.add_line(replace(line, open_price_fen=fen, open_reason=why))

    def _reprice(self, line: OrderLine, fen: int, why: str, by: Actor | None) -> None:
        self.approved = by or self.approved
        self.put_draft(self.draft.replacing(replace(line, open_price_fen=fen, open_reason=why)))
