"""Photos of people and pictures of dishes stand in the database: every till sees them, a backup of it holds them."""

import sqlalchemy as sa
from alembic import op

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
