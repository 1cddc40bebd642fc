"""Lists of people for the back office: work lists, one search for anything, a page at a time."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from canteen_pos.domain.cards import candidate_codes
from canteen_pos.domain.diner import full_years
from canteen_pos.domain.person import (
    ABSENT_AFTER_DAYS,
    ELDER_AGE,
    EXPIRES_WITHIN_DAYS,
    PeopleFilter,
    PersonRow,
)
from canteen_pos.services import id_numbers, policies
from canteen_pos.services.benefits import Benefits
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.members import NUMBER_DIGITS
from canteen_pos.services.rights import check
from canteen_pos.services.spelled import spelled
from canteen_pos.storage import people_lists as rows
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.people_lists import Days, ListedRow, Wanted
from canteen_pos.wording.codes import CODES

__all__ = ["age_on", "category_words", "count", "counts", "days_of", "page", "search"]

_DIGITS, _LATIN = re.compile(r"[0-9]+"), re.compile(r"[A-Za-z]+")
_DATE = re.compile(r"([0-9]{4})[-./]?([0-9]{1,2})[-./]?([0-9]{1,2})")


def count(desk: Desk, which: PeopleFilter = "active", text: str = "") -> int:
    """How many the list holds that `text` may mean."""
    with desk.db.read() as conn:
        return rows.count(conn, which, search(conn, desk, text), days_of(desk))


def counts(desk: Desk) -> dict[PeopleFilter, int]:
    """How many each list holds, for the chips."""
    with desk.db.read() as conn:
        return rows.counts(conn, days_of(desk))


def page(
    desk: Desk,
    actor: Actor,
    which: PeopleFilter = "active",
    text: str = "",
    offset: int = 0,
    limit: int = 50,
    lang: str = "zh",
) -> tuple[PersonRow, ...]:
    """The rows from `offset` on, by initials. Needs 'read_people'.

    `text` finds by a part of the name, of the address or of the emergency contact's name, initials or pinyin, member number,
    the last four or five and more figures of either phone, birth date, a card in any spelling (an old one too), a whole
    ID number; words with spaces between have to fit all together.
    """
    check(actor, "read_people")
    with desk.db.read() as conn:
        told = actor.role != "dispatcher"
        words = category_words(conn, lang) if told else None
        benefits = Benefits(conn, desk, lang) if told else None
        days = days_of(desk)
        found = rows.page(conn, which, search(conn, desk, text), days, offset, limit)
    return tuple(_shown(row, days.today, words, benefits) for row in found)


def category_words(conn: Connection, lang: str = "zh") -> dict[str, str]:
    """What the packs in force call their categories and permits, else what everybody does: code -> word."""
    usual = {code: words[("zh", "en").index(lang)] for code, words in CODES.items()}
    if lang == "en":
        return usual
    return usual | {code: word for pack in policies.active(conn) for code, word in pack.names}


def _shown(
    row: ListedRow, today: date, words: Mapping[str, str] | None, benefits: "Benefits | None"
) -> PersonRow:
    """Without words the reader is told no categories. First the funds that pay for this person today, then why."""
    codes = sorted(row.diner.categories | row.diner.permits)
    funds = benefits.of(row.diner) if benefits is not None else ()
    return PersonRow(
        id=row.id,
        name=row.name,
        initials=row.initials,
        member_no=row.member_no,
        age=age_on(row.birth_date, today),
        card=row.card,
        tags=() if words is None else (*funds, *(words.get(code, code) for code in codes)),
        valid_to=row.valid_to if words is not None else None,
        to_review=row.to_review,
        balance_fen=row.balance_fen,
        bonus_fen=row.bonus_fen,
        last_meal=row.last_meal,
        photo=row.photo,
        active=row.active,
        left_on=row.left_on,
    )


def age_on(born: date | None, day: date) -> int | None:
    """Full years on `day`; None when the birth date is unknown."""
    return None if born is None else full_years(born, day)


def days_of(desk: Desk) -> Days:
    """The days that lists depend on, as of now."""
    now = desk.clock.now()
    today = now.date()
    absent = datetime.combine(today - timedelta(days=ABSENT_AFTER_DAYS), time(), now.tzinfo)
    return Days(
        today=today,
        elder_born_by=_years_before(today, ELDER_AGE),
        soon=today + timedelta(days=EXPIRES_WITHIN_DAYS),
        absent_since_utc=utc_text(absent),
    )


def _years_before(day: date, years: int) -> date:
    """The last birth date of whoever is `years` old on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return date(day.year - years, 2, 28)


# -- what a search may mean -------------------------------------------------------------------------


def search(conn: Connection, desk: Desk, text: str) -> tuple[Wanted, ...]:
    """What `text` may mean, word by word."""
    text = text.strip()
    if not text:
        return ()
    if number := id_numbers.normal(text):
        return (Wanted(id_hash=id_numbers.find_hash(conn, desk, number), cards=candidate_codes(number)),)
    words = text.split()
    if len(words) > 1 and text.isascii() and re.fullmatch(r"[0-9A-Fa-f\s:.-]+", text):
        words = ["".join(words)]  # a card or phone typed in groups
    return tuple(_word(word, alone=len(words) == 1) for word in words[:6])


def _word(word: str, *, alone: bool) -> Wanted:
    if _DIGITS.fullmatch(word):
        return Wanted(
            member_nos=(word, word.zfill(NUMBER_DIGITS)),
            phone_tail=word if len(word) == 4 else "",
            phone=word if len(word) >= 5 else "",
            part=word if len(word) == 3 or not alone else "",  # a room; '6 栋' of an address
            born=_born(word),
            cards=candidate_codes(word),
        )
    if not word.isascii():
        return Wanted(part=word)
    latin = bool(_LATIN.fullmatch(word))  # a name in Latin letters is its own initials
    return Wanted(
        member_nos=(word, word.upper()),
        initials=word.lower() if latin else "",
        spelled=spelled(word, alone=alone) if latin else (),
        part="" if latin else word,
        born=_born(word),
        cards=candidate_codes(word),
    )


def _born(word: str) -> str:
    """'19430211' and '1943-2-11' as a birth date is kept, '' for what is none."""
    parts = _DATE.fullmatch(word)
    try:
        return date(*(int(part) for part in parts.groups())).isoformat() if parts else ""
    except ValueError:
        return ""
