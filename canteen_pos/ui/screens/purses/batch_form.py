"""Issuing a batch of vouchers: what they are worth, for whom, from when, who pays them back."""

from datetime import date
from typing import Literal, cast

from canteen_pos import i18n
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.i18n import tr
from canteen_pos.services import vouchers
from canteen_pos.services.vouchers import NewBatch
from canteen_pos.ui.forms import CountField, LineField
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, MoneyField
from canteen_pos.ui.screens.purses.forms import AskForm, Field, yes_no
from canteen_pos.ui.screens.purses.presenter import PursesPresenter
from canteen_pos.wording import codes

_ISSUER = "issuer"
_FUNDS = ("city", "district", "street", "charity")


class _Fields:
    """What is asked of a batch."""

    def __init__(self, today: date) -> None:
        self.name, self.issuer = LineField(tr("如 重阳节餐券")), LineField(tr("如 区慈善会"))
        self.payer = Chips([(code, payer_word(code)) for code in (_ISSUER, OPERATOR, *_FUNDS)])
        self.payer.set_value(_ISSUER)
        self.kind = Chips([("face", tr("抵一定的钱")), ("percent", tr("打折"))])
        self.kind.set_value("face")
        self.face, self.cap = MoneyField("5.00"), MoneyField(tr("不限"))
        self.percent = CountField("20", most=3)
        self.first, self.last = DateField(today), DateField(today)
        self.first.set_day(today)
        self.last.set_day(today.replace(month=12, day=31))
        self.medium = Chips([("paper", tr("纸券")), ("electronic", tr("电子券"))])
        self.medium.set_value("paper")
        self.number, self.people = CountField("50", most=4), LineField(tr("会员号或姓名，用空格隔开"))
        self.alone = yes_no(tr("可以同时用别的券"), tr("一餐限一张"))

    def rows(self) -> tuple[tuple[Field, ...], ...]:
        return (
            (("name", tr("名称"), self.name), ("issuer", tr("发放单位"), self.issuer)),
            (("payer", tr("谁来结算"), self.payer),),
            (("kind", tr("种类"), self.kind), ("medium", tr("纸券或电子券"), self.medium)),
            (
                ("face", tr("面值（元）"), self.face, tr("按面值付款，不找零")),
                ("percent", tr("减百分之几"), self.percent, tr("扫券即减价")),
                ("cap", tr("最多减（元）"), self.cap),
                ("number", tr("纸券张数"), self.number),
                ("people", tr("电子券发给"), self.people, tr("每人一张，只能本人用")),
            ),
            (("first", tr("从哪天起"), self.first), ("last", tr("到哪天（含）"), self.last)),
            (("alone", tr("同一餐"), self.alone),),
        )

    @property
    def electronic(self) -> bool:
        return self.medium.value() == "electronic"

    def missing(self) -> dict[str, str]:
        days = {"first": self.first, "last": self.last}
        return {key: tr("请写日期。") for key, field in days.items() if field.day() is None}

    def batch(self, since: date, until: date, people: tuple[int, ...]) -> NewBatch:
        by_percent = self.kind.value() == "percent"
        return NewBatch(
            name=self.name.text(),
            issuer=self.issuer.text(),
            fund=self.issuer.text() if self.payer.value() == _ISSUER else self.payer.value(),
            valid_from=since,
            valid_to=until,
            face_fen=0 if by_percent else self.face.fen() or 0,
            percent=_whole(self.percent) if by_percent else None,
            cap_fen=self.cap.fen() if by_percent else None,
            medium=cast("Literal['paper', 'electronic']", self.medium.value()),
            alone=self.alone.value() == "yes",
            number=_whole(self.number),
            people=people,
        )


def batch_form(presenter: PursesPresenter) -> AskForm:
    """Paper ones are numbered; electronic ones name the people."""
    fields = _Fields(presenter.today)

    def do() -> str:
        people = presenter.people(fields.people.text()) if fields.electronic else ()
        since, until = fields.first.day(), fields.last.day()
        if people is None or since is None or until is None:
            return ""
        batch = fields.batch(since, until, people)
        form.made = vouchers.issue(presenter.desk, presenter.actor, batch)
        count = len(people) if fields.electronic else batch.number
        return tr("已发 {count} 张：{name}").format(count=count, name=batch.name.strip())

    form = AskForm(
        presenter,
        tr("发券"),
        tr("发券"),
        fields.rows(),
        do,
        said=tr("券由发放单位赠送，不在这里卖；预收的钱请充值到账户。"),
        check=fields.missing,
    )
    form.only_if(fields.kind, "face", "face")
    form.only_if(fields.kind, "percent", "percent", "cap")
    form.only_if(fields.medium, "paper", "number")
    form.only_if(fields.medium, "electronic", "people")
    return form


def payer_word(code: str) -> str:
    """Who pays vouchers back: a fund in words, the canteen, the issuer."""
    own = {_ISSUER: tr("发放单位自己"), OPERATOR: tr("本店承担")}
    return own.get(code) or codes.label(code, i18n.language(), codes.FUNDS)


def _whole(field: CountField) -> int:
    text = field.text().strip()
    return int(text) if text.isdigit() else 0
