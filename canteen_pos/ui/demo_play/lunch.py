"""The lunch: who comes, what they take, how they pay. Every step is a key or a scan."""

from PySide6.QtCore import Qt

from canteen_pos.ui.demo_play.counter import Counter

_K = Qt.Key
WANG, WU, WEI, WANG_XL, XIAOLIN = "0412", "0093", "0231", "0877", "1187"
RARE, RARER, RAREST, AYI = "0306", "0307", "0308", "0309"
"""Cards of those the demo canteen always has (resources/demo/people.toml)."""
NEW_CARD = "0003921177"
MANAGER_PIN = "8888"


def serve(counter: Counter) -> None:
    """Everybody in the queue."""
    for scene in (
        _three_keys,
        _several_dishes,
        _half_portions,
        _a_child_and_a_delivery,
        _weighed_and_cooked,
        _guests_with_cash,
        _codes_and_cards,
        _already_eaten,
        _newcomer,
        _topped_up,
        _voucher_and_split,
        _on_account,
        _parked,
        _one_payment,
        _takeaway_and_own_price,
        _second_thoughts,
    ):
        scene(counter)


def _three_keys(at: Counter) -> None:
    """The commonest sale: card, Space, Enter."""
    hands = at.hands
    hands.scan(RARER)
    at.expect(at.till.presenter.draft.member, "a card is known")
    at.picture("till-diner")
    hands.key(_K.Key_Space)
    at.picture("till-set")
    hands.key(_K.Key_Return)
    at.picture("till-paid")
    at.paid("card, Space, Enter")


def _several_dishes(at: Counter) -> None:
    hands = at.hands
    hands.scan(RARE)
    hands.type("hsr")
    at.picture("till-search")
    hands.key(_K.Key_Return)
    hands.enter("clb")
    hands.enter("401")
    hands.key(_K.Key_F6)
    at.picture("till-why")
    hands.key(_K.Key_F6)
    at.charge("three dishes by initials and code")


def _half_portions(at: Counter) -> None:
    hands = at.hands
    hands.scan(AYI)
    hands.enter("hgr/")  # half a portion
    hands.enter("2*402")
    hands.enter("601")
    at.charge("half a portion")


def _a_child_and_a_delivery(at: Counter) -> None:
    hands = at.hands
    hands.scan(XIAOLIN)
    hands.enter("104")
    hands.type("=2")  # the other meat
    at.picture("till-set-choices")
    _swapped(at, "可乐鸡翅")
    at.charge("the child's set")
    hands.scan(WEI)
    hands.key(_K.Key_Space)
    hands.key(_K.Key_F7, _K.Key_F7)
    at.charge("a meal to deliver")


def _swapped(at: Counter, food: str) -> None:
    line = at.till.presenter.draft.line
    at.expect(line is not None and food in line.choices, f"{food} in the set")


def _weighed_and_cooked(at: Counter) -> None:
    hands = at.hands
    hands.scan(RAREST)
    hands.enter("701")
    hands.type("186")
    at.picture("till-weighed")
    hands.key(_K.Key_Return)
    hands.enter("401")
    at.charge("weighed dishes")
    hands.scan(AYI)
    hands.enter("453")
    at.charge("noodles for the kitchen")


def _guests_with_cash(at: Counter) -> None:
    hands = at.hands
    hands.enter("2*202")
    hands.enter("3*401")
    hands.key(_K.Key_F2)
    hands.type("50")
    at.picture("till-cash")
    hands.key(_K.Key_Return)
    at.picture("till-change")
    at.paid("cash with change")
    hands.enter("3*209")
    hands.key(_K.Key_F2, _K.Key_F2)
    at.paid("the exact amount, one key twice")
    hands.key(_K.Key_Space)
    hands.type("=2")
    _swapped(at, "红烧肉")
    hands.key(_K.Key_F2, _K.Key_F6)
    at.paid("a set with another choice, a note of fifty")
    hands.scan(WU)
    hands.key(_K.Key_Space)
    hands.key(_K.Key_Return)
    at.expect(not at.till.presenter.settlement.empty, "5.20 on the card do not pay a set")
    at.picture("till-short")
    hands.key(_K.Key_F2)
    hands.enter("20")
    at.paid("too little on the card, so cash")


def _codes_and_cards(at: Counter) -> None:
    hands = at.hands
    hands.enter("212")
    hands.scan("134567890123456784")
    at.picture("till-code")
    hands.key(_K.Key_Return)
    at.paid("WeChat, by its code")
    hands.enter("103")
    hands.scan("281234567890123456")
    hands.key(_K.Key_Return)
    at.paid("Alipay, by its code")
    hands.enter("205")
    hands.enter("404")
    hands.key(_K.Key_F3, _K.Key_3)
    hands.enter("083311")
    at.paid("bank card with a reference")


