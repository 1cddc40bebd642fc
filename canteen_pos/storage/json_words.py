"""Words in the values of a JSON text, and not in its names and marks: what people were told and may look for again."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from canteen_pos.storage.columns import to_json

__all__ = ["say"]


def say(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether some text in the values of `column` holds `words`; the quick look at the whole goes first."""
    pattern = words.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return and_(column.contains(to_json(words)[1:-1], autoescape=True), _Say(column, literal(f"%{pattern}%")))


class _Say(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


_SQLITE = "EXISTS (SELECT 1 FROM json_tree({0}) AS j WHERE j.type = 'text' AND j.atom LIKE {1} ESCAPE '/')"
_POSTGRESQL = (
    "EXISTS (SELECT 1 FROM jsonb_path_query(CAST({0} AS jsonb), '$.**') AS j(v)"
    " WHERE jsonb_typeof(j.v) = 'string' AND j.v #>> '{{}}' LIKE {1} ESCAPE '/')"
)


@compiles(_Say, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return _SQLITE.format(*(compiler.process(clause, **more) for clause in element.clauses))


@compiles(_Say, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return _POSTGRESQL.format(*(compiler.process(clause, **more) for clause in element.clauses))
