"""How the till words things: tiles, lines of the order, people. Pure functions of values, in the window's language."""

from collections.abc import Mapping
from datetime import date, timedelta

from canteen_pos import i18n
from canteen_pos.domain.membership import EntitlementUse, LastMeal, Member, diet_clashes
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.money import yuan
from canteen_pos.domain.policy import Quota, Window
from canteen_pos.domain.quote import Applied, Refused
from canteen_pos.i18n import tr
from canteen_pos.services import voucher_rules
from canteen_pos.services.selling import NamedLine, OrderLine
from canteen_pos.ui.saying import code_word, moment_words, money, period_word, sold_word
from canteen_pos.ui.screens.till.view import DinerView, LineKey, RowView, TileView
from canteen_pos.wording import codes

FEW_HALVES = 10
"""At five portions the number left asks for attention."""
DOT = " · "


def tile(dish: Tile, diet: tuple[str, ...] = (), key: str = "") -> TileView:
    """A dish as its tile shows it to a cashier who serves somebody with this diet."""
    sold_out = dish.sold_out
    return TileView(
        dish_id=dish.dish_id,
        name=dish.name,
        detail=_sold_out(dish) if sold_out else _portions(dish),
        price=tr("时价") if dish.open_price and not dish.price_fen else money(dish.price_fen),
        left=left(dish),
        few=dish.left_halves is not None and dish.left_halves <= FEW_HALVES,
        sold_out=tr("售罄") if sold_out else "",
        clash="" if sold_out else clash(dish, diet),
        key=key,
    )


def left(dish: Tile) -> str:
    """'余 18', '余 2.5'; '' when nobody counts."""
    if dish.left_halves is None:
        return ""
    whole, half = divmod(max(0, dish.left_halves), 2)
    return tr("余 {count}").format(count=f"{whole}.5" if half else whole)


def clash(dish: Tile, diet: tuple[str, ...]) -> str:
    """Which of the diner's wishes this dish goes against, in a word or two."""
    clashing = diet_clashes(diet, (*dish.tags, *dish.allergens))
    return DOT.join(codes.clash(tag, i18n.language()) for tag in clashing[:2])


def _sold_out(dish: Tile) -> str:
    if dish.sold_out_at is None:
        return tr("售罄")
    return tr("售罄 {time}").format(time=f"{dish.sold_out_at:%H:%M}")


def _portions(dish: Tile) -> str:
    if dish.kind == "weighed":
        return tr("称重 · 每 {grams} 克").format(grams=dish.per_grams)
    if dish.half_fen is not None:
        return tr("整 {full} · 半 {half}").format(full=yuan(dish.price_fen), half=yuan(dish.half_fen))
    if dish.choices:
        return DOT.join(choice.name for choice in dish.choices)
    return DOT.join(code_word(tag) for tag in dish.tags if tag in TOLD_TAGS)


def row(line: OrderLine, named: NamedLine | None, dish: Tile | None, *, chosen: bool) -> RowView:
    """A line of the order; before its first quote `named` is None."""
    list_fen = named.list_fen if named else 0
    gain = list_fen - named.pays_fen if named else 0
    return RowView(
        key=line.key,
        quantity=str(line.quantity) if not line.grams or line.quantity > 1 else "",
        name=dish.name if dish else named.name if named else "",
        mark=tr("半份") if line.portion == "half" else "",
        detail=_line_detail(line, dish),
        amount=yuan(list_fen) if named else "",
        gain=yuan(-gain) if gain else "",
        key_hint=tr("= 换菜") if chosen and dish and dish.choices else "",
        chosen=chosen,
        deeds=line_deeds(line, dish) if chosen else (),
    )


def line_deeds(line: OrderLine, dish: Tile | None) -> tuple[LineKey, ...]:
    """What a finger may do with a line; what this dish does not have is not offered."""
    deeds = [LineKey("less", "−", line.quantity > 1), LineKey("more", "+")]
    if dish and dish.half_fen is not None:
        deeds.append(LineKey("half", tr("整份") if line.portion == "half" else tr("半份")))
    if dish and dish.choices:
        deeds.append(LineKey("choices", tr("换菜")))
    return (*deeds, LineKey("price", tr("改价")), LineKey("remove", tr("删行")))


def fee_row(named: NamedLine) -> RowView:
    """A fee that the service added: box, delivery."""
    gain = named.list_fen - named.pays_fen
    quantity = str(named.quantity) if named.quantity > 1 else ""
    return RowView(
        "",
        quantity,
        sold_word(named.name),
        "",
        named.detail,
        yuan(named.list_fen),
        yuan(-gain) if gain else "",
    )


