"""Dated facts: what is recorded today holds on its days, and on no other."""

from datetime import date, timedelta

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.place import Place
from canteen_pos.services import facts, members, people, selling, verifying
from canteen_pos.services.facts import DatedFact
from canteen_pos.storage import diners

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
BACK = Place("成都市", "锦江区", "书院街街道")
MOVED = Place("成都市", "武侯区", "浆洗街街道")


def eater_on(lunch, day: date):
    with lunch.desk.db.read() as conn:
        return diners.eater(conn, lunch.wang.id, day).diner


def eater_of(lunch, member):
    with lunch.desk.db.read() as conn:
        return diners.eater(conn, member.id, TODAY).diner


def record(lunch, *fact, **more) -> None:
    facts.record(lunch.desk, lunch.manager, lunch.wang.id, DatedFact(*fact, **more))


def test_a_move_counts_from_its_day_and_the_newest_holds(lunch) -> None:
    before = eater_on(lunch, TODAY).hukou
    record(lunch, "hukou", facts.place_code(MOVED), TOMORROW, source="户口簿")
    record(lunch, "hukou", facts.place_code(BACK), TOMORROW + timedelta(days=10))
    assert eater_on(lunch, TODAY).hukou == before
    assert eater_on(lunch, TOMORROW).hukou == MOVED
    assert eater_on(lunch, TOMORROW + timedelta(days=10)).hukou == BACK
    assert eater_on(lunch, TOMORROW).residence == eater_on(lunch, TODAY).residence


def test_care_and_a_stay_in_an_institution_end_with_their_last_day(lunch) -> None:
    record(lunch, "care_level", "4", TODAY, TOMORROW)
    record(lunch, "institution", "1", TODAY, TODAY)
    levels = [eater_on(lunch, day).care_level for day in (TODAY, TOMORROW, TOMORROW + timedelta(days=1))]
    assert levels == [4, 4, 0]
    assert [eater_on(lunch, day).in_institution for day in (TODAY, TOMORROW)] == [True, False]


def test_a_category_that_begins_tomorrow_gives_nothing_today(lunch) -> None:
    who = members.by_id(lunch.desk, lunch.zhao.id)
    facts.record(lunch.desk, lunch.manager, who.id, DatedFact("category", "dibao", TOMORROW))
    funds = selling.quote(lunch.desk, lunch.order("202", who=who)).quote.by_fund_fen
    assert "charity" not in funds
    facts.record(lunch.desk, lunch.manager, who.id, DatedFact("category", "dibao", TODAY, TODAY))
    assert selling.quote(lunch.desk, lunch.order("202", who=who)).quote.by_fund_fen["charity"] == 200


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (TODAY, TOMORROW, ""),
        (TODAY, None, "fact.known_until"),
        (TOMORROW + timedelta(days=3), TOMORROW + timedelta(days=9), "fact.known_until"),
        (TOMORROW + timedelta(days=7), None, "fact.known_until"),
        (TOMORROW + timedelta(days=8), None, ""),
    ],
)
def test_the_same_entitlement_is_on_record_once_for_a_day(lunch, since: date, until, code: str) -> None:
    record(lunch, "category", "canji", TOMORROW + timedelta(days=1), TOMORROW + timedelta(days=7))
    if not code:
        record(lunch, "category", "canji", since, until)
        return
    with pytest.raises(Refusal) as refused:
        record(lunch, "category", "canji", since, until)
    assert refused.value.code == code
    record(lunch, "permit", "canji", since, until)  # another kind is another fact


def test_an_open_entitlement_is_ended_before_another_begins(lunch) -> None:
    with pytest.raises(Refusal) as refused:
        record(lunch, "category", "dibao", TOMORROW)
    assert refused.value.code == "fact.known"


def test_what_was_sold_before_still_proves_itself(lunch) -> None:
    lunch.sell(lunch.order("202", who=lunch.wang))
    record(lunch, "hukou", facts.place_code(MOVED), TODAY - timedelta(days=30))
    assert verifying.verify(lunch.desk).ok


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (DatedFact("hukou", "成都市", TODAY), "fact.code"),
        (DatedFact("residence", "/锦江区/", TODAY), "fact.code"),
        (DatedFact("care_level", "7", TODAY), "fact.code"),
        (DatedFact("institution", "yes", TODAY), "fact.code"),
        (DatedFact("category", " ", TODAY), "fact.code"),
        (DatedFact("permit", "elder_card", TODAY, TODAY - timedelta(days=1)), "fact.ends_early"),
    ],
)
def test_what_cannot_be_is_refused(lunch, fact: DatedFact, code: str) -> None:
    before = eater_on(lunch, TODAY)
    with pytest.raises(Refusal) as refused:
        facts.record(lunch.desk, lunch.manager, lunch.wang.id, fact)
    assert refused.value.code == code
    assert eater_on(lunch, TODAY) == before


