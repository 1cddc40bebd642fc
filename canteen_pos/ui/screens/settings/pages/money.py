"""Pages about money: tenders, rounding and fees; stored value, its bonus and its cap."""

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services.settings_store import TENDERS
from canteen_pos.ui.forms import CountField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import MoneyField
from canteen_pos.ui.saying import tender_word
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.presenter import SettingsPresenter

BONUS_ROWS, BONUS_ROWS_AT_FIRST = 6, 3
"""So many tiers a top-up's bonus may have; so many are shown while fewer are in use."""


class TendersPage(Page):
    """How people may pay, whether cash is rounded, what boxes and deliveries cost."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("付款方式与收费"), "canteen")
        self.tenders = Chips([(code, tender_word(code)) for code in TENDERS], many=True)
        self.rounding = Chips((("none", tr("到分")), ("jiao", tr("到角"))))
        self.box, self.delivery = MoneyField(), MoneyField()
        self.per = Chips((("unit", tr("每份一个")), ("meal", tr("一餐一个"))))
        self.add("tenders", tr("付款方式"), self.tenders, tr("亮的可以用；储值、挂账等由卡决定"))
        self.add("rounding", tr("现金取整"), self.rounding, tr("取整的差额单独记一行"))
        self.beside(("box", tr("打包盒（元）"), self.box), ("per", tr("打包盒按"), self.per))
        self.add("delivery", tr("送餐费（元）"), self.delivery)
        self.walk(self.box, self.delivery)
        self.load()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        settings = presenter.canteen
        return tr("{count} 种付款方式 · 打包盒 {box}").format(
            count=len(settings.tenders), box=yuan(settings.box_fee_fen)
        )

    def load(self) -> None:
        settings = self.seen()
        self.tenders.set_values(settings.tenders)
        self.rounding.set_value(settings.cash_rounding)
        self.box.set_fen(settings.box_fee_fen)
        self.per.set_value(settings.box_fee_per)
        self.delivery.set_fen(settings.delivery_fee_fen)

    def store(self) -> bool:
        chosen = self.tenders.values()
        problems = {
            key: field.problem() or tr("请写金额，没有就写 0。")
            for key, field in (("box", self.box), ("delivery", self.delivery))
            if field.fen() is None
        }
        if not chosen:
            problems["tenders"] = tr("至少留一种付款方式。")
        if problems:
            self.presenter.problems = problems
            return False
        return self.keep(
            tenders=tuple(code for code in TENDERS if code in chosen),
            cash_rounding=self.rounding.value(),
            box_fee_fen=self.box.fen(),
            box_fee_per=self.per.value(),
            delivery_fee_fen=self.delivery.fen(),
        )


class StoredValuePage(Page):
    """What a top-up gives, how much may lie in a purse, when a receipt asks to top up, what points are worth."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter, tr("储值与积分"), "canteen")
        self.rules = [(MoneyField(), MoneyField()) for _ in range(BONUS_ROWS)]
        for place, (from_field, bonus_field) in enumerate(self.rules):
            self.beside(
                (f"bonus{place}", tr("充值满（元）"), from_field),
                (f"bonus{place} gives", tr("送（元）"), bonus_field),
            )
        self.many = Chips((("once", tr("只按最合适的一档送一次")), ("many", tr("够几次送几次"))))
        self.cap, self.low = MoneyField(), MoneyField()
        self.point, self.hour = MoneyField(), CountField()
        self.add("many", tr("送几次"), self.many, tr("赠送的钱不能退"))
        self.beside(
            ("cap", tr("储值上限（元）"), self.cap, tr("只算本金；写 0 就停止充值")),
            ("low", tr("余额低于多少提醒（元）"), self.low, tr("0 不提醒")),
        )
        self.beside(
            ("point", tr("一个积分抵（元）"), self.point, tr("0 不能抵餐费")),
            ("hour", tr("志愿服务一小时得几分"), self.hour),
        )
        self.first = Chips((("principal", tr("先本金")), ("bonus", tr("先赠送"))))
        self.beside_purse = {word: Chips(_places()) for word in BESIDE_PURSE}
        self.lapses = Chips((("yes", tr("赠送按比例作废")), ("no", tr("赠送保留"))))
        self.add("first", tr("刷卡先扣"), self.first, tr("先扣赠送的话，吃完赠送再退款，送的就收不回来了"))
        self.beside(
            ("points", tr("积分"), self.beside_purse["points"]),
            ("on_account", tr("挂账"), self.beside_purse["on_account"], tr("挂账只限卡记在挂账单位上的人")),
        )
        self.add("lapses", tr("退本金时"), self.lapses)
        fields = [field for both in self.rules for field in both]
        self.walk(*fields, self.cap, self.low, self.point, self.hour)
        self.load()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        rules = presenter.canteen.bonus_rules
        if not rules:
            return tr("充值不赠送")
        return tr("满 {start} 送 {bonus} 起").format(
            start=yuan(rules[0].from_fen), bonus=yuan(rules[0].bonus_fen)
        )

    def load(self) -> None:
        settings = self.seen()
        for place, (from_field, bonus_field) in enumerate(self.rules):
            rule = settings.bonus_rules[place] if place < len(settings.bonus_rules) else None
            from_field.set_fen(rule.from_fen if rule else None)
            bonus_field.set_fen(rule.bonus_fen if rule else None)
            tier = self.boxes[f"bonus{place}"].parentWidget()
            assert tier is not None
            tier.setVisible(place < max(BONUS_ROWS_AT_FIRST, len(settings.bonus_rules) + 1))
        self.many.set_value("many" if settings.bonus_many else "once")
        self.cap.set_fen(settings.balance_cap_fen)
        self.low.set_fen(settings.low_balance_fen)
        self.point.set_fen(settings.point_fen)
        self.hour.setText(str(settings.points_per_hour))
        order = settings.spend_order
        self.first.set_value(next(word for word in order if word in ("principal", "bonus")))
        for word, chips in self.beside_purse.items():
            chips.set_value(_place(order, word))
        self.lapses.set_value("yes" if settings.bonus_lapses else "no")

    def store(self) -> bool:
        fields = (("cap", self.cap), ("low", self.low), ("point", self.point))
        problems = {
            key: field.problem() or tr("请写金额，没有就写 0。")
            for key, field in fields
            if field.fen() is None
        }
        if not self.hour.text().strip().isdecimal():
            problems["hour"] = tr("请写一个数。")
        problems |= {
            key: box.field.problem()
            for key, box in self.boxes.items()
            if key.startswith("bonus") and isinstance(box.field, MoneyField) and box.field.unreadable
        }
        typed = [(one.fen(), other.fen()) for one, other in self.rules]
        many = self.many.value() == "many"
        problems |= self._unused()
        if not problems:
            problems = self.presenter.bonus_problems(typed, self.cap.fen() or 0, many=many)
        if problems:
            self.presenter.problems = problems
            return False
        return self.keep(
            bonus_rules=self.presenter.bonus_rules(typed) + self.presenter.canteen.bonus_rules[BONUS_ROWS:],
            bonus_many=many,
            balance_cap_fen=self.cap.fen(),
            low_balance_fen=self.low.fen(),
            point_fen=self.point.fen(),
            points_per_hour=int(self.hour.text()),
            spend_order=self._spend_order(),
            bonus_lapses=self.lapses.value() == "yes",
        )

    def _unused(self) -> dict[str, str]:
        """What the card is told to take and nobody can pay with."""
        tenders, problems = self.presenter.canteen.tenders, {}
        wanted = {word for word, chips in self.beside_purse.items() if chips.value() != "never"}
        if "points" in wanted and ("points" not in tenders or self.point.fen() == 0):
            problems["points"] = tr("先在“付款方式与收费”里启用积分，并写一个积分抵多少。")
        if "on_account" in wanted and "on_account" not in tenders:
            problems["on_account"] = tr("先在“付款方式与收费”里启用挂账。")
        return problems

    def _spend_order(self) -> tuple[str, ...]:
        """Principal and bonus stand together: the card takes them in one go."""
        purse = ("bonus", "principal") if self.first.value() == "bonus" else ("principal", "bonus")
        placed = {word: chips.value() for word, chips in self.beside_purse.items()}
        before = tuple(word for word in BESIDE_PURSE if placed[word] == "before")
        after = tuple(word for word in BESIDE_PURSE if placed[word] == "after")
        return (*before, *purse, *after)


BESIDE_PURSE = ("points", "on_account")
"""What a card may also pay from, in the order in which they are taken."""


def _places() -> tuple[tuple[str, str], ...]:
    return (("never", tr("不用")), ("before", tr("先于储值")), ("after", tr("储值不够时")))


def _place(order: tuple[str, ...], word: str) -> str:
    """Where `word` stands beside the purse in a stored order."""
    if word not in order:
        return "never"
    return "before" if order.index(word) < order.index("principal") else "after"
