"""Giving a table new columns and constraints, for migrations.

PostgreSQL alters in place. SQLite cannot change a constraint, so the table is made again beside the old one from its own
text, filled, and renamed; `migrating` has switched foreign keys off and checks them before it commits.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateColumn

__all__ = ["reshape"]


def reshape(
    table: str,
    columns: Sequence["sa.Column[object]"] = (),
    checks: Mapping[str, str] | None = None,
    foreign_keys: Mapping[str, str] | None = None,
) -> None:
    """Add `columns` at the end; add or replace named CHECKs; `foreign_keys` maps a new column to its table (key `id`)."""
    checks, foreign_keys = checks or {}, foreign_keys or {}
    if op.get_bind().dialect.name == "sqlite":
        _make_again(table, columns, checks, foreign_keys)
    else:
        _alter(table, columns, checks, foreign_keys)


def _alter(
    table: str,
    columns: Sequence["sa.Column[object]"],
    checks: Mapping[str, str],
    foreign_keys: Mapping[str, str],
) -> None:
    for column in columns:
        op.add_column(table, column)
    known = {check["name"] for check in sa.inspect(op.get_bind()).get_check_constraints(table)}
    for name, rule in checks.items():
        if name in known:
            op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, rule)
    for column_name, target in foreign_keys.items():
        op.create_foreign_key(op.f(f"fk_{table}_{column_name}"), table, target, [column_name], ["id"])


def _make_again(
    table: str,
    columns: Sequence["sa.Column[object]"],
    checks: Mapping[str, str],
    foreign_keys: Mapping[str, str],
) -> None:
    conn = op.get_bind()
    objects = conn.execute(
        sa.text("select type, sql from sqlite_master where tbl_name = :table and sql is not null"),
        {"table": table},
    ).all()
    old = next((sql for kind, sql in objects if kind == "table"), None)
    if old is None:
        raise LookupError(f"no such table: {table}")
    head, lines, tail = _parts(old)
    first_rule = next(
        (place for place, line in enumerate(lines) if line.startswith("CONSTRAINT")), len(lines)
    )
    rules = [line for line in lines[first_rule:] if line.split()[1] not in checks]
    rules += [f"CONSTRAINT {name} CHECK ({rule})" for name, rule in checks.items()]
    rules += [
        f"CONSTRAINT fk_{table}_{column} FOREIGN KEY({column}) REFERENCES {target} (id)"
        for column, target in foreign_keys.items()
    ]
    added = [str(CreateColumn(column).compile(dialect=sqlite.dialect())) for column in columns]
    fresh = ", \n\t".join([*lines[:first_rule], *added, *rules])
    kept = ", ".join(_quoted(column["name"]) for column in sa.inspect(conn).get_columns(table))
    conn.exec_driver_sql(f"{head.replace(table, f'fresh_{table}', 1)}\n\t{fresh}\n{tail}")
    conn.exec_driver_sql(f"insert into fresh_{table} ({kept}) select {kept} from {table}")  # noqa: S608  # our own names
    conn.exec_driver_sql(f"drop table {table}")
    conn.exec_driver_sql(f"alter table fresh_{table} rename to {table}")
    for kind, sql in objects:
        if kind == "index":
            conn.exec_driver_sql(sql)


def _parts(sql: str) -> tuple[str, list[str], str]:
    """The first line, the definitions one by one, and what closes them, of a table as SQLAlchemy writes it."""
    head, *lines = sql.strip().splitlines()
    end = next(place for place, line in enumerate(lines) if line.startswith(")"))
    definitions = [line.strip().rstrip(",").rstrip() for line in lines[:end]]
    return head, [line for line in definitions if line], "\n".join(lines[end:])


def _quoted(name: str) -> str:
    return f'"{name}"'
