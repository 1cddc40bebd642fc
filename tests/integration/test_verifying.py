"""Whatever is changed behind the program's back is found, and the first document that does not fit is named."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import text

from canteen_pos.domain.order import Payment
from canteen_pos.services import refunding, selling, shifts, verifying
from tests.integration.purse_hands import add_voucher


@pytest.fixture
def books(lunch):
    """A day's work: 1 top-up, 2-4 sales, 5 a part refund, 6 a tender correction, 7 a sale, 8 over or short."""
    wallet = lunch.wang.account_id
    add_voucher(lunch.desk, "V1")
    first = lunch.sell(
        lunch.order("101", "201", who=lunch.wang), payments=(Payment("wallet", 1980, account_id=wallet),)
    )
    lunch.sell(lunch.order("202*2", who=lunch.zhao))
    cash = lunch.sell(lunch.order("202"))
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    refunding.refund(
        lunch.desk,
        approved,
        first.documents[0].document_id,
        {2: 1},
        "凉了",
        uuid.uuid4().hex,
        return_portions=True,
    )
    selling.correct_tender(
        lunch.desk, lunch.cashier, cash.documents[0].document_id, (Payment("alipay", 1000),), ""
    )
    lunch.sell(lunch.order("202"), payments=(Payment("voucher", 1000, voucher_serial="V1"),))
    shifts.close(lunch.desk, lunch.cashier, {10_000: 2, 5000: 1}, "找零")
    return lunch


def test_honest_books_fit(books) -> None:
    report = verifying.verify(books.desk)
    assert report.problems == ()
    assert report.ok
    assert report.documents == 8


