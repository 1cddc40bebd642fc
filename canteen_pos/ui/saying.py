"""Words that several screens say: refusals, roles, tenders, periods, amounts as typed. No Qt, no services."""

import re
from datetime import date, datetime

from canteen_pos import i18n, wording
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.money import parse_yuan, yuan
from canteen_pos.i18n import tr
from canteen_pos.wording import codes

_HALF_TYPED = re.compile(r"^\d*\.?\d{0,2}$")


def said(refusal: Refusal) -> str:
    """The refusal as a sentence in the language of the window."""
    return wording.sentence(refusal, i18n.language())


def code_word(code: str) -> str:
    """The word of a diet, a tag, an allergen within a line of text."""
    return codes.word(code, i18n.language())


def code_label(code: str) -> str:
    """The word of a code that stands alone."""
    return codes.label(code, i18n.language())


def sold_word(name: str) -> str:
    """A line of an order or a document: a dish, or one of the fees."""
    return codes.sold(name, i18n.language())


def role_word(role: str) -> str:
    return code_label(role)


def tender_word(tender: str) -> str:
    return code_label(tender)


def period_word(period: str) -> str:
    """Name of a meal period's code; a canteen's own period is called by its code."""
    return code_word(period)


def titled(word: str) -> str:
    """A word as it stands alone, on a card or a chip: 'Lunch'. Chinese stays as it is."""
    return word[:1].upper() + word[1:]


def voucher_worth(face_fen: int, percent: int, cap_fen: int | None) -> str:
    if not percent:
        return money(face_fen)
    capped = tr("（最多 {amount}）").format(amount=yuan(cap_fen)) if cap_fen is not None else ""
    return tr("减 {percent}%").format(percent=percent) + capped


def weekday_words() -> tuple[str, ...]:
    """Monday to Sunday."""
    return (
        tr("星期一"),
        tr("星期二"),
        tr("星期三"),
        tr("星期四"),
        tr("星期五"),
        tr("星期六"),
        tr("星期日"),
    )


def date_words(day: date) -> str:
    """'11月22日'."""
    return tr("{month}月{day}日").format(month=day.month, day=day.day)


def day_words(day: date) -> str:
    """'11月22日 星期日' or 'Sun 22 Nov'."""
    return tr("{month}月{day}日 {weekday}").format(
        month=day.month, day=day.day, weekday=weekday_words()[day.weekday()]
    )


def moment_words(moment: datetime, today: date) -> str:
    """'11:42' today, '11月21日 11:42' on another day."""
    clock = f"{moment:%H:%M}"
    if moment.date() == today:
        return clock
    return tr("{month}月{day}日 {clock}").format(month=moment.month, day=moment.day, clock=clock)


def money(fen: int) -> str:
    """'¥12.50', '−¥6.00'."""
    return f"−¥{yuan(-fen)}" if fen < 0 else f"¥{yuan(fen)}"


def typed_fen(text: str) -> int | None:
    """Fen of a positive amount being typed ('12', '12.', '.5'); None when it is empty or no amount."""
    text = text.strip()
    if not text or text == "." or not _HALF_TYPED.match(text):
        return None
    if text.startswith("."):
        text = "0" + text
    return parse_yuan(text.rstrip("."))
