"""The dishes of this meal on the right: categories, what the typed text finds, and the cursor among the tiles."""

from collections.abc import Iterable

from canteen_pos.domain.menu import Tile, search
from canteen_pos.i18n import tr
from canteen_pos.ui.screens.till import words
from canteen_pos.ui.screens.till.view import TilesView, TileView

NOWHERE = -1


class Catalogue:
    """`columns` is how many tiles stand in a row, as the screen reports it; arrows up and down need it."""

    def __init__(self) -> None:
        self.columns = 5
        self._tiles: tuple[Tile, ...] = ()
        self._by_id: dict[int, Tile] = {}
        self._categories: tuple[str, ...] = ()
        self._category = 0
        self._sought = ""
        self._cursor = NOWHERE
        self._diet: tuple[str, ...] = ()
        self._painted: dict[int, TileView] = {}

    def load(self, tiles: Iterable[Tile]) -> None:
        """Take a menu; the category stays if the new menu has it."""
        name = self._categories[self._category] if self._categories else ""
        self._tiles = tuple(tiles)
        self._by_id = {tile.dish_id: tile for tile in self._tiles}
        self._categories = tuple(dict.fromkeys(tile.category for tile in self._tiles))
        self._category = self._categories.index(name) if name in self._categories else 0
        self._painted.clear()

    def dish(self, dish_id: int) -> Tile | None:
        return self._by_id.get(dish_id)

    @property
    def pinned(self) -> Tile | None:
        """The first pinned set, or any first pinned dish."""
        pinned = [tile for tile in self._tiles if tile.pinned]
        return next((tile for tile in pinned if tile.kind == "set"), pinned[0] if pinned else None)

    def seek(self, text: str) -> None:
        """Show what `text` finds, over all categories; '' goes back to the category."""
        self._sought = text
        found = self.shown
        self._cursor = next(
            (place for place, tile in enumerate(found) if text and not tile.sold_out),
            0 if text and found else NOWHERE,
        )

    @property
    def shown(self) -> tuple[Tile, ...]:
        """The tiles on the screen, in order."""
        if self._sought:
            return search(self._tiles, self._sought)
        if not self._categories:
            return ()
        name = self._categories[self._category]
        return tuple(tile for tile in self._tiles if tile.category == name)

    @property
    def under_cursor(self) -> Tile | None:
        shown = self.shown
        return shown[self._cursor] if 0 <= self._cursor < len(shown) else None

    @property
    def has_cursor(self) -> bool:
        return self._cursor != NOWHERE

    def move(self, right: int = 0, down: int = 0) -> None:
        """The cursor some tiles further; the first move shows it."""
        count = len(self.shown)
        if not count:
            return
        if self._cursor == NOWHERE:
            self._cursor = 0
            return
        wanted = self._cursor + right + down * self.columns
        if 0 <= wanted < count:
            self._cursor = wanted
        elif down > 0:
            self._cursor = count - 1

    def forget_cursor(self) -> bool:
        """Take the cursor away; False when there was none."""
        had, self._cursor = self._cursor != NOWHERE, NOWHERE
        return had

    def turn(self, step: int = 0, to: int | None = None) -> None:
        """The category `step` further round, or the one at place `to`."""
        if self._categories:
            place = self._category + step if to is None else to
            self._category = place % len(self._categories)
            self._cursor = NOWHERE

    def view(self, diet: tuple[str, ...]) -> TilesView:
        """The tiles for a diner with this diet."""
        if diet != self._diet:
            self._diet = diet
            self._painted.clear()
        return TilesView(
            tiles=tuple(self._tile_view(tile) for tile in self.shown),
            cursor=self._cursor,
            categories=self._categories,
            category=self._category,
            searching=bool(self._sought),
            empty="" if self._tiles else tr("这一餐还没有菜单。请经理在管理里排。"),
        )

    def _tile_view(self, tile: Tile) -> TileView:
        painted = self._painted.get(tile.dish_id)
        if painted is None:
            key = tr("空格") if tile is self.pinned else ""
            painted = self._painted[tile.dish_id] = words.tile(tile, self._diet, key)
        return painted
