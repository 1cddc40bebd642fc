"""Which lines of a bill a rule looks at."""

from dataclasses import dataclass

from canteen_pos.domain.bill import Kind, Line

FOOD_KINDS = frozenset((Kind.SET, Kind.DISH, Kind.WEIGHED))
ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of these kinds; if items or menu categories are named, only those; never the excepted ones.

    Fees stand outside unless their kind is named.
    """

    kinds: frozenset[Kind] = FOOD_KINDS
    items: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    except_items: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()

    def take(self, line: Line) -> bool:
        if (
            line.kind not in self.kinds
            or line.item in self.except_items
            or line.category in self.except_categories
        ):
            return False
        if not self.items and not self.categories:
            return True
        return line.item in self.items or line.category in self.categories


FOOD = Lines()
FOOD_AND_FEES = Lines(kinds=ALL_KINDS)
