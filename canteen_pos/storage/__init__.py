"""SQLAlchemy Core and Alembic, and only here: engine, tables, queries by subject. Rows stay inside."""
