"""What a line of the order wants to know: grams, the foods of a set, an open price with its reason."""

from collections.abc import Callable

from canteen_pos.domain.menu import Tile
from canteen_pos.domain.money import weighed_fen
from canteen_pos.i18n import tr
from canteen_pos.services import weighing
from canteen_pos.services.context import Actor
from canteen_pos.services.rights import may
from canteen_pos.services.selling import OrderLine
from canteen_pos.ui.saying import money, typed_fen
from canteen_pos.ui.screens.till.asks.base import Ask, Till
from canteen_pos.ui.screens.till.view import AskView, Option

HEAVIEST_GRAMS = 20_000
CHOICE_KEYS = "123456789"


def first_choices(dish: Tile) -> tuple[str, ...]:
    """The kitchen's usual: the first option of every choice."""
    return tuple(choice.options[0] for choice in dish.choices if choice.options)


def typed_grams(text: str) -> int | None:
    """Grams of '186', or of '0.186' in kilograms; None when it is neither or out of reason."""
    text = text.strip()
    try:
        grams = round(float(text) * 1000) if "." in text else int(text)
    except ValueError:
        return None
    return grams if 0 < grams <= HEAVIEST_GRAMS else None


WEIGH = "F4"


class GramsAsk(Ask):
    """How heavy the plate is; the price follows while it is typed. A scale on this till is asked by its key."""

    def __init__(self, till: Till, dish: Tile) -> None:
        super().__init__(till)
        self._dish = dish
        self._has_scale = weighing.has_scale(till.desk)
        self._weighed: int | None = None

    def takes(self, key: str, text: str) -> bool:
        del text
        return self._has_scale and key == WEIGH

    def option(self, key: str) -> bool:
        if not self._has_scale or key != WEIGH:
            return False
        self.till.say(tr("正在称…"))
        self.till.weigh(self._lies_there)
        return True

    def _lies_there(self, grams: int) -> None:
        """What the scale says stands until something is typed."""
        self._weighed = grams
        self.till.clear_field()
        self.till.say("")

    def _grams(self, text: str) -> int | None:
        return typed_grams(text) if text.strip() else self._weighed

    def view(self, text: str) -> AskView:
        grams = self._grams(text)
        per = self._dish.per_grams or 1
        fen = weighed_fen(self._dish.price_fen, grams, per) if grams else 0
        return AskView(
            title=tr("称重 · {name}").format(name=self._dish.name),
            prompt=tr("克数"),
            hint=(
                tr("F4 取秤上的重量 · 186 是克 · 0.186 是公斤")
                if self._has_scale
                else tr("186 是克 · 0.186 是公斤")
            ),
            options=(Option(WEIGH, tr("取秤重")),) if self._has_scale else (),
            figures=(
                (
                    tr("单价"),
                    tr("{price} / {per} 克").format(price=money(self._dish.price_fen), per=per),
                    False,
                ),
                (tr("重量"), tr("{grams} 克").format(grams=grams or 0), False),
                (tr("金额"), money(fen), True),
            ),
            numpad=True,
            enter=tr("加入"),
        )

    def enter(self, text: str) -> None:
        grams = self._grams(text)
        if grams is None:
            self.till.say(tr("请输入克数，最多 {most} 克。").format(most=HEAVIEST_GRAMS), "notice")
            return
        self.till.close_ask()
        self.till.add_line(OrderLine(key="", dish_id=self._dish.dish_id, grams=grams))


