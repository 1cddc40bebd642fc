"""The composition root: settings -> databases -> desks -> window, and the workers behind it. Nothing else knows every part.

Nothing heavy is imported before the window's first frame stands.
"""

from canteen_pos.app.books import back_up, back_up_by_plan, ledger, look_into, recover_key, restore, verify
from canteen_pos.app.demo_lunch import DEMO_MOMENT, play_demo
from canteen_pos.app.house import HOUSES, TillHouse
from canteen_pos.app.window import leave, open_window, run, start_qt

__all__ = (
    "DEMO_MOMENT",
    "HOUSES",
    "TillHouse",
    "back_up",
    "back_up_by_plan",
    "leave",
    "ledger",
    "look_into",
    "open_window",
    "play_demo",
    "recover_key",
    "restore",
    "run",
    "start_qt",
    "verify",
)
