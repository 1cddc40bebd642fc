"""The form of a pack file: its tables and fields, checked one by one. docs/policies.md explains each.

What needs two fields or two rules to see is checked in `reading`.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from canteen_pos.packs.problems import shown, wrong


def _fen(given: Any) -> int:
    """Fen of yuan written as a number: 3, 3.5 or 3.00."""
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise wrong("yuan", found=shown(given))
    fen = Decimal(given) * 100
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise wrong("yuan_decimals", found=str(given))
    if not 0 <= fen <= 10_000_000_00:
        raise wrong("yuan_range", found=str(given))
    return int(fen)


def _rate(given: Any) -> int:
    """Hundredths of a percent of a percentage written as a number: 25 or 12.5."""
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise wrong("percent", found=shown(given))
    rate = Decimal(given) * 100
    if not rate.is_finite() or rate != rate.to_integral_value():
        raise wrong("percent_decimals", found=str(given))
    if not 0 < rate <= 10_000:
        raise wrong("percent_range", found=str(given))
    return int(rate)


def _level_or_table(given: Any) -> Any:
    """`hukou = "district"` is short for `hukou = { level = "district" }`."""
    return {"level": given} if isinstance(given, str) else given


def _fact(given: Any) -> Any:
    if not isinstance(given, bool | int | str):
        raise wrong("fact", found=shown(given))
    return given


Fact = Annotated[Any, BeforeValidator(_fact)]
"""What the canteen states about itself, or a rule asks for."""
Yuan = Annotated[int, BeforeValidator(_fen)]
Percent = Annotated[int, BeforeValidator(_rate)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.\-]*$")]
Text = Annotated[str, Field(min_length=1)]
Years = Annotated[int, Field(ge=0, le=150)]
KindName = Literal["set", "dish", "weighed", "delivery_fee", "box_fee"]
ServingName = Literal["dine_in", "takeaway", "delivery"]


class Form(BaseModel):
    """A table of the file: unknown fields are refused, nothing is turned into another type silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def given(self) -> list[str]:
        """Names of the fields that were written, in the form's own order."""
        return [name for name in type(self).model_fields if name in self.model_fields_set]


class PlaceForm(Form):
    city: str = ""
    district: str = ""
    town: str = ""

    @model_validator(mode="after")
    def _from_the_top(self) -> Self:
        if (self.town and not self.district) or (self.district and not self.city):
            raise wrong("place_parents")
        return self


class HomeForm(PlaceForm):
    """Hukou or residence: at a level, of the canteen's own place or of a named one."""

    level: Literal["city", "district", "town"] | None = None

    @model_validator(mode="after")
    def _level_is_known(self) -> Self:
        if self.level is None and not self.city:
            raise wrong("level_or_place")
        if self.level is not None and self.city and not getattr(self, self.level):
            raise wrong("level_unnamed", level=self.level)
        return self


class SpanForm(Form):
    at_least: Years | None = None
    at_most: Years | None = None

    @model_validator(mode="after")
    def _not_upside_down(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise wrong("span_empty")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise wrong("span_upside_down", at_least=self.at_least, at_most=self.at_most)
        return self


class LinesForm(Form):
    kinds: Annotated[list[KindName], Field(min_length=1)] = Field(default=["set", "dish", "weighed"])
    items: list[Text] = Field(default=[])
    categories: list[Text] = Field(default=[])
    except_items: list[Text] = Field(default=[])
    except_categories: list[Text] = Field(default=[])


class HasForm(LinesForm):
    units: Annotated[int, Field(ge=1)] = 1


class SpendForm(Form):
    at_least_yuan: Yuan | None = None
    more_than_yuan: Yuan | None = None
    base: Literal["list", "left"] = "list"
    fees: bool = False
    lines: LinesForm | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.at_least_yuan is None) == (self.more_than_yuan is None):
            raise wrong("spend_bound")
        if self.fees and self.lines is not None:
            raise wrong("spend_fees_lines")
        return self


class PaidForm(Form):
    rules: list[Text] = Field(default=[])
    funds: list[Name] = Field(default=[])

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.rules and not self.funds:
            raise wrong("paid_nothing")
        return self


class WhenForm(Form):
    """All that is written here must hold; the order of these fields is the order in which reasons are found."""

    serving: Annotated[list[ServingName], Field(min_length=1)] | None = None
    periods: Annotated[list[Text], Field(min_length=1)] | None = None
    weekdays: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1)] | None = None
    workday: bool | None = None
    site: dict[str, Fact] | None = None
    identified: bool | None = None
    in_institution: bool | None = None
    hukou: Annotated[HomeForm, BeforeValidator(_level_or_table)] | None = None
    residence: Annotated[HomeForm, BeforeValidator(_level_or_table)] | None = None
    age: SpanForm | None = None
    categories: Annotated[list[Name], Field(min_length=1)] | None = None
    categories_all: Annotated[list[Name], Field(min_length=1)] | None = None
    permits: Annotated[list[Name], Field(min_length=1)] | None = None
    care_level: SpanForm | None = None
    all_of: Annotated[list["WhenForm"], Field(min_length=1)] | None = None
    any_of: Annotated[list["WhenForm"], Field(min_length=1)] | None = None
    not_: "WhenForm | None" = Field(default=None, alias="not")
    has: HasForm | None = None
    spend: SpendForm | None = None
    paid: PaidForm | None = None


