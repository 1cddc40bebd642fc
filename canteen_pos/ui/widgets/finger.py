"""Scrolling with a finger on the list itself, and telling it from a press."""

from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QWidget


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """A finger drags what `area` shows; mouse and wheel do what they always do."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)


def is_scrolling(widget: QWidget) -> bool:
    """Whether a finger moves the list that `widget` stands in: what it lets go of there was not pressed."""
    above: QWidget | None = widget
    while above is not None:
        if QScroller.hasScroller(above):
            return QScroller.scroller(above).state() != QScroller.State.Inactive
        above = above.parentWidget()
    return False