def _already_eaten(at: Counter) -> None:
    hands = at.hands
    hands.scan(WANG)
    at.picture("till-used")
    hands.enter("605")
    hands.enter("202")
    at.charge("the entitlement was used before")


def _newcomer(at: Counter) -> None:
    hands = at.hands
    hands.scan(NEW_CARD)
    hands.ctrl(_K.Key_N)
    at.expect(at.window.panel, "the newcomer's form")
    hands.enter("丁春梅")
    hands.type("1950")
    at.picture("enrol")
    hands.key(_K.Key_Return, _K.Key_Return)
    hands.enter("13800005521")
    member = at.till.presenter.draft.member
    at.expect(member and member.name == "丁春梅", "the newcomer eats now")
    hands.key(_K.Key_Space)
    hands.key(_K.Key_F2)
    hands.enter("100")
    at.paid("a newcomer's first meal")


def _topped_up(at: Counter) -> None:
    hands = at.hands
    hands.scan(WANG_XL)
    hands.ctrl(_K.Key_T)
    hands.type("200")
    at.picture("top-up")
    hands.key(_K.Key_Return)
    if at.window.panel is not None:  # cash handed over is asked for next
        hands.key(_K.Key_Return)
    at.expect(at.window.panel is None, "the top-up")
    hands.enter("102")
    at.charge("a meal from the purse just filled")


def _voucher_and_split(at: Counter) -> None:
    hands = at.hands
    hands.enter("214")
    hands.key(_K.Key_F4)
    at.picture("till-more-ways")
    hands.key(_K.Key_1)
    hands.scan("LF20260001")
    at.expect(at.till.presenter.payments, "a voucher of 5.00")
    hands.key(_K.Key_F2, _K.Key_F2)
    at.paid("a voucher and cash")
    hands.scan(RARE)
    hands.enter("204")
    hands.enter("501")
    hands.key(_K.Key_F4, _K.Key_4)
    hands.type("5")
    at.picture("till-split")
    hands.key(_K.Key_F2)
    hands.type("3")
    hands.key(_K.Key_F5)
    hands.key(_K.Key_F3)
    at.paid("cash, WeChat and the purse together")


def _on_account(at: Counter) -> None:
    hands = at.hands
    hands.enter("105")
    hands.key(_K.Key_F4, _K.Key_2)
    hands.type("员工")
    at.picture("till-on-account")
    hands.key(_K.Key_Return)
    at.paid("a staff meal on account")


def _parked(at: Counter) -> None:
    hands = at.hands
    hands.scan(XIAOLIN)
    hands.enter("2*602")
    hands.key(_K.Key_F8)
    at.expect(at.till.presenter.parked_count == 1, "an order is parked")
    hands.enter("603")
    hands.key(_K.Key_F2, _K.Key_F2)
    at.paid("somebody in between")
    hands.key(_K.Key_F9)
    at.charge("the parked order, resumed")


def _one_payment(at: Counter) -> None:
    hands = at.hands
    hands.scan(WEI)
    hands.enter("503")
    hands.ctrl(_K.Key_Return)
    hands.scan(AYI)
    hands.enter("206")
    at.picture("till-two-eaters")
    at.charge("two eaters, one payment", eaters=2)


def _takeaway_and_own_price(at: Counter) -> None:
    hands = at.hands
    hands.enter("106")
    hands.key(_K.Key_F7)
    hands.key(_K.Key_F2, _K.Key_F2)
    at.paid("takeaway with a box")
    hands.enter("606")
    hands.enter("5.5")
    hands.key(_K.Key_1)
    at.picture("till-manager-pin")
    hands.enter(MANAGER_PIN)
    hands.wait(lambda: not at.till.presenter.settlement.empty, f"the manager's PIN for a price: {at.notice}")
    hands.key(_K.Key_F2, _K.Key_F2)
    at.paid("fruit at today's price")


def _second_thoughts(at: Counter) -> None:
    hands = at.hands
    hands.enter("207")
    hands.enter("602")
    hands.type("+")
    hands.key(_K.Key_Up)
    hands.type("/")
    hands.key(_K.Key_Down)
    hands.key(_K.Key_Delete)
    hands.enter("402")
    hands.key(_K.Key_F2, _K.Key_F2)
    at.paid("a line removed, a portion halved")
