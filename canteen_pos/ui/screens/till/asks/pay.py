"""The other ways to pay: cash, a scanned or external code, on account, somebody else's purse, in parts."""

from canteen_pos.devices import pay_codes
from canteen_pos.domain.membership import Member
from canteen_pos.i18n import tr
from canteen_pos.services import settings_store, wallets
from canteen_pos.services.initials import initials
from canteen_pos.services.selling import Payment
from canteen_pos.ui.saying import money, tender_word, typed_fen
from canteen_pos.ui.screens.till.asks.base import Ask, PayAsk, Till, paid_so_far
from canteen_pos.ui.screens.till.asks.people import WhoAsk
from canteen_pos.ui.screens.till.asks.tokens import PointsAsk, VoucherAsk
from canteen_pos.ui.screens.till.view import AskRow, AskView, Option

QUICK = (("F5", 2000), ("F6", 5000), ("F7", 10000))
EXTERNAL = (("1", "wechat"), ("2", "alipay"), ("3", "bank_card"))


class CashAsk(PayAsk):
    """How much was given; the change stands large while it is typed. Less than due is a part payment."""

    def view(self, text: str) -> AskView:
        due = self.till.cash_due_fen
        given = typed_fen(text)
        figures = [*paid_so_far(self.till), (tr("应收"), money(due), given is None)]
        if given is not None:
            short = given < due
            figures.append((tr("收到"), money(given), False))
            figures.append((tr("还差") if short else tr("找零"), money(abs(given - due)), True))
        return AskView(
            title=tr("现金"),
            prompt=tr("收到多少"),
            hint=tr("不输入就是正好"),
            figures=tuple(figures),
            options=tuple(Option(key, f"¥{fen // 100}", enabled=fen >= due) for key, fen in QUICK),
            numpad=True,
            enter=tr("正好") if given is None else tr("收款"),
        )

    def takes(self, key: str, text: str) -> bool:
        del text
        return any(key == each for each, _ in QUICK) or key == "F2"

    def option(self, key: str) -> bool:
        fen = self.till.cash_due_fen if key == "F2" else dict(QUICK).get(key)
        if fen is None or fen < self.till.cash_due_fen:
            return False
        self._take(fen)
        return True

    def enter(self, text: str) -> None:
        given = typed_fen(text)
        if text.strip() and not given:
            self.till.say(tr("请输入金额，例如 50 或 21.5。"), "notice")
            return
        self._take(given or self.till.cash_due_fen)

    def _take(self, given: int) -> None:
        fen = min(given, self.till.cash_due_fen)
        self.till.clear_field()
        self.till.pay(Payment(tender="cash", fen=fen, given_fen=given))


class CodeAsk(PayAsk):
    """WeChat, Alipay, bank card: recognised when the code is scanned, else chosen; the code itself is never kept."""

    def __init__(self, till: Till) -> None:
        super().__init__(till)
        self._tender = ""

    def view(self, text: str) -> AskView:
        del text
        chosen = self._tender
        return AskView(
            title=tr("扫码或外部收款"),
            prompt=tr("参考号（可不填）") if chosen else tr("请扫付款码，或按数字选"),
            said=tr("{tender}已在外部收到款后，按 Enter 记下。").format(tender=tender_word(chosen))
            if chosen
            else tr("扫到付款码会自动认出。付款码本身不会保存。"),
            figures=(*paid_so_far(self.till), (tr("应收"), money(self.till.due_fen), True)),
            options=tuple(
                Option(key, tender_word(tender), chosen=tender == chosen) for key, tender in EXTERNAL
            ),
            enter=tr("已收到") if chosen else "",
        )

    def takes(self, key: str, text: str) -> bool:
        return not text and not self._tender and any(key == each for each, _ in EXTERNAL)

    def option(self, key: str) -> bool:
        tender = dict(EXTERNAL).get(key)
        if tender is None:
            return False
        self._tender = tender
        return True

    def enter(self, text: str) -> None:
        recognised = pay_codes.tender_of(text.strip())
        if recognised:
            self.scanned(text.strip())
        elif self._tender:
            self.till.pay(Payment(tender=self._tender, fen=self.till.due_fen, reference=text.strip()))
        else:
            self.till.say(tr("请先选微信、支付宝或银行卡。"), "notice")

    def scanned(self, code: str) -> bool:
        """Recognise whose code it is. The money moves outside: one Enter says that it arrived."""
        tender = pay_codes.tender_of(code)
        if tender is None:
            return False
        self._tender = tender
        self.till.clear_field()
        return True

    def back(self) -> bool:
        had, self._tender = self._tender, ""
        return bool(had)


