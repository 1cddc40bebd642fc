"""What pricing needs to know about an eater: dated facts and earlier uses. One statement each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from canteen_pos.domain.bill import Use
from canteen_pos.domain.diner import Diner
from canteen_pos.domain.place import Place
from canteen_pos.domain.sale import number_text
from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import kept, tokens


@dataclass(frozen=True, slots=True)
class Eater:
    """A person as a sale needs them: the facts rules may ask for, and what makes the digest in the document."""

    person_id: int
    diner: Diner
    name: str
    member_no: str
    salt: str
    account_id: int | None

    def facts(self) -> dict[str, Any]:
        """What the document's digest proves."""
        diner = self.diner
        return {
            "name": self.name,
            "member_no": self.member_no,
            "birth_date": diner.birth_date.isoformat() if diner.birth_date else None,
            "hukou": [diner.hukou.city, diner.hukou.district, diner.hukou.town],
            "residence": [diner.residence.city, diner.residence.district, diner.residence.town],
            "categories": sorted(diner.categories),
            "care_level": diner.care_level,
            "in_institution": diner.in_institution,
            "permits": sorted(diner.permits),
        }


_p, _f = t.people.c, t.person_facts.c
AS_RULES_SEE = (
    _p.token,
    _p.birth_date,
    _p.hukou_city,
    _p.hukou_district,
    _p.hukou_town,
    _p.residence_city,
    _p.residence_district,
    _p.residence_town,
    _p.care_level,
    _p.in_institution,
)
"""The columns that `diner_of` reads."""
_EATER = (
    select(
        _p.id,
        _p.name,
        _p.member_no,
        *AS_RULES_SEE,
        _p.salt,
        _p.account_id,
        _f.kind,
        _f.code,
        _f.valid_from,
    )
    .join(
        t.person_facts,
        and_(
            _f.person_id == _p.id,
            _f.valid_from <= bindparam("day"),
            or_(_f.valid_to.is_(None), _f.valid_to >= bindparam("day")),
        ),
        isouter=True,
    )
    .where(
        _p.id == kept(bindparam("person")),
        _p.active == 1,
        or_(_p.left_on.is_(None), _p.left_on > bindparam("day")),
    )
)


def eater(conn: Connection, person_id: int, day: date) -> Eater | None:
    """This person with the facts dated on `day`; None when nobody is known by this id, or they had left by that day.

    A record that was merged into another answers with the one that was kept.

    Of dated places, care levels and stays in an institution that overlap, the one that began last holds.
    """
    found = conn.execute(_EATER, {"person": person_id, "day": day.isoformat()}).all()
    if not found:
        return None
    row = found[0]
    diner = diner_of(row, [Dated(fact.kind, fact.code, fact.valid_from) for fact in found if fact.kind])
    return Eater(row.id, diner, row.name, row.member_no, row.salt, row.account_id)


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact that holds on the day that is looked at."""

    kind: str
    code: str
    valid_from: str


def diner_of(row: Any, facts: Collection[Dated]) -> Diner:
    """The eater as rules see them, from these columns of a person. Of facts that overlap, the one that began last holds."""
    dated = {fact.kind: fact.code for fact in sorted(facts, key=lambda fact: fact.valid_from)}
    hukou, residence = dated.get("hukou"), dated.get("residence")
    return Diner(
        person=row.token,
        birth_date=date.fromisoformat(row.birth_date) if row.birth_date else None,
        hukou=(
            Place(*hukou.split("/")) if hukou else Place(row.hukou_city, row.hukou_district, row.hukou_town)
        ),
        residence=(
            Place(*residence.split("/"))
            if residence
            else Place(row.residence_city, row.residence_district, row.residence_town)
        ),
        categories=frozenset(fact.code for fact in facts if fact.kind == "category"),
        care_level=int(dated.get("care_level", row.care_level)),
        in_institution=dated.get("institution", str(row.in_institution)) == "1",
        permits=frozenset(fact.code for fact in facts if fact.kind == "permit"),
    )


_u = t.quota_uses.c
_USES = (
    select(_u.quota, _u.day, _u.period, _u.fen, _u.slot, t.series.c.label, t.documents.c.number)
    .join(t.documents, t.documents.c.id == _u.document_id)
    .join(t.series, t.series.c.id == t.documents.c.series_id)
    .where(
        _u.person_token.in_(tokens(bindparam("token"))),
        _u.released_by.is_(None),
        _u.quota.in_(bindparam("quotas", expanding=True)),
        _u.window.in_(bindparam("windows", expanding=True)),
    )
)


def uses(conn: Connection, token: str, quotas: Collection[str], windows: Collection[str]) -> tuple[Use, ...]:
    """Uses of these quotas in these windows that were not given back, those of records merged into this one included.
    The document is its printed number."""
    if not quotas:
        return ()
    asked = {"token": token, "quotas": sorted(quotas), "windows": sorted(windows)}
    return tuple(
        Use(
            quota=row.quota,
            day=date.fromisoformat(row.day),
            period=row.period,
            fen=row.fen,
            document=number_text(row.label, row.number),
            slot=row.slot,
        )
        for row in conn.execute(_USES, asked)
    )
