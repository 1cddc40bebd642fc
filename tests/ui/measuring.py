"""Finds text that does not fit where it stands: labels, buttons, fields, tables, and text that widgets paint themselves."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from canteen_pos.ui.widgets.painted import TextBox

SLACK_PX = 1.0


def cut_off_texts(widget: QWidget) -> list[str]:
    """What is cut off anywhere in `widget`, which must be shown: 'class: text (what is wrong)'."""
    found = []
    for each in (widget, *widget.findChildren(QWidget)):
        if each.isVisible():
            found += [f"{type(each).__name__}: {what}" for what in _faults(each)]
    return found


def _faults(widget: QWidget) -> list[str]:
    painted = getattr(widget, "text_boxes", None)
    if painted is not None:
        return _painted_faults(widget, painted()) + _outside(widget)
    if isinstance(widget, QLabel):
        return _label_faults(widget) + _outside(widget)
    if isinstance(widget, QLineEdit):
        return _field_faults(widget) + _outside(widget)
    if isinstance(widget, QAbstractButton | QComboBox):
        return _size_faults(widget) + _outside(widget)
    if isinstance(widget, QTableView):
        return _table_faults(widget)
    return []


def _painted_faults(widget: QWidget, boxes: list[TextBox]) -> list[str]:
    area = QRectF(widget.rect()).adjusted(-SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX)
    faults = [f"{box.text!r} in {box.box.width():.0f} px" for box in boxes if box.is_cut_off()]
    faults += [f"{box.text!r} leaves the widget" for box in boxes if box.text and not area.contains(box.box)]
    return faults


def _label_faults(label: QLabel) -> list[str]:
    text = label.text()
    if not text:
        return []
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return (
            [f"{text!r} needs {needed} px height, has {label.height()}"]
            if needed > label.height() + 1
            else []
        )
    hint = label.sizeHint()
    if hint.width() > label.width() + 1 or hint.height() > label.height() + 1:
        return [f"{text!r} needs {hint.width()}x{hint.height()}, has {label.width()}x{label.height()}"]
    return []


def _field_faults(field: QLineEdit) -> list[str]:
    text = field.text() or field.placeholderText()
    room = field.contentsRect().width() - 2 * 12
    needed = QFontMetricsF(field.font()).horizontalAdvance(text)
    return [f"{text!r} needs {needed:.0f} px, has {room}"] if needed > room + SLACK_PX else []


def _size_faults(widget: QAbstractButton | QComboBox) -> list[str]:
    text = widget.text() if isinstance(widget, QAbstractButton) else widget.currentText()
    hint = widget.minimumSizeHint()
    if text and (hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1):
        return [f"{text!r} needs {hint.width()} px, has {widget.width()}"]
    return []


def _table_faults(table: QTableView) -> list[str]:
    model = table.model()
    faults = []
    for row in range(min(model.rowCount(), 40)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if (
                not table.isColumnHidden(column)
                and table.sizeHintForIndex(index).width() > table.columnWidth(column) + 1
            ):
                faults.append(f"{index.data()!r} in column {column}")
    return faults


def _outside(widget: QWidget) -> list[str]:
    """Whether a parent clips it. What a scroll area hides can be scrolled to."""
    parent = widget.parentWidget()
    inner = widget
    while parent is not None and not inner.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea | QAbstractItemView):
            return []
        where = QRectF(widget.rect()).translated(widget.mapTo(parent, widget.rect().topLeft()))
        if not QRectF(parent.rect()).adjusted(-1, -1, 1, 1).contains(where):
            text = getattr(widget, "text", lambda: "")()
            return [f"{text!r} is clipped by {type(parent).__name__}"] if text else []
        inner, parent = parent, parent.parentWidget()
    return []
