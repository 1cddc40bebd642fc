"""A machine that runs a canteen at random: sells, parks, refunds, tops up, pays purses out, is paid for meals on account,
takes points and vouchers, changes shift, loses power and goes on.

After every step: cash in the drawer is what the shift expects, purses hold what the model says, the quota uses are
those the model counted; and the whole book proves itself.
"""

import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, func, select, text

from canteen_pos.clock import FixedClock
from canteen_pos.domain.bill import Serving
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Order, OrderLine, Payment
from canteen_pos.services import (
    menus,
    on_account,
    parking,
    points,
    print_queue,
    purse_refunds,
    refunding,
    selling,
    settings_store,
    shifts,
    tendering,
    verifying,
    vouchers,
    wallets,
)
from canteen_pos.services.context import Desk
from canteen_pos.storage import documents as document_rows
from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Database, sqlite_url
from tests.integration.purse_hands import add_voucher, open_on_account

DISHES = ("101", "201", "202", "701")
LATEST = 13 * 60 + 25  # minutes of the day at which lunch is as good as over


class PowerCut(Exception):
    """The plug was pulled."""


def power_cut(*_: object, **__: object) -> None:
    raise PowerCut


lines = st.lists(st.tuples(st.sampled_from(DISHES), st.booleans(), st.integers(1, 3)), min_size=1, max_size=3)
tenders = st.sampled_from(["cash", "wallet", "wechat", "on_account", "cash+wechat", "wallet+cash"])
eater = st.sampled_from([None, "wang", "zhao", "li"])


