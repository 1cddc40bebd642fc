"""What is asked before something is done with a purse: paid out, a top-up undone, limits, the mark for a low balance."""

import itertools
from collections.abc import Sequence

from canteen_pos import i18n
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services import purse_papers, purse_refunds, purses
from canteen_pos.services.purse_refunds import PurseRefundDone
from canteen_pos.services.purses import Holder, Movement, PurseFilter, PurseRow, PurseStory
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import MoneyField, PathField
from canteen_pos.ui.saying import money, tender_word
from canteen_pos.ui.screens.purses.forms import AskForm, person_field, tenders, yes_no
from canteen_pos.ui.screens.purses.presenter import PAY_OUT, PursesPresenter, new_request, purse_name

_TOP_UPS = 4
"""So many of the last top-ups may be undone from the form."""


def pay_out(presenter: PursesPresenter, row: PurseRow) -> AskForm:
    """All of the principal, or the part that is typed."""
    amount, tender = MoneyField(yuan(row.balance_fen)), tenders(PAY_OUT)
    reason = LineField(tr("如 搬家、退卡"))
    reference = LineField(tr("转账流水号；现金不用填"))
    payee = payee_field()
    close, whole = yes_no(tr("账户保留"), tr("关闭账户")), tr("不填就是全部本金")
    request = new_request()

    def do() -> str:
        closes = close.value() == "yes"
        done = purse_refunds.refund(
            presenter.desk,
            presenter.actor,
            row.account_id,
            tender.value(),
            reason.text(),
            request,
            fen=None if closes else amount.fen(),
            reference=reference.text().strip(),
            payee=payee.text(),
            close=closes,
        )
        return paid_words(done)

    form = AskForm(
        presenter,
        tr("退款：{name}").format(name=purse_name(row)),
        tr("退款"),
        (
            (("close", tr("退完以后"), close),),
            (("fen", tr("退多少（元）"), amount, whole),),
            (("tender", tr("退款方式"), tender),),
            (("reason", tr("原因"), reason),),
            (("payee", tr("领款人"), payee),),
            (("reference", tr("参考号"), reference),),
        ),
        do,
        said=_refundable_words(row, bonus_lapses=presenter.settings.bonus_lapses),
    )
    form.only_if(close, "no", "fen")

    def show(_: str) -> None:
        lapses = purse_refunds.lapses(presenter.settings, row.balance_fen, row.bonus_fen, amount.fen() or 0)
        words = tr("赠送作废 {bonus}").format(bonus=money(lapses)) if lapses else whole
        form.boxes["fen"].note(words)

    amount.textChanged.connect(show)
    return form


def _refundable_words(row: PurseRow, *, bonus_lapses: bool) -> str:
    told = tr("本金 {fen} 可退。").format(fen=money(row.balance_fen))
    if not row.bonus_fen:
        return told
    kept = tr("赠送 {bonus} 不退，留在账户里；关闭账户时作废。")
    lapses = tr("赠送 {bonus} 不退，退多少本金就按比例作废多少。")
    return told + (lapses if bonus_lapses else kept).format(bonus=money(row.bonus_fen))


def payee_field() -> LineField:
    return LineField(tr("本人来领不用填；代领写姓名和关系"))


def paid_words(done: PurseRefundDone) -> str:
    text = tr("已退 {amount}，单号 {number}").format(amount=money(done.paid_fen), number=done.number_text)
    if done.lapsed_fen:
        text += tr("；赠送 {bonus} 作废").format(bonus=money(done.lapsed_fen))
    return text


def undo_top_up(presenter: PursesPresenter, story: PurseStory) -> AskForm | None:
    """One of the last top-ups, taken back as it came; None where there is none."""
    undone = {one.body.get("refers_to") for one in story.movements}
    top_ups = (one for one in story.movements if one.kind == "top_up" and one.document_id not in undone)
    last = list(itertools.islice(top_ups, _TOP_UPS))
    if not last:
        return None
    which = Chips([(one.document_id, _top_up_words(one)) for one in last])
    which.set_value(last[0].document_id)
    reason, request = LineField(tr("如 充错了人、多按了一个零")), new_request()

    def do() -> str:
        done = purse_refunds.undo_top_up(
            presenter.desk, presenter.actor, which.value(), reason.text(), request
        )
        return paid_words(done)

    return AskForm(
        presenter,
        tr("撤销充值：{name}").format(name=purse_name(story.purse)),
        tr("撤销"),
        ((("which", tr("哪一笔"), which),), (("reason", tr("原因"), reason),)),
        do,
        said=tr("钱按原来的付款方式退回，赠送一起收回；用掉一部分的不能撤销。"),
    )