class RoundingForm(Form):
    mode: Literal["half_up", "down", "up"] = "half_up"
    to_yuan: Yuan = 1

    @model_validator(mode="after")
    def _known_step(self) -> Self:
        if self.to_yuan not in (1, 10, 50, 100):
            raise wrong("rounding_step")
        return self


SHAPES = ("off_yuan", "percent", "pays_yuan", "free", "waive", "amount_yuan")


class EffectForm(Form):
    off_yuan: Yuan | None = None
    percent: Percent | None = None
    pays_yuan: Yuan | None = None
    free: Literal[True] | None = None
    waive: Literal["delivery_fee", "box_fee"] | None = None
    claim: Name | None = None
    amount_yuan: Yuan | None = None
    per: Literal["unit", "bill", "meal"] | None = None
    base: Literal["list", "left", "bundle"] | None = None
    units: Annotated[int, Field(ge=1)] | None = None
    cap_yuan: Yuan | None = None
    rounding: RoundingForm | None = None

    @property
    def shape(self) -> str:
        """The one of SHAPES that is stated."""
        return next(name for name in SHAPES if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        stated = [name for name in SHAPES if getattr(self, name) is not None]
        if not stated:
            raise wrong("effect_no_shape", shapes=SHAPES)
        if len(stated) > 1:
            raise wrong("effect_shape", shapes=SHAPES, found=stated)
        if self.claim is None and self.shape == "amount_yuan":
            raise wrong("effect_amount")
        if self.claim is not None and self.shape not in ("amount_yuan", "percent"):
            raise wrong("effect_claim", shape=self.shape)
        if self.shape != "percent" and self.rounding is not None:
            raise wrong("effect_rounding")
        if self.shape in ("off_yuan", "amount_yuan") and (self.base, self.cap_yuan) != (None, None):
            raise wrong("effect_base_cap", shape=self.shape)
        if self.shape == "percent" and self.base is None:
            raise wrong("effect_base")
        if self.waive is not None and (self.per, self.base, self.units) != (None, None, None):
            raise wrong("effect_waive")
        if self.waive is None and self.per is None:
            raise wrong("effect_per")
        if self.per == "meal" and self.units == 1:
            raise wrong("effect_meal_units")
        return self


class DatedForm(Form):
    """Something between two dates. A field written in a version replaces its owner's field whole."""

    version: Text | None = None
    since: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None
    when: WhenForm | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise wrong("dates_backwards", since=str(self.since), until=str(self.until))
        return self


class VersionForm(DatedForm):
    lines: LinesForm | None = None
    effect: EffectForm | None = None
    quotas: list[Name] | None = None
    budgets: list[Name] | None = None


class RuleForm(VersionForm):
    id: Name
    title: Text
    fund: Name
    order: int
    group: Name | None = None
    bundle: Name | None = None
    versions: Annotated[list[VersionForm], Field(min_length=1)] | None = None


class BundleVersionForm(DatedForm):
    cap_yuan: Yuan | None = None


class BundleForm(BundleVersionForm):
    id: Name
    title: str = ""
    order: int
    group: Name | None = None
    versions: Annotated[list[BundleVersionForm], Field(min_length=1)] | None = None


class GroupForm(DatedForm):
    id: Name
    title: str = ""
    order: int
    pick: Literal["best", "first"]
    versions: Annotated[list[DatedForm], Field(min_length=1)] | None = None


class QuotaForm(Form):
    name: Name
    per: Literal["period", "day", "week", "month", "year"]
    meals: Annotated[int, Field(ge=1)] | None = None
    amount_yuan: Yuan | None = None
    short: Literal["part", "nothing"] | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.meals is None) == (self.amount_yuan is None):
            raise wrong("quota_measure")
        if self.amount_yuan == 0:
            raise wrong("quota_amount")
        if self.short is not None and self.amount_yuan is None:
            raise wrong("quota_short")
        return self


class BudgetForm(Form):
    name: Name
    short: Literal["part", "nothing"]
    start_yuan: Yuan | None = None


class CalendarForm(Form):
    """Official days that the calendar package does not know."""

    workdays: list[dt.date] = Field(default=[])
    days_off: list[dt.date] = Field(default=[])
    years: list[int] = Field(default=[])


class PackForm(Form):
    id: Name
    title: Text
    source: Text
    dated: dt.date = Field(alias="date")
    sample: bool
    invented: bool = False
    notes: str = ""
    place: PlaceForm = PlaceForm()
    names: dict[str, Text] = Field(default={})
    calendar: CalendarForm | None = None
    quota: list[QuotaForm] = Field(default=[])
    budget: list[BudgetForm] = Field(default=[])
    group: list[GroupForm] = Field(default=[])
    bundle: list[BundleForm] = Field(default=[])
    rule: Annotated[list[RuleForm], Field(min_length=1)]