SECOND = "(select id from documents where number = 2)"
TAMPERINGS = {
    "a price": (f"update documents set pays_fen = pays_fen + 1 where id = {SECOND}", "T1-000002"),
    "a list price": (f"update documents set list_fen = list_fen + 1 where id = {SECOND}", "T1-000002"),
    "a rounding": (f"update documents set rounding_fen = 1 where id = {SECOND}", "T1-000002"),
    "a day": ("update documents set business_date = '2026-11-22' where number = 3", "T1-000003"),
    "a service date": ("update documents set service_date = '2026-11-22' where number = 3", "T1-000003"),
    "a time": ("update documents set at_utc = '2026-11-23T05:00:00.000Z' where number = 3", "T1-000003"),
    "who ate": ("update documents set person_id = null where number = 3", "T1-000003"),
    "a shift": ("update documents set shift_id = null where number = 3", "T1-000003"),
    "the signed text": (
        "update documents set body = replace(body, '红烧肉', '白菜') where number = 2",
        "T1-000002",
    ),
    "a hash": ("update documents set hash = 'x' || substr(hash, 2) where number = 3", "T1-000003"),
    "facts beside it": (
        "update documents set applied = replace(applied, '82', '85') where number = 2",
        "T1-000002",
    ),
    "facts taken away": ("update documents set applied = '[]' where number = 2", "T1-000002"),
    "a line": (
        f"update document_lines set pays_fen = pays_fen - 1 where document_id = {SECOND} and line_no = 1",
        "T1-000002",
    ),
    "a line's quantity": (
        f"update document_lines set quantity = 2 where document_id = {SECOND} and line_no = 1",
        "T1-000002",
    ),
    "a share": (
        f"update document_shares set fen = fen + 1 where document_id = {SECOND} and line_no = 1 and fund = 'city'",
        "T1-000002",
    ),
    "a fund": (
        f"update document_shares set fund = 'mine' where document_id = {SECOND} and fund = 'city'",
        "T1-000002",
    ),
    "a claim": (f"update document_claims set fen = fen + 1 where document_id = {SECOND}", "T1-000002"),
    "a payment": (f"update payments set fen = fen + 1 where document_id = {SECOND}", "T1-000002"),
    "a tender": (
        "update payments set tender = 'wechat' where document_id = (select id from documents where number = 3)",
        "T1-000003",
    ),
    "an entry": (
        f"update ledger_entries set fen = fen + 1 where document_id = {SECOND} and seq = 1",
        "T1-000002",
    ),
    "an account name": (
        f"update ledger_entries set account = 'mine' where document_id = {SECOND} and seq = 1",
        "T1-000002",
    ),
    "a quota use": (f"update quota_uses set fen = fen + 1 where document_id = {SECOND}", "T1-000002"),
    "a quota's owner": (
        f"update quota_uses set person_token = 'x' where document_id = {SECOND}",
        "T1-000002",
    ),
    "a quota released by hand": (
        f"update quota_uses set released_by = {SECOND} where document_id = {SECOND}",
        "T1-000002",
    ),
    "a quota use deleted": (f"delete from quota_uses where document_id = {SECOND}", "T1-000002"),
    "a line's shares deleted": (f"delete from document_shares where document_id = {SECOND}", "T1-000002"),
    "a claim deleted": (f"delete from document_claims where document_id = {SECOND}", "T1-000002"),
    "a payment deleted": (f"delete from payments where document_id = {SECOND}", "T1-000002"),
    "entries deleted": (f"delete from ledger_entries where document_id = {SECOND}", "T1-000002"),
    "a balance": ("update accounts set balance_fen = balance_fen + 1 where id = 1", "account wallet:"),
    "a bonus": ("update accounts set bonus_fen = bonus_fen + 1 where id = 1", "account bonus:"),
    "a counted drawer": (
        "update shifts set counted_fen = counted_fen + 1, expected_fen = expected_fen + 1",
        "shift T1",
    ),
    "a float": ("update shifts set float_fen = float_fen + 1", "shift T1"),
    "portions": (
        "update menu_entries set sold_halves = sold_halves + 1 where sold_halves > 0",
        "menu 2026-11-23 lunch",
    ),
    "a used voucher": ("update vouchers set used_document_id = null", "voucher V1"),
    "a budget": ("update budgets set drawn_fen = drawn_fen - 1", "budget charity"),
    "a counter": ("update series set next_number = next_number + 1", "T1-000009"),
    "a series head": ("update series set head_hash = 'x'", "series T1"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_fen_changed_anywhere_is_found(books, name) -> None:
    statement, where = TAMPERINGS[name]
    with books.desk.db.write() as conn:
        assert conn.execute(text(statement)).rowcount >= 1
    report = verifying.verify(books.desk)
    assert not report.ok
    assert report.problems[0].document.startswith(where), report.problems


def test_a_deleted_document_is_missed(books) -> None:
    with books.desk.db.write() as conn:
        for table in ("ledger_entries", "payments", "document_lines"):
            conn.execute(
                text(f"delete from {table} where document_id in (select id from documents where number = 7)")
            )
        conn.execute(text("update vouchers set used_document_id = null"))
        conn.execute(text("delete from print_jobs"))
        conn.execute(text("delete from documents where number = 7"))
    assert verifying.verify(books.desk).problems[0] == ("T1-000007", "this number is missing")


def test_swapped_numbers_are_found(books) -> None:
    with books.desk.db.write() as conn:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            conn.execute(text(f"update documents set number = {new} where number = {old}"))
    assert verifying.verify(books.desk).problems[0].document == "T1-000002"


def test_a_rewritten_chain_still_has_to_agree_with_the_rows(books) -> None:
    """Somebody who can compute hashes changes the last text and its hash and the head; the rows give it away."""
    from canteen_pos.domain import chain

    with books.desk.db.write() as conn:
        last = conn.execute(text("select id, prev_hash, body from documents where number = 8")).one()
        body = last.body.replace('"business_date":"2026-11-23"', '"business_date":"2026-11-22"')
        assert body != last.body
        link = chain.link(last.prev_hash, body)
        conn.execute(
            text("update documents set body = :body, hash = :hash where id = :id"),
            {"body": body, "hash": link, "id": last.id},
        )
        conn.execute(text("update series set head_hash = :hash"), {"hash": link})
    assert verifying.verify(books.desk).problems[0].document == "T1-000008"


def test_more_given_back_than_was_sold_is_found(books) -> None:
    """Signed rightly, and wrong all the same: somebody called the books directly."""
    from canteen_pos.domain.ledger import sale_entries
    from canteen_pos.domain.sale import DocumentLine, Draft, PaymentRow
    from canteen_pos.services import documents

    shifts.open(books.desk, books.cashier, 0)
    with books.desk.db.write() as conn:
        sale = conn.execute(text("select id from documents where number = 4")).scalar_one()
        for place in range(2):
            row = DocumentLine(1, "202", "宫保鸡丁", "dish", "full", 1, 0, -1000, -1000)
            money = (PaymentRow("cash", -1000),)
            documents.record(
                conn,
                books.desk,
                books.cashier,
                Draft(
                    id=f"twice-{place}",
                    kind="refund",
                    service_date="2026-11-23",
                    period="lunch",
                    settlement_id=f"twice-{place}",
                    fingerprint="f",
                    list_fen=-1000,
                    pays_fen=-1000,
                    refers_to=sale,
                    lines=(row,),
                    payments=money,
                    entries=sale_entries(-1000, 0, (), (), money, "T1"),
                ),
            )
    (problem,) = verifying.verify(books.desk).problems
    assert problem == ("T1-000004", "of line 1 1 were sold and 2 given back")


def test_erased_facts_leave_the_chain_provable(books) -> None:
    with books.desk.db.write() as conn:
        conn.execute(text("update people set name = '', salt = '', birth_date = null, initials = ''"))
        conn.execute(text("update documents set applied = '[]' where person_id is not null"))
    assert verifying.verify(books.desk).ok


def test_a_restored_backup_opens_a_new_series_whose_numbers_never_clash(books) -> None:
    from canteen_pos.services import documents

    with books.desk.db.write() as conn:
        label = documents.open_series(conn, books.desk)
    assert label.startswith("T1.")
    shifts.open(books.desk, books.cashier, 0)
    done = books.sell(books.order("202"))
    assert done.documents[0].number_text == f"{label}-000001"
    assert verifying.verify(books.desk).ok
