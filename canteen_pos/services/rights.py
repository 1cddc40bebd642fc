"""Who may do what. One table, walked whole by its test."""

from typing import Literal

from canteen_pos.domain.errors import refuse
from canteen_pos.services.context import Actor

Grant = Literal["own", "approved"]
"""'own': the role may; 'approved': only with a manager's PIN typed in place (`users.approve`)."""

ROLES = ("cashier", "manager", "dispatcher", "auditor")

EVERYDAY = (
    "sell",
    "park",
    "remove_line",
    "reprint",
    "mark_invoice",
    "correct_tender",
    "oversell",  # the food is on the tray already
    "sold_out",
    "open_shift",
    "close_shift",
    "cash_movement",
    "x_report",
    "top_up",
    "enrol",
)
WITH_A_MANAGER = ("refund", "price_override", "no_sale", "manage_menu", "replace_card")
HOUSE = ("manage_people", "manage_users", "manage_settings", "verify_shift", "verify", "read_reports")
RIGHTS = EVERYDAY + WITH_A_MANAGER + HOUSE

_TABLE: dict[str, dict[str, Grant]] = {
    "manager": dict.fromkeys(RIGHTS, "own"),
    "cashier": dict.fromkeys(EVERYDAY, "own")
    | dict.fromkeys(WITH_A_MANAGER, "approved")
    | {"verify_shift": "own"},
    "dispatcher": {"reprint": "own", "enrol": "own", "read_reports": "own"},
    "auditor": {"verify": "own", "read_reports": "own", "x_report": "own"},
}


def grant(role: str, right: str) -> Grant | None:
    """How `role` holds `right`; None when it does not. KeyError for a right or role that does not exist."""
    if right not in RIGHTS:
        raise KeyError(right)
    return _TABLE[role].get(right)


def may(actor: Actor, right: str) -> bool:
    """Whether `actor` may do it now, a manager's approval in place included."""
    held = grant(actor.role, right)
    return held == "own" or (held == "approved" and actor.approved_by is not None)


def check(actor: Actor, right: str) -> None:
    """Refusal 'right.approval_needed' where a manager's PIN would do, else 'right.missing'."""
    if may(actor, right):
        return
    if grant(actor.role, right) == "approved":
        raise refuse("right.approval_needed", right=right, role=actor.role)
    raise refuse("right.missing", right=right, role=actor.role)
