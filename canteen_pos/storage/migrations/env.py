"""Alembic's entry: always on the connection that `storage.migrating` hands in, inside its transaction."""

from alembic import context

from canteen_pos.storage.indexes import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
context.run_migrations()
