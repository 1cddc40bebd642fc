"""What is wrong in a pack that only shows when several tables are seen together."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from canteen_pos.packs.form import BundleForm, GroupForm, PackForm, RuleForm, VersionForm, WhenForm
from canteen_pos.packs.problems import Problem

Owned = RuleForm | BundleForm | GroupForm


def problems(form: PackForm, file: str) -> list[Problem]:
    """Every problem, in the order of the file's tables."""
    found = [*_names(form), *_places(form), *_orders(form), *_effects(form), *_versions(form), *_codes(form)]
    found += _paid(form)
    return [Problem(file, where, field, what) for where, field, what in found]


Found = tuple[str, str, str]


def _called(one: Owned) -> str:
    return f'{type(one).__name__.removesuffix("Form").lower()} "{one.id}"'


def _names(form: PackForm) -> Iterator[Found]:
    """Ids and names come once, and what is named exists."""
    ids = [
        *(rule.id for rule in form.rule),
        *(one.id for one in form.bundle),
        *(one.id for one in form.group),
    ]
    for name, count in Counter(ids).items():
        if count > 1:
            yield "", "id", f'"{name}" is used {count} times; rules, bundles and groups need ids of their own'
    for what, names in (
        ("quota", [one.name for one in form.quota]),
        ("budget", [one.name for one in form.budget]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield f'{what} "{name}"', "name", f"is used {count} times"
    known = {"quotas": {one.name for one in form.quota}, "budgets": {one.name for one in form.budget}}
    for rule in form.rule:
        for where, version in _with_versions(rule):
            for field, defined in known.items():
                named = getattr(version, field) or []
                for name in dict.fromkeys(named):
                    if named.count(name) > 1:
                        yield where, field, f'"{name}" comes {named.count(name)} times'
                    if name not in defined:
                        yield (
                            where,
                            field,
                            f'"{name}" is not defined; add [[{field[:-1]}]] with name = "{name}"',
                        )


def _with_versions(rule: RuleForm) -> Iterator[tuple[str, VersionForm]]:
    yield _called(rule), rule
    for number, version in enumerate(rule.versions or [], 1):
        name = f'"{version.version}"' if version.version else f"number {number}"
        yield f"{_called(rule)}, version {name}", version


def _places(form: PackForm) -> Iterator[Found]:
    """Rules and bundles belong to groups and bundles that exist; those are not empty."""
    groups, bundles = {one.id for one in form.group}, {one.id for one in form.bundle}
    members: Counter[str] = Counter()
    members_of_groups: list[RuleForm | BundleForm] = [*form.rule, *form.bundle]
    for one in members_of_groups:
        if one.group is not None:
            members[one.group] += 1
            if one.group not in groups:
                yield (
                    _called(one),
                    "group",
                    f'"{one.group}" is not defined; add [[group]] with id = "{one.group}"',
                )
    for rule in form.rule:
        if rule.bundle is not None:
            members[rule.bundle] += 1
            if rule.bundle not in bundles:
                yield (
                    _called(rule),
                    "bundle",
                    f'"{rule.bundle}" is not defined; add [[bundle]] with id = "{rule.bundle}"',
                )
            if rule.group is not None:
                yield (
                    _called(rule),
                    "group",
                    "a rule in a bundle belongs to the bundle's group: state it there",
                )
    owners: list[GroupForm | BundleForm] = [*form.group, *form.bundle]
    for owner in owners:
        if not members[owner.id]:
            yield _called(owner), "", "has no rules"


def _orders(form: PackForm) -> Iterator[Found]:
    """Siblings have different orders, so that the file's own order never matters."""
    seen: dict[tuple[str, int], Owned] = {}
    everything: list[Owned] = [*form.rule, *form.bundle, *form.group]
    for one in everything:
        parent = (one.bundle if isinstance(one, RuleForm) else None) or getattr(one, "group", None) or ""
        before = seen.setdefault((parent, one.order), one)
        if before is not one:
            yield (
                _called(one),
                "order",
                f"{one.order} is also the order of {_called(before)}; neighbours differ",
            )


def _effects(form: PackForm) -> Iterator[Found]:
    for rule in form.rule:
        for where, version in _with_versions(rule):
            if version is rule and rule.versions is not None:
                continue
            effect = version.effect or rule.effect
            if effect is None:
                yield where, "effect", "is missing"
                continue
            if effect.base == "bundle" and rule.bundle is None:
                yield where, "effect.base", '"bundle" is for rules in a bundle'
            if effect.waive is not None and (version.lines or rule.lines) is not None:
                yield where, "lines", f"has no meaning: waive is about the {effect.waive} alone"


def _versions(form: PackForm) -> Iterator[Found]:
    for rule in form.rule:
        if rule.versions is None:
            continue
        if rule.since is not None or rule.until is not None:
            yield (
                _called(rule),
                "from" if rule.since else "until",
                "belongs to the versions, as there are any",
            )
        named = Counter(version.version for version in rule.versions)
        for name, count in named.items():
            if name is None:
                yield _called(rule), "versions", 'every version needs a name: version = "..."'
            elif count > 1:
                yield _called(rule), "versions", f'version "{name}" comes {count} times'
        dated = sorted(rule.versions, key=lambda version: version.since.toordinal() if version.since else 0)
        for earlier, later in pairwise(dated):
            if earlier.until is None or later.since is None or later.since <= earlier.until:
                what = f'version "{earlier.version}" and version "{later.version}" overlap: from and until leave no doubt'
                yield _called(rule), "versions", what


def _codes(form: PackForm) -> Iterator[Found]:
    """Categories and permits that rules ask for are explained under [names]: a misspelt code would never match."""
    for where, field, when in _whens(form):
        for name in ("categories", "categories_all", "permits"):
            for code in getattr(when, name) or []:
                if code not in form.names:
                    yield (
                        where,
                        f"{field}.{name}",
                        f'"{code}" is not explained; add {code} = "..." under [names]',
                    )


def _whens(form: PackForm) -> Iterator[tuple[str, str, WhenForm]]:
    owners: list[GroupForm | BundleForm] = [*form.group, *form.bundle]
    for owner in owners:
        if owner.when is not None:
            yield from _nested(_called(owner), "when", owner.when)
    for rule in form.rule:
        for where, version in _with_versions(rule):
            if version.when is not None:
                yield from _nested(where, "when", version.when)


def _nested(where: str, field: str, when: WhenForm) -> Iterator[tuple[str, str, WhenForm]]:
    yield where, field, when
    for name, inner in (("all_of", when.all_of), ("any_of", when.any_of)):
        for number, one in enumerate(inner or []):
            yield from _nested(where, f"{field}.{name}[{number}]", one)
    if when.not_ is not None:
        yield from _nested(where, f"{field}.not", when.not_)


def _paid(form: PackForm) -> Iterator[Found]:
    """'paid' names rules of this pack that come before; rules of other packs are written 'pack/rule'."""
    turn = _turns(form)
    for where, field, when in _whens(form):
        owner = where.split('"')[1]
        for rule in when.paid.rules if when.paid is not None else []:
            pack_id, _, name = rule.rpartition("/")
            if pack_id not in ("", form.id):
                continue
            if name not in turn:
                yield where, f"{field}.paid.rules", f'there is no rule "{name}"'
            elif turn[name] >= turn[owner]:
                yield where, f"{field}.paid.rules", f'"{name}" comes later, so it can never have paid before'


def _turns(form: PackForm) -> dict[str, tuple[int, ...]]:
    """When each rule, bundle and group has its turn: orders from the top down. A container comes before its members."""
    groups: dict[str, tuple[int, ...]] = {one.id: (one.order,) for one in form.group}
    bundles = {one.id: (*groups.get(one.group or "", ()), one.order) for one in form.bundle}
    rules = {}
    for rule in form.rule:
        parent = bundles.get(rule.bundle) if rule.bundle else groups.get(rule.group) if rule.group else None
        rules[rule.id] = (*(parent or ()), rule.order)
    return {**groups, **bundles, **rules}
