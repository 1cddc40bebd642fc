"""A sale undone in any steps: every share, every source, every fen comes back once."""

from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.giving_back import (
    Source,
    benefit_is_back,
    budget_back,
    claims_back,
    given_by,
    in_cash,
    money_back,
    part_back,
    refunded_units,
    sources,
)
from canteen_pos.domain.proof import sums
from canteen_pos.domain.settling import rounded_cash


def line(no: int, quantity: int, list_fen: int, pays_fen: int) -> dict:
    return {
        "no": no,
        "item": "201",
        "name": "红烧肉",
        "kind": "dish",
        "portion": "full",
        "quantity": quantity,
        "grams": 0,
        "list_fen": list_fen,
        "pays_fen": pays_fen,
        "choices": [],
        "reason": "",
    }


def payment(tender: str, fen: int, purse: str = "") -> dict:
    return {"tender": tender, "fen": fen, "purse": purse, "voucher": "", "issuer": "", "reference": ""}


def paid(*payments: dict, **extra: object) -> dict:
    return {"payments": list(payments), "extra": extra}


def sale(quantity: int, list_fen: int, city: int, own: int) -> dict:
    return {
        "lines": [line(1, quantity, list_fen, list_fen - city - own)],
        "shares": [[1, "city", "layer", "1", "pack", city], [1, "operator", "own", "1", "pack", own]],
        "claims": [],
        "budgets": [["pot", city, ["pack/layer"]]],
    }


sales = st.builds(
    lambda quantity, each, city, own: sale(
        quantity, quantity * each, quantity * each * city // 200, quantity * each * own // 200
    ),
    st.integers(1, 6),
    st.integers(0, 3000),
    st.integers(0, 100),
    st.integers(0, 100),
)


@given(sales, st.lists(st.integers(1, 6), max_size=6))
def test_units_come_back_in_any_steps_and_add_up(sold, steps) -> None:
    (row,) = sold["lines"]
    refunds: list[dict] = []
    back = budget = 0
    for step in (*steps, 99):
        already = refunded_units(refunds).get(1, 0)
        wanted = min(step, row["quantity"] - already)
        if not wanted:
            break
        part = part_back(sold, row, already, wanted)
        assert part.line.list_fen == part.line.pays_fen + sum(share.fen for share in part.shares)
        refund = {
            "lines": [{"no": 1, "quantity": wanted}],
            "shares": [[1, s.fund, s.rule, s.version, s.pack, -s.fen] for s in part.shares],
            "claims": [],
            "budgets": [],
        }
        refunds.append(refund)
        everything = already + wanted == row["quantity"]
        returned = budget_back(sold, refunds, sold["budgets"][0], everything=everything)
        assert returned >= 0
        refund["budgets"] = [["pot", -returned, ["pack/layer"]]]
        budget += returned
        back += part.line.pays_fen
        city_back = -sum(share[-1] for one in refunds for share in one["shares"] if share[1] == "city")
        is_back = benefit_is_back(sold, refunds, ["pack/layer"], everything=everything)
        assert is_back == (everything or 0 < sold["shares"][0][-1] == city_back)
    assert back == row["pays_fen"]
    assert budget == sold["shares"][0][-1]


@given(
    st.lists(st.integers(1, 5000), min_size=1, max_size=4),
    st.lists(st.integers(1, 100), min_size=1, max_size=4),
    st.sampled_from(["none", "jiao"]),
    st.booleans(),
)
def test_sources_get_back_what_they_gave_and_no_more(parts, cuts, rounding, closed) -> None:
    """Whether the purse still stands or its part is paid out in cash, step by step."""
    tenders = ["cash", "wallet", "wechat", "alipay"]
    due = sum(parts)
    parts[0] = rounded_cash(parts[0], rounding)
    purse = {"wallet": "token"}
    bodies = [
        paid(
            *(
                payment(tender, fen, purse.get(tender, ""))
                for tender, fen in zip(tenders, parts, strict=False)
                if fen
            )
        )
    ]
    pays_left, back = due, dict.fromkeys(tenders, 0)
    for place, cut in enumerate((*cuts, 100)):
        everything = place == len(cuts)
        pays = pays_left if everything else pays_left * cut // 200
        left = sources(bodies)
        money, rounded = money_back(pays, left, everything=everything, rounding=rounding)
        assert sum(source.fen for source in money) == pays + rounded
        given, instead, more = in_cash(money, {"token"} if closed else set(), rounding)
        assert sum(source.fen for source in given) == pays + rounded + more
        assert not closed or all(source.tender != "wallet" for source in given)
        noted = [[one.seq, one.tender, one.purse, one.fen] for one in instead]
        rows = [payment(source.tender, -source.fen, source.purse) for source in given]
        bodies.append(paid(*rows, instead=noted))
        for source in money:
            assert source.fen > 0
            assert source.fen <= next(one.fen for one in left if one.tender == source.tender)
            back[source.tender] += source.fen
        pays_left -= pays
    assert back == {tender: sum(parts[place : place + 1]) for place, tender in enumerate(tenders)}
    assert sources(bodies) == ()


