"""Indexes that speak a database's own dialect: partial ones, and those for prefix searches.

Apart from the tables because naming PostgreSQL here loads its whole dialect, which a till on SQLite starts quicker without.
Migrations and the test that compares them with the tables import this; queries need tables only.
"""

from sqlalchemy import Index
from sqlalchemy import text as sql

from canteen_pos.storage.tables import (
    documents,
    ledger_entries,
    metadata,
    payments,
    people,
    person_facts,
    print_jobs,
    quota_uses,
    shifts,
)

__all__ = ["metadata"]

Index("ix_people_initials", people.c.initials, postgresql_ops={"initials": "text_pattern_ops"})

Index("ix_people_name", people.c.name, postgresql_ops={"name": "text_pattern_ops"})

Index(
    "ix_people_merged_into",
    people.c.merged_into,
    sqlite_where=sql("merged_into is not null"),
    postgresql_where=sql("merged_into is not null"),
)

Index(
    "ix_person_facts_to_review",
    person_facts.c.person_id,
    sqlite_where=sql("reviewed_by is null and recorded_at_utc is not null"),
    postgresql_where=sql("reviewed_by is null and recorded_at_utc is not null"),
)

Index(
    "uq_shifts_open_station",
    shifts.c.station,
    unique=True,
    sqlite_where=sql("closed_at_utc is null"),
    postgresql_where=sql("closed_at_utc is null"),
)

Index(
    "ix_documents_refers_to",
    documents.c.refers_to,
    sqlite_where=sql("refers_to is not null"),
    postgresql_where=sql("refers_to is not null"),
)

Index(
    "ix_payments_account_id",
    payments.c.account_id,
    sqlite_where=sql("account_id is not null"),
    postgresql_where=sql("account_id is not null"),
)

_OF_A_PURSE = sql("substr(account, 1, 5) in ('walle', 'bonus', 'on_ac')")
Index(
    "ix_ledger_entries_purse",
    ledger_entries.c.account,
    sqlite_where=_OF_A_PURSE,
    postgresql_where=_OF_A_PURSE,
)

Index(
    "uq_quota_uses_slot",
    quota_uses.c.person_token,
    quota_uses.c.quota,
    quota_uses.c.window,
    quota_uses.c.slot,
    unique=True,
    sqlite_where=sql("released_by is null"),
    postgresql_where=sql("released_by is null"),
)

Index(
    "ix_print_jobs_open",
    print_jobs.c.printer_id,
    print_jobs.c.created_at_utc,
    sqlite_where=sql("status in ('waiting', 'sending', 'failed', 'unknown')"),
    postgresql_where=sql("status in ('waiting', 'sending', 'failed', 'unknown')"),
)
