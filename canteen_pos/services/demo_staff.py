"""Who works at the demo canteen; apart, so that the sign-in screen can show the PINs before all else is loaded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staff:
    """Shown on the demo's sign-in screen, and nowhere else: a real PIN is never shown."""

    name: str
    role: str
    pin: str


STAFF = (
    Staff("陈经理", "manager", "8888"),
    Staff("李芳", "cashier", "1111"),
    Staff("张丽", "cashier", "2222"),
    Staff("周强", "dispatcher", "3333"),
    Staff("何会计", "auditor", "4444"),
)
PINS = {one.name: one.pin for one in STAFF}
