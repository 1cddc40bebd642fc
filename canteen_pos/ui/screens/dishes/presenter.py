"""Dishes of the back office: the list, one dish's words, what a form means. No Qt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.dishes import ALLERGENS, DIET_TAGS, DISH_TAGS, Dish, DishForm, DishPrice
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.menu import Choice
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import language, tr
from canteen_pos.services import dishes, pictures, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.initials import initials
from canteen_pos.ui.saying import period_word, said
from canteen_pos.ui.trying import problem_with
from canteen_pos.wording.codes import CODES

SERVED, RETIRED = "served", "retired"
_PROBLEM_AT = {
    "dish.no_name": "name",
    "dish.no_code": "code",
    "dish.code_taken": "code",
    "typed.number": "code",
    "dish.no_category": "category",
    "dish.initials": "initials",
    "dish.weighed_grams": "per_grams",
    "dish.cost_negative": "cost",
    "dish.choice_empty": "choices",
    "dish.choice_twice": "choices",
    "dish.kind_fixed": "kind",
    "price.half_over_whole": "half",
    "price.negative": "price",
    "price.backdated": "valid_from",
}
"""Refusal code -> the field it stands beside; 'photo.*' stands beside the picture."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `price` and `half` in fen; `picture` a path, '' for none, None when untouched."""

    form: DishForm
    price_fen: int
    half_fen: int | None
    valid_from: date
    picture: str | None = None
    periods: tuple[str, ...] = ()


class DishesPresenter:
    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk, self.actor = desk, actor
        self.today = desk.clock.now().date()
        self.problem = ""

    def filters(self) -> tuple[tuple[str, str], ...]:
        """All served dishes, each category, the retired ones."""
        named = tuple((name, name) for name in dishes.categories(self.desk))
        return ((SERVED, tr("在用")), *named, (RETIRED, tr("已停用")))

    def find(self, which: str, text: str) -> tuple[Dish, ...]:
        found = dishes.find(self.desk, text, active=which != RETIRED)
        if which in (SERVED, RETIRED):
            return found
        return tuple(dish for dish in found if dish.category == which)

    def counts(self) -> Mapping[str, int | None]:
        served = [dish for dish in dishes.every(self.desk) if dish.active]
        gone = sum(1 for dish in dishes.every(self.desk) if not dish.active)
        return {SERVED: len(served), RETIRED: gone or None}

    def load(self, dish_id: int) -> Dish | None:
        self.problem = ""
        try:
            return dishes.load(self.desk, dish_id)
        except Refusal as refusal:
            self.problem = said(refusal)
            return None

    def prices(self, dish_id: int) -> tuple[DishPrice, ...]:
        return dishes.prices(self.desk, dish_id)

    def picture(self, dish: Dish) -> bytes:
        return pictures.read(self.desk, dish.picture)

    def look(self, path: str) -> bytes:
        """A file's picture as it would be kept. Refusal 'photo.*'."""
        return pictures.look(path)

    def periods(self) -> tuple[tuple[str, str], ...]:
        known = sorted(settings_store.load(self.desk).periods, key=lambda one: one.start)
        return tuple((period.code, period_word(period.code)) for period in known)

    def categories(self) -> tuple[str, ...]:
        return dishes.categories(self.desk)

    def suggest_initials(self, name: str) -> str:
        return initials(name)

    def next_code(self) -> str:
        """The number after the largest."""
        numbers = [int(dish.code) for dish in dishes.every(self.desk) if dish.code.isdigit()]
        return str(max(numbers, default=100) + 1)

    # -- changing ----------------------------------------------------------------------------------------

    def save(self, before: Dish | None, typed: Typed) -> tuple[Dish | None, dict[str, str]]:
        """The dish as it is now, or sentences by field."""
        try:
            if before is None:
                return (
                    dishes.create(
                        self.desk,
                        self.actor,
                        typed.form,
                        typed.price_fen,
                        typed.half_fen,
                        picture=typed.picture or "",
                        periods=typed.periods,
                    ),
                    {},
                )
            price = DishPrice(typed.valid_from, typed.price_fen, typed.half_fen)
            changed = (typed.price_fen, typed.half_fen) != self._costs(before, typed.valid_from)
            return (
                dishes.edit(
                    self.desk,
                    self.actor,
                    before.id,
                    typed.form,
                    price=price if changed else None,
                    picture=typed.picture,
                ),
                {},
            )
        except Refusal as refusal:
            at = "picture" if refusal.code.startswith("photo.") else _PROBLEM_AT.get(refusal.code, "")
            return None, {at: said(refusal)}

    def _costs(self, dish: Dish, day: date) -> tuple[int, int | None]:
        """What is decided already for a day from today on: back to today's price after another one is a change, too."""
        dated = [one for one in self.prices(dish.id) if self.today < one.valid_from <= day]
        return (dated[-1].unit_fen, dated[-1].half_fen) if dated else (dish.unit_fen, dish.half_fen)

    def retire(self, dish: Dish) -> bool:
        return self._try(lambda: dishes.retire(self.desk, self.actor, dish.id, back=not dish.active))

    def drop_next_price(self, dish: Dish) -> bool:
        """Take back the price that is not in force yet."""
        coming = dish.next_price
        if coming is None:
            return False
        return self._try(lambda: dishes.drop_price(self.desk, self.actor, dish.id, coming.valid_from))

    def _try(self, work: Callable[[], object]) -> bool:
        self.problem = problem_with(work)
        return not self.problem


# -- words -------------------------------------------------------------------------------------------


def code_word(code: str) -> str:
    zh, en = CODES.get(code, (code, code))
    return zh if language() == "zh" else en


def code_words(codes: Sequence[str]) -> str:
    return tr("、").join(code_word(code) for code in codes)


def tag_choices() -> tuple[tuple[str, str], ...]:
    return tuple((tag, code_word(tag)) for tag in DISH_TAGS)


def allergen_choices() -> tuple[tuple[str, str], ...]:
    return tuple((code, code_word(code)) for code in ALLERGENS)


def diet_words(dish: Dish) -> tuple[str, ...]:
    return tuple(code_word(tag) for tag in DIET_TAGS if tag in dish.form.tags)


def price_words(unit_fen: int, half_fen: int | None, per_grams: int | None) -> str:
    if per_grams:
        return tr("{price} / {grams} 克").format(price=yuan(unit_fen), grams=per_grams)
    return yuan(unit_fen) if half_fen is None else f"{yuan(unit_fen)} / {yuan(half_fen)}"


def choices_text(choices: Sequence[Choice]) -> str:
    """One decision a line: '荤菜：红烧肉、鱼香肉丝'."""
    return "\n".join(f"{choice.name}：{'、'.join(choice.options)}" for choice in choices)


def typed_choices(text: str) -> tuple[Choice, ...]:
    """The lines back; a line without a colon is a choice without options, which is refused."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        name, _, options = line.replace(":", "：").partition("：")
        parts = options.replace("，", "、").replace(",", "、").split("、")
        found.append(Choice(name.strip(), tuple(part.strip() for part in parts if part.strip())))
    return tuple(found)
