"""Photos of people and pictures of dishes stand in the database: every till sees them, a backup of it holds them.
What a person may spend from purses in one meal stands beside the limits of a day and a month. The list of people is searched
by a part of the phones, the member number and the emergency contact too, by its index alone."""

import sqlalchemy as sa
from alembic import op

from canteen_pos.storage.reshaping import reshape

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at_utc", sa.Text(), nullable=False),
        sa.CheckConstraint("length(jpeg) between 1 and 1048576", name=op.f("ck_pictures_of_a_size")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pictures")),
    )
    reshape(
        "people",
        columns=[sa.Column("meal_limit_fen", sa.BigInteger(), nullable=True)],
        checks={"ck_people_meal_limit_not_negative": "coalesce(meal_limit_fen, 0) >= 0"},
    )
    op.drop_index(op.f("ix_people_listed"), table_name="people")
    op.create_index(op.f("ix_people_listed"), "people", [*_LISTED_BY])


_LISTED_BY = (
    "active",
    "initials",
    "id",
    "left_on",
    "birth_date",
    "enrolled_at_utc",
    "name",
    "address",
    "member_no",
    "phone",
    "contact_name",
    "contact_phone",
)
