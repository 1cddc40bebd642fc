"""Issuing a batch of vouchers: what they are worth, for whom, from when, who pays them back."""

from typing import Literal, cast

from canteen_pos import i18n
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.i18n import tr
from canteen_pos.services import vouchers
from canteen_pos.services.vouchers import NewBatch
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, MoneyField
from canteen_pos.ui.screens.purses.forms import AskForm, yes_no
from canteen_pos.ui.screens.purses.presenter import PursesPresenter
from canteen_pos.wording import codes

_ISSUER = "issuer"
_FUNDS = ("city", "district", "street", "charity")


def batch_form(presenter: PursesPresenter) -> AskForm:
    """Paper ones are numbered; electronic ones name the people."""
    name, issuer = LineField(tr("如 重阳节餐券")), LineField(tr("如 区慈善会"))
    payer = Chips([(code, payer_word(code)) for code in (_ISSUER, OPERATOR, *_FUNDS)])
    payer.set_value(_ISSUER)
    kind = Chips([("face", tr("抵一定的钱")), ("percent", tr("打折"))])
    kind.set_value("face")
    face, percent, cap = MoneyField("5.00"), CountField("20", most=3), MoneyField(tr("不限"))
    first, last = DateField(presenter.today), DateField(presenter.today)
    first.set_day(presenter.today)
    last.set_day(presenter.today.replace(month=12, day=31))
    medium = Chips([("paper", tr("纸券")), ("electronic", tr("电子券"))])
    medium.set_value("paper")
    number, people = CountField("50", most=4), LineField(tr("会员号或姓名，用空格隔开"))
    alone = yes_no(tr("可以同时用别的券"), tr("一餐限一张"))

    def check() -> dict[str, str]:
        missing = tr("请写日期。")
        return {key: missing for key, field in (("first", first), ("last", last)) if field.day() is None}

    def do() -> str:
        electronic, by_percent = medium.value() == "electronic", kind.value() == "percent"
        named = presenter.people(people.text()) if electronic else ()
        since, until = first.day(), last.day()
        if named is None or since is None or until is None:
            return ""
        batch = NewBatch(
            name=name.text(),
            issuer=issuer.text(),
            fund=issuer.text() if payer.value() == _ISSUER else payer.value(),
            valid_from=since,
            valid_to=until,
            face_fen=0 if by_percent else face.fen() or 0,
            percent=_whole(percent) if by_percent else None,
            cap_fen=cap.fen() if by_percent else None,
            medium=cast("Literal['paper', 'electronic']", medium.value()),
            alone=alone.value() == "yes",
            number=_whole(number),
            people=named,
        )
        form.made = vouchers.issue(presenter.desk, presenter.actor, batch)
        count = len(named) if electronic else batch.number
        return tr("已发 {count} 张：{name}").format(count=count, name=batch.name.strip())

    form = AskForm(
        presenter,
        tr("发券"),
        tr("发券"),
        (
            (("name", tr("名称"), name), ("issuer", tr("发放单位"), issuer)),
            (("payer", tr("谁来结算"), payer),),
            (("kind", tr("种类"), kind), ("medium", tr("纸券或电子券"), medium)),
            (
                ("face", tr("面值（元）"), face, tr("按面值付款，不找零")),
                ("percent", tr("减百分之几"), percent, tr("扫券即减价")),
                ("cap", tr("最多减（元）"), cap),
                ("number", tr("纸券张数"), number),
                ("people", tr("电子券发给"), people, tr("每人一张，只能本人用")),
            ),
            (("first", tr("从哪天起"), first), ("last", tr("到哪天（含）"), last)),
            (("alone", tr("同一餐"), alone),),
        ),
        do,
        said=tr("券由发放单位赠送，不在这里卖；预收的钱请充值到账户。"),
        check=check,
    )
    form.only_if(kind, "face", "face")
    form.only_if(kind, "percent", "percent", "cap")
    form.only_if(medium, "paper", "number")
    form.only_if(medium, "electronic", "people")
    return form


def payer_word(code: str) -> str:
    """Who pays vouchers back: a fund in words, the canteen, the issuer."""
    own = {_ISSUER: tr("发放单位自己"), OPERATOR: tr("本店承担")}
    return own.get(code) or codes.label(code, i18n.language(), codes.FUNDS)


def _whole(field: CountField) -> int:
    text = field.text().strip()
    return int(text) if text.isdigit() else 0
