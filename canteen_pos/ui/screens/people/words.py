"""How the people section words things. Pure functions of values, in the window's language. No Qt."""

from collections.abc import Mapping
from datetime import date, timedelta

from canteen_pos import i18n
from canteen_pos.domain.membership import LastMeal
from canteen_pos.domain.money import yuan
from canteen_pos.domain.person import (
    EXPIRES_WITHIN_DAYS,
    CardOnFile,
    FactOnFile,
    PersonStory,
    ProxyOnFile,
    RecentDocument,
    VoucherOnFile,
)
from canteen_pos.domain.place import Place
from canteen_pos.i18n import tr
from canteen_pos.ui.saying import money, period_word, tender_word, voucher_worth
from canteen_pos.wording.codes import CODES

DOT = " ・ "
DIETS = ("low_salt", "low_sugar", "low_fat", "soft_food", "no_spicy", "halal", "vegetarian")
ALLERGIES = ("peanut", "egg", "milk", "soy", "gluten", "fish", "shrimp", "sesame")


def code_word(code: str, names: Mapping[str, str] | None = None) -> str:
    """A code as the packs in force (`names`), or everybody, calls it."""
    words = CODES.get(code)
    if words and i18n.language() == "en":
        return words[1]  # packs speak Chinese
    return (names or {}).get(code, words[0] if words else code)


def texture_word(texture: str) -> str:
    words = {"": tr("普通"), "soft": tr("软"), "minced": tr("切碎"), "pureed": tr("糊状")}
    return words.get(texture, texture)


def why_left_word(why: str) -> str:
    words = {"moved": tr("迁走"), "died": tr("去世"), "returned": tr("退卡不来"), "other": tr("其他")}
    return words.get(why, why)


def kind_word(kind: str) -> str:
    words = {
        "category": tr("类别"),
        "permit": tr("证件"),
        "hukou": tr("户籍"),
        "residence": tr("居住地"),
        "care_level": tr("照护等级"),
        "institution": tr("机构入住"),
    }
    return words.get(kind, kind)


def card_status_word(status: str) -> str:
    words = {"active": tr("在用"), "lost": tr("已挂失"), "replaced": tr("已换"), "returned": tr("已退")}
    return words.get(status, status)


def kind_of_document(kind: str) -> str:
    words = {
        "sale": tr("就餐"),
        "refund": tr("退款"),
        "top_up": tr("充值"),
        "opening": tr("期初余额"),
        "purse_refund": tr("退余额"),
        "account_payment": tr("还挂账"),
        "transfer": tr("转账"),
        "tender_correction": tr("改收款方式"),
    }
    return words.get(kind, kind)


def voucher_words(one: VoucherOnFile) -> tuple[str, str]:
    """(what it is called and until when, what it is worth)."""
    days = tr("{day} 起") if one.state == "coming" else tr("{day} 止")
    day = (one.since if one.state == "coming" else one.until).isoformat()
    name = f"{one.name or one.serial}  {days.format(day=day)}"
    return name, voucher_worth(one.face_fen, one.percent, one.cap_fen)


def place_words(place: Place) -> str:
    return " ".join(name for name in (place.city, place.district, place.town) if name)


def when_word(day: date, today: date) -> str:
    """'今天', '昨天', '11月18日', '2025-03-20'."""
    if day == today:
        return tr("今天")
    if day == today - timedelta(days=1):
        return tr("昨天")
    if day.year != today.year:
        return day.isoformat()
    return tr("{month}月{day}日").format(month=day.month, day=day.day)


def meal_words(meal: LastMeal | None, today: date) -> str:
    """'今天 午餐'; a dash for somebody who never ate here."""
    if meal is None:
        return "—"
    day = when_word(meal.service_date, today)
    return tr("{day} {period}").format(day=day, period=period_word(meal.period))


def ends_soon_words(until: date | None, today: date) -> str:
    """'7 天后到期', '今天到期'; '' for what is over, or stands longer than the work list looks ahead."""
    left = -1 if until is None else (until - today).days
    if not 0 <= left <= EXPIRES_WITHIN_DAYS:
        return ""
    return tr("{days} 天后到期").format(days=left) if left else tr("今天到期")


def fact_title(fact: FactOnFile) -> str:
    """'低保'; '户籍'."""
    return fact.words if fact.kind in ("category", "permit") else kind_word(fact.kind)


def fact_words(fact: FactOnFile) -> str:
    """What stands beside the title: the place, the level, from when until when."""
    if fact.kind in ("hukou", "residence"):
        what = place_words(Place(*[*fact.code.split("/"), "", "", ""][:3]))
    elif fact.kind == "care_level":
        what = tr("{level} 级").format(level=fact.code)
    elif fact.kind == "institution":
        what = tr("住在机构") if fact.code == "1" else tr("不住机构")
    else:
        what = ""
    return DOT.join(part for part in (what, span_words(fact.since, fact.until)) if part)


def span_words(since: date, until: date | None) -> str:
    if until is None:
        return tr("{since} 起").format(since=since.isoformat())
    return tr("{since} 至 {until}").format(since=since.isoformat(), until=until.isoformat())


def fact_detail(fact: FactOnFile) -> str:
    """'户口簿 2025-03-20 ・ 李芳录 ・ 陈经理核'."""
    parts = [fact.source]
    if fact.recorded_by:
        parts.append(tr("{name}录").format(name=fact.recorded_by))
    if fact.reviewed_by:
        parts.append(tr("{name}核").format(name=fact.reviewed_by))
    return DOT.join(part for part in parts if part)


def card_words(card: CardOnFile) -> str:
    """'2026-11-01 发 ・ 2026-11-20 已挂失 ・ 李芳'."""
    parts = [tr("{day} 发").format(day=card.issued_at.date().isoformat())]
    if card.ended_at is not None:
        parts.append(f"{card.ended_at.date().isoformat()} {card_status_word(card.status)}")
    elif card.status != "active":
        parts.append(card_status_word(card.status))
    if card.ended_by or card.issued_by:
        parts.append(card.ended_by or card.issued_by)
    return DOT.join(parts)


def proxy_words(proxy: ProxyOnFile) -> str:
    parts = [proxy.relation, proxy.phone, span_words(proxy.since, proxy.until)]
    return DOT.join(part for part in parts if part)


def document_words(one: RecentDocument, today: date) -> tuple[str, str]:
    """('今天 午餐', '付 21.03  补 6.00'), ('昨天 充值 现金', '+100.00')."""
    if one.kind == "sale":
        amount = tr("付 {amount}").format(amount=yuan(one.pays_fen))
        if one.gain_fen:
            amount += "  " + tr("补 {amount}").format(amount=yuan(one.gain_fen))
        day = when_word(one.service_date, today)
        return tr("{day} {period}").format(day=day, period=period_word(one.period)), amount
    parts = [when_word(one.at.date(), today), kind_of_document(one.kind)]
    if one.tender:
        parts.append(tender_word(one.tender))
    sign = "+" if one.kind in ("top_up", "opening") and one.pays_fen > 0 else ""
    return " ".join(parts), sign + yuan(one.pays_fen)


def limit_words(story: PersonStory) -> str:
    """'每餐 ¥20.00 ・ 每天 ¥30.00 ・ 每月 ¥600.00'; '' without limits."""
    limits = (
        (tr("每餐 {amount}"), story.meal_limit_fen),
        (tr("每天 {amount}"), story.day_limit_fen),
        (tr("每月 {amount}"), story.month_limit_fen),
    )
    return DOT.join(words.format(amount=money(fen)) for words, fen in limits if fen is not None)