def test_who_may_not_manage_people_writes_down_what_waits_for_review(lunch) -> None:
    facts.record(
        lunch.desk, lunch.cashier, lunch.zhao.id, DatedFact("category", "dibao", TODAY, source="低保证")
    )
    assert "charity" in selling.quote(lunch.desk, lunch.order("202", who=lunch.zhao)).quote.by_fund_fen
    (waits,) = people.story(lunch.desk, lunch.manager, lunch.zhao.id).facts
    assert (waits.recorded_by, waits.reviewed_by, waits.to_review) == ("李芳", "", True)
    assert people.count(lunch.desk, "to_review") == 2, "her category at enrolment waits too"
    with pytest.raises(Refusal) as refused:
        facts.review(lunch.desk, lunch.cashier, waits.id)
    assert refused.value.code == "right.missing"
    facts.review(lunch.desk, lunch.manager, waits.id)
    (seen,) = people.story(lunch.desk, lunch.manager, lunch.zhao.id).facts
    assert (seen.recorded_by, seen.reviewed_by, seen.to_review, seen.until) == ("李芳", "陈经理", False, None)
    with pytest.raises(Refusal) as refused:
        facts.review(lunch.desk, lunch.manager, waits.id)
    assert refused.value.code == "fact.reviewed"
    with pytest.raises(Refusal) as refused:
        facts.record(lunch.desk, lunch.manager, 9999, DatedFact("category", "dibao", TODAY))
    assert refused.value.code == "member.unknown"


@pytest.mark.parametrize("since", [TODAY, TODAY - timedelta(days=10)])
def test_what_has_no_proof_counts_no_more_and_past_meals_stand(lunch, since: date) -> None:
    facts.record(lunch.desk, lunch.cashier, lunch.zhao.id, DatedFact("category", "dibao", since))
    lunch.sell(lunch.order("202", who=lunch.zhao))
    (waits,) = people.story(lunch.desk, lunch.manager, lunch.zhao.id).facts
    facts.review(lunch.desk, lunch.manager, waits.id, proven=False)
    assert "dibao" not in eater_of(lunch, lunch.zhao).categories
    left = people.story(lunch.desk, lunch.manager, lunch.zhao.id).facts
    assert [fact.when for fact in left] == ([] if since == TODAY else ["past"])
    assert verifying.verify(lunch.desk).ok


def test_what_names_no_proof_waits_even_when_a_manager_wrote_it(lunch) -> None:
    record(lunch, "permit", "sanitation", TODAY, source=" ")
    record(lunch, "category", "shineng", TODAY, source="评估书 2026-01")
    found = {one.code: one for one in people.story(lunch.desk, lunch.manager, lunch.wang.id).facts}
    assert (found["sanitation"].to_review, found["shineng"].to_review) == (True, False)
    facts.review(lunch.desk, lunch.manager, found["sanitation"].id)
    found = {one.code: one for one in people.story(lunch.desk, lunch.manager, lunch.wang.id).facts}
    assert not found["sanitation"].to_review


def test_a_fact_ends_with_the_day_that_is_said(lunch) -> None:
    (fact,) = people.story(lunch.desk, lunch.manager, lunch.wang.id).facts
    facts.end(lunch.desk, lunch.manager, fact.id, TODAY)
    assert [bool(eater_on(lunch, day).categories) for day in (TODAY, TOMORROW)] == [True, False]
    with pytest.raises(Refusal) as refused:
        facts.end(lunch.desk, lunch.manager, fact.id, TODAY - timedelta(days=1))
    assert refused.value.code == "fact.ends_early"
    assert people.count(lunch.desk, "expiring") == 1
    record(lunch, "category", "dibao", TOMORROW)
    assert people.count(lunch.desk, "expiring") == 0, "renewed"
