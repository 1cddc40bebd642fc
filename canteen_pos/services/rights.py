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
    "account_payment",  # somebody pays what stands on account
    "enrol",
    "count_food",  # after service
    "keep_samples",
)
WITH_A_MANAGER = ("refund", "price_override", "no_sale", "manage_menu", "replace_card", "refund_purse")
HOUSE = (
    "read_people",
    "manage_people",
    "manage_users",
    "manage_settings",
    "manage_purses",
    "read_purses",
    "verify_shift",
    "verify",
    "read_reports",
    "read_records",  # the log of who did what
)
RIGHTS = EVERYDAY + WITH_A_MANAGER + HOUSE


def _row(own: tuple[str, ...], approved: tuple[str, ...] = ()) -> dict[str, Grant]:
    row: dict[str, Grant] = {}
    row.update((right, "own") for right in own)
    row.update((right, "approved") for right in approved)
    return row


_TABLE: dict[str, dict[str, Grant]] = {
    "manager": _row(RIGHTS),
    "cashier": _row((*EVERYDAY, "verify_shift"), WITH_A_MANAGER),
    "dispatcher": _row(("reprint", "enrol", "read_people", "read_reports")),
    "auditor": _row(("read_people", "verify", "read_reports", "x_report", "read_purses", "read_records")),
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
