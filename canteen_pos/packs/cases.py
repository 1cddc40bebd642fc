"""Trying packs on written cases: one case, a list of them, or schemes with their cases, as JSON; no database.

A case says who ate what and when, what this person had before, and maybe what is expected.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from canteen_pos.domain.bill import Kind, Line, Meal, Serving, Site, Use
from canteen_pos.domain.calendar import period_at
from canteen_pos.domain.diner import Diner
from canteen_pos.domain.errors import Fault
from canteen_pos.domain.errors import Place as Where
from canteen_pos.domain.place import Place
from canteen_pos.domain.policy import Pack, Quota
from canteen_pos.domain.pricing import quote
from canteen_pos.domain.quote import Quote, Reason
from canteen_pos.packs.case_form import CaseForm, DinerForm, ExpectForm, HistoryForm, LineForm, SchemeForm
from canteen_pos.packs.problems import PackError, found_by_pydantic, shown
from canteen_pos.packs.reading import check_together, load_folder, load_pack
from canteen_pos.packs.workdays import workday
from canteen_pos.wording import reason_aloud, reason_staff
from canteen_pos.wording.faults import place as place_words


@dataclass(frozen=True, slots=True)
class Written:
    """One case as the file has it; `place` names it in messages, `site` is its scheme's."""

    place: Where
    raw: Mapping[str, Any]
    pack: str | None
    site: Mapping[str, bool | int | str]

    @property
    def called(self) -> str:
        """'scheme "zhuhai", case "both layers"'."""
        return place_words(self.place, "en")


def run(pack_path: Path, case_path: Path) -> tuple[list[dict[str, Any]], bool]:
    """Quote every case of `case_path` under the pack, or the packs in the folder, at `pack_path`.

    Each scheme, and each case that names its `pack`, is quoted under that pack; any other case under all of them
    together. Returns the quotes as JSON-able dictionaries, and whether every `expect` was met (`differences` of a
    result say how not). Raises PackError for a pack or a case that is wrong.
    """
    if pack_path.is_dir():
        packs = load_folder(pack_path)
    else:
        pack = load_pack(pack_path)
        packs = {pack.id: pack}
    file = case_path.name
    results = []
    for written in _written(_read(case_path), file):
        chosen = _chosen(written, packs, file)
        form = _checked(written, file)
        meal = _meal(form, written, chosen, file)
        results.append(_result(written, form, chosen, quote(chosen, meal)))
    return results, all(result.get("ok", True) for result in results)


def _read(path: Path) -> Any:
    try:
        written = path.read_text(encoding="utf-8-sig")
        if not written.strip():
            raise _wrong(path.name, (), "", "empty_file")
        return json.loads(written)
    except OSError as error:
        raise _wrong(str(path), (), "", "not_read", why=error.strerror) from error
    except ValueError as error:
        raise _wrong(path.name, (), "", "not_json", why=str(error)) from error


def _wrong(file: str, place: Where, field: str, code: str, **facts: Any) -> PackError:
    return PackError([Fault(file, place, field, code, facts)], "case.invalid")


def _written(raw: Any, file: str) -> Iterator[Written]:
    entries = raw if isinstance(raw, list) else [raw]
    if not entries:
        raise _wrong(file, (), "", "no_case")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise _wrong(file, (("entry", number),), "", "not_a_case")
        if "cases" not in entry:
            yield Written((_named(entry, number),), entry, entry.get("pack"), {})
            continue
        try:
            scheme = SchemeForm.model_validate(entry)
        except ValidationError as error:
            start = (("scheme", str(entry.get("pack", number))),)
            raise PackError(
                found_by_pydantic(error, file, entry, SchemeForm, start), "case.invalid"
            ) from error
        for count, case in enumerate(scheme.cases, 1):
            yield Written((("scheme", scheme.pack), _named(case, count)), case, scheme.pack, scheme.site)


def _named(case: Mapping[str, Any], number: int) -> tuple[str, str | int]:
    return ("case", str(case.get("name") or "") or number)


def _chosen(written: Written, packs: Mapping[str, Pack], file: str) -> list[Pack]:
    if written.pack is not None:
        if written.pack not in packs:
            raise _wrong(file, written.place, "pack", "no_such_pack", pack=written.pack, known=list(packs))
        return [packs[written.pack]]
    chosen = list(packs.values())
    places = [pack.place for pack in chosen if pack.place.city]
    if any(not _on_one_path(one, other) for one in places for other in places):
        raise _wrong(file, written.place, "pack", "pack_needed", known=list(packs))
    check_together(chosen)
    return chosen


def _on_one_path(one: Place, other: Place) -> bool:
    """Whether packs of the two places can be in force in one canteen."""
    pairs = ((one.city, other.city), (one.district, other.district), (one.town, other.town))
    return all(not here or not there or here == there for here, there in pairs)


def _checked(written: Written, file: str) -> CaseForm:
    try:
        return CaseForm.model_validate(written.raw)
    except ValidationError as error:
        raise PackError(
            found_by_pydantic(error, file, written.raw, CaseForm, written.place), "case.invalid"
        ) from error


def _meal(form: CaseForm, written: Written, packs: Sequence[Pack], file: str) -> Meal:
    at = _moment(form.at, written, "at", file)
    return Meal(
        day=at.date(),
        period=period_at(at),
        serving=Serving(form.serving),
        site=_site({**written.site}, form.site, written, file),
        diner=_diner(form.diner, written, file),
        lines=tuple(_line(line, number, written, file) for number, line in enumerate(form.lines)),
        uses=tuple(_uses(form.history, packs, written, file)),
        budgets_fen=form.budgets_fen,
        workday=workday(at.date(), [pack.official_days for pack in packs]),
    )


