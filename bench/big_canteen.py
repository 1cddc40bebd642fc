"""A canteen after years of trade: the demo canteen with a million past sales and fifty thousand members.

The past is written by plain SQL, with rows of the size real sales have; it is there to make the tables and indexes
big, not to be verified. Kept in bench/.cache and copied for each run.
"""

import hashlib
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from canteen_pos.clock import FixedClock
from canteen_pos.services import demo, policies, shifts
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import migrating
from canteen_pos.storage.engine import open_database, sqlite_url

CACHE = Path(__file__).parent / ".cache"
NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")
RULES = 20

_MEMBERS = """
with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
insert into accounts(token, kind, name, balance_fen, bonus_fen, credit_limit_fen, active)
select printf('bench-purse-%07d', i), 'wallet', '', 1000000, 0, 0, 1 from n;
"""
_PEOPLE = """
insert into people(token, member_no, name, initials, birth_date, phone, phone_tail, hukou_city, hukou_district,
  hukou_town, residence_city, residence_district, residence_town, care_level, in_institution, diet, photo, salt,
  account_id, active)
select printf('bench-person-%07d', n), printf('B%07d', n),
  substr('王李张刘陈杨黄赵吴周', 1 + n % 10, 1) || substr('秀桂玉淑建国志文春晓', 1 + n / 10 % 10, 1)
    || substr('兰英珍华明军强平芳梅', 1 + n / 100 % 10, 1),
  substr('wlzlcyhzwz', 1 + n % 10, 1) || substr('xgysjgzwcx', 1 + n / 10 % 10, 1)
    || substr('lyzhmjqpfm', 1 + n / 100 % 10, 1),
  printf('%04d-%02d-%02d', 1930 + n % 60, 1 + n % 12, 1 + n % 28), printf('138%08d', n * 7919 % 100000000),
  printf('%04d', n * 7919 % 10000), '成都市', '锦江区', '', '成都市', '锦江区', '', 0, 0, '[]', '',
  printf('%032x', n), id, 1
from (select id, cast(substr(token, 13) as integer) as n from accounts where token like 'bench-purse-%');
"""
_CARDS = """
insert into cards(code, person_id, account_id, status, issued_at_utc)
select printf('%010d', 3000000000 + id), id, account_id, 'active', '2026-01-01T00:00:00.000000Z'
from people where token like 'bench-person-%';
"""
_PAST = """
create temp table past as
with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
select i, printf('%032x', i * 340282366920) as id from n;
create temp table who as select row_number() over () as place, id, token from people where token like 'bench-person-%';
create unique index temp.who_place on who(place);
"""
_DOCUMENTS = """
insert into documents(id, series_id, number, kind, business_date, service_date, period, at_utc, offset_min, station,
  shift_id, person_id, actor_id, settlement_id, refers_to, fingerprint, list_fen, pays_fen, rounding_fen, body, applied,
  prev_hash, hash)
select past.id, (select id from series where label = 'past'), i, 'sale', date('2024-01-01', (i / 1000) || ' days'),
  date('2024-01-01', (i / 1000) || ' days'), 'lunch',
  strftime('%Y-%m-%dT%H:%M:%f000Z', '2024-01-01 03:30:00', (i / 1000) || ' days', ((i % 1000) * 7) || ' seconds'), 480, 'T1',
  null, who.id, 1, past.id, null, past.id, 2970, 2103, 0, hex(zeroblob(1100)), hex(zeroblob(300)),
  printf('%064x', i - 1), printf('%064x', i)
from past join who on who.place = 1 + i % :members;
"""
_ROWS = """
insert into document_lines(document_id, line_no, dish_id, item, name, kind, portion, quantity, grams, list_fen, pays_fen)
select past.id, line, null, 'HSR', '红烧肉', 'dish', 'full', 1, 0, 990, 701
from past, (select 1 as line union all select 2 union all select 3) order by 1, 2;
insert into document_shares(document_id, line_no, fund, rule, version, pack, fen)
select past.id, line, fund, fund || '-layer', '1', 'chengdu-jinjiang-demo', 100
from past, (select 1 as line union all select 2 union all select 3), (select 'city' as fund union all select 'district');
insert into payments(document_id, seq, tender, fen, account_id, voucher_id, reference, given_fen, change_fen)
select id, 1, 'cash', 2103, null, null, '', 2103, 0 from past;
insert into ledger_entries(document_id, seq, account, fund, fen)
select id, seq, account, fund, fen from past,
  (select 1 as seq, 'cash:T1' as account, '' as fund, 2103 as fen union all select 2, 'receivable', 'city', 300
   union all select 3, 'receivable', 'district', 567 union all select 4, 'sales', '', -2970) order by 1, 2;
insert into quota_uses(quota, person_token, unit, window, slot, day, period, fen, document_id, released_by)
select 'jinjiang.meal', who.token, 'period', date('2024-01-01', (i / 1000) || ' days') || '/' || i, 0,
  date('2024-01-01', (i / 1000) || ' days'), 'lunch', 867, past.id, null
from past join who on who.place = 1 + i % :members;
"""


