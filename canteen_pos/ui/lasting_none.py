"""PySide6 6.12 on Python 3.11 gives one reference to None away with every call that returns nothing.

Measured: 1,000 x `widget.update()` lowers `sys.getrefcount(None)` by 1,000. A process begins with about 5,000, so a till
died of 'Fatal Python error: none_dealloc' after a few minutes of repainting. From Python 3.12 on None is immortal and
nothing is done; before, its count is set so high that no day's work reaches the end of it.
"""

import ctypes
import sys

_PLENTY = 1 << 60


def keep_none() -> None:
    """Make None last on Python 3.11. Where its count is not found in the usual place, nothing is touched."""
    if sys.version_info >= (3, 12):
        return
    count = ctypes.c_ssize_t.from_address(id(None))
    if count.value < _PLENTY and abs(count.value - sys.getrefcount(None)) < 100:
        count.value = _PLENTY
