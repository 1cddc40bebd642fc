"""A pack's form to domain values, with the checks that need more than one field to see."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from canteen_pos.domain.bill import Kind
from canteen_pos.domain.errors import Fault
from canteen_pos.domain.lines import Lines
from canteen_pos.domain.policy import (
    Base,
    Budget,
    Bundle,
    Effect,
    Frame,
    Give,
    Group,
    Item,
    OfficialDays,
    Pack,
    Per,
    Quota,
    Rounding,
    Rule,
    Version,
    Window,
)
from canteen_pos.packs import checks
from canteen_pos.packs.conditions import condition, lines, place
from canteen_pos.packs.form import (
    BundleForm,
    DatedForm,
    EffectForm,
    GroupForm,
    PackForm,
    RuleForm,
    VersionForm,
)
from canteen_pos.packs.problems import PackError, found_by_pydantic


def load_pack(path: Path) -> Pack:
    """The pack in the TOML file at `path`. Raises PackError with every problem found, at most one layer at a time."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PackError([Fault(str(path), (), "", "not_read", {"why": error.strerror})]) from error
    except UnicodeDecodeError as error:
        raise PackError([Fault(path.name, (), "", "not_utf8")]) from error
    return parse_pack(text, path.name)


def load_folder(path: Path) -> dict[str, Pack]:
    """Packs of all .toml files in the folder by id, in id order. PackError if any is wrong or an id comes twice."""
    packs: dict[str, Pack] = {}
    problems: list[Fault] = []
    files = sorted(path.glob("*.toml"))
    if not files:
        raise PackError([Fault(str(path), (), "", "no_packs")])
    for file in files:
        try:
            pack = load_pack(file)
        except PackError as error:
            problems.extend(error.problems)
            continue
        if pack.id in packs:
            problems.append(Fault(file.name, (), "id", "id_in_folder", {"id": pack.id}))
        packs[pack.id] = pack
    if problems:
        raise PackError(problems)
    return dict(sorted(packs.items()))


def parse_pack(text: str, file: str = "pack.toml") -> Pack:
    """The pack written in `text`; `file` is only for the messages of PackError."""
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PackError([Fault(file, (), "", "not_toml", {"why": str(error)})]) from error
    try:
        form = PackForm.model_validate(raw)
    except ValidationError as error:
        raise PackError(found_by_pydantic(error, file, raw, PackForm)) from error
    problems = checks.problems(form, file)
    if problems:
        raise PackError(problems)
    return _Reader(form).pack()


