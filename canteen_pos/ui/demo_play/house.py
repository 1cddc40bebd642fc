"""Round the sales: the first start, opening the shift, giving back, putting right, counting and closing."""

from PySide6.QtCore import Qt

from canteen_pos.domain.shift import DENOMINATIONS_FEN, smallest_pieces
from canteen_pos.services import shifts
from canteen_pos.ui.demo_play.counter import Counter
from canteen_pos.ui.demo_play.hands import Stuck
from canteen_pos.ui.demo_play.lunch import MANAGER_PIN

_K = Qt.Key
CASHIER_KEY, CASHIER_PIN = _K.Key_2, "1111"


def arrive(at: Counter) -> None:
    """Welcome, the demo canteen, who is at the till, the float."""
    hands, window = at.hands, at.window
    hands.wait(lambda: window.welcome, "the welcome")
    at.picture("welcome")
    hands.key(_K.Key_1)
    hands.wait(lambda: window.sign_in, "the demo canteen")
    at.picture("sign-in")
    hands.key(CASHIER_KEY)
    hands.enter(CASHIER_PIN)
    hands.wait(lambda: window.at_till, "李芳 at the till")
    at.watch()
    at.expect(window.panel, "the shift panel")
    at.picture("shift-open")
    hands.key(_K.Key_Return)
    at.expect(window.panel is None, "the shift is open")


def put_right(at: Counter) -> None:
    """A refund with a manager's PIN, a tender corrected, a copy printed, cash taken out."""
    hands, window = at.hands, at.window
    hands.key(_K.Key_F10)
    at.expect(window.panel, "the refund panel")
    hands.key(_K.Key_Return)
    hands.type("2")
    at.picture("refund")
    hands.enter(MANAGER_PIN)
    at.picture("refunded")
    _leave(at)
    at.next_diner()
    _correct_tender(at)
    hands.ctrl(_K.Key_H)
    hands.key(_K.Key_2)
    hands.enter("48")
    hands.enter("买葱姜蒜")
    at.picture("shift")
    _leave(at)


def _correct_tender(at: Counter) -> None:
    """A sale that was keyed as cash was paid by WeChat; its receipt again."""
    hands = at.hands
    hands.enter("601")
    hands.key(_K.Key_F2, _K.Key_F2)
    at.paid("pickles, keyed as cash")
    hands.ctrl(_K.Key_E)
    at.expect(at.window.panel, "the tender correction")
    hands.type("2")
    hands.type("顾客说是微信")
    at.picture("tender-correction")
    hands.key(_K.Key_Return)
    _leave(at)
    hands.key(_K.Key_F11)
    at.picture("recent")
    hands.key(_K.Key_F11)
    _leave(at)
    at.next_diner()


def look_round(at: Counter) -> None:
    """The pages nobody needs for a sale: keys, today's dishes, printers, the paper that came out, the lock."""
    hands, window = at.hands, at.window
    hands.key(_K.Key_F1)
    at.picture("keys")
    _leave(at)
    for key, name in ((_K.Key_M, "today"), (_K.Key_R, "printers")):
        hands.ctrl(key, shift=True)
        at.expect(window.panel, f"the panel of {name}")
        at.picture(name)
        _leave(at)
    hands.ctrl(_K.Key_P, shift=True)
    at.expect(window.virtual_printer, "the built-in printer's window")
    if window.virtual_printer is not None:
        at.pictures.take(window.virtual_printer, "virtual-printer")
        window.virtual_printer.close()
    window.activateWindow()
    hands.settle()
    hands.ctrl(_K.Key_L)
    at.picture("locked")
    hands.enter(CASHIER_PIN)
    hands.wait(lambda: window.at_till, "李芳 back at the till")


def go_home(at: Counter) -> None:
    """X report, the blind count, the close."""
    hands, window = at.hands, at.window
    if window.desk is None:
        raise Stuck("there is no desk")
    hands.ctrl(_K.Key_H)
    hands.key(_K.Key_3)
    at.picture("x-report")
    hands.key(_K.Key_P)
    hands.key(_K.Key_Escape)
    drawer = smallest_pieces(shifts.x_report(window.desk).expected_fen)
    hands.key(_K.Key_4)
    for piece in DENOMINATIONS_FEN:
        number = drawer.get(piece, 0)
        hands.type(str(number) if number else "")
        if piece == DENOMINATIONS_FEN[-1]:
            at.picture("count")
            hands.key(_K.Key_F10)
        else:
            hands.key(_K.Key_Return)
    at.picture("shift-closed")
    hands.key(_K.Key_P)
    at.expect(shifts.current(window.desk) is None, "the shift is closed")


def _leave(at: Counter) -> None:
    """Esc until no panel is over the till."""
    for _ in range(4):
        if at.window.panel is None:
            return
        at.hands.key(_K.Key_Escape)
    raise Stuck(f"a panel does not close: {at.notice}")