class Canteen(RuleBasedStateMachine):
    """The model: cash in the drawer, what each purse holds, meals each person has had today."""

    def __init__(self, lunch, fresh: Callable[[], Database], prove_often: bool) -> None:
        super().__init__()
        self.clock = FixedClock(lunch.house.clock.now())
        self.desk = Desk(fresh(), self.clock, "T1")
        self.cashier, self.manager = lunch.cashier, lunch.manager
        self.approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
        self.people = {"wang": lunch.wang, "zhao": lunch.zhao, "li": lunch.li}
        self.staff = wallets.on_account(self.desk)[0].account_id
        self.prove_often = prove_often
        self.dishes = {tile.code: tile for tile in menus.tiles(self.desk, self.clock.now().date(), "lunch")}
        self.drawer = shifts.x_report(self.desk).expected_fen
        self.purses = {account: self._held(account) for account in self._accounts()}
        self.uses = self._uses()
        self.sales: list[str] = []
        self.top_ups: list[wallets.TopUpDone] = []
        batch = vouchers.page(self.desk, self.manager, "", 0, 1)[0].id
        self.serials = [one.serial for one in vouchers.listed(self.desk, self.manager, batch)]
        self.taken: dict[str, str] = {}  # sale -> person whose meal quota it holds
        self.parked: dict[str, Order] = {}
        self.vouchers: dict[str, str] = {}  # sale -> the voucher that paid at its table

    def _accounts(self) -> list[int]:
        return [*(person.account_id for person in self.people.values()), self.staff]

    def _held(self, account: int) -> int:
        purse = wallets.purse(self.desk, account)
        return purse.balance_fen + purse.bonus_fen

    def _uses(self) -> int:
        with self.desk.db.read() as conn:
            wanted = (
                select(func.count())
                .select_from(t.quota_uses)
                .where(t.quota_uses.c.released_by.is_(None), t.quota_uses.c.quota == "meal")
            )
            return conn.execute(wanted).scalar_one()

    def _order(self, asked: list[tuple[str, bool, int]], who: str | None) -> Order:
        made = []
        for place, (code, half, quantity) in enumerate(asked, start=1):
            dish = self.dishes[code]
            made.append(
                OrderLine(
                    key=str(place),
                    dish_id=dish.dish_id,
                    portion="half" if half and dish.half_fen is not None else "full",
                    quantity=quantity,
                    grams=130 if dish.kind == "weighed" else 0,
                )
            )
        person = self.people[who].id if who else None
        now = self.clock.now()
        return Order(uuid.uuid4().hex, now.date(), "lunch", Serving.DINE_IN, person, tuple(made), now)

    def _payments(self, tender: str, due: int, who: str | None) -> tuple[Payment, ...]:
        """Cash, codes, the eater's own purse (Wang's for nobody), or the staff account; empty when that cannot pay."""
        if not due:
            return ()
        account = self.people[who or "wang"].account_id
        if tender == "on_account":
            assume(self.purses[self.staff] - due >= -20_000)
            return (Payment("on_account", due, account_id=self.staff),)
        if tender == "wallet":
            assume(self.purses[account] >= due)
            return (Payment("wallet", due, account_id=account),)
        if tender == "cash":
            return (Payment("cash", due, given_fen=due + 500),)
        if tender == "wechat":
            return (Payment("wechat", due),)
        other, half = tender.replace("+", "").replace("cash", ""), due // 2
        if not half or (other == "wallet" and self.purses[account] < half):
            return (Payment("cash", due),)
        first = Payment(other, half, account_id=account if other == "wallet" else None)
        return (first, Payment("cash", due - half))

    def _note(self, payments: tuple[Payment, ...]) -> None:
        for payment in payments:
            if payment.tender == "cash":
                self.drawer += payment.fen
            elif payment.account_id is not None:
                self.purses[payment.account_id] -= payment.fen

    # -- what happens ---------------------------------------------------------------------------------

    @rule(asked=lines, who=eater, tender=tenders)
    def sell(self, asked: list[tuple[str, bool, int]], who: str | None, tender: str) -> None:
        order = self._order(asked, who)
        self._ring_up(order, who, tender)

    def _ring_up(self, order: Order, who: str | None, tender: str) -> None:
        quoted = selling.quote(self.desk, order)
        had = {person for person in self.taken.values() if person}
        city = quoted.quote.by_fund_fen.get("city", 0)
        key = f"{who} {order.service_date}"
        assert (city > 0) == (who in ("wang", "zhao") and key not in had)
        payments = self._payments(tender, quoted.pays_fen, who)
        args = (self.desk, self.cashier, (order,), payments, quoted.pays_fen, order.id)
        done = selling.ring_up(*args, oversell=True)
        assert selling.ring_up(*args, oversell=True).documents == done.documents
        self._note(payments)
        self.sales.append(order.id)
        if city:
            self.taken[order.id] = key
            self.uses += 1

    @rule(first=lines, second=lines, face=st.sampled_from([500, 1500, 4000]))
    def sell_to_a_table(
        self, first: list[tuple[str, bool, int]], second: list[tuple[str, bool, int]], face: int
    ) -> None:
        """Two eaters, one voucher for as much as it is worth, the rest in cash."""
        orders = (self._order(first, None), self._order(second, None))
        due = sum(selling.quote(self.desk, order).pays_fen for order in orders)
        serial = uuid.uuid4().hex
        add_voucher(self.desk, serial, face, valid_to="2027-12-31")
        voucher = Payment("voucher", min(face, due), voucher_serial=serial)
        rest = Payment("cash", due - voucher.fen)
        payments = (voucher, rest) if rest.fen else (voucher,)
        selling.ring_up(self.desk, self.cashier, orders, payments, due, uuid.uuid4().hex, oversell=True)
        self._note(payments)
        for order in orders:
            self.sales.append(order.id)
            self.vouchers[order.id] = serial

    @precondition(lambda self: self.vouchers)
    @rule(data=st.data(), percent=st.integers(0, 100))
    def correct_one_of_a_table(self, data: st.DataObject, percent: int) -> None:
        """The voucher pays another part of one eater's meal, WeChat the rest, whatever it pays for the other."""
        sale = data.draw(st.sampled_from(sorted(self.vouchers)))
        due = selling.load(self.desk, sale).pays_fen
        part = due * percent // 100
        voucher = Payment("voucher", part, voucher_serial=self.vouchers[sale])
        payments = tuple(one for one in (voucher, Payment("wechat", due - part)) if one.fen)
        before = self._paid(sale)
        try:
            selling.correct_tender(self.desk, self.cashier, sale, payments, "按错")
        except Refusal as refusal:
            assert refusal.code in ("tender.refunded", "tender.nothing_paid", "voucher.face")  # noqa: PT017
            return
        self.drawer -= before.get("cash", 0)

    @rule(asked=lines, who=eater)
    def park(self, asked: list[tuple[str, bool, int]], who: str | None) -> None:
        order = self._order(asked, who)
        self.parked[parking.park(self.desk, self.cashier, (order,), "挂单").id] = order

    @precondition(lambda self: self.parked)
    @rule(data=st.data(), tender=tenders)
    def resume_and_sell(self, data: st.DataObject, tender: str) -> None:
        parked_id = data.draw(st.sampled_from(list(self.parked)))
        waited = self.parked.pop(parked_id)
        (order,) = parking.resume(self.desk, parked_id)
        assert order.lines == waited.lines
        who = next((name for name, person in self.people.items() if person.id == order.person_id), None)
        try:
            self._ring_up(order, who, tender)
        finally:
            parking.clear_draft(self.desk)

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), units=st.integers(0, 3), back_on_menu=st.booleans())
    def refund(self, data: st.DataObject, units: int, back_on_menu: bool) -> None:
        """All that is left (0), or some units of one line."""
        sale = data.draw(st.sampled_from(self.sales))
        left = [line for line in refunding.refundable(self.desk, sale) if line.left]
        if not left:
            return
        line = left[0]
        wanted = {line.line_no: min(units, line.left)} if units else None
        request = uuid.uuid4().hex
        done = refunding.refund(
            self.desk, self.approved, sale, wanted, "退", request, return_portions=back_on_menu
        )
        for payment in selling.load(self.desk, done.document_id).payments:
            if payment.tender == "cash":
                self.drawer += payment.fen
            elif payment.purse:
                self.purses[self._account_of(payment.purse)] -= payment.fen
        if sale in self.taken and not self._benefit_left(sale):
            del self.taken[sale]
            self.uses -= 1

    def _account_of(self, purse: str) -> int:
        with self.desk.db.read() as conn:
            return conn.execute(select(t.accounts.c.id).where(t.accounts.c.token == purse)).scalar_one()

    def _benefit_left(self, sale: str) -> int:
        """What the city still pays for a sale, by its shares and those of its refunds."""
        with self.desk.db.read() as conn:
            about = select(t.documents.c.id).where(
                (t.documents.c.id == sale) | (t.documents.c.refers_to == sale)
            )
            wanted = select(func.coalesce(func.sum(t.document_shares.c.fen), 0)).where(
                t.document_shares.c.fund == "city", t.document_shares.c.document_id.in_(about)
            )
            return int(conn.execute(wanted).scalar_one())

    @rule(who=st.sampled_from(["wang", "zhao", "li"]), yuan=st.sampled_from([20, 50, 100]))
    def top_up(self, who: str, yuan: int) -> None:
        account = self.people[who].account_id
        if self._held(account) + yuan * 100 > 150_000:
            return
        done = wallets.top_up(
            self.desk, self.cashier, account, yuan * 100, "cash", request_id=uuid.uuid4().hex
        )
        self.drawer += yuan * 100
        self.purses[account] += yuan * 100 + done.bonus_fen
        self.top_ups.append(done)

    @precondition(lambda self: self.top_ups)
    @rule(data=st.data())
    def undo_a_top_up(self, data: st.DataObject) -> None:
        """Whole, or not at all when some of it is spent."""
        done = data.draw(st.sampled_from(self.top_ups), "top-up")
        purse = wallets.purse(self.desk, done.account_id)
        whole = purse.balance_fen >= done.paid_fen and purse.bonus_fen >= done.bonus_fen
        if self.drawer < done.paid_fen:
            return
        asked = (self.desk, self.manager, done.document_id, "按错", uuid.uuid4().hex)
        if not whole:
            with pytest.raises(Refusal, match=r"top_up\.spent"):
                purse_refunds.undo_top_up(*asked)
            return
        purse_refunds.undo_top_up(*asked)
        self.top_ups.remove(done)
        self.drawer -= done.paid_fen
        self.purses[done.account_id] -= done.paid_fen + done.bonus_fen

    @rule(who=st.sampled_from(["wang", "zhao", "li"]), fen=st.sampled_from([None, 1, 1234]))
    def pay_out(self, who: str, fen: int | None) -> None:
        """Some of the principal, or all of it, and the bonus lapses."""
        account = self.people[who].account_id
        purse = wallets.purse(self.desk, account)
        wanted = purse.balance_fen if fen is None else fen
        if not 0 < wanted <= min(purse.balance_fen, self.drawer):
            return
        done = purse_refunds.refund(self.desk, self.manager, account, "cash", "退", uuid.uuid4().hex, fen=fen)
        self.drawer -= done.paid_fen
        self.purses[account] -= done.fen + done.lapsed_fen

    @rule(tender=st.sampled_from(["cash", "bank_transfer"]), part=st.sampled_from([1, 2]))
    def pay_what_is_owed(self, tender: str, part: int) -> None:
        fen = -self.purses[self.staff] // part
        if fen <= 0:
            return
        on_account.receive(self.desk, self.cashier, self.staff, fen, tender, uuid.uuid4().hex)
        self.purses[self.staff] += fen
        self.drawer += fen if tender == "cash" else 0

    @rule(asked=lines, with_points=st.booleans(), data=st.data())
    def sell_for_a_voucher(
        self, asked: list[tuple[str, bool, int]], with_points: bool, data: st.DataObject
    ) -> None:
        """A percent voucher lowers the price, points pay what they can, cash the rest."""
        serial = data.draw(st.sampled_from(self.serials))
        order = replace(self._order(asked, "li"), vouchers=(serial,))
        try:
            due = selling.quote(self.desk, order).pays_fen
        except Refusal as refusal:
            assert refusal.code == "voucher.used"  # noqa: PT017
            return
        li = self.people["li"].id
        if with_points:
            points.earn(self.desk, self.manager, li, 60, "分餐", uuid.uuid4().hex)
        most = min(points.balance(self.desk, li) * 50, due // 50 * 50) if with_points else 0
        payments = (Payment("points", most, person_id=li),) if most else ()
        payments += (Payment("cash", due - most),) if due > most else ()
        selling.ring_up(self.desk, self.cashier, (order,), payments, due, order.id, oversell=True)
        self._note(payments)
        self.sales.append(order.id)

    @rule(fen=st.sampled_from([1000, 5000, -1000]))
    def move_cash(self, fen: int) -> None:
        if self.drawer + fen >= 0:
            shifts.cash_movement(self.desk, self.cashier, fen, "换零", uuid.uuid4().hex)
            self.drawer += fen

    @precondition(lambda self: self.sales)
    @rule(data=st.data())
    def correct_tender(self, data: st.DataObject) -> None:
        """It was WeChat after all."""
        sale = data.draw(st.sampled_from(self.sales))
        detail = selling.load(self.desk, sale)
        before = self._paid(sale)
        try:
            selling.correct_tender(
                self.desk, self.cashier, sale, (Payment("wechat", detail.pays_fen),), "按错"
            )
        except Refusal as refusal:
            assert refusal.code in ("tender.refunded", "tender.nothing_paid", "payment.not_positive")  # noqa: PT017
            return
        self.drawer -= before.get("cash", 0)
        for purse, fen in before.items():
            if purse != "cash":
                self.purses[self._account_of(purse)] += fen

    def _paid(self, sale: str) -> dict[str, int]:
        """What cash and purses still hold of a sale, after corrections."""
        with self.desk.db.read() as conn:
            about = (t.documents.c.id == sale) | (t.documents.c.refers_to == sale)
            rows = conn.execute(
                select(t.payments.c.tender, t.accounts.c.token, t.payments.c.fen)
                .join(t.documents, t.documents.c.id == t.payments.c.document_id)
                .join(t.accounts, t.accounts.c.id == t.payments.c.account_id, isouter=True)
                .where(about)
            ).all()
        total: dict[str, int] = {}
        for tender, token, fen in rows:
            if tender == "cash" or token:
                total[token or "cash"] = total.get(token or "cash", 0) + fen
        return {name: fen for name, fen in total.items() if fen}

    @rule(short=st.sampled_from([0, 0, 10]))
    def change_shift(self, short: int) -> None:
        """Counted to the fen, or a jiao short."""
        if self.drawer < short:
            return
        counted = self.drawer - short
        counts = dict.fromkeys((10000, 5000, 2000, 1000, 500, 100, 50, 10), 0)
        rest = counted
        for piece in counts:
            counts[piece], rest = divmod(rest, piece)
        if rest:  # fen that no coin makes: somebody adds them to the drawer
            shifts.cash_movement(self.desk, self.cashier, 10 - rest, "凑整", uuid.uuid4().hex)
            self.drawer += 10 - rest
            counts[10] += 1
        shifts.close(self.desk, self.cashier, counts, "少一角" if short else "")
        shifts.open(self.desk, self.cashier, 20_000)
        self.drawer = 20_000

    @rule(
        asked=lines,
        who=eater,
        where=st.sampled_from(["portions", "money", "books", "vouchers", "paper"]),
        tender=tenders,
    )
    def lose_power_while_selling(
        self, asked: list[tuple[str, bool, int]], who: str | None, where: str, tender: str
    ) -> None:
        """Nothing of the sale is there afterwards."""
        order = self._order(asked, who)
        due = selling.quote(self.desk, order).pays_fen
        payments = self._payments(tender, due, who)
        target, name = {
            "portions": (menus, "take_portions"),
            "money": (tendering.rows, "move"),
            "books": (document_rows, "store"),
            "vouchers": (tendering, "mark_vouchers"),
            "paper": (print_queue, "enqueue"),
        }[where]
        parking.save_draft(self.desk, (order,))
        try:
            with mock.patch.object(target, name, power_cut):
                selling.ring_up(self.desk, self.cashier, (order,), payments, due, order.id, oversell=True)
            self._note(payments)  # that place was not on this sale's way
            self.sales.append(order.id)
            if self._benefit_left(order.id):
                self.taken[order.id] = f"{who} {order.service_date}"
                self.uses += 1
        except PowerCut:
            self._restart()
            assert parking.load_draft(self.desk) == (order,)
        parking.clear_draft(self.desk)

    def _restart(self) -> None:
        url = self.desk.db.url
        self.desk.db.close()
        self.desk = replace(self.desk, db=Database(url))

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes: int) -> None:
        """Lunch goes on; when it is over, it is noon of the next day and all that waited is dropped."""
        now = self.clock.now() + timedelta(minutes=minutes)
        if now.hour * 60 + now.minute <= LATEST:
            self.clock.set(now)
            return
        tomorrow = now + timedelta(days=1)
        self.clock.set(tomorrow.replace(hour=11, minute=0))
        for parked_id in self.parked:
            parking.resume(self.desk, parked_id)
        parking.clear_draft(self.desk)
        self.parked.clear()

    # -- what always holds ----------------------------------------------------------------------------

    @invariant()
    def the_drawer_is_as_expected(self) -> None:
        assert shifts.x_report(self.desk).expected_fen == self.drawer

    @invariant()
    def purses_hold_what_went_in_less_what_went_out(self) -> None:
        assert {account: self._held(account) for account in self.purses} == self.purses

    @invariant()
    def quota_uses_are_those_on_documents(self) -> None:
        assert self._uses() == self.uses

    @invariant()
    def the_books_prove_themselves(self) -> None:
        if self.prove_often:
            assert verifying.verify(self.desk).problems == ()

    def teardown(self) -> None:
        try:
            assert verifying.verify(self.desk).problems == ()
        finally:
            self.desk.db.close()


