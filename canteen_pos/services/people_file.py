"""The list of people as a file for a spreadsheet: who lives where, who is born when, what is left in the purse."""

from datetime import date
from pathlib import Path

from canteen_pos.domain.money import yuan
from canteen_pos.domain.person import PeopleFilter
from canteen_pos.i18n import translator
from canteen_pos.reports import table_files
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.people_lists import age_on, category_words, days_of, search
from canteen_pos.services.rights import check
from canteen_pos.storage import people_lists as rows
from canteen_pos.storage.people_lists import ListedRow

ALL = 1_000_000


def save_list(
    desk: Desk, actor: Actor, path: Path, which: PeopleFilter = "active", text: str = "", lang: str = "zh"
) -> int:
    """Everybody on a list as it is searched, as .xlsx or .csv; how many. Needs 'manage_people'; logged.

    ID numbers stay where they are. Refusal 'export.suffix', 'export.not_written' (file=, why=).
    """
    check(actor, "manage_people")
    with desk.db.read() as conn:
        days = days_of(desk)
        words = category_words(conn, lang)
        found = rows.page(conn, which, search(conn, desk, text), days, 0, ALL)
    lines = [_line(row, words, days.today) for row in found]
    table_files.write(path, _headings(lang), lines)
    with desk.db.write() as conn:
        audit.log(conn, desk, actor, "people_listed", file=path.name, people=len(found))
    return len(found)


def _headings(lang: str) -> tuple[str, ...]:
    tr = translator(lang)
    return (
        tr("编号"),
        tr("姓名"),
        tr("首字母"),
        tr("出生日期"),
        tr("年龄"),
        tr("手机"),
        tr("住址"),
        tr("紧急联系人"),
        tr("联系人电话"),
        tr("卡号"),
        tr("资格"),
        tr("有效期至"),
        tr("余额（元）"),
        tr("赠送（元）"),
        tr("上次就餐"),
    )


def _line(row: ListedRow, words: dict[str, str], today: date) -> tuple[str | float, ...]:
    codes = sorted(row.diner.categories | row.diner.permits)
    age = age_on(row.birth_date, today)
    return (
        row.member_no,
        row.name,
        row.initials,
        row.birth_date.isoformat() if row.birth_date else "",
        "" if age is None else age,
        row.phone,
        row.address,
        row.contact_name,
        row.contact_phone,
        row.card,
        "、".join(words.get(code, code) for code in codes),
        row.valid_to.isoformat() if row.valid_to else "",
        float(yuan(row.balance_fen)),
        float(yuan(row.bonus_fen)),
        row.last_meal.service_date.isoformat() if row.last_meal else "",
    )
