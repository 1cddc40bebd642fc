"""A counter to price at: packs from a few lines of TOML, meals from a few facts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from canteen_pos.domain.bill import Kind, Line, Meal, Serving, Site, Use
from canteen_pos.domain.diner import Diner
from canteen_pos.domain.place import Place
from canteen_pos.domain.pricing import quote
from canteen_pos.domain.quote import Quote, Reason
from canteen_pos.packs import Pack, parse_pack

DAY = date(2025, 3, 12)  # a Wednesday, a workday
HOME = Place("成都市", "锦江区", "春熙路街道")
HEAD = """
title = "测试"
source = "test"
date = 2025-01-01
sample = true
"""
NAMES = """
[names]
dibao = "低保"
tekun = "特困"
shineng = "失能"
volunteer = "志愿者证"
"""


class Counter:
    """Prices meals at HOME on DAY at lunch unless told otherwise."""

    day = DAY
    home = HOME

    def pack(self, rules: str, pack_id: str = "test") -> Pack:
        return parse_pack(f'id = "{pack_id}"{HEAD}{NAMES}{rules}')

    def diner(self, age: int = 70, **facts: Any) -> Diner:
        known: dict[str, Any] = {"hukou": HOME, "residence": HOME}
        for name in ("categories", "permits"):
            if name in facts:
                facts[name] = frozenset(facts[name])
        return Diner("p1", date(DAY.year - age, 1, 1), **{**known, **facts})

    def lines(self, *prices: int, kind: Kind = Kind.SET) -> tuple[Line, ...]:
        return tuple(Line(str(place), f"item-{place}", kind, fen) for place, fen in enumerate(prices, 1))

    def meal(self, lines: Sequence[Line] | None = None, **facts: Any) -> Meal:
        known: dict[str, Any] = {
            "day": DAY,
            "period": "lunch",
            "serving": Serving.DINE_IN,
            "site": Site(HOME),
            "diner": self.diner(),
            "workday": True,
        }
        return Meal(lines=tuple(lines) if lines is not None else self.lines(2000), **{**known, **facts})

    def quote(self, rules: str | Pack, lines: Sequence[Line] | None = None, **facts: Any) -> Quote:
        pack = rules if isinstance(rules, Pack) else self.pack(rules)
        return quote([pack], self.meal(lines, **facts))

    def rule(self, when: str, effect: str = '{ off_yuan = 3.00, per = "bill" }', more: str = "") -> str:
        return f'[[rule]]\nid = "r"\ntitle = "规则"\nfund = "city"\norder = 1\nwhen = {when}\neffect = {effect}\n{more}\n'

    def why(self, when: str, **facts: Any) -> Reason | None:
        """Why a rule with this `when` refuses; None when it gives."""
        answer = self.quote(self.rule(when), **facts)
        return answer.refused[0].reason if answer.refused else None

    def use(self, quota: str, day: date = DAY, period: str = "lunch", fen: int = 300, **facts: Any) -> Use:
        return Use(quota, day, period, fen, **facts)


@pytest.fixture
def counter() -> Counter:
    return Counter()