def _top_up_words(one: Movement) -> str:
    paid = one.body["payments"][0]
    bonus = one.body["extra"]["bonus_fen"]
    words = f"{one.number_text} {tender_word(paid['tender'])} {money(paid['fen'])}"
    return words + (" " + tr("送 {bonus}").format(bonus=yuan(bonus)) if bonus else "")


def leave(presenter: PursesPresenter, row: PurseRow) -> AskForm:
    """Somebody gets a purse of their own again."""
    who = person_field()

    def do() -> str:
        member = presenter.person(who.text())
        if member is None:
            return ""
        purses.leave(presenter.desk, presenter.actor, row.account_id, member.id)
        return tr("{name} 已移出，有了自己的空账户").format(name=member.name)

    return AskForm(
        presenter,
        tr("移出共用人"),
        tr("移出"),
        ((("who", tr("谁"), who),),),
        do,
        said=tr("余额留在共用账户里。"),
        scans_into=who,
    )


def limits(presenter: PursesPresenter, holders: Sequence[Holder]) -> AskForm:
    """What each user of a purse may spend in a meal, a day, a month."""
    by_id = {str(one.person_id): one for one in holders}
    who = Chips([(key, f"{one.name} {one.member_no}") for key, one in by_id.items()])
    meal, day, month = MoneyField(tr("不限")), MoneyField(tr("不限")), MoneyField(tr("不限"))

    def show(key: str) -> None:
        for field, fen in (
            (meal, by_id[key].meal_limit_fen),
            (day, by_id[key].day_limit_fen),
            (month, by_id[key].month_limit_fen),
        ):
            field.set_fen(fen)
        meal.setFocus()
        meal.selectAll()

    def do() -> str:
        purses.set_limits(
            presenter.desk,
            presenter.actor,
            int(who.value()),
            meal_fen=meal.fen(),
            day_fen=day.fen(),
            month_fen=month.fen(),
        )
        return tr("{name} 的限额已保存").format(name=by_id[who.value()].name)

    who.set_value(next(iter(by_id)))
    show(who.value())
    who.picked.connect(show)
    return AskForm(
        presenter,
        tr("每人限额"),
        tr("保存"),
        (
            (("who", tr("谁"), who),),
            (("meal", tr("每餐最多（元）"), meal),),
            (("day", tr("每天最多（元）"), day),),
            (("month", tr("每月最多（元）"), month),),
        ),
        do,
        said=tr("只限制从账户扣的钱；付现金不受限。不填就是不限。"),
    )


def low_mark(presenter: PursesPresenter, row: PurseRow) -> AskForm:
    """Below what the receipt asks to top up."""
    low = MoneyField(tr("按食堂的统一设置"))
    low.set_fen(row.low_fen)

    def do() -> str:
        purses.set_low_mark(presenter.desk, presenter.actor, row.account_id, low.fen())
        return tr("提醒线已保存")

    note = tr("填 0 不提醒；不填按食堂的统一设置")
    rows = ((("low", tr("低于多少提醒（元）"), low, note),),)
    return AskForm(presenter, tr("余额提醒"), tr("保存"), rows, do)


def save_list(presenter: PursesPresenter, which: PurseFilter, title: str) -> AskForm:
    """Every purse of a filter, as it stands, with cards and holders."""
    word = tr("储值账户")
    offered = f"{word}-{title}-{presenter.today.isoformat()}.pdf"
    path = PathField(tr("文件或文件夹"), kind="save", files=tr("清单 (*.pdf *.xlsx *.csv)"))

    def do() -> str:
        file = presenter.file(path.path(), offered)
        number = purse_papers.list_of_purses(
            presenter.desk, presenter.actor, which, title, file, i18n.language()
        )
        return tr("{count} 户已保存到 {file}").format(count=number, file=file)

    rows = ((("path", tr("保存到"), path, tr("名字以 .pdf、.xlsx 或 .csv 结尾")),),)
    return AskForm(presenter, tr("保存清单：{title}").format(title=title), tr("保存"), rows, do)
