"""Every table. Amounts are fen in 64-bit integers, times UTC text with `offset_min`, lists JSON text.

Rules of the trade stand here a second time as named constraints; the first time is in the domain.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from canteen_pos.storage.columns import count, fen, flag, flags, one_of, text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _id() -> "Column[int]":
    return Column("id", Integer, primary_key=True)


def _to(name: str, target: str, *, nullable: bool = False) -> "Column[int]":
    """A column that points at an integer key."""
    return Column(name, Integer, ForeignKey(target), nullable=nullable)


def _document(*, nullable: bool = False) -> "Column[str]":
    return Column("document_id", Text, ForeignKey("documents.id"), nullable=nullable)


# -- the house -------------------------------------------------------------------------------------

settings = Table("settings", metadata, Column("key", Text, primary_key=True), text("value"))

stations = Table("stations", metadata, Column("code", Text, primary_key=True), text("name"))

series = Table(
    "series",
    metadata,
    _id(),
    Column("station", Text, ForeignKey("stations.code"), nullable=False),
    text("label"),  # what printed numbers begin with: 'T1', after a restored backup 'T1.7KQ'
    text("opened_at_utc"),
    count("next_number", default="1"),
    text("head_hash"),
    UniqueConstraint("label"),
    CheckConstraint("next_number >= 1", name="counts_from_one"),
    sqlite_autoincrement=True,
)

users = Table(
    "users",
    metadata,
    _id(),
    text("name"),
    text("role"),
    text("pin_hash"),
    flag("active", "1"),
    count("failed_count", default="0"),
    text("locked_until_utc", nullable=True),
    UniqueConstraint("name"),
    one_of("role", "cashier", "manager", "dispatcher", "auditor"),
    *flags("active"),
    sqlite_autoincrement=True,
)

# -- people and purses -----------------------------------------------------------------------------

accounts = Table(
    "accounts",
    metadata,
    _id(),
    text("token"),  # random; what documents and ledger know this purse by
    text("kind"),
    text("name", default=""),
    fen("balance_fen", default="0"),  # principal, refundable; below zero is what an on-account holder owes
    fen("bonus_fen", default="0"),  # spent after the principal, never refunded
    fen("credit_limit_fen", default="0"),
    flag("active", "1"),
    fen("low_fen", nullable=True),  # below this the receipt says so; null takes the canteen's own mark
    text("contact", default=""),  # who answers for an account that pays later, and where
    text("phone", default=""),
    text("closed_at_utc", nullable=True),
    UniqueConstraint("token"),
    one_of("kind", "wallet", "on_account", "staff"),
    CheckConstraint("balance_fen >= 0 or kind <> 'wallet'", name="wallet_not_overdrawn"),
    CheckConstraint("kind = 'wallet' or balance_fen >= -credit_limit_fen", name="within_credit_limit"),
    CheckConstraint("bonus_fen >= 0", name="bonus_not_overdrawn"),
    CheckConstraint("credit_limit_fen >= 0", name="limit_not_negative"),
    *flags("active"),
    sqlite_autoincrement=True,
)

people = Table(
    "people",
    metadata,
    _id(),
    text("token"),  # random; what quotas and documents know this person by
    text("member_no"),
    text("name"),
    text("initials", default=""),
    text("birth_date", nullable=True),
    text("id_number_hash", nullable=True),
    text("phone", default=""),
    text("phone_tail", default=""),
    text("hukou_city", default=""),
    text("hukou_district", default=""),
    text("hukou_town", default=""),
    text("residence_city", default=""),
    text("residence_district", default=""),
    text("residence_town", default=""),
    count("care_level", default="0"),
    flag("in_institution"),
    text("diet", default="[]"),
    text("photo", default=""),
    text("salt"),
    _to("account_id", "accounts.id", nullable=True),
    flag("active", "1"),
    text("id_number_sealed", default=""),  # encrypted; found by `id_number_hash`, which is keyed
    text("address", default=""),
    text("contact_name", default=""),  # whom to call in an emergency
    text("contact_phone", default=""),
    text("texture", default=""),  # '' as it comes, else soft, minced, pureed
    text("allergies", default="[]"),
    text("note", default=""),
    text("enrolled_at_utc", nullable=True),
    fen("day_limit_fen", nullable=True),  # what this person may spend from the purse in a day, in a month
    fen("month_limit_fen", nullable=True),
    count("points", default="0"),
    text("left_on", nullable=True),  # first day away: moved, died, gave the card back
    text("left_why", default=""),
    _to("merged_into", "people.id", nullable=True),
    fen("meal_limit_fen", nullable=True),  # and in one meal
    UniqueConstraint("token"),
    UniqueConstraint("member_no"),
    UniqueConstraint("id_number_hash"),
    CheckConstraint("care_level >= 0", name="care_level_not_negative"),
    CheckConstraint(
        "coalesce(day_limit_fen, 0) >= 0 and coalesce(month_limit_fen, 0) >= 0", name="limit_not_negative"
    ),
    CheckConstraint("coalesce(meal_limit_fen, 0) >= 0", name="meal_limit_not_negative"),
    CheckConstraint("points >= 0", name="points_not_overdrawn"),
    CheckConstraint("merged_into is null or active = 0", name="merged_is_not_active"),
    CheckConstraint("length(address) <= 200", name="address_not_endless"),
    one_of("texture", "", "soft", "minced", "pureed"),
    one_of("left_why", "", "moved", "died", "returned", "other"),
    *flags("in_institution", "active"),
    sqlite_autoincrement=True,
)
Index("ix_people_phone_tail", people.c.phone_tail)
Index("ix_people_account_id", people.c.account_id)
# the back office's list by initials, its counts, and a part of whatever is typed: answered without reading rows
Index(
    "ix_people_listed",
    people.c.active,
    people.c.initials,
    people.c.id,
    people.c.left_on,
    people.c.birth_date,
    people.c.enrolled_at_utc,
    people.c.name,
    people.c.address,
    people.c.member_no,
    people.c.phone,
    people.c.contact_name,
    people.c.contact_phone,
)

person_facts = Table(
    "person_facts",
    metadata,
    _id(),
    _to("person_id", "people.id"),
    text("kind"),
    text("code"),
    text("valid_from"),
    text("valid_to", nullable=True),  # last day included
    text("source", default=""),
    _to("recorded_by", "users.id", nullable=True),
    text("recorded_at_utc", nullable=True),
    _to("reviewed_by", "users.id", nullable=True),  # a second person who saw the proof
    text("reviewed_at_utc", nullable=True),
    # a place is 'city/district/town'; a place, care level or institution stands over what `people` says on its days
    one_of("kind", "category", "permit", "hukou", "residence", "care_level", "institution"),
    CheckConstraint("valid_to is null or valid_to >= valid_from", name="ends_after_it_begins"),
    sqlite_autoincrement=True,
)
Index("ix_person_facts_person_id", person_facts.c.person_id)
Index("ix_person_facts_valid_to", person_facts.c.valid_to)

proxies = Table(
    "proxies",
    metadata,
    _id(),
    _to("person_id", "people.id"),
    text("name"),
    text("phone", default=""),
    text("relation", default=""),
    text("valid_from"),
    text("valid_to", nullable=True),  # last day included
    _to("recorded_by", "users.id", nullable=True),
    CheckConstraint("valid_to is null or valid_to >= valid_from", name="ends_after_it_begins"),
    sqlite_autoincrement=True,
)
Index("ix_proxies_person_id", proxies.c.person_id)

cards = Table(
    "cards",
    metadata,
    _id(),
    text("code"),
    _to("person_id", "people.id", nullable=True),
    _to("account_id", "accounts.id", nullable=True),
    text("status", default="active"),
    text("issued_at_utc"),
    _to("issued_by", "users.id", nullable=True),
    text("ended_at_utc", nullable=True),
    _to("ended_by", "users.id", nullable=True),
    UniqueConstraint("code"),
    one_of("status", "active", "lost", "replaced", "returned"),
    sqlite_autoincrement=True,
)
Index("ix_cards_person_id", cards.c.person_id)
Index("ix_cards_account_id", cards.c.account_id)

voucher_batches = Table(
    "voucher_batches",
    metadata,
    _id(),
    text("name"),
    text("issuer"),
    text("fund"),  # who pays it back
    text("kind"),
    text("medium"),
    fen("face_fen", default="0"),
    count("percent", default="0"),  # off what is left to pay
    fen("cap_fen", nullable=True),  # a percent voucher takes off no more than this
    flag("alone"),  # the issuer refuses a second voucher in the same meal
    text("valid_from"),
    text("valid_to"),  # last day included
    text("created_at_utc"),
    _to("created_by", "users.id", nullable=True),
    one_of("kind", "face", "percent"),
    one_of("medium", "paper", "electronic"),
    CheckConstraint(
        "(kind = 'face' and face_fen > 0 and percent = 0) or"
        " (kind = 'percent' and face_fen = 0 and percent between 1 and 100)",
        name="worth_something",
    ),
    CheckConstraint("coalesce(cap_fen, 1) > 0", name="cap_positive"),
    CheckConstraint("valid_to >= valid_from", name="ends_after_it_begins"),
    *flags("alone"),
    sqlite_autoincrement=True,
)

vouchers = Table(
    "vouchers",
    metadata,
    _id(),
    text("serial"),
    text("issuer"),
    text("fund"),
    fen("face_fen"),
    text("valid_from"),
    text("valid_to"),
    Column("used_document_id", Text, ForeignKey("documents.id"), nullable=True),
    _to("batch_id", "voucher_batches.id", nullable=True),
    _to("person_id", "people.id", nullable=True),  # only this person may use it
    count("percent", default="0"),
    fen("cap_fen", nullable=True),
    flag("alone"),
    text("voided_at_utc", nullable=True),
    UniqueConstraint("serial"),
    CheckConstraint("face_fen > 0 or percent between 1 and 100", name="worth_something"),
    *flags("alone"),
    sqlite_autoincrement=True,
)
Index("ix_vouchers_batch_id", vouchers.c.batch_id)
Index("ix_vouchers_person_id", vouchers.c.person_id)

point_entries = Table(
    "point_entries",
    metadata,
    _id(),
    _to("person_id", "people.id"),
    text("kind"),
    count("points"),  # earned positive, spent negative
    count("minutes", default="0"),  # of volunteering
    text("reason", default=""),
    Column("document_id", Text, ForeignKey("documents.id"), nullable=True),
    text("request_id"),
    text("at_utc"),
    count("offset_min"),
    _to("actor_id", "users.id"),
    UniqueConstraint("request_id"),
    one_of("kind", "earned", "meal", "goods", "returned", "corrected", "merged"),
    sqlite_autoincrement=True,
)
Index("ix_point_entries_person_id", point_entries.c.person_id)
Index("ix_point_entries_document_id", point_entries.c.document_id)

# -- menu ------------------------------------------------------------------------------------------

dishes = Table(
    "dishes",
    metadata,
    _id(),
    text("code"),
    text("name"),
    text("initials", default=""),
    text("category", default=""),
    text("kind"),
    fen("unit_fen"),
    fen("half_fen", nullable=True),
    count("per_grams", nullable=True),
    flag("open_price"),
    flag("made_to_order"),
    text("tags", default="[]"),
    text("allergens", default="[]"),
    text("choices", default="[]"),
    flag("pinned"),
    count("sort", default="0"),
    flag("active", "1"),
    text("picture", default=""),
    fen("cost_fen", nullable=True),  # of one portion, or of `per_grams`
    UniqueConstraint("code"),
    one_of("kind", "set", "dish", "weighed"),
    CheckConstraint("unit_fen >= 0 and (half_fen is null or half_fen >= 0)", name="price_not_negative"),
    CheckConstraint("coalesce(cost_fen, 0) >= 0", name="cost_not_negative"),
    CheckConstraint("kind <> 'weighed' or coalesce(per_grams, 0) > 0", name="weighed_has_per_grams"),
    *flags("open_price", "made_to_order", "pinned", "active"),
    sqlite_autoincrement=True,
)

dish_prices = Table(
    "dish_prices",
    metadata,
    _id(),
    _to("dish_id", "dishes.id"),
    text("valid_from"),  # in force from this day until the next row's
    fen("unit_fen"),
    fen("half_fen", nullable=True),
    _to("recorded_by", "users.id", nullable=True),
    UniqueConstraint("dish_id", "valid_from"),
    CheckConstraint("unit_fen >= 0 and coalesce(half_fen, 0) >= 0", name="price_not_negative"),
    sqlite_autoincrement=True,
)

menu_entries = Table(
    "menu_entries",
    metadata,
    _id(),
    text("service_date"),
    text("period"),
    _to("dish_id", "dishes.id"),
    fen("price_fen", nullable=True),
    fen("half_fen", nullable=True),
    count("planned_halves", nullable=True),
    count("sold_halves", default="0"),
    text("sold_out_at_utc", nullable=True),
    count("served_halves", nullable=True),  # counted after service, beside what the tills sold
    count("left_halves", nullable=True),
    count("wasted_halves", nullable=True),
    count("sort", default="0"),
    UniqueConstraint("service_date", "period", "dish_id"),
    CheckConstraint("coalesce(price_fen, 0) >= 0 and coalesce(half_fen, 0) >= 0", name="price_not_negative"),
    CheckConstraint("planned_halves is null or planned_halves >= 0", name="plan_not_negative"),
    CheckConstraint("sold_halves >= 0", name="sold_not_negative"),
    CheckConstraint(
        "coalesce(served_halves, 0) >= 0 and coalesce(left_halves, 0) >= 0 and coalesce(wasted_halves, 0) >= 0",
        name="counts_not_negative",
    ),
    sqlite_autoincrement=True,
)

food_samples = Table(
    "food_samples",
    metadata,
    _id(),
    text("service_date"),
    text("period"),
    _to("dish_id", "dishes.id"),
    text("dish_name"),
    count("grams"),
    text("taken_at_utc"),
    count("offset_min"),
    _to("taken_by", "users.id"),
    text("keep_until_utc"),
    text("disposed_at_utc", nullable=True),
    _to("disposed_by", "users.id", nullable=True),
    text("note", default=""),
    UniqueConstraint("service_date", "period", "dish_id"),
    CheckConstraint("grams > 0", name="weighs_something"),
    CheckConstraint("(disposed_at_utc is null) = (disposed_by is null)", name="disposed_by_somebody"),
    sqlite_autoincrement=True,
)
Index("ix_food_samples_keep_until_utc", food_samples.c.keep_until_utc)

# -- shifts ----------------------------------------------------------------------------------------

shifts = Table(
    "shifts",
    metadata,
    _id(),
    Column("station", Text, ForeignKey("stations.code"), nullable=False),
    _to("opened_by", "users.id"),
    text("opened_at_utc"),
    count("offset_min"),
    fen("float_fen"),
    text("closed_at_utc", nullable=True),
    _to("closed_by", "users.id", nullable=True),
    fen("counted_fen", nullable=True),
    fen("expected_fen", nullable=True),
    fen("difference_fen", nullable=True),
    text("reason", default=""),
    text("counts", default="{}"),
    _to("verified_by", "users.id", nullable=True),
    CheckConstraint("float_fen >= 0", name="float_not_negative"),
    CheckConstraint(
        "(closed_at_utc is null and counted_fen is null and difference_fen is null) or"
        " (closed_at_utc is not null and difference_fen = counted_fen - expected_fen)",
        name="closed_with_its_count",
    ),
    sqlite_autoincrement=True,
)

# -- documents: append only ------------------------------------------------------------------------

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),  # made by the asker, so that asking twice is one document
    _to("series_id", "series.id"),
    count("number"),
    text("kind"),
    text("business_date"),
    text("service_date"),
    text("period", default=""),
    text("at_utc"),
    count("offset_min"),
    Column("station", Text, ForeignKey("stations.code"), nullable=False),
    _to("shift_id", "shifts.id", nullable=True),
    _to("person_id", "people.id", nullable=True),
    _to("actor_id", "users.id"),
    text("settlement_id"),
    Column("refers_to", Text, ForeignKey("documents.id"), nullable=True),
    text("fingerprint"),
    fen("list_fen"),
    fen("pays_fen"),
    fen("rounding_fen", default="0"),
    text("body"),
    text("applied", default="[]"),  # rules with the facts they used; erasable, proved by a digest in the body
    text("prev_hash"),
    text("hash"),
    UniqueConstraint("series_id", "number"),
    UniqueConstraint("hash"),
    one_of(
        "kind",
        "sale",
        "refund",
        "top_up",
        "cash_movement",
        "tender_correction",
        "opening",
        "purse_refund",
        "account_payment",
        "transfer",
    ),
    CheckConstraint("number >= 1", name="counts_from_one"),
    CheckConstraint(
        "kind not in ('refund', 'tender_correction') or refers_to is not null", name="names_its_sale"
    ),
)
Index("ix_documents_at_utc", documents.c.at_utc)
Index("ix_documents_business_date", documents.c.business_date)
Index("ix_documents_shift_id", documents.c.shift_id)
Index("ix_documents_settlement_id", documents.c.settlement_id)
Index("ix_documents_person_id_at_utc", documents.c.person_id, documents.c.at_utc)

document_lines = Table(
    "document_lines",
    metadata,
    _document(),
    count("line_no"),
    _to("dish_id", "dishes.id", nullable=True),
    text("item"),
    text("name"),
    text("kind"),
    text("portion"),
    count("quantity"),
    count("grams", default="0"),
    fen("list_fen"),
    fen("pays_fen"),
    PrimaryKeyConstraint("document_id", "line_no"),
    one_of("portion", "full", "half"),
    one_of("kind", "set", "dish", "weighed", "delivery_fee", "box_fee"),
    CheckConstraint("quantity >= 1 and grams >= 0", name="quantity_positive"),
    sqlite_with_rowid=False,
)

document_shares = Table(
    "document_shares",
    metadata,
    _document(),
    count("line_no"),
    text("fund"),
    text("rule"),
    text("version"),
    text("pack"),
    fen("fen"),
    PrimaryKeyConstraint("document_id", "line_no", "fund", "rule", "version", "pack"),
    ForeignKeyConstraint(
        ["document_id", "line_no"],
        ["document_lines.document_id", "document_lines.line_no"],
        name="fk_document_shares_line",
    ),
    sqlite_with_rowid=False,
)

document_claims = Table(
    "document_claims",
    metadata,
    _document(),
    text("claim"),
    text("fund"),
    text("rule"),
    text("version"),
    text("pack"),
    fen("fen"),
    PrimaryKeyConstraint("document_id", "claim", "fund", "rule", "version", "pack"),
    sqlite_with_rowid=False,
)

payments = Table(
    "payments",
    metadata,
    _document(),
    count("seq"),
    text("tender"),
    fen("fen"),
    _to("account_id", "accounts.id", nullable=True),
    _to("voucher_id", "vouchers.id", nullable=True),
    text("reference", default=""),
    fen("given_fen", default="0"),
    fen("change_fen", default="0"),
    PrimaryKeyConstraint("document_id", "seq"),
    one_of(
        "tender",
        "cash",
        "wallet",
        "wallet_bonus",
        "voucher",
        "on_account",
        "wechat",
        "alipay",
        "bank_card",
        "points",
        "bank_transfer",
    ),
    CheckConstraint(
        "(account_id is not null) = (tender in ('wallet', 'wallet_bonus', 'on_account'))",
        name="purse_is_named",
    ),
    CheckConstraint("(voucher_id is not null) = (tender = 'voucher')", name="voucher_is_named"),
    CheckConstraint("given_fen >= 0 and change_fen >= 0", name="change_not_negative"),
    sqlite_with_rowid=False,
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    _document(),
    count("seq"),
    text("account"),
    text("fund", default=""),
    fen("fen"),  # debit positive, credit negative
    PrimaryKeyConstraint("document_id", "seq"),
    sqlite_with_rowid=False,
)

quota_uses = Table(
    "quota_uses",
    metadata,
    _id(),
    text("quota"),
    text("person_token"),
    text("unit"),
    text("window"),
    count("slot"),
    text("day"),
    text("period"),
    fen("fen"),
    _document(),
    Column("released_by", Text, ForeignKey("documents.id"), nullable=True),
    CheckConstraint("slot >= 0 and fen >= 0", name="not_negative"),
    sqlite_autoincrement=True,
)
Index("ix_quota_uses_document_id", quota_uses.c.document_id)

budgets = Table(
    "budgets",
    metadata,
    Column("name", Text, primary_key=True),
    fen("drawn_fen"),  # by everybody, less what came back
    fen("start_fen", nullable=True),  # what the pack said it holds in all when it was last drawn on
    CheckConstraint("drawn_fen >= 0", name="gave_something"),
    CheckConstraint("start_fen is null or drawn_fen <= start_fen", name="not_overspent"),
)

marks = Table(
    "marks",
    metadata,
    _id(),
    _document(),
    text("kind"),
    text("at_utc"),
    _to("actor_id", "users.id"),
    one_of("kind", "invoice_issued", "copy_printed"),
    sqlite_autoincrement=True,
)
Index("ix_marks_document_id", marks.c.document_id)

# -- beside the books ------------------------------------------------------------------------------

pictures = Table(
    "pictures",
    metadata,
    Column("name", Text, primary_key=True),  # what people.photo and dishes.picture hold
    Column("jpeg", LargeBinary, nullable=False),
    text("kept_at_utc"),
    CheckConstraint("length(jpeg) between 1 and 1048576", name="of_a_size"),
)

parked_orders = Table(
    "parked_orders",
    metadata,
    Column("id", Text, primary_key=True),
    Column("station", Text, ForeignKey("stations.code"), nullable=False),
    text("label"),
    text("parked_at_utc"),
    text("body"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("station", Text, ForeignKey("stations.code"), primary_key=True),
    text("body"),
    text("saved_at_utc"),
)

events = Table(
    "events",
    metadata,
    _id(),
    text("at_utc"),
    count("offset_min"),
    text("station"),
    _to("actor_id", "users.id", nullable=True),
    text("kind"),
    text("body", default="{}"),
    sqlite_autoincrement=True,
)
Index("ix_events_kind_at_utc", events.c.kind, events.c.at_utc)
Index("ix_events_at_utc", events.c.at_utc)

printers = Table(
    "printers",
    metadata,
    _id(),
    text("name"),
    text("role"),
    text("transport"),
    text("paper", default="{}"),
    text("station", default=""),  # the till it hangs on; '' is a printer that every till reaches
    text("state", default="unknown"),  # what it last said of itself, and why
    text("trouble", default=""),
    flag("active", "1"),
    UniqueConstraint("name"),
    one_of("role", "receipt", "kitchen"),
    one_of("state", "ok", "fault", "unknown"),
    *flags("active"),
    sqlite_autoincrement=True,
)

print_jobs = Table(
    "print_jobs",
    metadata,
    Column("id", Text, primary_key=True),
    _document(nullable=True),
    _to("printer_id", "printers.id"),
    text("kind"),
    text("payload"),
    count("copy_no", default="0"),
    text("status", default="waiting"),
    text("created_at_utc"),
    text("expires_at_utc", nullable=True),
    text("error", default=""),
    count("tries", default="0"),
    one_of("status", "waiting", "sending", "printed", "failed", "unknown", "expired", "dropped"),
    CheckConstraint("copy_no >= 0 and tries >= 0", name="not_negative"),
)
Index("ix_print_jobs_document_id", print_jobs.c.document_id)