def test_a_claim_of_the_same_rule_waits_for_the_whole_meal() -> None:
    sold = sale(2, 2000, 200, 0) | {"claims": [["grant", "city", "layer", "1", "pack", 100]]}
    all_shares = {"shares": [[1, "city", "layer", "1", "pack", -200]], "claims": [], "budgets": []}
    assert not benefit_is_back(sold, [all_shares], ["pack/layer"], everything=False)
    assert benefit_is_back(sold, [all_shares], ["pack/layer"], everything=True)


def in_steps(sold: dict, steps: list[dict[int, int]]) -> list[int]:
    """What still may be claimed after each step."""
    refunds: list[dict] = []
    left = []
    for units in steps:
        fallen = claims_back(sold, refunds, units)
        refunds.append(
            {
                "lines": [{"no": no, "quantity": count} for no, count in units.items()],
                "claims": [[c.claim, c.fund, c.rule, c.version, c.pack, c.fen, []] for c in fallen],
                "shares": [],
            }
        )
        gave = given_by(sold, ["pack/grant"])
        left.append(gave + sum(given_by(refund, ["pack/grant"]) for refund in refunds))
    return left


def claiming(fen: int, parts: list[list[int]], *lines: dict) -> dict:
    return {"lines": list(lines), "shares": [], "claims": [["g", "city", "grant", "1", "pack", fen, parts]]}


def fee(no: int) -> dict:
    return line(no, 1, 100, 100) | {"kind": "box_fee"}


def test_a_claim_falls_with_the_units_it_was_reckoned_on() -> None:
    lines = (line(1, 3, 3000, 3000), line(2, 1, 500, 500), fee(3))
    steps: list[dict[int, int]] = [{1: 1}, {2: 1}, {1: 1}, {1: 1}, {3: 1}]
    # 1.00 for each of three
    assert in_steps(claiming(300, [[1, 3, 300]], *lines), steps) == [200, 200, 100, 0, 0]
    # a percentage of both lines that does not divide
    assert in_steps(claiming(110, [[1, 3, 100], [2, 1, 10]], *lines), steps) == [77, 67, 33, 0, 0]
    # a fixed amount for the meal, resting on the first line only
    assert in_steps(claiming(300, [[1, 3, 0]], *lines), steps) == [300, 300, 300, 0, 0]
    # the rule let claim for two at most: the first that comes back was not one of them
    assert in_steps(claiming(200, [[1, 2, 200]], *lines), steps) == [200, 200, 100, 0, 0]
    # reckoned on the box as well: no food, no claim
    assert in_steps(claiming(400, [[1, 3, 300], [3, 1, 100]], *lines), steps) == [300, 300, 200, 0, 0]


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(0, 700)), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_a_claim_undone_in_any_steps_falls_once(rows, dice) -> None:
    parts = [[no, min(units, sold), fen] for no, (sold, units, fen) in enumerate(rows, start=1)]
    lines = [line(no, sold, sold * 1000, sold * 1000) for no, (sold, _, _) in enumerate(rows, start=1)]
    whole = sum(fen for _, _, fen in rows)
    units = [no for no, (sold, _, _) in enumerate(rows, start=1) for _ in range(sold)]
    dice.shuffle(units)
    left = in_steps(claiming(whole, parts, *lines), [{no: 1} for no in units])
    assert left[-1] == 0
    assert left == sorted(left, reverse=True)
    assert all(fen <= whole for fen in left)
    # unit by unit, or two at a time: what is left is the same
    pairs = [units[place : place + 2] for place in range(0, len(units), 2)]
    by_two = in_steps(
        claiming(whole, parts, *lines), [{no: pair.count(no) for no in set(pair)} for pair in pairs]
    )
    assert by_two == [*left[1::2], *([0] if len(units) % 2 else [])]


def test_a_claim_written_down_without_its_lines_stays_until_no_food_is_left() -> None:
    sold = claiming(300, [], line(1, 2, 2000, 2000), line(2, 1, 500, 500), fee(3))
    sold["claims"] = [claim[:6] for claim in sold["claims"]]
    assert in_steps(sold, [{1: 2}, {2: 1}, {3: 1}]) == [300, 0, 0]


def test_a_signed_claim_is_the_sum_of_what_it_was_reckoned_on() -> None:
    body = {
        "kind": "sale",
        "station": "T1",
        "list_fen": 0,
        "pays_fen": 0,
        "rounding_fen": 0,
        "payments": [],
        "entries": [["receivable", "city", 300], ["grants", "city", -300]],
    }
    for parts, fits in (([[1, 2, 100], [2, 1, 200]], True), ([[1, 2, 0]], True), ([[1, 2, 299]], False)):
        found = sums({**body, **claiming(300, parts)})
        assert found == ([] if fits else ["claim g is not what it was reckoned on"])


def test_sources_are_told_apart() -> None:
    bodies = [paid(payment("wallet", 100, "a"), payment("wallet", 200, "b"), payment("wallet", -100, "a"))]
    assert sources(bodies) == (Source("wallet", "b", "", "", "", 200),)
