"""What is wrong in a pack that only shows when several tables are seen together."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from canteen_pos.domain.errors import Fault, Place
from canteen_pos.packs.form import (
    BundleForm,
    DatedForm,
    GroupForm,
    PackForm,
    RuleForm,
    VersionForm,
    WhenForm,
)

Owned = RuleForm | BundleForm | GroupForm


class Found(NamedTuple):
    place: Place
    field: str
    code: str
    facts: dict[str, Any]


def problems(form: PackForm, file: str) -> list[Fault]:
    """Every problem, in the order of the file's tables."""
    found = [*_names(form), *_places(form), *_orders(form), *_effects(form), *_versions(form), *_codes(form)]
    found += _paid(form)
    return [Fault(file, one.place, one.field, one.code, one.facts) for one in found]


def _found(place: Place, field: str, code: str, **facts: Any) -> Found:
    return Found(place, field, code, facts)


def _at(one: Owned) -> Place:
    return ((type(one).__name__.removesuffix("Form").lower(), one.id),)


def _names(form: PackForm) -> Iterator[Found]:
    """Ids and names come once, and what is named exists."""
    for name, count in Counter(one.id for one in _everything(form)).items():
        if count > 1:
            yield _found((), "id", "id_again", id=name, count=count)
    for what, names in (
        ("quota", [one.name for one in form.quota]),
        ("budget", [one.name for one in form.budget]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield _found(((what, name),), "name", "name_again", count=count)
    known = {"quotas": {one.name for one in form.quota}, "budgets": {one.name for one in form.budget}}
    for rule in form.rule:
        for place, version in _rule_versions(rule):
            for field, defined in known.items():
                named = getattr(version, field) or []
                for name in dict.fromkeys(named):
                    if named.count(name) > 1:
                        yield _found(place, field, "listed_again", name=name, count=named.count(name))
                    if name not in defined:
                        yield _found(place, field, "not_defined", name=name, table=field[:-1], key="name")


def _everything(form: PackForm) -> list[Owned]:
    return [*form.rule, *form.bundle, *form.group]


def _with_versions(one: Owned) -> Iterator[tuple[Place, DatedForm]]:
    yield _at(one), one
    for number, version in enumerate(one.versions or [], 1):
        yield (*_at(one), ("version", version.version or number)), version


def _rule_versions(rule: RuleForm) -> Iterator[tuple[Place, VersionForm]]:
    for place, version in _with_versions(rule):
        if isinstance(version, VersionForm):
            yield place, version


def _places(form: PackForm) -> Iterator[Found]:
    """Rules and bundles belong to groups and bundles that exist; those are not empty."""
    groups, bundles = {one.id for one in form.group}, {one.id for one in form.bundle}
    members: Counter[str] = Counter()
    members_of_groups: list[RuleForm | BundleForm] = [*form.rule, *form.bundle]
    for one in members_of_groups:
        if one.group is not None:
            members[one.group] += 1
            if one.group not in groups:
                yield _found(_at(one), "group", "not_defined", name=one.group, table="group", key="id")
    for rule in form.rule:
        if rule.bundle is not None:
            members[rule.bundle] += 1
            if rule.bundle not in bundles:
                yield _found(_at(rule), "bundle", "not_defined", name=rule.bundle, table="bundle", key="id")
            if rule.group is not None:
                yield _found(_at(rule), "group", "bundles_group")
    owners: list[GroupForm | BundleForm] = [*form.group, *form.bundle]
    for owner in owners:
        if not members[owner.id]:
            yield _found(_at(owner), "", "no_rules")


def _orders(form: PackForm) -> Iterator[Found]:
    """Siblings have different orders, so that the file's own order never matters."""
    seen: dict[tuple[str, int], Owned] = {}
    for one in _everything(form):
        parent = (one.bundle if isinstance(one, RuleForm) else None) or getattr(one, "group", None) or ""
        before = seen.setdefault((parent, one.order), one)
        if before is not one:
            yield _found(_at(one), "order", "order_again", order=one.order, other=_at(before))


def _effects(form: PackForm) -> Iterator[Found]:
    for rule in form.rule:
        for place, version in _rule_versions(rule):
            if version is rule and rule.versions is not None:
                continue
            effect = version.effect or rule.effect
            if effect is None:
                yield _found(place, "effect", "missing")
                continue
            if effect.base == "bundle" and rule.bundle is None:
                yield _found(place, "effect.base", "effect_base_bundle")
            if effect.waive is not None and (version.lines or rule.lines) is not None:
                yield _found(place, "lines", "waive_lines", waive=effect.waive)


def _versions(form: PackForm) -> Iterator[Found]:
    """Versions of a rule, a bundle or a group have names and dates that leave no doubt."""
    for one in _everything(form):
        if one.versions is None:
            continue
        if one.since is not None or one.until is not None:
            yield _found(_at(one), "from" if one.since else "until", "dates_of_versions")
        for name, count in Counter(version.version for version in one.versions).items():
            if name is None:
                yield _found(_at(one), "versions", "version_unnamed")
            elif count > 1:
                yield _found(_at(one), "versions", "version_again", name=name, count=count)
        dated = sorted(one.versions, key=lambda version: version.since.toordinal() if version.since else 0)
        for earlier, later in pairwise(dated):
            if earlier.until is None or later.since is None or later.since <= earlier.until:
                names = {"earlier": earlier.version, "later": later.version}
                yield _found(_at(one), "versions", "versions_overlap", **names)


def _codes(form: PackForm) -> Iterator[Found]:
    """Categories and permits that rules ask for are explained under [names]: a misspelt code would never match."""
    for place, field, when in _whens(form):
        for name in ("categories", "categories_all", "permits"):
            for code in getattr(when, name) or []:
                if code not in form.names:
                    yield _found(place, f"{field}.{name}", "not_explained", word=code)


def _whens(form: PackForm) -> Iterator[tuple[Place, str, WhenForm]]:
    containers_first: list[Owned] = [*form.group, *form.bundle, *form.rule]
    for one in containers_first:
        for place, version in _with_versions(one):
            if version.when is not None:
                yield from _nested(place, "when", version.when)


def _nested(place: Place, field: str, when: WhenForm) -> Iterator[tuple[Place, str, WhenForm]]:
    yield place, field, when
    for name, inner in (("all_of", when.all_of), ("any_of", when.any_of)):
        for number, one in enumerate(inner or []):
            yield from _nested(place, f"{field}.{name}[{number}]", one)
    if when.not_ is not None:
        yield from _nested(place, f"{field}.not", when.not_)


def _paid(form: PackForm) -> Iterator[Found]:
    """'paid' names rules of this pack that come before; rules of other packs are written 'pack/rule'."""
    turn = _turns(form)
    for place, field, when in _whens(form):
        owner = str(place[0][1])
        for rule in when.paid.rules if when.paid is not None else []:
            pack_id, _, name = rule.rpartition("/")
            if pack_id not in ("", form.id):
                continue
            if name not in turn:
                yield _found(place, f"{field}.paid.rules", "no_such_rule", rule=name)
            elif turn[name] >= turn[owner]:
                yield _found(place, f"{field}.paid.rules", "rule_later", rule=name)


def _turns(form: PackForm) -> dict[str, tuple[int, ...]]:
    """When each rule, bundle and group has its turn: orders from the top down. A container comes before its members."""
    groups: dict[str, tuple[int, ...]] = {one.id: (one.order,) for one in form.group}
    bundles = {one.id: (*groups.get(one.group or "", ()), one.order) for one in form.bundle}
    rules = {}
    for rule in form.rule:
        parent = bundles.get(rule.bundle) if rule.bundle else groups.get(rule.group) if rule.group else None
        rules[rule.id] = (*(parent or ()), rule.order)
    return {**groups, **bundles, **rules}