@dataclass(frozen=True, slots=True)
class BigCanteen:
    desk: Desk
    cashier: Actor
    file: Path
    members: int
    past_sales: int


def big_canteen(folder: Path, *, quick: bool) -> BigCanteen:
    """A copy in `folder`, with an open shift, wallets with money and `RULES` rules in force."""
    members, past = (5_000, 20_000) if quick else (50_000, 1_000_000)
    template = CACHE / f"canteen-{members}-{past}-{_shape()}.db"
    if not template.exists():
        for old in CACHE.glob(f"canteen-{members}-{past}*.db*"):
            old.unlink()  # made for tables as they were then
        print(
            f"Making {members:,} members and {past:,} past sales once; kept in {template.parent} ...",
            flush=True,
        )
        CACHE.mkdir(exist_ok=True)
        _make(template, members, past)
    file = folder / "canteen.db"
    shutil.copyfile(template, file)
    desk = Desk(open_database(sqlite_url(file)), FixedClock(NOON), "T1")
    return BigCanteen(desk, _cashier(desk), file, members, past)


def _shape() -> str:
    """Changes when the tables do."""
    files = sorted((Path(migrating.__file__).parent / "migrations" / "versions").glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _cashier(desk: Desk) -> Actor:
    from canteen_pos.services import users

    return users.sign_in(desk, "李芳", "1111")


def _make(template: Path, members: int, past: int) -> None:
    half_made = template.with_suffix(".making")
    half_made.unlink(missing_ok=True)
    desk = Desk(open_database(sqlite_url(half_made)), FixedClock(NOON), "T1")
    founded = demo.found_demo(desk)
    policies.add_pack(desk, founded.manager, _more_rules(RULES - 13), "bench.toml")
    policies.choose(desk, founded.manager, ("chengdu-jinjiang-demo", "bench"))
    shifts.open(desk, founded.cashier, 20_000)
    desk.db.close()
    _fill(half_made, members, past)
    half_made.rename(template)


def _more_rules(count: int) -> str:
    """Rules of a second pack, each of which looks at the diner and gives a little."""
    head = (
        'id = "bench"\ntitle = "bench"\nsource = "bench"\ndate = 2026-01-01\nsample = true\ninvented = true\n'
    )
    return head + "".join(
        f"""
[[rule]]
id = "bench-{place}"
title = "bench {place}"
fund = "street"
order = {100 + place}
when = {{ age = {{ at_least = {20 + place} }}, hukou = "city" }}
effect = {{ percent = 1, base = "left", per = "bill" }}
"""
        for place in range(count)
    )


def _fill(file: Path, members: int, past: int) -> None:
    conn = sqlite3.connect(file)
    try:
        conn.execute("pragma synchronous = off")
        conn.execute("pragma cache_size = -1000000")
        conn.execute("begin")
        conn.execute(_MEMBERS, {"count": members})
        conn.execute(_PEOPLE)
        conn.execute(_CARDS)
        conn.execute(
            "insert into series(station, label, opened_at_utc, next_number, head_hash) select 'T1', 'past', opened_at_utc,"
            " ?, '' from series limit 1",
            (past + 1,),
        )
        conn.execute("update series set id = -id where label = 'past'")  # the live series stays the newest
        for statement in (_PAST + _DOCUMENTS + _ROWS).split(";"):
            if statement.strip():
                wants = {"count": past, "members": members}
                conn.execute(
                    statement, {name: value for name, value in wants.items() if f":{name}" in statement}
                )
        conn.commit()
        conn.execute("analyze")
        conn.execute("pragma journal_mode = wal")
        conn.commit()
    finally:
        conn.close()
