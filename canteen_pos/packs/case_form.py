"""The form of a case file; docs/policies.md explains each field."""

from typing import Annotated, Any

from pydantic import Field

from canteen_pos.packs.form import Fact, Form, KindName, PlaceForm, ServingName

Fen = Annotated[int, Field(ge=0)]


class LineForm(Form):
    item: str
    kind: KindName
    unit_fen: Fen
    quantity: Annotated[int, Field(ge=1, le=9999)]
    grams: Annotated[int, Field(ge=1)] | None = None
    per_grams: Annotated[int, Field(ge=1)] | None = None
    category: str = ""


class DinerForm(Form):
    birth_date: str | None = None
    hukou: PlaceForm = PlaceForm()
    residence: PlaceForm = PlaceForm()
    categories: list[str] = Field(default=[])
    permits: list[str] = Field(default=[])
    care_level: Annotated[int, Field(ge=0, le=6)] = 0
    in_institution: bool = False


class HistoryForm(Form):
    at: str
    by_fund_fen: dict[str, Fen]
    document: str = ""


class ExpectForm(Form):
    list_fen: Fen
    pays_fen: Fen
    by_fund_fen: dict[str, Fen]
    claimable_fen: dict[str, Fen] = Field(default={})


class CaseForm(Form):
    name: str = ""
    pack: str | None = None
    at: str
    serving: ServingName
    site: dict[str, Fact] = Field(default={})
    diner: DinerForm | None
    lines: Annotated[list[LineForm], Field(min_length=1)]
    history: list[HistoryForm] = Field(default=[])
    budgets_fen: dict[str, Fen] = Field(default={})
    expect: ExpectForm | None = None


class SchemeForm(Form):
    pack: str
    source: str = ""
    rule: str = ""
    site: dict[str, Fact] = Field(default={})
    cases: list[dict[str, Any]]