@dataclass
class _Reader:
    """Builds one pack from a form that has passed all checks."""

    form: PackForm
    quotas: dict[str, Quota] = field(default_factory=dict)
    budgets: dict[str, Budget] = field(default_factory=dict)

    def pack(self) -> Pack:
        form = self.form
        for quota in form.quota:
            self.quotas[quota.name] = Quota(
                quota.name, Window(quota.per), quota.meals, quota.amount_yuan, quota.short or "part"
            )
        for budget in form.budget:
            self.budgets[budget.name] = Budget(budget.name, budget.short, budget.start_yuan)
        calendar = form.calendar
        return Pack(
            id=form.id,
            title=form.title,
            source=form.source,
            dated=form.dated,
            items=self._items(),
            place=place(form.place),
            sample=form.sample,
            invented=form.invented,
            notes=form.notes,
            names=tuple(sorted(form.names.items())),
            official_days=OfficialDays()
            if calendar is None
            else OfficialDays(
                frozenset(calendar.workdays), frozenset(calendar.days_off), frozenset(calendar.years)
            ),
            quotas=tuple(sorted(self.quotas.values(), key=lambda quota: quota.name)),
            budgets=tuple(sorted(self.budgets.values(), key=lambda budget: budget.name)),
        )

    def _items(self) -> tuple[Item, ...]:
        form = self.form
        items: list[Item] = [
            self._rule(rule) for rule in form.rule if rule.group is None and rule.bundle is None
        ]
        items += [self._bundle(bundle) for bundle in form.bundle if bundle.group is None]
        for group in form.group:
            options: list[Rule | Bundle] = [self._rule(rule) for rule in form.rule if rule.group == group.id]
            options += [self._bundle(bundle) for bundle in form.bundle if bundle.group == group.id]
            options.sort(key=lambda option: option.order)
            frames = self._frames(group)
            items.append(Group(group.id, group.order, group.pick, tuple(options), group.title, frames))
        return tuple(sorted(items, key=lambda item: item.order))

    def _bundle(self, bundle: BundleForm) -> Bundle:
        rules = [self._rule(rule) for rule in self.form.rule if rule.bundle == bundle.id]
        rules.sort(key=lambda rule: rule.order)
        return Bundle(bundle.id, bundle.order, tuple(rules), bundle.title, self._frames(bundle))

    def _frames(self, owner: BundleForm | GroupForm) -> tuple[Frame, ...]:
        frames = [
            Frame(
                when=condition(_stated(owner, version, "when"), self.form.id),
                cap_fen=_stated(owner, version, "cap_yuan"),
                since=version.since,
                until=version.until,
                name=version.version or "",
            )
            for version in owner.versions or [owner]
        ]
        return tuple(sorted(frames, key=lambda frame: frame.since.toordinal() if frame.since else 0))

    def _rule(self, rule: RuleForm) -> Rule:
        forms = [rule] if rule.versions is None else rule.versions
        versions = [self._version(rule, version) for version in forms]
        versions.sort(key=lambda version: version.since.toordinal() if version.since else 0)
        return Rule(rule.id, rule.title, rule.fund, rule.order, tuple(versions))

    def _version(self, rule: RuleForm, form: VersionForm) -> Version:
        def stated(name: str) -> Any:
            return _stated(rule, form, name)

        effect_form: EffectForm = stated("effect")
        return Version(
            name=stated("version") or self.form.dated.isoformat(),
            effect=_effect(effect_form),
            when=condition(stated("when"), self.form.id),
            lines=Lines(kinds=frozenset((Kind(effect_form.waive),)))
            if effect_form.waive
            else lines(stated("lines")),
            quotas=tuple(self.quotas[name] for name in stated("quotas") or []),
            budgets=tuple(self.budgets[name] for name in stated("budgets") or []),
            since=stated("since"),
            until=stated("until"),
        )


def _stated(owner: DatedForm, version: DatedForm, name: str) -> Any:
    """A version's own field, else its owner's; None where neither has such a field."""
    own = getattr(version, name, None)
    return own if own is not None else getattr(owner, name, None)


def _effect(form: EffectForm) -> Effect:
    match form.shape:
        case "off_yuan" | "amount_yuan":
            give, fen = Give.OFF, form.off_yuan if form.off_yuan is not None else form.amount_yuan
        case "percent":
            give, fen = Give.PERCENT, 0
        case "pays_yuan":
            give, fen = Give.PAYS, form.pays_yuan
        case _:
            give, fen = Give.FREE, 0
    rounding = form.rounding
    return Effect(
        give=give,
        fen=fen or 0,
        rate=form.percent or 0,
        per=Per(form.per or "unit"),
        base=Base(form.base or "left"),
        units=form.units or 0,
        cap_fen=form.cap_yuan,
        rounding=Rounding() if rounding is None else Rounding(rounding.mode, rounding.to_yuan),
        claim=form.claim or "",
    )


def check_together(packs: Sequence[Pack]) -> None:
    """Refuse packs that cannot be in force in one canteen: an id twice, or a quota or budget that means two things."""
    problems = [
        Fault("packs", (), "id", "listed_again", {"name": pack_id, "count": count})
        for pack_id, count in sorted(Counter(pack.id for pack in packs).items())
        if count > 1
    ]
    meanings: dict[tuple[str, str], tuple[str, Quota | Budget]] = {}
    for pack in packs:
        named: list[Quota | Budget] = [*pack.quotas, *pack.budgets]
        for one in named:
            what = "quota" if isinstance(one, Quota) else "budget"
            owner, known = meanings.setdefault((what, one.name), (pack.id, one))
            if known != one:
                problems.append(Fault(pack.id, ((what, one.name),), "", "means_otherwise", {"pack": owner}))
    if problems:
        raise PackError(problems)