class ChoicesAsk(Ask):
    """The foods of the chosen set, usual ones taken already. A digit changes one; everything else goes on as ever."""

    soft = True

    def __init__(self, till: Till, dish: Tile) -> None:
        super().__init__(till)
        self._dish = dish

    def view(self, text: str) -> AskView:
        del text
        taken = self.till.draft.line.choices if self.till.draft.line else ()
        options = tuple(
            Option(key, food, chosen=place < len(taken) and taken[place] == food, group=group)
            for key, place, group, food in self._foods()
        )
        return AskView(
            title=tr("{name} 选菜").format(name=self._dish.name),
            said=tr("按数字换菜；不用换就接着点或收款。"),
            hint=tr("数字换菜 · Esc 返回"),
            options=options,
        )

    def takes(self, key: str, text: str) -> bool:
        return not text and any(key == each for each, *_ in self._foods())

    def option(self, key: str) -> bool:
        line = self.till.draft.line
        found = next((food for food in self._foods() if food[0] == key), None)
        if line is None or found is None:
            return False
        _, place, _, food = found
        taken = list(line.choices or first_choices(self._dish))
        taken[place] = food
        self.till.put_draft(self.till.draft.choosing_foods(tuple(taken)))
        return True

    def _foods(self) -> list[tuple[str, int, str, str]]:
        """Key, which choice, its name, the food; nine keys at most, more are for fingers."""
        foods = [
            (place, choice.name, food)
            for place, choice in enumerate(self._dish.choices)
            for food in choice.options
        ]
        return [
            (CHOICE_KEYS[n] if n < len(CHOICE_KEYS) else f"#{n}", place, group, food)
            for n, (place, group, food) in enumerate(foods)
        ]


class PriceAsk(Ask):
    """An open price: amount, then why, then a manager's PIN when the cashier may not by themselves."""

    def __init__(self, till: Till, dish: Tile, set_price: Callable[[int, str, Actor | None], None]) -> None:
        super().__init__(till)
        self._dish = dish
        self._set_price = set_price
        self._fen: int | None = None

    def view(self, text: str) -> AskView:
        if self._fen is None:
            typed = typed_fen(text)
            return AskView(
                title=tr("改价 · {name}").format(name=self._dish.name),
                prompt=tr("单价（元）"),
                figures=(
                    (tr("菜单价"), money(self._dish.price_fen), False),
                    (tr("改为"), money(typed) if typed is not None else "—", True),
                ),
                numpad=True,
                enter=tr("下一步"),
            )
        return AskView(
            title=tr("改价 · {name}").format(name=self._dish.name),
            prompt=tr("原因"),
            hint=tr("按数字选，或直接写"),
            figures=((tr("改为"), money(self._fen), True),),
            options=tuple(Option(key, reason) for key, reason in self._reasons()),
            words=True,
            enter=tr("确定"),
        )

    def enter(self, text: str) -> None:
        if self._fen is None:
            fen = typed_fen(text)
            if fen is None:
                self.till.say(tr("请输入单价，例如 12.50。"), "notice")
                return
            self._fen = fen
            self.till.clear_field()
            return
        self._finish(text.strip())

    def takes(self, key: str, text: str) -> bool:
        return self._fen is not None and not text and any(key == each for each, _ in self._reasons())

    def option(self, key: str) -> bool:
        reason = dict(self._reasons()).get(key)
        if reason is None or self._fen is None:
            return False
        self._finish(reason)
        return True

    def back(self) -> bool:
        if self._fen is None:
            return False
        self._fen = None
        return True

    def _reasons(self) -> tuple[tuple[str, str], ...]:
        return (
            ("1", tr("时价")),
            ("2", tr("菜品不足量")),
            ("3", tr("临近收档")),
            ("4", tr("菜单未列")),
        )

    def _finish(self, reason: str) -> None:
        fen = self._fen
        if fen is None or not reason:
            self.till.say(tr("改价要写原因。"), "notice")
            return
        self.till.close_ask()
        if may(self.till.actor, "price_override"):
            self._set_price(fen, reason, None)
            return
        self.till.open_ask(
            PinAsk(self.till, tr("改价要经理同意"), lambda actor: self._set_price(fen, reason, actor))
        )


class PinAsk(Ask):
    """A manager's PIN, typed in place, for one action."""

    def __init__(self, till: Till, why: str, then: Callable[[Actor], None]) -> None:
        super().__init__(till)
        self._why = why
        self._then = then

    def view(self, text: str) -> AskView:
        del text
        return AskView(
            title=self._why,
            prompt=tr("经理密码"),
            said=tr("请经理输入自己的密码，只对这一次有效。"),
            numpad=True,
            masked=True,
            enter=tr("同意"),
        )

    def enter(self, text: str) -> None:
        if not text.strip():
            self.till.say(tr("请输入经理的密码。"), "notice")
            return
        self.till.clear_field()
        self.till.approve(text.strip(), self._approved)

    def _approved(self, actor: Actor) -> None:
        self.till.close_ask()
        self._then(actor)
