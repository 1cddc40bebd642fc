"""Counting after service: one table, figures as typed, saved together. No Qt."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from canteen_pos.domain.calendar import meal_at
from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services import after_service, settings_store
from canteen_pos.services.after_service import Count, Counted
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import day_words, period_word, said, titled

Field = Literal["served", "left", "wasted"]
FIELDS: tuple[Field, ...] = ("served", "left", "wasted")
FAR, LITTLE = 2, 20
"""Twice what was planned or sold is asked about, except where it is a matter of ten portions."""
_PORTIONS = re.compile(r"^\d{0,4}(\.5?)?$")


@dataclass(frozen=True, slots=True)
class RowState:
    """A dish and what stands in its three fields, as typed."""

    dish: Counted
    served: str = ""
    left: str = ""
    wasted: str = ""

    def text(self, field: Field) -> str:
        return str(getattr(self, field))

    def typed(self, field: Field, text: str) -> "RowState":
        typed = {name: self.text(name) for name in FIELDS} | {field: text}
        return RowState(self.dish, typed["served"], typed["left"], typed["wasted"])

    @property
    def missing(self) -> str:
        """Planned, and neither served, left nor thrown away, as far as it was counted."""
        if self.dish.planned_halves is None or not self.served:
            return ""
        gone = sum(halves(self.text(field)) or 0 for field in FIELDS)
        return portions(self.dish.planned_halves - gone)


def portions(halves_: int | None) -> str:
    """'12', '3.5'; '' for None."""
    return "" if halves_ is None else f"{halves_ / 2:g}".replace("-", "−")


def halves(text: str) -> int | None:
    """Half portions of '12' or '3.5'; None when empty."""
    text = text.strip().rstrip(".")
    return round(float(text) * 2) if text else None


class AfterServicePresenter:
    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk, self.actor = desk, actor
        self.day, self.period = self._last_meal()
        self.rows: list[RowState] = []
        self.unsaved = False
        self.notice = self.problem = ""
        self._asked = ""
        self.load()

    def load(self) -> None:
        """As it stands in the books; what was typed and not saved goes."""
        self.rows = [
            RowState(one, portions(one.served_halves), portions(one.left_halves), portions(one.wasted_halves))
            for one in after_service.load(self.desk, self.day, self.period)
        ]
        self.unsaved = False

    def go(self, days: int) -> None:
        """Another day; not beyond today."""
        today = self.desk.clock.now().date()
        self.day = min(self.day + timedelta(days=days), today)
        self.load()

    def choose(self, period: str) -> None:
        self.period = period
        self.load()

    def periods(self) -> tuple[tuple[str, str], ...]:
        known = sorted(settings_store.load(self.desk).periods, key=lambda one: one.start)
        return tuple((period.code, titled(period_word(period.code))) for period in known)

    @property
    def title(self) -> str:
        return day_words(self.day)

    def type(self, place: int, field: Field, text: str) -> bool:
        """Figures in portions, halves as '.5'; False when it is none."""
        if not _PORTIONS.match(text):
            return False
        self.rows[place] = self.rows[place].typed(field, text)
        self.unsaved = True
        return True

    def fill_served(self) -> None:
        """Where nothing stands yet, what the tills sold was served."""
        for place, row in enumerate(self.rows):
            if not row.served and row.dish.sold_halves:
                self.rows[place] = replace(row, served=portions(row.dish.sold_halves))
                self.unsaved = True

    def save(self) -> bool:
        """What is far from the plan is asked about once: the second time it is meant."""
        self.notice = ""
        self.problem = self._far_off()
        if self.problem and self.problem != self._asked:
            self._asked = self.problem
            return False
        self.problem = self._asked = ""
        counts = [
            Count(row.dish.dish_id, halves(row.served), halves(row.left), halves(row.wasted))
            for row in self.rows
        ]
        try:
            after_service.record(self.desk, self.actor, self.day, self.period, counts)
        except Refusal as refusal:
            self.problem = said(refusal)
            return False
        self.load()
        done = sum(1 for row in self.rows if row.served)
        self.notice = tr("记下了 {count} 道菜。下次排菜单时据此建议份数。").format(count=done)
        if rest := len(self.rows) - done:
            self.notice += tr("还有 {count} 道没记出餐，按收银算。").format(count=rest)
        return True

    def _far_off(self) -> str:
        """The dishes of which far more was counted than there can have been, in a sentence."""
        names = [
            row.dish.name
            for row in self.rows
            if sum(halves(row.text(field)) or 0 for field in FIELDS)
            > FAR * max(row.dish.planned_halves or 0, row.dish.sold_halves, LITTLE)
        ]
        if not names:
            return ""
        return tr("{names} 的数比计划多出许多。没有写错就再按一次 Ctrl S。").format(
            names=tr("、").join(names)
        )

    def sums(self) -> str:
        """The meal in one line."""
        planned = sum(row.dish.planned_halves or 0 for row in self.rows)
        sold = sum(row.dish.sold_halves for row in self.rows)
        served, left, wasted = (sum(halves(row.text(field)) or 0 for row in self.rows) for field in FIELDS)
        return tr("计划 {planned} ・ 收银 {sold} ・ 出餐 {served} ・ 剩余 {left} ・ 倒掉 {wasted}").format(
            planned=portions(planned),
            sold=portions(sold),
            served=portions(served),
            left=portions(left),
            wasted=portions(wasted),
        )

    def _last_meal(self) -> tuple[date, str]:
        """The meal that is served now or ended last; before the first one of today, yesterday's last."""
        settings = settings_store.load(self.desk)
        now = self.desk.clock.now()
        day, period = meal_at(now, settings.periods, settings.cut_off)
        first = min(settings.periods, key=lambda one: one.start)
        if day == now.date() and now.time() < first.start:
            return day - timedelta(days=1), max(settings.periods, key=lambda one: one.end).code
        return day, period
