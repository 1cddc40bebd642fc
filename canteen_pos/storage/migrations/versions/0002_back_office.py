# ruff: noqa: E501
"""The back office: sealed ID numbers, limits, points, voucher batches, dated prices, food samples, reviewed facts."""

import json

import sqlalchemy as sa
from alembic import op

from canteen_pos.storage.reshaping import reshape

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _new_tables()
    _changed_tables()
    _drawn_budgets()
    _new_indexes()


def _new_tables() -> None:
    op.create_table(
        "dish_prices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("unit_fen", sa.BigInteger(), nullable=False),
        sa.Column("half_fen", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "unit_fen >= 0 and coalesce(half_fen, 0) >= 0", name=op.f("ck_dish_prices_price_not_negative")
        ),
        sa.ForeignKeyConstraint(["dish_id"], ["dishes.id"], name=op.f("fk_dish_prices_dish_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_dish_prices_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dish_prices")),
        sa.UniqueConstraint("dish_id", "valid_from", name=op.f("uq_dish_prices_dish_id_valid_from")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "food_samples",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_date", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=False),
        sa.Column("dish_name", sa.Text(), nullable=False),
        sa.Column("grams", sa.Integer(), nullable=False),
        sa.Column("taken_at_utc", sa.Text(), nullable=False),
        sa.Column("offset_min", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("keep_until_utc", sa.Text(), nullable=False),
        sa.Column("disposed_at_utc", sa.Text(), nullable=True),
        sa.Column("disposed_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(disposed_at_utc is null) = (disposed_by is null)",
            name=op.f("ck_food_samples_disposed_by_somebody"),
        ),
        sa.CheckConstraint("grams > 0", name=op.f("ck_food_samples_weighs_something")),
        sa.ForeignKeyConstraint(["dish_id"], ["dishes.id"], name=op.f("fk_food_samples_dish_id")),
        sa.ForeignKeyConstraint(["disposed_by"], ["users.id"], name=op.f("fk_food_samples_disposed_by")),
        sa.ForeignKeyConstraint(["taken_by"], ["users.id"], name=op.f("fk_food_samples_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_samples")),
        sa.UniqueConstraint(
            "service_date", "period", "dish_id", name=op.f("uq_food_samples_service_date_period_dish_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_food_samples_keep_until_utc", "food_samples", ["keep_until_utc"], unique=False)
    op.create_table(
        "voucher_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("face_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("percent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("cap_fen", sa.BigInteger(), nullable=True),
        sa.Column("alone", sa.Integer(), server_default="0", nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=False),
        sa.Column("created_at_utc", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'face' and face_fen > 0 and percent = 0) or (kind = 'percent' and face_fen = 0 and percent between 1 and 100)",
            name=op.f("ck_voucher_batches_worth_something"),
        ),
        sa.CheckConstraint("kind in ('face', 'percent')", name=op.f("ck_voucher_batches_kind_is_known")),
        sa.CheckConstraint(
            "medium in ('paper', 'electronic')", name=op.f("ck_voucher_batches_medium_is_known")
        ),
        sa.CheckConstraint("alone in (0, 1)", name=op.f("ck_voucher_batches_alone_is_a_flag")),
        sa.CheckConstraint("coalesce(cap_fen, 1) > 0", name=op.f("ck_voucher_batches_cap_positive")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_voucher_batches_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_voucher_batches_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_batches")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "proxies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("relation", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "valid_to is null or valid_to >= valid_from", name=op.f("ck_proxies_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_proxies_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_proxies_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxies")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proxies_person_id", "proxies", ["person_id"], unique=False)
    op.create_table(
        "point_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("at_utc", sa.Text(), nullable=False),
        sa.Column("offset_min", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('earned', 'meal', 'goods', 'returned', 'corrected', 'merged')",
            name=op.f("ck_point_entries_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_point_entries_actor_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_point_entries_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_point_entries_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_entries")),
        sa.UniqueConstraint("request_id", name=op.f("uq_point_entries_request_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_point_entries_document_id", "point_entries", ["document_id"], unique=False)
    op.create_index("ix_point_entries_person_id", "point_entries", ["person_id"], unique=False)


def _changed_tables() -> None:
    reshape(
        "accounts",
        columns=[
            sa.Column("low_fen", sa.BigInteger(), nullable=True),
            sa.Column("contact", sa.Text(), server_default="", nullable=False),
            sa.Column("phone", sa.Text(), server_default="", nullable=False),
            sa.Column("closed_at_utc", sa.Text(), nullable=True),
        ],
    )
    reshape(
        "cards",
        columns=[
            sa.Column("issued_by", sa.Integer(), nullable=True),
            sa.Column("ended_at_utc", sa.Text(), nullable=True),
            sa.Column("ended_by", sa.Integer(), nullable=True),
        ],
        foreign_keys={"issued_by": "users", "ended_by": "users"},
    )
    reshape(
        "dishes",
        columns=[
            sa.Column("picture", sa.Text(), server_default="", nullable=False),
            sa.Column("cost_fen", sa.BigInteger(), nullable=True),
        ],
        checks={"ck_dishes_cost_not_negative": "coalesce(cost_fen, 0) >= 0"},
    )
    reshape(
        "documents",
        columns=[],
        checks={
            "ck_documents_kind_is_known": "kind in ('sale', 'refund', 'top_up', 'cash_movement', 'tender_correction', 'opening', 'purse_refund', 'account_payment', 'transfer')"
        },
    )
    reshape(
        "menu_entries",
        columns=[
            sa.Column("served_halves", sa.Integer(), nullable=True),
            sa.Column("left_halves", sa.Integer(), nullable=True),
            sa.Column("wasted_halves", sa.Integer(), nullable=True),
            sa.Column("sort", sa.Integer(), server_default="0", nullable=False),
        ],
        checks={
            "ck_menu_entries_counts_not_negative": "coalesce(served_halves, 0) >= 0 and coalesce(left_halves, 0) >= 0 and coalesce(wasted_halves, 0) >= 0"
        },
    )
    reshape(
        "payments",
        columns=[],
        checks={
            "ck_payments_tender_is_known": "tender in ('cash', 'wallet', 'wallet_bonus', 'voucher', 'on_account', 'wechat', 'alipay', 'bank_card', 'points', 'bank_transfer')"
        },
    )
    reshape(
        "people",
        columns=[
            sa.Column("id_number_sealed", sa.Text(), server_default="", nullable=False),
            sa.Column("address", sa.Text(), server_default="", nullable=False),
            sa.Column("contact_name", sa.Text(), server_default="", nullable=False),
            sa.Column("contact_phone", sa.Text(), server_default="", nullable=False),
            sa.Column("texture", sa.Text(), server_default="", nullable=False),
            sa.Column("allergies", sa.Text(), server_default="[]", nullable=False),
            sa.Column("note", sa.Text(), server_default="", nullable=False),
            sa.Column("enrolled_at_utc", sa.Text(), nullable=True),
            sa.Column("day_limit_fen", sa.BigInteger(), nullable=True),
            sa.Column("month_limit_fen", sa.BigInteger(), nullable=True),
            sa.Column("points", sa.Integer(), server_default="0", nullable=False),
            sa.Column("left_on", sa.Text(), nullable=True),
            sa.Column("left_why", sa.Text(), server_default="", nullable=False),
            sa.Column("merged_into", sa.Integer(), nullable=True),
        ],
        checks={
            "ck_people_limit_not_negative": "coalesce(day_limit_fen, 0) >= 0 and coalesce(month_limit_fen, 0) >= 0",
            "ck_people_points_not_overdrawn": "points >= 0",
            "ck_people_merged_is_not_active": "merged_into is null or active = 0",
            "ck_people_address_not_endless": "length(address) <= 200",
            "ck_people_texture_is_known": "texture in ('', 'soft', 'minced', 'pureed')",
            "ck_people_left_why_is_known": "left_why in ('', 'moved', 'died', 'returned', 'other')",
        },
        foreign_keys={"merged_into": "people"},
    )
    reshape(
        "person_facts",
        columns=[
            sa.Column("recorded_at_utc", sa.Text(), nullable=True),
            sa.Column("reviewed_by", sa.Integer(), nullable=True),
            sa.Column("reviewed_at_utc", sa.Text(), nullable=True),
        ],
        foreign_keys={"reviewed_by": "users"},
    )
    reshape(
        "vouchers",
        columns=[
            sa.Column("batch_id", sa.Integer(), nullable=True),
            sa.Column("person_id", sa.Integer(), nullable=True),
            sa.Column("percent", sa.Integer(), server_default="0", nullable=False),
            sa.Column("cap_fen", sa.BigInteger(), nullable=True),
            sa.Column("alone", sa.Integer(), server_default="0", nullable=False),
            sa.Column("voided_at_utc", sa.Text(), nullable=True),
        ],
        checks={
            "ck_vouchers_worth_something": "face_fen > 0 or percent between 1 and 100",
            "ck_vouchers_alone_is_a_flag": "alone in (0, 1)",
        },
        foreign_keys={"person_id": "people", "batch_id": "voucher_batches"},
    )


def _drawn_budgets() -> None:
    """A pot keeps what was drawn, not what is left: draws from before anybody said what it holds are known too."""
    conn = op.get_bind()
    starts = {row[0]: row[1] for row in conn.execute(sa.text("select name, start_fen from budgets"))}
    drawn = dict.fromkeys(starts, 0)
    found = conn.execute(sa.text("select body from documents where body like '%\"budgets\":[[%'"))
    for (body,) in found:
        for name, fen, _ in json.loads(body)["budgets"]:
            drawn[name] = drawn.get(name, 0) + fen
    op.drop_table("budgets")
    fresh = op.create_table(
        "budgets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("drawn_fen", sa.BigInteger(), nullable=False),
        sa.Column("start_fen", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("drawn_fen >= 0", name=op.f("ck_budgets_gave_something")),
        sa.CheckConstraint(
            "start_fen is null or drawn_fen <= start_fen", name=op.f("ck_budgets_not_overspent")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_budgets")),
    )
    for name, fen in sorted(drawn.items()):
        start = starts.get(name)
        held = {"name": name, "drawn_fen": fen, "start_fen": None if start is None else max(start, fen)}
        op.bulk_insert(fresh, [held])


def _new_indexes() -> None:
    op.create_index("ix_cards_account_id", "cards", ["account_id"], unique=False)
    op.create_index("ix_events_at_utc", "events", ["at_utc"], unique=False)
    op.create_index(
        "ix_ledger_entries_purse",
        "ledger_entries",
        ["account"],
        unique=False,
        sqlite_where=sa.text("substr(account, 1, 5) in ('walle', 'bonus', 'on_ac')"),
        postgresql_where=sa.text("substr(account, 1, 5) in ('walle', 'bonus', 'on_ac')"),
    )
    op.create_index(
        "ix_people_listed",
        "people",
        ["active", "initials", "id", "left_on", "birth_date", "enrolled_at_utc", "name", "address"],
        unique=False,
    )
    op.create_index(
        "ix_people_merged_into",
        "people",
        ["merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into is not null"),
        postgresql_where=sa.text("merged_into is not null"),
    )
    op.create_index(
        "ix_person_facts_to_review",
        "person_facts",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("reviewed_by is null and recorded_at_utc is not null"),
        postgresql_where=sa.text("reviewed_by is null and recorded_at_utc is not null"),
    )
    op.create_index("ix_person_facts_valid_to", "person_facts", ["valid_to"], unique=False)
    op.create_index("ix_vouchers_batch_id", "vouchers", ["batch_id"], unique=False)
    op.create_index("ix_vouchers_person_id", "vouchers", ["person_id"], unique=False)
