"""What the accounts and vouchers sections ask of the services, and the words for what comes back. No Qt."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from canteen_pos import i18n
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import Member
from canteen_pos.domain.typed import file_name
from canteen_pos.i18n import tr
from canteen_pos.services import members, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.purses import Movement, PurseRow
from canteen_pos.services.rights import may
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.ui.saying import moment_words, money, said
from canteen_pos.wording import codes

PAY_OUT = ("cash", "wechat", "alipay", "bank_card", "bank_transfer")
PAY_IN = ("bank_transfer", "cash", "wechat", "alipay", "bank_card")


class PursesPresenter:
    """`problem` is the sentence for what could not be done last; `fault` the code of its refusal, 'person' for somebody
    who is not found."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk = desk
        self.actor = actor
        self.problem = self.fault = ""

    @property
    def today(self) -> date:
        return self.desk.clock.now().date()

    @property
    def settings(self) -> CanteenSettings:
        return settings_store.load(self.desk)

    def may(self, right: str) -> bool:
        return may(self.actor, right)

    def attempt(self, do: Callable[[], str]) -> str:
        """What `do` says it did; '' with `problem` filled when it was refused."""
        self.problem = self.fault = ""
        try:
            return do()
        except Refusal as refusal:
            self.problem, self.fault = said(refusal), refusal.code
            return ""

    def person(self, text: str) -> Member | None:
        """Who `text` means: member number, card, phone tail, initials, name. None with `problem` filled for nobody or
        several."""
        self.problem, self.fault = "", "person"
        text = text.strip()
        found = members.find(self.desk, text, limit=4)
        exact = [one for one in found if text in (one.member_no, one.name, one.card)]
        if len(exact) == 1:
            return exact[0]
        if len(found) == 1:
            return found[0]
        if not found:
            self.problem = tr("没有找到这个人。输入会员号、姓名、首字母，或刷卡。")
        else:
            names = "、".join(f"{one.name} {one.member_no}" for one in found)
            self.problem = tr("不止一位：{names}。请输入会员号。").format(names=names)
        return None

    def people(self, text: str) -> tuple[int, ...] | None:
        """Everybody named, separated by spaces or commas; None with `problem` filled when one is not clear."""
        found = []
        for word in re.split(r"[\s,，、;；]+", text.strip()):
            if not word:
                continue
            member = self.person(word)
            if member is None:
                self.problem = f"{word}：{self.problem}"
                return None
            found.append(member.id)
        return tuple(dict.fromkeys(found))

    def file(self, typed: str, offered: str) -> Path:
        """Where to save: a folder gets the offered name, a bare name goes to the home folder."""
        offered = file_name(offered)
        path = Path(typed.strip()).expanduser() if typed.strip() else Path.home() / offered
        if path.is_dir():
            path /= offered
        return path if path.is_absolute() else Path.home() / path

    def months(self) -> tuple[str, ...]:
        """This month and the two before."""
        first = self.today.replace(day=1)
        found = []
        for _ in range(3):
            found.append(f"{first:%Y-%m}")
            first = (first - timedelta(days=1)).replace(day=1)
        return tuple(found)


def new_request() -> str:
    """An id for one form: pressed twice, done once."""
    return uuid.uuid4().hex


def purse_name(row: PurseRow) -> str:
    """A purse is called by who uses it, else by its own name."""
    if row.kind != "wallet":
        return row.name
    names = tr("、").join(row.names[:2])
    more = tr("等 {count} 人").format(count=len(row.names)) if len(row.names) > 2 else ""
    return f"{names}{more}" or row.name


def kind_word(kind: str) -> str:
    """What a document did to a purse."""
    return {
        "sale": tr("就餐"),
        "refund": tr("退款"),
        "top_up": tr("充值"),
        "opening": tr("带入余额"),
        "tender_correction": tr("更正"),
        "purse_refund": tr("账户退款"),
        "account_payment": tr("付款"),
    }.get(kind, kind)


def movement_words(one: Movement, today: date) -> tuple[str, str, str]:
    """(amount, what, when and who)."""
    fen = one.fen + one.bonus_fen
    amount = f"+{money(fen)}" if fen > 0 else money(fen)
    reason = codes.reason(one.reason, i18n.language())
    bonus = tr("其中赠送 {bonus}").format(bonus=money(one.bonus_fen)) if one.bonus_fen else ""
    parts = [moment_words(one.at, today), bonus, one.person, one.number_text, one.actor, reason]
    return amount, _what(one), " · ".join(part for part in parts if part)


def _what(one: Movement) -> str:
    if one.kind == "transfer":
        return tr("转入") if one.fen + one.bonus_fen > 0 else tr("转出")
    if one.kind == "purse_refund" and one.body["refers_to"]:
        return tr("撤销充值")
    return kind_word(one.kind)


def last_word(row: PurseRow, today: date) -> str:
    if row.last_day is None:
        return "—"
    days = (today - row.last_day).days
    if days == 0:
        return tr("今天")
    if days == 1:
        return tr("昨天")
    if not 0 < days <= 30:  # below nought where the clock was put back
        return row.last_day.isoformat()
    return tr("{count} 天前").format(count=days)
