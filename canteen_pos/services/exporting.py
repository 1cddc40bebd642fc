"""Everything that is stored about one person, handed over by right: to read, and complete for another program."""

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from canteen_pos import vault
from canteen_pos.domain import typed
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.person import RecentDocument
from canteen_pos.reports.person_paper import PersonPaper, person_pdf
from canteen_pos.services import audit, id_numbers, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.people_lists import category_words
from canteen_pos.services.person_story import known, whole_story
from canteen_pos.services.rights import check
from canteen_pos.storage import exporting as rows
from canteen_pos.storage import people, pictures
from canteen_pos.storage.columns import local_moment
from canteen_pos.storage.engine import Connection
from canteen_pos.wording.codes import CODES

ALL = 1_000_000


def export_person(desk: Desk, actor: Actor, person_id: int, folder: Path, lang: str = "zh") -> Path:
    """A new folder inside `folder` with person.json (all of it), person.pdf (to read) and the photo; where it is. Logged.

    Needs 'manage_people'. Refusal 'member.unknown', 'person.not_exported' (folder=, why=); nothing half written stays.
    """
    check(actor, "manage_people")
    now = desk.clock.now()
    with desk.db.write() as conn:
        found = known(conn, person_id)
        number = _number(conn, desk, found["token"], found["id_number_sealed"])
        content = rows.everything(conn, found["id"])
        paper = PersonPaper(
            canteen=settings_store.load(conn).name,
            story=whole_story(conn, desk, found, lang),
            id_number=number,
            papers=_papers(content, people.recent(conn, found["id"], ALL)),
            points=[
                (local_moment(one["at_utc"], one["offset_min"]), one["points"], one["reason"])
                for one in content["points"]
            ],
            looked=_looked(content),
            made_at=now,
            made_by=actor.name,
            words=_words(conn, lang),
        )
        target = folder / f"{typed.file_name(found['member_no'])}-{now:%Y%m%d-%H%M%S}"
        text = json.dumps({"id_number": number, **content}, ensure_ascii=False, indent=1)
        photo = pictures.read(conn, found["photo"])
        try:
            _write(target, text, person_pdf(paper, lang), photo)
        except OSError as error:
            raise refuse(
                "person.not_exported", folder=str(folder), why=error.strerror or str(error)
            ) from error
        audit.log(conn, desk, actor, "person_exported", person_id=found["id"])
    return target


def _write(target: Path, text: str, pdf: bytes, photo: bytes) -> None:
    target.mkdir(parents=True, mode=0o700)
    try:
        for name, content in (("person.json", text.encode()), ("person.pdf", pdf), ("photo.jpg", photo)):
            if content:
                vault.write_private(target / name, content)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _number(conn: Connection, desk: Desk, token: str, sealed: str) -> str:
    """The ID number; without the key it cannot be handed over, and the rest still is."""
    if not sealed:
        return ""
    try:
        return id_numbers.whole(conn, desk, token, sealed)
    except Refusal:
        return ""


def _papers(content: dict[str, Any], eaten: Sequence[RecentDocument]) -> list[RecentDocument]:
    """Meals and money, and what moved their purse without naming them: a balance brought along, a transfer."""
    known = {one.number_text for one in eaten}
    purses = {f"{side}:{one['token']}" for one in content["purses"] for side in ("wallet", "bonus")}
    others = [
        RecentDocument(
            document_id=signed["id"],
            kind=signed["kind"],
            at=local_moment(signed["at"], signed["offset_min"]),
            service_date=date.fromisoformat(signed["business_date"]),
            period="",
            number_text=one["number"],
            pays_fen=-sum(fen for account, _fund, fen in signed["entries"] if account in purses),
            gain_fen=0,
        )
        for one in content["documents"]
        if one["number"] not in known
        for signed in (one["signed"],)
    ]
    return sorted([*eaten, *others], key=lambda one: one.at, reverse=True)


def _looked(content: dict[str, Any]) -> list[tuple[Any, str]]:
    return [
        (local_moment(event["at_utc"], event["offset_min"]), str(event["actor_id"]))
        for event in content["log"]
        if event["kind"] == "id_number_shown"
    ]


def _words(conn: Connection, lang: str) -> dict[str, str]:
    more = {
        "sale": ("就餐", "meal"),
        "refund": ("退款", "refund"),
        "top_up": ("充值", "top-up"),
        "purse_refund": ("退还余额", "purse paid out"),
        "opening": ("期初余额", "opening balance"),
        "transfer": ("转账", "transfer"),
        "tender_correction": ("更正付款方式", "tender corrected"),
        "minced": ("切碎", "minced"),
        "pureed": ("糊状", "pureed"),
    }
    place = ("zh", "en").index(lang)
    return {**{code: both[place] for code, both in (more | CODES).items()}, **category_words(conn, lang)}
