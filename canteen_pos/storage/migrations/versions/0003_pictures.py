"""Photos of people and pictures of dishes stand in the database: every till sees them, a backup of it holds them.
What a person may spend from purses in one meal stands beside the limits of a day and a month."""

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
