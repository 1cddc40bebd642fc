"""Every service that is told who acts asks whether they may: walked whole, role by right by service.

Services are found, not listed: a new one without a check fails here.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import MagicMock

import pytest

from canteen_pos import services
from canteen_pos.domain.errors import Refusal
from canteen_pos.services import rights
from canteen_pos.services.context import Actor, Desk

Service = Callable[..., Any]

NO_RIGHT_NEEDED = {
    "users.approve": "asks for a manager's PIN itself",
    "users.change_pin": "one's own PIN; anybody else's is checked, below",
    "staff.still_works_here": "reads one's own row",
    "today.waiting": "counts only what the role may see",
}
"""Services that take an actor and ask no right, and why."""

WRITES_WITHOUT_AN_ACTOR = {
    "users.sign_in": "finds the actor",
    "setup.found_canteen": "there is nobody yet",
}


def _modules() -> Iterator[Any]:
    for found in pkgutil.iter_modules(services.__path__):
        if not found.name.startswith("demo"):  # the demo plays everybody
            yield importlib.import_module(f"canteen_pos.services.{found.name}")


def _services() -> dict[str, Service]:
    """Public functions whose first parameters are a desk and an actor."""
    found = {}
    for module in _modules():
        for name, function in vars(module).items():
            if (
                name.startswith("_")
                or not inspect.isfunction(function)
                or function.__module__ != module.__name__
            ):
                continue
            parameters = list(inspect.signature(function).parameters)
            if parameters[:2] == ["desk", "actor"]:
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = function
    return found


SERVICES = _services()
CHECKED = sorted(SERVICES.keys() - NO_RIGHT_NEEDED.keys())


EITHER = {
    "sample_papers.write_log": ("keep_samples", "read_reports"),
    "sample_papers.write_labels": ("keep_samples", "read_reports"),
}
"""Services that ask for one of two rights; the refusal names the first."""


def _instead(name: str, role: str) -> bool:
    return any(rights.grant(role, right) == "own" for right in EITHER.get(name, ()))


class _Reached(Exception):
    """The database was asked: the right had been granted."""


def _desk() -> Desk:
    database = MagicMock()
    database.read.side_effect = database.write.side_effect = _Reached
    return Desk(database, MagicMock(), "T1")


def _call(service: Service, actor: Actor) -> Refusal | None:
    """The refusal of a right, or None when the service went on to do something, whatever came of it."""
    given = {
        name: MagicMock()
        for name, parameter in list(inspect.signature(service).parameters.items())[2:]
        if parameter.default is inspect.Parameter.empty
        and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    }
    try:
        done = service(_desk(), actor, **given)
        if inspect.isgenerator(done):
            next(done)
    except Refusal as refusal:
        return refusal if refusal.code.startswith("right.") else None
    except Exception:  # made-up arguments lead anywhere; only who is let in matters here
        return None
    return None


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Somebody with no right at all."""
    monkeypatch.setitem(rights._TABLE, "nobody", {})
    return Actor(9, "某人", "nobody")


def test_services_were_found() -> None:
    assert len(CHECKED) > 50
    assert {"selling.ring_up", "refunding.refund", "users.create", "settings_store.save"} <= set(CHECKED)
    assert set(NO_RIGHT_NEEDED) <= set(SERVICES), "an exception that is none any more"


@pytest.mark.parametrize("name", CHECKED)
def test_each_service_asks_for_a_right_and_keeps_to_it(name: str, nobody: Actor) -> None:
    """Who has no right is refused before anything is read; every other role as the table of rights says."""
    refused = _call(SERVICES[name], nobody)
    assert refused is not None, f"{name} lets anybody in"
    right = refused.facts["right"]
    for role in rights.ROLES:
        held = rights.grant(role, right)
        alone = Actor(1, "某人", role)
        answer = _call(SERVICES[name], alone)
        if held == "own" or (held is None and _instead(name, role)):
            assert answer is None or answer.facts["right"] != right, f"{name}: {role} may {right}"
            continue
        assert answer is not None, f"{name}: {role} may not {right}"
        assert answer.code == ("right.approval_needed" if held else "right.missing")
        approved = _call(SERVICES[name], replace(alone, approved_by=2))
        assert (approved is None or approved.facts["right"] != right) is (held == "approved")


def test_anothers_pin_needs_the_right() -> None:
    from canteen_pos.services import users

    with pytest.raises(Refusal) as refused:
        users.change_pin(_desk(), Actor(1, "某人", "cashier"), 2, "1234")
    assert refused.value.code == "right.missing"


def _writes(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func).endswith("db.write")
        for node in ast.walk(function)
    )


def test_nothing_that_people_do_is_written_without_saying_who() -> None:
    """A public service that writes and logs takes the actor; the machine's own business is listed or unlogged."""
    silent = []
    for module in _modules():
        tree = ast.parse(inspect.getsource(module))
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            names = [argument.arg for argument in function.args.args]
            logged = "audit.log(" in ast.unparse(function)
            name = f"{module.__name__.rpartition('.')[2]}.{function.name}"
            if function.name.startswith("_") or not _writes(function) or "actor" in names or not logged:
                continue
            if name not in WRITES_WITHOUT_AN_ACTOR:
                silent.append(name)
    assert silent == []
