"""Finding documents again, for receipts, refunds and the list of recent sales."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, insert, or_, select

from canteen_pos.storage import tables as t
from canteen_pos.storage.columns import from_json, utc_text
from canteen_pos.storage.engine import Connection

SHOWN_KINDS = ("sale", "refund", "top_up", "tender_correction", "purse_refund", "account_payment")


@dataclass(frozen=True, slots=True)
class Stored:
    """A document with its parsed body and what stands beside it. `name` and `member_no` are '' without a person, and
    of one who was erased."""

    id: str
    label: str
    hash: str
    body: dict[str, Any]
    applied: list[dict[str, Any]]
    person_id: int | None
    name: str
    member_no: str
    diet: list[str]
    refunded: bool
    corrected: bool
    invoiced: bool


_d, _p = t.documents.c, t.people.c
_other = t.documents.alias("other")
_WANTED = (
    select(
        _d.id,
        t.series.c.label,
        _d.hash,
        _d.body,
        _d.applied,
        _d.person_id,
        func.coalesce(_p.name, "").label("name"),
        case((_p.name != "", _p.member_no), else_="").label("member_no"),
        func.coalesce(_p.diet, "[]").label("diet"),
        select(_other.c.id)
        .where(_other.c.refers_to == _d.id, _other.c.kind == "refund")
        .exists()
        .label("refunded"),
        select(_other.c.id)
        .where(_other.c.refers_to == _d.id, _other.c.kind == "tender_correction")
        .exists()
        .label("corrected"),
        select(t.marks.c.id)
        .where(t.marks.c.document_id == _d.id, t.marks.c.kind == "invoice_issued")
        .exists()
        .label("invoiced"),
    )
    .join(t.series, t.series.c.id == _d.series_id)
    .join(t.people, _p.id == _d.person_id, isouter=True)
)
_ONE = _WANTED.where(_d.id == bindparam("wanted_id"))
_RECENT = (
    _WANTED.where(_d.station == bindparam("at"), _d.kind.in_(SHOWN_KINDS))
    .order_by(_d.at_utc.desc(), _d.series_id.desc(), _d.number.desc())
    .limit(bindparam("most"))
)


def _stored(row: Any) -> Stored:
    return Stored(
        id=row.id,
        label=row.label,
        hash=row.hash,
        body=from_json(row.body),
        applied=from_json(row.applied),
        person_id=row.person_id,
        name=row.name,
        member_no=row.member_no,
        diet=from_json(row.diet),
        refunded=bool(row.refunded),
        corrected=bool(row.corrected),
        invoiced=bool(row.invoiced),
    )


def one(conn: Connection, document_id: str) -> Stored | None:
    row = conn.execute(_ONE, {"wanted_id": document_id}).first()
    return None if row is None else _stored(row)


def recent(conn: Connection, station: str, most: int) -> tuple[Stored, ...]:
    """The newest first."""
    return tuple(_stored(row) for row in conn.execute(_RECENT, {"at": station, "most": most}))


def _newest(wanted: Select[Any], most: int) -> Select[Any]:
    return wanted.where(_d.kind.in_(SHOWN_KINDS)).order_by(_d.at_utc.desc()).limit(most)


def numbered(conn: Connection, number: int, label: str | None, most: int) -> tuple[Stored, ...]:
    """Documents with this number, in one series or in all."""
    series = t.series.c.id
    ids = (
        select(series)
        if label is None
        else select(series).where(func.upper(t.series.c.label) == label.upper())
    )
    found = list(conn.execute(ids).scalars())
    wanted = _WANTED.where(_d.series_id.in_(found), _d.number == number)
    return tuple(_stored(row) for row in conn.execute(_newest(wanted, most)))


def hashed(conn: Connection, beginning: str, most: int) -> tuple[Stored, ...]:
    """Documents whose hash begins so: what the code on a receipt holds."""
    low = beginning.lower()
    wanted = _WANTED.where(and_(_d.hash >= low, _d.hash < low + "g"))
    return tuple(_stored(row) for row in conn.execute(_newest(wanted, most)))


def of_people(conn: Connection, text: str, most: int) -> tuple[Stored, ...]:
    """Documents of people whose name begins so, whose initials begin so, or with this member number."""
    people = select(_p.id).where(
        or_(
            _p.name.startswith(text, autoescape=True),
            _p.initials.startswith(text.lower(), autoescape=True),
            _p.member_no == text,
        )
    )
    ids = list(conn.execute(people.limit(200)).scalars())
    wanted = _WANTED.where(_d.person_id.in_(ids))
    return tuple(_stored(row) for row in conn.execute(_newest(wanted, most))) if ids else ()


def about(conn: Connection, document_id: str) -> tuple[Stored, ...]:
    """Refunds and corrections of a document, the oldest first."""
    wanted = _WANTED.where(_d.refers_to == document_id).order_by(_d.at_utc, _d.series_id, _d.number)
    return tuple(_stored(row) for row in conn.execute(wanted))


def made_to_order(conn: Connection, document_id: str) -> set[int]:
    """Lines of a sale that the kitchen cooks when they are sold."""
    wanted = (
        select(t.document_lines.c.line_no)
        .join(t.dishes, t.dishes.c.id == t.document_lines.c.dish_id)
        .where(t.document_lines.c.document_id == document_id, t.dishes.c.made_to_order == 1)
    )
    return set(conn.execute(wanted).scalars())


def mark(conn: Connection, document_id: str, kind: str, at: Any, actor_id: int) -> None:
    conn.execute(
        insert(t.marks),
        {"document_id": document_id, "kind": kind, "at_utc": utc_text(at), "actor_id": actor_id},
    )


def dish_ids(conn: Connection, document_id: str) -> dict[int, int]:
    """Dish of each line, where it came from the menu."""
    wanted = select(t.document_lines.c.line_no, t.document_lines.c.dish_id).where(
        t.document_lines.c.document_id == document_id, t.document_lines.c.dish_id.is_not(None)
    )
    return {row.line_no: row.dish_id for row in conn.execute(wanted)}


_LOCK = (
    select(_d.id)
    .where(
        _d.settlement_id == select(_d.settlement_id).where(_d.id == bindparam("wanted_id")).scalar_subquery()
    )
    .order_by(_d.id)
    .with_for_update()
)


def lock(conn: Connection, document_id: str) -> None:
    """Hold a document, and those paid together with it, until the transaction ends (on PostgreSQL): two tills can
    neither give the same thing back at once nor judge one voucher from two ends of a table."""
    conn.execute(_LOCK, {"wanted_id": document_id})
