"""Food samples: drawn from the day's dishes, 125 g, 48 hours, who and when."""

from dataclasses import replace
from datetime import date, timedelta

from canteen_pos.domain.dishes import DishForm
from canteen_pos.services import audit, dishes, samples, settings_store
from canteen_pos.wording import sentence
from tests.integration.hands import refusal

TODAY = date(2026, 11, 23)
HOUR = 3600


def take(house, *codes: str, period: str = "lunch", **more) -> tuple[samples.Sample, ...]:
    ids = [house.dish(code, period) for code in codes]
    return samples.take(house.desk, house.cashier, TODAY, period, ids, **more)


def test_once_a_meal_has_begun_each_of_its_dishes_wants_a_sample(house) -> None:
    wanted = [(one.period, one.code) for one in samples.due(house.desk).to_take]
    assert wanted == [
        *[("breakfast", code) for code in ("101", "201", "202", "701", "801")],
        *[("lunch", code) for code in ("101", "201", "202", "701")],
    ], "dinner has not begun"
    take(house, "201", "202")
    left = [one.code for one in samples.due(house.desk).to_take if one.period == "lunch"]
    assert left == ["101", "701"]


def test_a_day_off_wants_no_samples(house) -> None:
    assert samples.due(house.desk).to_take
    settings_store.save(house.desk, house.manager, closed_weekdays=frozenset({TODAY.weekday()}))
    assert samples.due(house.desk).to_take == ()


def test_what_was_missed_is_told_for_a_day_and_may_still_be_noted(house) -> None:
    house.clock.advance(timedelta(hours=14).total_seconds())  # past midnight, the business day goes on
    assert {one.service_date for one in samples.due(house.desk).to_take} == {TODAY}
    assert len(samples.take(house.desk, house.cashier, TODAY, "dinner", [house.dish("201")])) == 1
    house.clock.advance(timedelta(hours=8).total_seconds())
    due = samples.due(house.desk).to_take
    assert [one.service_date - TODAY for one in due] == sorted(
        (one.service_date - TODAY for one in due), reverse=True
    )
    missed = [one for one in due if one.service_date == TODAY]
    assert ("dinner", "201") not in {(one.period, one.code) for one in missed}
    late = samples.take(house.desk, house.cashier, TODAY, "lunch", [house.dish("201")])
    assert (late[0].service_date, late[0].taken_at) == (TODAY, house.clock.now()), (
        "the log shows that it was late"
    )
    house.clock.advance(timedelta(days=1).total_seconds())
    assert TODAY not in {one.service_date for one in samples.due(house.desk).to_take}


def test_what_is_bought_in_sealed_or_made_of_the_others_wants_none(house) -> None:
    yoghurt = DishForm("901", "酸奶", "饮品", tags=("packaged",))
    dishes.create(house.desk, house.manager, yoghurt, 300, periods=("lunch",))
    for code, name in (("211", "鱼香肉丝"), ("501", "紫菜蛋花汤")):
        dishes.create(house.desk, house.manager, DishForm(code, name, "菜"), 300, periods=("lunch",))
    left = [one.code for one in samples.due(house.desk).to_take if one.period == "lunch"]
    assert sorted(left) == ["201", "202", "211", "501", "701"], "the set's dishes all stand for themselves"


def test_a_sample_says_who_when_and_until_when(house) -> None:
    (one,) = take(house, "201", grams=150, note="二号冰箱")
    assert (one.dish_name, one.grams, one.taken_by, one.note) == ("红烧肉", 150, "李芳", "二号冰箱")
    assert one.taken_at == house.clock.now()
    assert one.keep_until == house.clock.now() + timedelta(hours=48)
    assert samples.kept(house.desk) == (one,)
    assert audit.recent(house.desk, "sample_taken")[0].body["dishes"] == ["红烧肉"]


def test_samples_that_cannot_be_taken(house) -> None:
    pork = house.dish("201")
    at = (house.desk, house.cashier)
    assert refusal(take, house, "201", grams=124).code == "sample.too_little"
    assert refusal(take, house, "201", grams=99_999).code == "sample.too_much"
    assert refusal(samples.take, *at, TODAY, "lunch", [pork], 125, "柜" * 300).code == "typed.too_long"
    long_ago = TODAY - timedelta(days=2)
    assert refusal(samples.take, *at, long_ago, "lunch", [pork]).code == "sample.other_day"
    assert refusal(samples.take, *at, TODAY, "lunch", [999]).code == "dish.not_on_menu"
    take(house, "201")
    assert refusal(take, house, "202", "201").facts == {"name": "红烧肉"}
    assert len(samples.kept(house.desk)) == 1, "nor the other one"
    auditor = replace(house.cashier, role="auditor")
    assert refusal(samples.take, house.desk, auditor, TODAY, "lunch", [pork]).code == "right.missing"


def test_nothing_goes_before_48_hours_and_the_refusal_says_until_when(house) -> None:
    (one,) = take(house, "201")
    house.clock.advance(48 * HOUR - 1)
    early = refusal(samples.dispose, house.desk, house.cashier, [one.id])
    assert early.code == "sample.too_early"
    assert sentence(early, "zh") == "红烧肉 要留满 48 小时，11月25日 12:00 以后才能处理。"
    assert samples.due(house.desk).to_dispose == ()
    house.clock.advance(1)
    assert samples.due(house.desk).to_dispose == (one,)
    (gone,) = samples.dispose(house.desk, house.manager, [one.id])
    assert (gone.disposed_by, gone.disposed_at) == ("陈经理", house.clock.now())
    assert samples.due(house.desk).to_dispose == ()
    assert refusal(samples.dispose, house.desk, house.cashier, [one.id]).code == "sample.gone"
    assert refusal(samples.dispose, house.desk, house.cashier, [777]).code == "sample.unknown"


def test_one_that_is_too_young_keeps_all(house) -> None:
    (first,) = take(house, "201")
    house.clock.advance(2 * HOUR)
    (second,) = take(house, "202")
    house.clock.advance(46 * HOUR)
    both = [first.id, second.id]
    assert refusal(samples.dispose, house.desk, house.cashier, both).facts["name"] == "宫保鸡丁"
    assert len(samples.kept(house.desk)) == 2


def test_the_log_keeps_a_dishs_name_of_that_day(house) -> None:
    take(house, "201")
    pork = dishes.load(house.desk, house.dish("201"))
    dishes.edit(house.desk, house.manager, pork.id, replace(pork.form, name="东坡肉"))
    log = samples.between(house.desk, TODAY, TODAY)
    assert [one.dish_name for one in log] == ["红烧肉"]
    assert samples.between(house.desk, TODAY + timedelta(days=1), TODAY + timedelta(days=9)) == ()