def _line_detail(line: OrderLine, dish: Tile | None) -> str:
    if line.open_price_fen is not None:
        return tr("改价 · {reason}").format(reason=line.open_reason)
    if dish is None:
        return ""
    if line.grams:
        return tr("{grams} 克 × {price} / {per} 克").format(
            grams=line.grams, price=yuan(dish.price_fen), per=dish.per_grams
        )
    if line.choices:
        return DOT.join(line.choices)
    each = dish.half_fen if line.portion == "half" and dish.half_fen is not None else dish.price_fen
    return tr("{price} / 份").format(price=yuan(each))


def diner(member: Member, today: date) -> DinerView:
    """Card of somebody identified; photo and chips are added by the presenter, who knows files and today's use."""
    facts = [tr("{age} 岁").format(age=member.age)] if member.age is not None else []
    facts.append(
        tr("卡 {card}").format(card=member.card[-6:])
        if member.card
        else tr("编号 {no}").format(no=member.member_no)
    )
    purse = [tr("余额 {amount}").format(amount=money(member.spendable_fen))]
    if member.last_meal:
        purse.append(tr("上次 {meal}").format(meal=meal_words(member.last_meal, today)))
    return DinerView(
        name=member.name,
        facts=DOT.join(facts),
        money=DOT.join(purse),
        initial=member.name[:1],
        known=True,
    )


def meal_words(meal: LastMeal, today: date) -> str:
    """'今天午餐', '昨天晚餐', '11月18日早餐'."""
    period = period_word(meal.period)
    if meal.service_date == today:
        return tr("今天{period}").format(period=period)
    if meal.service_date == today - timedelta(days=1):
        return tr("昨天{period}").format(period=period)
    return tr("{month}月{day}日{period}").format(
        month=meal.service_date.month, day=meal.service_date.day, period=period
    )


def used(use: EntitlementUse, today: date) -> str:
    """When and where a once-a-meal benefit was used: '午餐 11:32 在 T1'."""
    return tr("{period} {time} 在 {station}").format(
        period=period_word(use.period), time=moment_words(use.at, today), station=use.station
    )


TOLD_TAGS = ("low_salt", "low_sugar", "low_fat", "soft", "spicy", "vegetarian", "veg", "halal", "sweet")
"""Tags worth saying on a tile."""


def rule_title(rule: Applied | Refused) -> str:
    """What a rule is called: as its pack says, or the voucher that it is."""
    return tr("餐券 {serial}").format(serial=rule.rule) if rule.pack == voucher_rules.PACK else rule.title


def seen(rule: Applied, names: Mapping[str, str]) -> str:
    """What a rule that gave something looked at, for staff: '83 岁 · 户籍 成都市 · 按 ¥15.00 计'."""
    said = {
        "age": tr("{fact} 岁"),
        "hukou": tr("户籍 {fact}"),
        "residence": tr("居住 {fact}"),
        "categories": tr("类别 {fact}"),
        "permits": tr("证件 {fact}"),
        "care_level": tr("照护等级 {fact}"),
        "spend_fen": tr("消费 {fact}"),
        "base_fen": tr("按 {fact} 计"),
        "before_limits_fen": tr("封顶前 {fact}"),
    }
    parts = [
        text.format(fact=_fact(name, rule.facts[name], names))
        for name, text in said.items()
        if rule.facts.get(name)
    ]
    return DOT.join((*parts, tr("{version} 版").format(version=rule.version)))


def quota(limit: Quota) -> str:
    """A quota as staff call it: '每餐 1 次', '每月 ¥40.00'; packs know it by a code."""
    often = {
        Window.PERIOD: tr("每餐"),
        Window.DAY: tr("每天"),
        Window.WEEK: tr("每周"),
        Window.MONTH: tr("每月"),
        Window.YEAR: tr("每年"),
    }[limit.per]
    if limit.limit_fen is not None:
        return f"{often} {money(limit.limit_fen)}"
    return tr("{often} {count} 次").format(often=often, count=limit.limit)


def _fact(name: str, fact: object, names: Mapping[str, str]) -> str:
    if name.endswith("_fen") and isinstance(fact, int):
        return money(fact)
    if isinstance(fact, list | tuple):
        return tr("、").join(names.get(str(one), str(one)) for one in fact)
    return names.get(str(fact), str(fact))


def erased() -> str:
    """Of an order whose eater was erased while it waited."""
    return tr("这位就餐人的资料已经删除：这一单按散客重新算价。")
