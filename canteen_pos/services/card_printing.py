"""Cards on paper: a sheet of QR codes to cut out and laminate, for a canteen that buys no cards."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.recovery_code import LETTERS
from canteen_pos.i18n import translator
from canteen_pos.reports import card_sheet
from canteen_pos.reports.card_sheet import PrintedCard
from canteen_pos.services import audit, belonging, cards, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import people
from canteen_pos.storage.engine import Connection

_CODE = 9


@dataclass(frozen=True, slots=True)
class Printed:
    """`cards` on the sheet, `issued` of them new; `without` are names of people left out because they have no card."""

    file: Path
    cards: int
    issued: int
    without: tuple[str, ...]


def print_sheet(
    desk: Desk,
    actor: Actor,
    person_ids: Sequence[int],
    target: Path,
    *,
    issue: bool = False,
    lang: str = "zh",
) -> Printed:
    """The newest card in use of each, ten a page, as a PDF. With `issue` who has none, and has not left, is given a QR card
    first.

    Needs 'enrol'. Refusal 'card_sheet.nobody' or 'member.left' when there is nothing to print, 'card_sheet.not_written'
    (folder=, why=).
    """
    check(actor, "enrol")
    with desk.db.write() as conn:
        canteen = settings_store.load(conn).name
        tr = translator(lang)
        under = tr("捡到请送回{canteen}").format(canteen=canteen)
        made, without, issued, gone = [], [], 0, None
        for person_id in person_ids:
            found = people.record(conn, person_id)
            if found is None or not found["active"]:
                continue
            code = _in_use(conn, person_id)
            if not code and issue:
                try:
                    code = _give(conn, desk, actor, person_id)
                    issued += 1
                except Refusal as left:
                    gone = left
            if code:
                made.append(PrintedCard(canteen, found["name"], found["member_no"], code, under))
            else:
                without.append(found["name"])
        if not made:
            raise gone or refuse("card_sheet.nobody")
        try:
            target.write_bytes(card_sheet.render(made, tr("就餐卡")))
        except OSError as error:
            folder, why = str(target.parent), error.strerror or str(error)
            raise refuse("card_sheet.not_written", folder=folder, why=why) from error
        audit.log(conn, desk, actor, "cards_printed", cards=len(made))
    return Printed(target, len(made), issued, tuple(without))


def _give(conn: Connection, desk: Desk, actor: Actor, person_id: int) -> str:
    """A new card's code. Refusal 'member.left'."""
    holder = belonging.here(conn, desk, person_id)
    code = _new_code()
    cards.give(conn, desk, actor, code, holder["id"], holder["account_id"])
    audit.log(conn, desk, actor, "card_issued", person_id=holder["id"], card=f"…{code[-4:]}")
    return code


def _in_use(conn: Connection, person_id: int) -> str:
    known = people.cards_of(conn, person_id, 0)
    return next((card.code for card in known if card.status == "active"), "")


def _new_code() -> str:
    """A code no reader of chips can mean: it begins with a letter that no hexadecimal number has."""
    return "Q" + "".join(secrets.choice(LETTERS) for _ in range(_CODE))
