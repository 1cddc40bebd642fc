# ruff: noqa: E501
"""Every table of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("bonus_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("credit_limit_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("active", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "balance_fen >= 0 or kind <> 'wallet'", name=op.f("ck_accounts_wallet_not_overdrawn")
        ),
        sa.CheckConstraint(
            "kind = 'wallet' or balance_fen >= -credit_limit_fen",
            name=op.f("ck_accounts_within_credit_limit"),
        ),
        sa.CheckConstraint(
            "kind in ('wallet', 'on_account', 'staff')", name=op.f("ck_accounts_kind_is_known")
        ),
        sa.CheckConstraint("active in (0, 1)", name=op.f("ck_accounts_active_is_a_flag")),
        sa.CheckConstraint("bonus_fen >= 0", name=op.f("ck_accounts_bonus_not_overdrawn")),
        sa.CheckConstraint("credit_limit_fen >= 0", name=op.f("ck_accounts_limit_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("token", name=op.f("uq_accounts_token")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "budgets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("left_fen", sa.BigInteger(), nullable=False),
        sa.Column("start_fen", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("left_fen >= 0", name=op.f("ck_budgets_not_overspent")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_budgets")),
    )
    op.create_table(
        "dishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit_fen", sa.BigInteger(), nullable=False),
        sa.Column("half_fen", sa.BigInteger(), nullable=True),
        sa.Column("per_grams", sa.Integer(), nullable=True),
        sa.Column("open_price", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_to_order", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tags", sa.Text(), server_default="[]", nullable=False),
        sa.Column("allergens", sa.Text(), server_default="[]", nullable=False),
        sa.Column("choices", sa.Text(), server_default="[]", nullable=False),
        sa.Column("pinned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sort", sa.Integer(), server_default="0", nullable=False),
        sa.Column("active", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind <> 'weighed' or coalesce(per_grams, 0) > 0", name=op.f("ck_dishes_weighed_has_per_grams")
        ),
        sa.CheckConstraint("kind in ('set', 'dish', 'weighed')", name=op.f("ck_dishes_kind_is_known")),
        sa.CheckConstraint("active in (0, 1)", name=op.f("ck_dishes_active_is_a_flag")),
        sa.CheckConstraint("made_to_order in (0, 1)", name=op.f("ck_dishes_made_to_order_is_a_flag")),
        sa.CheckConstraint("open_price in (0, 1)", name=op.f("ck_dishes_open_price_is_a_flag")),
        sa.CheckConstraint("pinned in (0, 1)", name=op.f("ck_dishes_pinned_is_a_flag")),
        sa.CheckConstraint(
            "unit_fen >= 0 and (half_fen is null or half_fen >= 0)", name=op.f("ck_dishes_price_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dishes")),
        sa.UniqueConstraint("code", name=op.f("uq_dishes_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "printers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("transport", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), server_default="{}", nullable=False),
        sa.Column("station", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="unknown", nullable=False),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("role in ('receipt', 'kitchen')", name=op.f("ck_printers_role_is_known")),
        sa.CheckConstraint("state in ('ok', 'fault', 'unknown')", name=op.f("ck_printers_state_is_known")),
        sa.CheckConstraint("active in (0, 1)", name=op.f("ck_printers_active_is_a_flag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printers")),
        sa.UniqueConstraint("name", name=op.f("uq_printers_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "stations",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_stations")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), server_default="1", nullable=False),
        sa.Column("failed_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until_utc", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "role in ('cashier', 'manager', 'dispatcher', 'auditor')", name=op.f("ck_users_role_is_known")
        ),
        sa.CheckConstraint("active in (0, 1)", name=op.f("ck_users_active_is_a_flag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "drafts",
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at_utc", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name=op.f("fk_drafts_station")),
        sa.PrimaryKeyConstraint("station", name=op.f("pk_drafts")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at_utc", sa.Text(), nullable=False),
        sa.Column("offset_min", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_events_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_kind_at_utc", "events", ["kind", "at_utc"], unique=False)
    op.create_table(
        "menu_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_date", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=True),
        sa.Column("half_fen", sa.BigInteger(), nullable=True),
        sa.Column("planned_halves", sa.Integer(), nullable=True),
        sa.Column("sold_halves", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sold_out_at_utc", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "coalesce(price_fen, 0) >= 0 and coalesce(half_fen, 0) >= 0",
            name=op.f("ck_menu_entries_price_not_negative"),
        ),
        sa.CheckConstraint(
            "planned_halves is null or planned_halves >= 0", name=op.f("ck_menu_entries_plan_not_negative")
        ),
        sa.CheckConstraint("sold_halves >= 0", name=op.f("ck_menu_entries_sold_not_negative")),
        sa.ForeignKeyConstraint(["dish_id"], ["dishes.id"], name=op.f("fk_menu_entries_dish_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_entries")),
        sa.UniqueConstraint(
            "service_date", "period", "dish_id", name=op.f("uq_menu_entries_service_date_period_dish_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "parked_orders",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("parked_at_utc", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name=op.f("fk_parked_orders_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_orders")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("member_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("id_number_hash", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("phone_tail", sa.Text(), server_default="", nullable=False),
        sa.Column("hukou_city", sa.Text(), server_default="", nullable=False),
        sa.Column("hukou_district", sa.Text(), server_default="", nullable=False),
        sa.Column("hukou_town", sa.Text(), server_default="", nullable=False),
        sa.Column("residence_city", sa.Text(), server_default="", nullable=False),
        sa.Column("residence_district", sa.Text(), server_default="", nullable=False),
        sa.Column("residence_town", sa.Text(), server_default="", nullable=False),
        sa.Column("care_level", sa.Integer(), server_default="0", nullable=False),
        sa.Column("in_institution", sa.Integer(), server_default="0", nullable=False),
        sa.Column("diet", sa.Text(), server_default="[]", nullable=False),
        sa.Column("photo", sa.Text(), server_default="", nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("active in (0, 1)", name=op.f("ck_people_active_is_a_flag")),
        sa.CheckConstraint("care_level >= 0", name=op.f("ck_people_care_level_not_negative")),
        sa.CheckConstraint("in_institution in (0, 1)", name=op.f("ck_people_in_institution_is_a_flag")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_people_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("id_number_hash", name=op.f("uq_people_id_number_hash")),
        sa.UniqueConstraint("member_no", name=op.f("uq_people_member_no")),
        sa.UniqueConstraint("token", name=op.f("uq_people_token")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_people_account_id", "people", ["account_id"], unique=False)
    op.create_index(
        "ix_people_initials",
        "people",
        ["initials"],
        unique=False,
        postgresql_ops={"initials": "text_pattern_ops"},
    )
    op.create_index(
        "ix_people_name",
        "people",
        ["name"],
        unique=False,
        postgresql_ops={"name": "text_pattern_ops"},
    )
    op.create_index("ix_people_phone_tail", "people", ["phone_tail"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("opened_at_utc", sa.Text(), nullable=False),
        sa.Column("next_number", sa.Integer(), server_default="1", nullable=False),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("next_number >= 1", name=op.f("ck_series_counts_from_one")),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name=op.f("fk_series_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("label", name=op.f("uq_series_label")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at_utc", sa.Text(), nullable=False),
        sa.Column("offset_min", sa.Integer(), nullable=False),
        sa.Column("float_fen", sa.BigInteger(), nullable=False),
        sa.Column("closed_at_utc", sa.Text(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("counted_fen", sa.BigInteger(), nullable=True),
        sa.Column("expected_fen", sa.BigInteger(), nullable=True),
        sa.Column("difference_fen", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("counts", sa.Text(), server_default="{}", nullable=False),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(closed_at_utc is null and counted_fen is null and difference_fen is null) or (closed_at_utc is not null and difference_fen = counted_fen - expected_fen)",
            name=op.f("ck_shifts_closed_with_its_count"),
        ),
        sa.CheckConstraint("float_fen >= 0", name=op.f("ck_shifts_float_not_negative")),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_shifts_closed_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["users.id"], name=op.f("fk_shifts_opened_by")),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name=op.f("fk_shifts_station")),
        sa.ForeignKeyConstraint(["verified_by"], ["users.id"], name=op.f("fk_shifts_verified_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_shifts_open_station",
        "shifts",
        ["station"],
        unique=True,
        sqlite_where=sa.text("closed_at_utc is null"),
        postgresql_where=sa.text("closed_at_utc is null"),
    )
    op.create_table(
        "cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("issued_at_utc", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status in ('active', 'lost', 'replaced', 'returned')", name=op.f("ck_cards_status_is_known")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_cards_account_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cards_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint("code", name=op.f("uq_cards_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cards_person_id", "cards", ["person_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), server_default="", nullable=False),
        sa.Column("at_utc", sa.Text(), nullable=False),
        sa.Column("offset_min", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("settlement_id", sa.Text(), nullable=False),
        sa.Column("refers_to", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("list_fen", sa.BigInteger(), nullable=False),
        sa.Column("pays_fen", sa.BigInteger(), nullable=False),
        sa.Column("rounding_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("applied", sa.Text(), server_default="[]", nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('sale', 'refund', 'top_up', 'cash_movement', 'tender_correction', 'opening')",
            name=op.f("ck_documents_kind_is_known"),
        ),
        sa.CheckConstraint(
            "kind not in ('refund', 'tender_correction') or refers_to is not null",
            name=op.f("ck_documents_names_its_sale"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_documents_counts_from_one")),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_documents_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_documents_person_id")),
        sa.ForeignKeyConstraint(["refers_to"], ["documents.id"], name=op.f("fk_documents_refers_to")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_documents_series_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name=op.f("fk_documents_shift_id")),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name=op.f("fk_documents_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("hash", name=op.f("uq_documents_hash")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_documents_series_id_number")),
    )
    op.create_index("ix_documents_at_utc", "documents", ["at_utc"], unique=False)
    op.create_index("ix_documents_business_date", "documents", ["business_date"], unique=False)
    op.create_index("ix_documents_person_id_at_utc", "documents", ["person_id", "at_utc"], unique=False)
    op.create_index(
        "ix_documents_refers_to",
        "documents",
        ["refers_to"],
        unique=False,
        sqlite_where=sa.text("refers_to is not null"),
        postgresql_where=sa.text("refers_to is not null"),
    )
    op.create_index("ix_documents_settlement_id", "documents", ["settlement_id"], unique=False)
    op.create_index("ix_documents_shift_id", "documents", ["shift_id"], unique=False)
    op.create_table(
        "person_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('category', 'permit', 'hukou', 'residence', 'care_level', 'institution')",
            name=op.f("ck_person_facts_kind_is_known"),
        ),
        sa.CheckConstraint(
            "valid_to is null or valid_to >= valid_from", name=op.f("ck_person_facts_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_facts_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_person_facts_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_facts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_person_facts_person_id", "person_facts", ["person_id"], unique=False)
    op.create_table(
        "document_claims",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_claims_document_id")
        ),
        sa.PrimaryKeyConstraint(
            "document_id", "claim", "fund", "rule", "version", "pack", name=op.f("pk_document_claims")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "document_lines",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("portion", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("grams", sa.Integer(), server_default="0", nullable=False),
        sa.Column("list_fen", sa.BigInteger(), nullable=False),
        sa.Column("pays_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind in ('set', 'dish', 'weighed', 'delivery_fee', 'box_fee')",
            name=op.f("ck_document_lines_kind_is_known"),
        ),
        sa.CheckConstraint("portion in ('full', 'half')", name=op.f("ck_document_lines_portion_is_known")),
        sa.CheckConstraint("quantity >= 1 and grams >= 0", name=op.f("ck_document_lines_quantity_positive")),
        sa.ForeignKeyConstraint(["dish_id"], ["dishes.id"], name=op.f("fk_document_lines_dish_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_lines_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", "line_no", name=op.f("pk_document_lines")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_entries",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), server_default="", nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_ledger_entries_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", "seq", name=op.f("pk_ledger_entries")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at_utc", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('invoice_issued', 'copy_printed')", name=op.f("ck_marks_kind_is_known")),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_marks_actor_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_marks_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_marks_document_id", "marks", ["document_id"], unique=False)
    op.create_table(
        "print_jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.Column("printer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("copy_no", sa.Integer(), server_default="0", nullable=False),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("created_at_utc", sa.Text(), nullable=False),
        sa.Column("expires_at_utc", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "status in ('waiting', 'sending', 'printed', 'failed', 'unknown', 'expired', 'dropped')",
            name=op.f("ck_print_jobs_status_is_known"),
        ),
        sa.CheckConstraint("copy_no >= 0 and tries >= 0", name=op.f("ck_print_jobs_not_negative")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_print_jobs_document_id")),
        sa.ForeignKeyConstraint(["printer_id"], ["printers.id"], name=op.f("fk_print_jobs_printer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_jobs")),
    )
    op.create_index("ix_print_jobs_document_id", "print_jobs", ["document_id"], unique=False)
    op.create_index(
        "ix_print_jobs_open",
        "print_jobs",
        ["printer_id", "created_at_utc"],
        unique=False,
        sqlite_where=sa.text("status in ('waiting', 'sending', 'failed', 'unknown')"),
        postgresql_where=sa.text("status in ('waiting', 'sending', 'failed', 'unknown')"),
    )
    op.create_table(
        "quota_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Text(), nullable=False),
        sa.Column("person_token", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.CheckConstraint("slot >= 0 and fen >= 0", name=op.f("ck_quota_uses_not_negative")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_quota_uses_document_id")),
        sa.ForeignKeyConstraint(["released_by"], ["documents.id"], name=op.f("fk_quota_uses_released_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_uses")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quota_uses_document_id", "quota_uses", ["document_id"], unique=False)
    op.create_index(
        "uq_quota_uses_slot",
        "quota_uses",
        ["person_token", "quota", "window", "slot"],
        unique=True,
        sqlite_where=sa.text("released_by is null"),
        postgresql_where=sa.text("released_by is null"),
    )
    op.create_table(
        "vouchers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("face_fen", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=False),
        sa.Column("used_document_id", sa.Text(), nullable=True),
        sa.CheckConstraint("face_fen > 0", name=op.f("ck_vouchers_worth_something")),
        sa.ForeignKeyConstraint(
            ["used_document_id"], ["documents.id"], name=op.f("fk_vouchers_used_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("serial", name=op.f("uq_vouchers_serial")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "document_shares",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "line_no"],
            ["document_lines.document_id", "document_lines.line_no"],
            name="fk_document_shares_line",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_shares_document_id")
        ),
        sa.PrimaryKeyConstraint(
            "document_id", "line_no", "fund", "rule", "version", "pack", name=op.f("pk_document_shares")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "payments",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tender", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("voucher_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("given_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("change_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(account_id is not null) = (tender in ('wallet', 'wallet_bonus', 'on_account'))",
            name=op.f("ck_payments_purse_is_named"),
        ),
        sa.CheckConstraint(
            "(voucher_id is not null) = (tender = 'voucher')", name=op.f("ck_payments_voucher_is_named")
        ),
        sa.CheckConstraint(
            "tender in ('cash', 'wallet', 'wallet_bonus', 'voucher', 'on_account', 'wechat', 'alipay', 'bank_card')",
            name=op.f("ck_payments_tender_is_known"),
        ),
        sa.CheckConstraint(
            "given_fen >= 0 and change_fen >= 0", name=op.f("ck_payments_change_not_negative")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_payments_account_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_payments_document_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_payments_voucher_id")),
        sa.PrimaryKeyConstraint("document_id", "seq", name=op.f("pk_payments")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_payments_account_id",
        "payments",
        ["account_id"],
        unique=False,
        sqlite_where=sa.text("account_id is not null"),
        postgresql_where=sa.text("account_id is not null"),
    )