def _moment(text: str, written: Written, field: str, file: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _wrong(file, written.place, field, "local_time", found=shown(text)) from error
    if moment.tzinfo is None:
        raise _wrong(file, written.place, field, "offset", found=text)
    return moment


def _site(
    scheme: dict[str, bool | int | str], own: dict[str, bool | int | str], written: Written, file: str
) -> Site:
    """The scheme's site with the case's own facts; a case that names a place replaces the scheme's place whole."""
    levels = ("city", "district", "town")
    placed = own if any(level in own for level in levels) else scheme
    names = [placed.get(level, "") for level in levels]
    for level, name in zip(levels, names, strict=True):
        if not isinstance(name, str):
            raise _wrong(file, written.place, f"site.{level}", "be_text")
    facts = {name: fact for name, fact in {**scheme, **own}.items() if name not in levels}
    return Site(Place(*(str(name) for name in names)), facts)


def _diner(form: DinerForm | None, written: Written, file: str) -> Diner | None:
    if form is None:
        return None
    try:
        born = date.fromisoformat(form.birth_date) if form.birth_date else None
    except ValueError as error:
        found = shown(form.birth_date)
        raise _wrong(file, written.place, "diner.birth_date", "quoted_date", found=found) from error
    return Diner(
        person="diner",
        birth_date=born,
        hukou=Place(form.hukou.city, form.hukou.district, form.hukou.town),
        residence=Place(form.residence.city, form.residence.district, form.residence.town),
        categories=frozenset(form.categories),
        care_level=form.care_level,
        in_institution=form.in_institution,
        permits=frozenset(form.permits),
    )


def _line(form: LineForm, number: int, written: Written, file: str) -> Line:
    weighed = form.kind == "weighed"
    if any((measure is not None) is not weighed for measure in (form.grams, form.per_grams)):
        raise _wrong(file, written.place, f"lines[{number}]", "grams_missing" if weighed else "grams_here")
    return Line(
        key=str(number + 1),
        item=form.item,
        kind=Kind(form.kind),
        unit_fen=form.unit_fen,
        quantity=form.quantity,
        grams=form.grams or 0,
        per_grams=form.per_grams or 0,
        category=form.category,
    )


def _uses(
    history: Sequence[HistoryForm], packs: Sequence[Pack], written: Written, file: str
) -> Iterator[Use]:
    """An entry with a positive share of a fund is one use of every quota of the rules that pay from that fund."""
    for number, entry in enumerate(history):
        at = _moment(entry.at, written, f"history[{number}].at", file)
        used: dict[str, int] = {}
        for fund, fen in entry.by_fund_fen.items():
            if fen:
                for name in {quota.name for quota in _quotas_of_fund(packs, fund)}:
                    used[name] = used.get(name, 0) + fen
        for name, fen in sorted(used.items()):
            yield Use(name, at.date(), period_at(at), fen, entry.document)


def _quotas_of_fund(packs: Sequence[Pack], fund: str) -> Iterator[Quota]:
    for pack in packs:
        for rule in pack.rules():
            for version in rule.versions:
                if rule.fund == fund and not version.effect.claim:
                    yield from version.quotas


def _result(written: Written, form: CaseForm, packs: Sequence[Pack], answer: Quote) -> dict[str, Any]:
    names = {code: word for pack in packs for code, word in pack.words().items()}
    result: dict[str, Any] = {
        "case": written.called,
        "packs": [pack.id for pack in packs],
        "list_fen": answer.list_fen,
        "pays_fen": answer.pays_fen,
        "by_fund_fen": answer.by_fund_fen,
        "claimable_fen": answer.claimable_fen,
        "lines": [
            {
                "item": line.item,
                "list_fen": quoted.list_fen,
                "pays_fen": quoted.pays_fen,
                "shares": [
                    {"fund": share.fund, "rule": share.rule, "version": share.version, "fen": share.fen}
                    for share in quoted.shares
                ],
            }
            for line, quoted in zip(form.lines, answer.lines, strict=True)
        ],
        "applied": [_applied(one) for one in answer.applied],
        "refused": [
            {
                "pack": one.pack,
                "rule": one.rule,
                "version": one.version,
                "fund": one.fund,
                "title": one.title,
                "reason": _reason(one.reason, names),
            }
            for one in answer.refused
        ],
    }
    if form.expect is not None:
        differences = _differences(form.expect, result)
        result |= {"ok": not differences, "differences": differences}
    return result


def _applied(one: Any) -> dict[str, Any]:
    shown = {"pack": one.pack, "rule": one.rule, "version": one.version, "fund": one.fund, "title": one.title}
    amount = {"claim": one.claim, "claim_fen": one.claim_fen} if one.claim else {"fen": one.fen}
    return {**shown, **amount, "facts": dict(one.facts)}


def _reason(reason: Reason, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": reason.code,
        "facts": dict(reason.facts),
        "staff": {lang: reason_staff(reason, lang, names) for lang in ("zh", "en")},
        "aloud": {lang: reason_aloud(reason, lang) for lang in ("zh", "en")},
    }


def _differences(expect: ExpectForm, result: Mapping[str, Any]) -> list[dict[str, Any]]:
    differences = []
    for name in ("list_fen", "pays_fen", "by_fund_fen", "claimable_fen"):
        wanted = getattr(expect, name)
        if isinstance(wanted, dict):
            wanted = {key: fen for key, fen in sorted(wanted.items()) if fen}
        if wanted != result[name]:
            differences.append({"field": name, "expected": wanted, "got": result[name]})
    return differences
