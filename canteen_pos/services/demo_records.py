"""What the back office shows of the demo's people: numbers, addresses, whom to call, proxies, facts with their papers.

ID numbers have a right check digit and begin with 519999, a region code nobody was ever given: they are nobody's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from canteen_pos.domain.identity import check_digit
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.person import DELIVERY
from canteen_pos.domain.place import Place
from canteen_pos.services import facts, people, proxies
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.facts import DatedFact
from canteen_pos.services.proxies import NewProxy

NOWHERE = "519999"
STILL_TO_BRING_IT = 3
"""汪兴亮 was enrolled without his ID card; his paper waits for review too."""
RELATIONS = ("女儿", "儿子", "老伴", "侄子", "邻居")
HOME = Place("成都市", "锦江区", "书院街街道")


def known_better(newcomer: NewMember, place: int, rng: Random) -> NewMember:
    """The newcomer with what a canteen writes down besides; `rng` is not the one that makes people."""
    born, elder = newcomer.birth_date, bool(newcomer.birth_date and newcomer.birth_date.year <= 1961)
    home = (
        f"粮丰社区 {rng.randint(1, 18)} 栋 {rng.randint(1, 4)} 单元 {rng.randint(1, 9)}0{rng.randint(1, 4)}"
    )
    chosen: dict[str, object] = {"address": home} if place < 6 or rng.random() < 0.8 else {}
    if born is not None and rng.random() < 0.85 and place != STILL_TO_BRING_IT:
        chosen["id_number"] = _number(born, place)
    if elder and rng.random() < 0.5:
        surname = newcomer.name[0]
        chosen["contact_name"] = (
            f"{surname}{rng.choice(('强', '敏', '丽', '勇', '静', '建华'))}（{rng.choice(RELATIONS)}）"
        )
        chosen["contact_phone"] = f"139{rng.randrange(10**8):08d}"
    if "soft_food" in newcomer.diet:
        chosen["texture"] = rng.choice(("soft", "minced"))
    allergies = tuple(
        tag.removeprefix("no_") for tag in newcomer.diet if tag in ("no_peanut", "no_shrimp", "no_milk")
    )
    if allergies and rng.random() < 0.5:
        chosen["allergies"] = allergies
    if newcomer.care_level >= 2:
        chosen["permits"] = (*newcomer.permits, DELIVERY)
    return replace(newcomer, **chosen)  # type: ignore[arg-type]


def _number(born: date, place: int) -> str:
    first = f"{NOWHERE}{born:%Y%m%d}{place:03d}"
    return first + check_digit(first)


def papers(desk: Desk, actors: Mapping[str, Actor], ids: Sequence[int]) -> None:
    """Facts with their papers, some that end soon, some that wait for a manager; who collects for whom."""
    manager, cashier = actors["陈经理"], actors["李芳"]
    today = desk.clock.now().date()
    wang, wu, wei, wang_xl, *others = ids
    seen = date(2025, 3, 20)
    facts.record(
        desk, cashier, wang, DatedFact("hukou", facts.place_code(HOME), seen, source="户口簿 2025-03-20")
    )
    for fact in people.story(desk, manager, wang).facts:
        if fact.to_review:
            facts.review(desk, manager, fact.id)
    begun = today - timedelta(days=353)
    for person, days in ((wu, 12), (others[2], 3), (others[5], 20), (others[8], 29)):
        known = {fact.code for fact in people.story(desk, manager, person).facts}
        code, paper = ("volunteer", "志愿者证") if "elder_card" in known else ("elder_card", "老年证")
        proof = DatedFact("permit", code, begun, today + timedelta(days=days), paper)
        facts.record(desk, manager, person, proof)
    for person, paper in ((wang_xl, "社区走访"), (others[11], "本人说明"), (others[14], "邻居反映")):
        facts.record(desk, cashier, person, DatedFact("category", "dujv", today, source=paper))
    proxies.add(desk, cashier, wei, NewProxy("魏强", "13800005521", "儿子", since=begun))
    proxies.add(desk, cashier, others[0], NewProxy("李建华", "13800007744", "女婿"))
