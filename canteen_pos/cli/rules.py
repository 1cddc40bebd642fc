"""Commands about subsidy rules. No database, no window."""

import argparse

from canteen_pos.cli.console import FOUND_SOMETHING, complain, say, sentence
from canteen_pos.domain.errors import refuse


def quote(asked: argparse.Namespace) -> int:
    """Price written cases under subsidy rules, without any database.

    Prints JSON: list_fen, pays_fen, by_fund_fen, claimable_fen, the rules that applied, and those that did not with
    their first reason. A case may say what it expects; when that differs, `differences` says how and the exit code
    is 1.

    A case: {"at": "2026-11-23T12:05:00+08:00", "serving": "dine_in", "diner": {"birth_date": "1943-02-11"},
    "lines": [{"item": "长者套餐A", "kind": "set", "unit_fen": 1500, "quantity": 1}]}. Fields: docs/policies.md.
    """
    import json

    from canteen_pos.packs import cases

    results, all_met = cases.run(asked.pack, asked.case)
    say(json.dumps(results, ensure_ascii=False, indent=2))
    if all_met:
        return 0
    wrong = [str(result["case"]) for result in results if not result.get("ok", True)]
    complain(sentence(refuse("case.differs", count=len(wrong), cases=len(results), which=wrong), asked.data))
    return FOUND_SOMETHING
