"""Parked orders, today's dish, the reasons behind a price, opening the drawer."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from canteen_pos import i18n, wording
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.money import yuan
from canteen_pos.domain.quote import Quote
from canteen_pos.i18n import tr
from canteen_pos.services import menus, policies, shifts
from canteen_pos.services.context import Actor
from canteen_pos.services.parking import Parked
from canteen_pos.services.rights import may
from canteen_pos.ui.saying import money, typed_fen
from canteen_pos.ui.screens.till import words
from canteen_pos.ui.screens.till.asks.base import Ask, Till
from canteen_pos.ui.screens.till.asks.line import PinAsk
from canteen_pos.ui.screens.till.view import AskRow, AskView, Option


class ParkedAsk(Ask):
    """Which parked order to take up again."""

    def __init__(self, till: Till, parked: tuple[Parked, ...]) -> None:
        super().__init__(till)
        self._parked = parked
        self._chosen = 0

    def view(self, text: str) -> AskView:
        del text
        rows = tuple(
            AskRow(
                title=each.label,
                detail=tr("{time} 挂单").format(time=f"{each.parked_at:%H:%M}"),
                lead=str(place + 1) if place < 9 else "",
                chosen=place == self._chosen,
            )
            for place, each in enumerate(self._parked)
        )
        return AskView(title=tr("取单"), hint=tr("按数字选 · ↑↓ · Enter 取回"), rows=rows)

    def takes(self, key: str, text: str) -> bool:
        return not text and key.isdigit() and 0 < int(key) <= len(self._parked)

    def option(self, key: str) -> bool:
        self.row(int(key) - 1)
        return True

    def enter(self, text: str) -> None:
        del text
        self.row(self._chosen)

    def move(self, step: int) -> None:
        self._chosen = max(0, min(len(self._parked) - 1, self._chosen + step))

    def row(self, place: int) -> None:
        if 0 <= place < len(self._parked):
            self.till.close_ask()
            self.till.resume_parked(self._parked[place].id)


class WhyAsk(Ask):
    """F6: which rules spoke, and why the others did not. For staff only. Arrows go through them."""

    soft = True
    takes_arrows = True

    def __init__(self, till: Till, quote: Quote) -> None:
        super().__init__(till)
        self._quote = quote
        self._names: dict[str, str] = {}
        for pack in policies.active(till.desk):
            self._names.update(pack.names)
            for rule in pack.rules():
                for version in rule.versions:
                    self._names.update((quota.name, words.quota(quota)) for quota in version.quotas)
        self._chosen = 0

    def view(self, text: str) -> AskView:
        del text
        lang = i18n.language()
        gave = tuple(
            AskRow(
                title=words.rule_title(rule),
                detail=words.seen(rule, self._names),
                amount=yuan(-rule.fen)
                if rule.fen
                else tr("可申领 {amount}").format(amount=yuan(rule.claim_fen)),
                lead="✓",
            )
            for rule in self._quote.applied
        )
        not_given = tuple(
            AskRow(
                title=words.rule_title(rule),
                detail=wording.reason_staff(rule.reason, lang, self._names),
                lead="—",
                muted=True,
            )
            for rule in self._quote.refused
        )
        return AskView(
            title=tr("为什么是这个价"),
            hint=tr("↑↓ 看下去 · Esc 返回"),
            said="" if gave or not_given else tr("还没有点菜，没有用到任何规则。"),
            rows=tuple(
                replace(row, chosen=place == self._chosen) for place, row in enumerate(gave + not_given)
            ),
        )

    def move(self, step: int) -> None:
        count = len(self._quote.applied) + len(self._quote.refused)
        self._chosen = max(0, min(count - 1, self._chosen + step))

    def row(self, place: int) -> None:
        self._chosen = place


class DishAsk(Ask):
    """F12: one dish of today's menu: sold out or back, another price, how many are left."""

    def __init__(self, till: Till, dish: Tile) -> None:
        super().__init__(till)
        self._dish = dish
        self._wants = ""

    def view(self, text: str) -> AskView:
        dish = self._dish
        title = tr("今日菜品 · {name}").format(name=dish.name)
        figures = (
            (tr("现价"), money(dish.price_fen), False),
            (tr("余量"), words.left(dish) or tr("不计数"), False),
        )
        if self._wants == "2":
            typed = typed_fen(text)
            changed = (tr("改为"), money(typed) if typed is not None else "—", True)
            return AskView(
                title, tr("新价格（元）"), figures=(*figures, changed), numpad=True, enter=tr("改价")
            )
        if self._wants == "3":
            changed = (tr("改为"), text.strip() or "—", True)
            return AskView(
                title, tr("还剩多少份"), figures=(*figures, changed), numpad=True, enter=tr("改余量")
            )
        return AskView(
            title,
            hint=tr("按数字选 · Esc 返回"),
            figures=figures,
            options=(
                Option("1", tr("恢复供应") if dish.sold_out_at else tr("标记售罄")),
                Option("2", tr("改今日价格")),
                Option("3", tr("改剩余份数")),
            ),
        )

    def takes(self, key: str, text: str) -> bool:
        return not text and not self._wants and key in ("1", "2", "3")

    def option(self, key: str) -> bool:
        if self._wants or key not in ("1", "2", "3"):
            return False
        if key == "1":
            self._sold_out()
        else:
            self._wants = key
        return True

    def enter(self, text: str) -> None:
        if self._wants == "2":
            fen = typed_fen(text)
            if fen is None:
                self.till.say(tr("请输入价格，例如 12.50。"), "notice")
                return
            self._with_right(lambda actor: self._set_price(actor, fen))
        elif self._wants == "3":
            halves = _typed_halves(text)
            if halves is None:
                self.till.say(tr("请输入份数，例如 20 或 2.5。"), "notice")
                return
            self._with_right(lambda actor: self._set_portions(actor, halves))

    def back(self) -> bool:
        had, self._wants = self._wants, ""
        return bool(had)

    def _sold_out(self) -> None:
        sold_out = self._dish.sold_out_at is None
        till, draft = self.till, self.till.draft
        menus.set_sold_out(
            till.desk, till.actor, draft.service_date, draft.period, self._dish.dish_id, sold_out
        )
        word = tr("{name} 已标记售罄。") if sold_out else tr("{name} 恢复供应。")
        self._done(word.format(name=self._dish.name))

    def _with_right(self, change: Callable[[Actor], object]) -> None:
        def apply(actor: Actor) -> None:
            change(actor)
            self._done(tr("{name} 已改好。").format(name=self._dish.name))

        if may(self.till.actor, "manage_menu"):
            apply(self.till.actor)
        else:
            self.till.open_ask(PinAsk(self.till, tr("改菜单要经理同意"), apply))

    def _set_price(self, actor: Actor, fen: int) -> None:
        draft = self.till.draft
        menus.set_price(self.till.desk, actor, draft.service_date, draft.period, self._dish.dish_id, fen)

    def _set_portions(self, actor: Actor, halves: int) -> None:
        draft = self.till.draft
        menus.set_portions(
            self.till.desk, actor, draft.service_date, draft.period, self._dish.dish_id, halves
        )

    def _done(self, said: str) -> None:
        self.till.close_ask()
        self.till.reload_menu()
        self.till.say(said, "good")