class MoreAsk(PayAsk):
    """F4: the ways that are rarer."""

    def view(self, text: str) -> AskView:
        del text
        return AskView(
            title=tr("餐券与更多方式"),
            hint=tr("按数字选 · Esc 返回"),
            figures=(*paid_so_far(self.till), (tr("应收"), money(self.till.due_fen), True)),
            options=tuple(Option(key, label) for key, label, _ in self._ways()),
        )

    def takes(self, key: str, text: str) -> bool:
        return not text and any(key == each for each, *_ in self._ways())

    def option(self, key: str) -> bool:
        ask = next((ask for each, _, ask in self._ways() if each == key), None)
        if ask is None:
            return False
        self.till.open_ask(ask(self.till))
        return True

    def _ways(self) -> tuple[tuple[str, str, type[Ask]], ...]:
        usual: tuple[tuple[str, str, type[Ask]], ...] = (
            ("1", tr("餐券"), VoucherAsk),
            ("2", tr("挂账"), AccountAsk),
            ("3", tr("他人储值付"), PayerAsk),
            ("4", tr("拆分付款"), SplitAsk),
        )
        settings = settings_store.load(self.till.desk)
        pay_meals = settings.point_fen and "points" in settings.tenders
        return (*usual, ("5", tr("积分"), PointsAsk)) if pay_meals else usual


class AccountAsk(PayAsk):
    """On account: a unit, a staff meal account, a paying household."""

    def __init__(self, till: Till) -> None:
        super().__init__(till)
        self._chosen = 0
        self._accounts = wallets.on_account(till.desk)
        self._shown = self._accounts

    def view(self, text: str) -> AskView:
        del text
        return AskView(
            title=tr("挂账"),
            prompt=tr("单位或账户名、首字母"),
            hint=tr("↑↓ 选 · Enter 确定 · Esc 返回"),
            said="" if self._shown else tr("没有这个挂账账户。"),
            figures=(*paid_so_far(self.till), (tr("应收"), money(self.till.due_fen), True)),
            rows=tuple(
                AskRow(
                    title=account.name,
                    detail=tr("可挂 {amount}").format(
                        amount=money(account.balance_fen + account.credit_limit_fen)
                    ),
                    chosen=place == self._chosen,
                )
                for place, account in enumerate(self._shown)
            ),
            words=True,
        )

    def typed(self, text: str) -> None:
        wanted = text.strip().lower()
        self._shown = tuple(
            one for one in self._accounts if wanted in one.name.lower() or wanted in initials(one.name)
        )
        self._chosen = 0

    def move(self, step: int) -> None:
        self._chosen = max(0, min(len(self._shown) - 1, self._chosen + step))

    def enter(self, text: str) -> None:
        del text
        self.row(self._chosen)

    def row(self, place: int) -> None:
        if place < len(self._shown):
            account = self._shown[place]
            self.till.clear_field()  # which shows all of them again
            self._shown, self._chosen = (account,), 0  # Enter once more, after a refusal, means the same one
            self.till.pay(Payment(tender="on_account", fen=self.till.due_fen, account_id=account.account_id))


class PayerAsk(WhoAsk):
    """Somebody else pays from their purse: a neighbour, a son, the host of a table."""

    def __init__(self, till: Till) -> None:
        super().__init__(till, tr("谁来付"), self._pays)

    def _pays(self, member: Member | None) -> None:
        if member is None:
            return
        fen = min(self.till.due_fen, member.spendable_fen)
        if fen <= 0:
            self.till.say(tr("{name} 的余额是 0。").format(name=member.name), "notice")
            return
        self.till.pay(Payment(tender="wallet", fen=fen, account_id=member.account_id, person_id=member.id))


class SplitAsk(PayAsk):
    """An amount first, then how it is paid; the rest is asked again."""

    def __init__(self, till: Till) -> None:
        super().__init__(till)
        self._fen: int | None = None

    def typed(self, text: str) -> None:
        self._fen = typed_fen(text)

    def view(self, text: str) -> AskView:
        del text
        return AskView(
            title=tr("拆分付款"),
            prompt=tr("这一笔多少"),
            hint=tr("先输金额，再按 F2 等选方式 · Del 撤回一笔"),
            figures=(
                *paid_so_far(self.till),
                (tr("还差"), money(self.till.due_fen), False),
                (tr("这一笔"), money(self._part), True),
            ),
            options=tuple(Option(key, tender_word(tender)) for key, tender in self._tenders()),
            numpad=True,
        )

    def takes(self, key: str, text: str) -> bool:
        del text
        return any(key == each for each, _ in self._tenders())

    def option(self, key: str) -> bool:
        tender = dict(self._tenders()).get(key)
        if tender is None:
            return False
        fen, member = self._part, self.till.payer
        self._fen = None
        self.till.clear_field()
        if tender == "wallet" and member:
            fen = min(fen, member.spendable_fen)
            self.till.pay(Payment(tender=tender, fen=fen, account_id=member.account_id))
        elif tender == "cash":
            fen = min(fen, self.till.cash_due_fen)
            self.till.pay(Payment(tender=tender, fen=fen, given_fen=fen))
        else:
            self.till.pay(Payment(tender=tender, fen=fen))
        return True

    def enter(self, text: str) -> None:
        del text
        self.till.say(tr("这一笔怎么付？请选一种方式。"), "notice")

    @property
    def _part(self) -> int:
        return min(self._fen or self.till.due_fen, self.till.due_fen)

    def _tenders(self) -> tuple[tuple[str, str], ...]:
        ways = (("F2", "cash"), ("F5", "wechat"), ("F6", "alipay"), ("F7", "bank_card"))
        member = self.till.payer
        return (*ways, ("F3", "wallet")) if member and member.spendable_fen else ways
