"""Who may be given something: a card, money on a purse, a voucher, points. One check for all of them."""

from canteen_pos.domain.errors import refuse
from canteen_pos.services.context import Desk
from canteen_pos.storage import leaving, people
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.people import PersonRecord


def known(conn: Connection, person_id: int) -> PersonRecord:
    """Somebody on file, held until the commit; who asks for a record that was merged means the one that stayed.

    Refusal 'member.unknown', also for somebody who was erased.
    """
    found = people.record(conn, person_id, held=True)
    if found is not None and found["merged_into"] is not None:
        found = people.record(conn, found["merged_into"], held=True)
    if found is None or not found["active"]:
        raise refuse("member.unknown")
    return found


def here(conn: Connection, desk: Desk, person_id: int) -> PersonRecord:
    """The same of somebody who has not left. Refusal 'member.left' (name=, left_on=) as well."""
    found = known(conn, person_id)
    if found["left_on"] and found["left_on"] <= desk.clock.now().date().isoformat():
        raise refuse("member.left", name=found["name"], left_on=found["left_on"])
    return found


def check_purse(conn: Connection, desk: Desk, account_id: int) -> None:
    """Whether anybody is left to eat from a purse; one that is nobody's is good. Refusal 'member.left'."""
    gone = leaving.last_of_purse(conn, account_id, desk.clock.now().date())
    if gone is not None:
        raise refuse("member.left", name=gone[0], left_on=gone[1])