def _postgres_copy(server: str, original: Database) -> Database:
    original.close()  # a template must have no connections; the engine opens new ones when it is asked again
    name, source = f"m_{uuid.uuid4().hex}", original.url.partition("@/")[2].partition("?")[0]
    admin = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"create database {name} template {source}"))
    admin.dispose()
    return Database(server.format(name=name))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_any_day_leaves_books_that_prove_themselves(
    lunch, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    open_on_account(lunch.desk, lunch.manager, "员工餐", 20_000, "staff")
    tenders = (*settings_store.USUAL_TENDERS, "points")
    settings_store.save(lunch.desk, lunch.manager, point_fen=50, tenders=tenders)
    today = lunch.desk.clock.now().date()
    batch = vouchers.NewBatch(
        "八折券", "街道办", "street", today, today + timedelta(days=30), percent=20, number=4
    )
    vouchers.issue(lunch.desk, lunch.manager, batch)
    on_sqlite = lunch.desk.db.is_sqlite

    def fresh() -> Database:
        """A copy of the canteen for each run: what happened in one must not colour the next."""
        if not on_sqlite:
            return _postgres_copy(request.getfixturevalue("_postgres"), lunch.desk.db)
        path = tmp_path / f"{uuid.uuid4().hex}.db"
        with lunch.desk.db.read() as conn:
            conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(lunch.desk.db.path, path)
        return Database(sqlite_url(path))

    run_state_machine_as_test(
        lambda: Canteen(lunch, fresh, prove_often=on_sqlite),
        settings=settings(
            max_examples=8 if on_sqlite else 3,
            stateful_step_count=20,
            phases=(Phase.generate, Phase.shrink),
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
