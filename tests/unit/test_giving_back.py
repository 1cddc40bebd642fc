"""A sale undone in any steps: every share, every source, every fen comes back once."""

from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.giving_back import (
    Source,
    benefit_is_back,
    budget_back,
    money_back,
    part_back,
    refunded_units,
    sources,
)
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
)
def test_sources_get_back_what_they_gave_and_no_more(parts, cuts, rounding) -> None:
    tenders = ["cash", "wallet", "wechat", "alipay"]
    due = sum(parts)
    parts[0] = rounded_cash(parts[0], rounding)
    bodies = [
        {"payments": [payment(tender, fen) for tender, fen in zip(tenders, parts, strict=False) if fen]}
    ]
    pays_left, back = due, dict.fromkeys(tenders, 0)
    for place, cut in enumerate((*cuts, 100)):
        everything = place == len(cuts)
        pays = pays_left if everything else pays_left * cut // 200
        left = sources(bodies)
        money, rounded = money_back(pays, left, everything=everything, rounding=rounding)
        assert sum(source.fen for source in money) == pays + rounded
        bodies.append({"payments": [payment(source.tender, -source.fen) for source in money]})
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


def test_sources_are_told_apart() -> None:
    bodies = [
        {"payments": [payment("wallet", 100, "a"), payment("wallet", 200, "b"), payment("wallet", -100, "a")]}
    ]
    assert sources(bodies) == (Source("wallet", "b", "", "", "", 200),)
