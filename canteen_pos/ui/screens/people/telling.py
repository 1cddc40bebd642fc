"""A person's story in the right pane, block by block."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.domain.money import yuan
from canteen_pos.domain.person import PersonStory, WhatIf
from canteen_pos.i18n import tr
from canteen_pos.ui.office.story import Action, Event, Story
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.people import words
from canteen_pos.ui.widgets.labels import ChipKind, Role, Text
from canteen_pos.ui.widgets.portrait import Portrait

ELDER = 60


def tell(
    into: Story,
    one: PersonStory,
    priced: WhatIf | None,
    why_not: str,
    today: date,
    photo: bytes,
    revealed: str,
    first: Sequence[Action],
    more: Sequence[Action],
    all_reasons: bool = False,
) -> None:
    """Everything about `one`. `revealed` is the whole ID number while it is shown; `why_not` why nothing is priced;
    `all_reasons` also every rule that was not used."""
    into.begin()
    _who(into, one, photo, revealed)
    into.buttons(first)
    _entitlements(into, one, today)
    into.word(tr("今天在这里，这一餐会怎样（F7 换一样）"))
    tell_price(into, priced, why_not, all_reasons=all_reasons)
    if one.recent:
        into.word(tr("最近"))
        into.pairs([words.document_words(each, today) for each in one.recent[:8]])
    _purse(into, one)
    _vouchers(into, one)
    _meals(into, one)
    _cards(into, one)
    _proxies(into, one)
    into.word(tr("其他"))
    into.buttons(more)
    into.end()


def _who(into: Story, one: PersonStory, photo: bytes, revealed: str) -> None:
    age = tr("{age} 岁").format(age=one.age) if one.age is not None else ""
    born = one.birth_date.isoformat() if one.birth_date else ""
    beside = words.DOT.join(part for part in (age, born) if part)
    number = revealed or one.id_number
    if one.id_number_state == "no_key":
        number = tr("身份证号已存，本机没有密钥")
    chips: list[tuple[str, ChipKind]] = []
    if one.left_on is not None:
        left = tr("{day} 离开").format(day=one.left_on.isoformat())
        chips.append((words.DOT.join((left, words.why_left_word(one.left_why))), "notice"))
    if one.in_institution:
        chips.append((tr("住在机构"), "plain"))
    chips += [(tr("照护 {level} 级").format(level=one.care_level), "plain")] if one.care_level else []
    merged = tr("并入了 {numbers}").format(numbers=tr("、").join(one.merged_from)) if one.merged_from else ""
    no = tr("编号 {no}").format(no=one.member_no)
    quiet = words.DOT.join(
        part for part in (number, one.address, one.phone, no, one.initials, merged) if part
    )
    if not photo:
        into.heading(one.name, beside, chips)
        into.quiet(quiet)
        return
    portrait = Portrait(64, 80)
    portrait.show_picture(photo, one.name[:1])
    words_side = QVBoxLayout()
    words_side.setSpacing(2)
    words_side.addWidget(Text(one.name, "heading").wrapped())
    words_side.addWidget(Text(beside, "quiet"))
    words_side.addWidget(Text(quiet, "quiet").wrapped())
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addLayout(words_side, 1)
    row.addWidget(portrait, 0, Qt.AlignmentFlag.AlignTop)
    holder = QWidget()
    holder.setLayout(row)
    into.add(holder)
    into.chips(chips)


def _entitlements(into: Story, one: PersonStory, today: date) -> None:
    events: list[Event] = []
    if one.birth_date is not None and one.age is not None and one.age >= ELDER:
        events.append(Event(tr("{age} 岁及以上").format(age=one.age // 10 * 10), tr("自动，按生日")))
    known = {fact.kind for fact in one.facts}
    if "hukou" not in known and one.hukou.city:
        events.append(Event(tr("户籍"), words.place_words(one.hukou)))
    if "residence" not in known and one.residence.city:
        events.append(Event(tr("居住地"), words.place_words(one.residence)))
    for fact in one.facts:
        notice = tr("待复核") if fact.to_review else ""
        if not notice and fact.when == "future":
            notice = tr("还没开始")
        if not notice and fact.when == "now":
            notice = words.ends_soon_words(fact.until, today)
        events.append(
            Event(
                words.fact_title(fact),
                words.fact_words(fact),
                words.fact_detail(fact),
                over=fact.when == "past",
                notice=notice,
            )
        )
    into.word(tr("资格"))
    if events:
        into.timeline(events)
    else:
        into.quiet(tr("没有登记任何资格。"))


def tell_price(into: Story, priced: WhatIf | None, why_not: str, *, all_reasons: bool) -> None:
    """What they would pay and why; `why_not` when that cannot be said."""
    if priced is None:
        into.quiet(why_not or tr("今天没有菜单。"))
        return
    rows: list[tuple[str, str, Role]] = [(priced.item, yuan(priced.list_fen), "body")]
    rows += [(title, yuan(-abs(fen)), "gain") for title, fen in priced.rows]
    unused = [f"{title}：{why}" for title, why in priced.refused]
    if unused and not all_reasons:
        unused = [*unused[:1], tr("还有 {count} 条没用上，F6 看原因").format(count=len(unused) - 1)][
            : len(unused)
        ]
    into.sums(rows, (tr("应付"), money(priced.pays_fen)), unused)


def _purse(into: Story, one: PersonStory) -> None:
    into.word(tr("储值"))
    rows = [(tr("余额"), money(one.balance_fen))]
    if one.bonus_fen:
        rows.append((tr("赠送"), money(one.bonus_fen)))
    if one.points:
        rows.append((tr("积分"), str(one.points)))
    limits = words.limit_words(one)
    if limits:
        rows.append((tr("限额"), limits))
    into.pairs(rows)


def _vouchers(into: Story, one: PersonStory) -> None:
    """What may still be used; what is over stands in the batch and among the documents."""
    held = [voucher for voucher in one.vouchers if voucher.state in ("unused", "coming")]
    if held:
        into.word(tr("券"))
        into.pairs([words.voucher_words(voucher) for voucher in reversed(held)])


def _meals(into: Story, one: PersonStory) -> None:
    diet = tr("、").join(words.code_word(code) for code in one.diet)
    allergies = tr("、").join(words.code_word(code) for code in one.allergies)
    contact = words.DOT.join(part for part in (one.contact_name, one.contact_phone) if part)
    facts = [
        (tr("饮食"), diet),
        (tr("软硬"), words.texture_word(one.texture) if one.texture else ""),
        (tr("过敏"), allergies),
        (tr("紧急联系"), contact),
        (tr("备注"), one.note),
    ]
    if any(value for _, value in facts):
        into.word(tr("照顾"))
        into.facts(facts)


def _cards(into: Story, one: PersonStory) -> None:
    if not one.cards:
        return
    into.word(tr("卡"))
    into.timeline(
        [
            Event(
                card.code,
                words.card_status_word(card.status),
                words.card_words(card),
                over=card.status != "active",
            )
            for card in one.cards
        ]
    )


def _proxies(into: Story, one: PersonStory) -> None:
    if not one.proxies:
        return
    into.word(tr("代领人"))
    into.timeline(
        [Event(proxy.name, words.proxy_words(proxy), over=not proxy.holds) for proxy in one.proxies]
    )
