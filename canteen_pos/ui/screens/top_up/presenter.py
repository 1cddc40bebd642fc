"""Putting money on a purse: whose, how much, how it was paid, what bonus comes on top. No Qt."""

import uuid

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import Member
from canteen_pos.i18n import tr
from canteen_pos.services import members, settings_store, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.wallets import TopUpDone
from canteen_pos.ui.saying import money, said, tender_word, typed_fen

QUICK_FEN = (5000, 10000, 20000, 30000, 50000, 100000)
QUICK_KEYS = "ASDFGH"
TENDER_KEYS = ("F2", "F3", "F4", "F5")


class TopUpPresenter:
    """State: the member, who else fits the search, the amount, the tender; `finished` once it is in the books."""

    def __init__(self, desk: Desk, actor: Actor, member_id: int | None = None) -> None:
        self.desk = desk
        self.actor = actor
        self.member: Member | None = members.by_id(desk, member_id) if member_id is not None else None
        self.found: tuple[Member, ...] = ()
        self.fen = 0
        self.given_fen = 0
        self._unreadable: set[str] = set()
        on = settings_store.load(desk).tenders
        self.tenders = tuple(tender for tender in wallets.TOP_UP_TENDERS if tender in on)
        self.tender = self.tenders[0] if self.tenders else ""
        self.finished: TopUpDone | None = None
        self.problem = ""
        self._request_id = uuid.uuid4().hex

    def look(self, text: str) -> None:
        self.found = members.find(self.desk, text)

    def choose(self, member_id: int) -> None:
        self.member = members.by_id(self.desk, member_id)
        self.problem = ""

    def scan(self, code: str) -> bool:
        """The member who holds this card, or a sentence in `problem`."""
        try:
            member = members.by_card(self.desk, code)
        except Refusal as refusal:
            self.problem = said(refusal)
            return False
        if member is None:
            self.problem = tr("没有人用这张卡")
            return False
        self.member = member
        self.problem = ""
        return True

    def forget(self) -> None:
        """Another member."""
        self.member = None
        self.found = ()
        self.problem = ""

    def set_amount(self, text: str) -> None:
        self.fen = self._typed("amount", text)

    def set_given(self, text: str) -> None:
        self.given_fen = self._typed("given", text)

    def _typed(self, field: str, text: str) -> int:
        fen = typed_fen(text)
        self._unreadable.discard(field)
        if fen is None and text.strip():
            self._unreadable.add(field)
        self.problem = ""
        return fen or 0

    @property
    def bonus_fen(self) -> int:
        return wallets.bonus_for(self.desk, self.fen) if self.fen else 0

    @property
    def change_fen(self) -> int:
        """Change for the cash handed over; 0 when none was typed or it is too little."""
        return max(0, self.given_fen - self.fen) if self.tender == "cash" and self.given_fen else 0

    @property
    def after_words(self) -> str:
        """What can be spent from the purse then, as the till shows it; what of it was given now is named."""
        if self.member is None or not self.fen:
            return ""
        after = self.member.spendable_fen + self.fen + self.bonus_fen
        words = tr("充后余额 {balance}").format(balance=money(after))
        if self.bonus_fen:
            words += "　" + tr("其中这次赠送 {bonus}（不退）").format(bonus=money(self.bonus_fen))
        return words

    @property
    def next_words(self) -> str:
        """What a little more would bring, as long as it is no more than twice as much."""
        step = wallets.next_bonus(self.desk, self.fen) if self.fen else None
        if step is None or step.from_fen > 2 * self.fen:
            return ""
        return tr("再充 {more} 就送 {bonus}").format(
            more=money(step.from_fen - self.fen), bonus=money(step.bonus_fen)
        )

    def tender_choices(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (tender, tender_word(tender), key) for tender, key in zip(self.tenders, TENDER_KEYS, strict=False)
        )

    def submit(self) -> bool:
        if self.member is None:
            self.problem = tr("请先找到充值的人")
            return False
        if self._unreadable:
            self.problem = tr("看不出是多少钱，请写成 12.50。")
            return False
        if not self.fen:
            self.problem = tr("请输入金额")
            return False
        try:
            self.finished = wallets.top_up(
                self.desk,
                self.actor,
                self.member.account_id,
                self.fen,
                self.tender,
                request_id=self._request_id,
                given_fen=self.given_fen if self.tender == "cash" else 0,
            )
        except Refusal as refusal:
            self.problem = said(refusal)
            return False
        self.problem = ""
        return True


def member_detail(member: Member) -> str:
    """'83 岁 ・ 138****6612 ・ 余额 ¥86.40'."""
    parts = [tr("{age} 岁").format(age=member.age)] if member.age is not None else []
    parts += [member.phone_masked] if member.phone else []
    parts.append(tr("余额 {amount}").format(amount=money(member.spendable_fen)))
    return " ・ ".join(parts)
