"""PySide6 6.12 on Python 3.11 gives one reference to None away with every call that returns nothing, and some to bools.

Measured: 1,000 x `widget.update()` lowers `sys.getrefcount(None)` by 1,000. A process begins with about 5,000, so a till
died of 'Fatal Python error: none_dealloc' after a few minutes of repainting. From Python 3.12 on these objects are
immortal and nothing is done; before, their counts are set so high that no day's work reaches the end of them.
"""

import ctypes
import sys

_PLENTY = 1 << 60


def keep_none() -> None:
    """Make None, True and False last on Python 3.11. Where a count is not in the usual place, nothing is touched."""
    if sys.version_info >= (3, 12):
        return
    for lasting in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(lasting))
        if count.value < _PLENTY and abs(count.value - sys.getrefcount(lasting)) < 100:
            count.value = _PLENTY
