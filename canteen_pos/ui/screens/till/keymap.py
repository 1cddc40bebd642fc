"""Which key does what at the till: the same table drives the screen and fills the F1 page."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from canteen_pos.i18n import tr
from canteen_pos.ui.screens.till import query
from canteen_pos.ui.screens.till.presenter import TillPresenter

_K = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_FUNCTION = {_K(int(_K.Key_F1.value) + n): f"F{n + 1}" for n in range(12)}


def words() -> tuple[tuple[str, str], ...]:
    """Key and what it does, in the order a newcomer learns them."""
    return (
        (tr("空格"), tr("加常点套餐")),
        ("Enter", tr("加入搜到的菜；没有输入时，从卡里收款")),
        ("F1", tr("全部按键")),
        ("F2", tr("现金；再按一次是正好")),
        ("F3", tr("扫码、银行卡等外部收款")),
        ("F4", tr("餐券、挂账、他人付、拆分")),
        ("3*", tr("份数：先输 3*，再选菜")),
        ("+  −", tr("选中行加一份、减一份")),
        ("/", tr("整份、半份")),
        ("=", tr("套餐换菜，再按数字")),
        ("↑ ↓", tr("选订单里的行")),
        ("← →", tr("选菜；再用上下键")),
        ("Tab  PgUp  PgDn", tr("换分类")),
        ("Del", tr("删掉选中行（会记录）")),
        ("Esc", tr("返回；没有可返回的，就换人")),
        ("F5  .", tr("找人：首字母、手机尾号、编号")),
        ("F6", tr("为什么是这个价")),
        ("F7", tr("堂食、打包、送餐")),
        ("F8", tr("挂单")),
        ("F9", tr("取单")),
        ("F10", tr("退款")),
        ("F11", tr("重打小票、最近的单")),
        ("F12", tr("选中的菜：售罄、改价、余量")),
        ("Ctrl Enter", tr("下一位一起付")),
        ("Ctrl ← →", tr("在一起付的几位之间换")),
        ("Ctrl P", tr("选中行改价（写原因）")),
        ("Ctrl O", tr("开钱箱（写原因）")),
        ("Ctrl T", tr("充值")),
        ("Ctrl N", tr("登记新人")),
        ("Ctrl I", tr("看大照片、换照片")),
        ("Ctrl H", tr("班次：交班、现金进出")),
        ("Ctrl E", tr("改收款方式")),
        ("Ctrl L", tr("锁屏")),
    )


def event_of(cap: str) -> QKeyEvent | None:
    """The key press that a cap of `words` names, such as 'Ctrl T', 'F6' or '−'; None for '3*' and '↑ ↓'."""
    named = "Space" if cap == tr("空格") else cap.replace("−", "-")
    sequence = QKeySequence.fromString(named if len(named) == 1 else named.replace(" ", "+"))
    if sequence.count() != 1:
        return None
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]  # PySide's stub forgets __getitem__
    if pressed.key() == _K.Key_unknown:
        return None
    text = named if len(named) == 1 else ""
    return QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers(), text)


def press(till: TillPresenter, event: QKeyEvent) -> bool:
    """Do what the key means; False leaves it to the field, as something typed."""
    key = _K(event.key())
    if event.isAutoRepeat() and key not in _MAY_REPEAT and not event.text().isalnum():
        return True  # a key held down pays once, adds once
    if event.modifiers() & _CTRL:
        return not event.modifiers() & _SHIFT and _with_control(till, key)  # with Shift: the window's own
    named = _FUNCTION.get(key) or event.text()
    if named and till.takes(named):
        till.option(named)
        return True
    if key in _FUNCTION:
        return _function(till, _FUNCTION[key])
    if key in _ALWAYS:
        _ALWAYS[key](till)
        return True
    if till.asking:
        return False
    if key == _K.Key_Space:
        if not query.read(till.text).what:
            till.pinned()
        return True
    return not till.text and _on_empty_field(till, event.text())


def _with_control(till: TillPresenter, key: Qt.Key) -> bool:
    places = {_K.Key_Left: -1, _K.Key_Right: 1}
    panels = {
        _K.Key_T: "top_up",
        _K.Key_N: "enrol",
        _K.Key_I: "photo",
        _K.Key_H: "shift",
        _K.Key_E: "tender_correction",
        _K.Key_L: "lock",
    }
    if key in (_K.Key_Return, _K.Key_Enter):
        till.next_eater()
    elif key in places:
        till.eater(till.settlement.at + places[key])
    elif key in panels:
        till.open_panel(panels[key])
    elif key == _K.Key_P:
        till.open_price()
    elif key == _K.Key_O:
        till.drawer()
    else:
        return False
    return True


def _function(till: TillPresenter, name: str) -> bool:
    if till.asking and name in ("F5", "F6", "F7", "F12"):
        return True  # these belong to the ask while it is open
    actions: dict[str, Callable[[], None]] = {
        "F1": lambda: till.open_panel("keys"),
        "F2": till.pay_cash,
        "F3": till.pay_code,
        "F4": till.pay_more,
        "F5": till.who,
        "F6": till.why,
        "F7": till.serving,
        "F8": till.park,
        "F9": till.resume,
        "F10": lambda: till.open_panel("refund"),
        "F11": lambda: till.open_panel("recent"),
        "F12": till.today_dish,
    }
    actions[name]()
    return True


def _on_empty_field(till: TillPresenter, text: str) -> bool:
    """Signs that change the chosen line while nothing is being typed."""
    if text == "+":
        till.count(1)
    elif text in ("-", "−"):
        till.count(-1)
    elif text == "/":
        till.half()
    elif text == "=":
        till.choices()
    else:
        return False
    return True


_MAY_REPEAT = (
    _K.Key_Up,
    _K.Key_Down,
    _K.Key_Left,
    _K.Key_Right,
    _K.Key_Backspace,
    _K.Key_Plus,
    _K.Key_Minus,
)
_ALWAYS: dict[Qt.Key, Callable[[TillPresenter], None]] = {
    _K.Key_Return: TillPresenter.enter,
    _K.Key_Enter: TillPresenter.enter,
    _K.Key_Escape: TillPresenter.escape,
    _K.Key_Delete: TillPresenter.remove,
    _K.Key_Up: lambda till: till.move(down=-1),
    _K.Key_Down: lambda till: till.move(down=1),
    _K.Key_Left: lambda till: till.move(right=-1),
    _K.Key_Right: lambda till: till.move(right=1),
    _K.Key_Tab: lambda till: till.category(1),
    _K.Key_Backtab: lambda till: till.category(-1),
    _K.Key_PageDown: lambda till: till.category(1),
    _K.Key_PageUp: lambda till: till.category(-1),
}