class DrawerAsk(Ask):
    """Opening the drawer without a sale: why, and a manager's PIN. It is logged."""

    REASONS = ("1", "2", "3")

    def view(self, text: str) -> AskView:
        del text
        return AskView(
            title=tr("不卖货，开钱箱"),
            prompt=tr("原因"),
            hint=tr("按数字选，或直接写"),
            said=tr("会记录在案。"),
            options=tuple(Option(key, reason) for key, reason in self._reasons()),
            words=True,
            enter=tr("开钱箱"),
        )

    def takes(self, key: str, text: str) -> bool:
        return not text and key in self.REASONS

    def option(self, key: str) -> bool:
        reason = dict(self._reasons()).get(key)
        if reason is None:
            return False
        self._open(reason)
        return True

    def enter(self, text: str) -> None:
        if text.strip():
            self._open(text.strip())
        else:
            self.till.say(tr("请说明原因。"), "notice")

    def _reasons(self) -> tuple[tuple[str, str], ...]:
        return (("1", tr("换零钱")), ("2", tr("核对现金")), ("3", tr("取出票据")))

    def _open(self, reason: str) -> None:
        def opened(actor: Actor) -> None:
            shifts.no_sale(self.till.desk, actor, reason)
            self.till.say(tr("正在开钱箱，已记录：{reason}").format(reason=reason))
            self.till.panel("drawer", None)  # says when it has opened, or that it did not

        self.till.close_ask()
        if may(self.till.actor, "no_sale"):
            opened(self.till.actor)
        else:
            self.till.open_ask(PinAsk(self.till, tr("开钱箱要经理同意"), opened))


def _typed_halves(text: str) -> int | None:
    """Half portions of '20' or '2.5' typed as portions; None when it is no such number."""
    try:
        halves = float(text.strip()) * 2
    except ValueError:
        return None
    return int(halves) if halves >= 0 and halves == int(halves) and halves < 20_000 else None


LABEL_NAMES = 2
"""More names than these would fill the row."""


def new_label(names: Sequence[str], eaters: int, count: int) -> str:
    """What a parked order is called: whose it is, or a short mark, how many eat, and how many lines there are."""
    who = tr("、").join(names[:LABEL_NAMES])
    if not who:
        who = tr("散客 {mark}").format(mark=uuid.uuid4().hex[:2].upper())
    if eaters > max(1, len(names[:LABEL_NAMES])):
        who = tr("{who} 等 {n} 位").format(who=who, n=eaters)
    return tr("{who} · {count} 项").format(who=who, count=count)
