"""What is stored about one person, on paper that this person can read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from canteen_pos.domain.money import yuan
from canteen_pos.domain.person import FactOnFile, PersonStory, RecentDocument
from canteen_pos.i18n import translator
from canteen_pos.reports.pages import Col, Masthead, facts, gap, render, table, text

_Table = tuple[str, Sequence[Col], Sequence[tuple[str, ...]]]
"""Heading, columns, rows; without rows it is left out."""


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """`story` unmasked, `id_number` whole; `papers` all documents, the newest first; `points` when, how many and what for;
    `looked` who looked at the ID number and when; `words` say codes in the reader's language."""

    canteen: str
    story: PersonStory
    id_number: str
    papers: Sequence[RecentDocument]
    points: Sequence[tuple[datetime, int, str]]
    looked: Sequence[tuple[datetime, str]]
    made_at: datetime
    made_by: str
    words: Mapping[str, str]


def person_pdf(paper: PersonPaper, lang: str) -> bytes:
    tr = translator(lang)
    made = tr("{name} 于 {at} 制作").format(name=paper.made_by, at=f"{paper.made_at:%Y-%m-%d %H:%M}")
    head = Masthead(
        paper.canteen,
        tr("{name} 的全部资料").format(name=paper.story.name),
        tr("按本人要求导出；同一文件夹里的 person.json 是完整内容。"),
        made,
    )
    story: list[Flowable] = [facts(_facts(paper, lang))]
    for heading, columns, rows in _tables(paper, lang):
        if rows:
            story += [CondPageBreak(40 * mm), gap(5), text(heading, 12.5), gap(1), table(columns, rows)]
    return render(head, story, lang)


def _facts(paper: PersonPaper, lang: str) -> list[tuple[str, str]]:
    tr, one = translator(lang), paper.story
    said = _say(paper.words)
    rows = [
        (tr("姓名"), one.name),
        (tr("会员号"), one.member_no),
        (tr("出生日期"), one.birth_date.isoformat() if one.birth_date else ""),
        (tr("身份证号"), paper.id_number),
        (tr("手机"), one.phone),
        (tr("地址"), one.address),
        (tr("紧急联系人"), f"{one.contact_name} {one.contact_phone}".strip()),
        (tr("户籍"), f"{one.hukou.city}{one.hukou.district}{one.hukou.town}"),
        (tr("居住地"), f"{one.residence.city}{one.residence.district}{one.residence.town}"),
        (tr("照护等级"), str(one.care_level) if one.care_level else ""),
        (tr("饮食"), tr("、").join(said(tag) for tag in one.diet)),
        (tr("质地"), said(one.texture)),
        (tr("过敏"), tr("、").join(said(tag) for tag in one.allergies)),
        (tr("备注"), one.note),
        (tr("登记日期"), f"{one.enrolled_at:%Y-%m-%d}" if one.enrolled_at else ""),
        (tr("离开日期"), one.left_on.isoformat() if one.left_on else ""),
        (tr("并入的档案"), tr("、").join(one.merged_from)),
        (tr("照片"), "photo.jpg" if one.photo else ""),
        (tr("每餐限额"), _limit(one.meal_limit_fen)),
        (tr("每天限额"), _limit(one.day_limit_fen)),
        (tr("每月限额"), _limit(one.month_limit_fen)),
        (tr("储值余额"), yuan(one.balance_fen)),
        (tr("赠送余额"), yuan(one.bonus_fen) if one.bonus_fen else ""),
        (tr("积分"), str(one.points) if one.points else ""),
    ]
    return [(word, value) for word, value in rows if value]


def _limit(fen: int | None) -> str:
    return "" if fen is None else yuan(fen)


def _tables(paper: PersonPaper, lang: str) -> tuple[_Table, ...]:
    tr = translator(lang)
    looked = [(f"{at:%Y-%m-%d %H:%M}", name) for at, name in paper.looked]
    return (
        _facts_on_file(paper, lang),
        _cards(paper, lang),
        _proxies(paper, lang),
        _vouchers(paper, lang),
        _points(paper, lang),
        _documents(paper, lang),
        (tr("谁看过身份证号"), [Col(tr("日期"), 60), Col(tr("姓名"), 118)], looked),
    )


def _facts_on_file(paper: PersonPaper, lang: str) -> _Table:
    tr = translator(lang)
    columns = [
        Col(tr("资格"), 50),
        Col(tr("从"), 26),
        Col(tr("到"), 26),
        Col(tr("依据"), 40),
        Col(tr("谁录 / 谁核"), 36),
    ]
    rows = [
        (
            _fact_words(fact, lang),
            fact.since.isoformat(),
            fact.until.isoformat() if fact.until else "",
            fact.source,
            " / ".join(name for name in (fact.recorded_by, fact.reviewed_by) if name),
        )
        for fact in paper.story.facts
    ]
    return tr("资格"), columns, rows


def _cards(paper: PersonPaper, lang: str) -> _Table:
    tr, said = translator(lang), _say(paper.words)
    columns = [Col(tr("卡号"), 60), Col(tr("状态"), 38), Col(tr("发卡"), 40), Col(tr("停用于"), 40)]
    rows = [
        (
            card.code,
            said(card.status),
            f"{card.issued_at:%Y-%m-%d}",
            f"{card.ended_at:%Y-%m-%d}" if card.ended_at else "",
        )
        for card in paper.story.cards
    ]
    return tr("卡"), columns, rows


def _proxies(paper: PersonPaper, lang: str) -> _Table:
    tr = translator(lang)
    columns = [
        Col(tr("姓名"), 50),
        Col(tr("手机"), 44),
        Col(tr("关系"), 32),
        Col(tr("从"), 26),
        Col(tr("到"), 26),
    ]
    rows = [
        (
            proxy.name,
            proxy.phone,
            proxy.relation,
            proxy.since.isoformat(),
            proxy.until.isoformat() if proxy.until else "",
        )
        for proxy in paper.story.proxies
    ]
    return tr("代领人"), columns, rows


def _vouchers(paper: PersonPaper, lang: str) -> _Table:
    tr, said = translator(lang), _say(paper.words)
    columns = [
        Col(tr("名称"), 44),
        Col(tr("券号"), 40),
        Col(tr("面额"), 24),
        Col(tr("从"), 24),
        Col(tr("到"), 24),
        Col(tr("状态"), 22),
    ]
    rows = [
        (
            one.name,
            one.serial,
            tr("减 {percent}%").format(percent=one.percent) if one.percent else yuan(one.face_fen),
            one.since.isoformat(),
            one.until.isoformat(),
            said(one.state),
        )
        for one in paper.story.vouchers
    ]
    return tr("券"), columns, rows


def _points(paper: PersonPaper, lang: str) -> _Table:
    tr = translator(lang)
    columns = [Col(tr("日期"), 40), Col(tr("积分"), 26, "right"), Col(tr("原因"), 112)]
    rows = [(f"{at:%Y-%m-%d %H:%M}", f"{points:+d}", reason) for at, points, reason in paper.points]
    return tr("积分"), columns, rows


def _documents(paper: PersonPaper, lang: str) -> _Table:
    tr, said = translator(lang), _say(paper.words)
    columns = [
        Col(tr("日期"), 40),
        Col(tr("单号"), 40),
        Col(tr("种类"), 38),
        Col(tr("实付"), 30, "right"),
        Col(tr("补贴和优惠"), 30, "right"),
    ]
    rows = [
        (
            f"{document.at:%Y-%m-%d %H:%M}",
            document.number_text,
            said(document.kind),
            yuan(document.pays_fen),
            yuan(document.gain_fen) if document.gain_fen else "",
        )
        for document in paper.papers
    ]
    return tr("单据"), columns, rows


def _fact_words(fact: FactOnFile, lang: str) -> str:
    """'低保', '户籍 成都市 锦江区', '照护等级 2': a code alone says nothing to whom it is about."""
    tr = translator(lang)
    if fact.kind == "institution":
        return tr("住在机构") if fact.code == "1" else tr("不住机构")
    words = {"hukou": tr("户籍"), "residence": tr("居住地"), "care_level": tr("照护等级")}
    if fact.kind in words:
        return f"{words[fact.kind]} {fact.code.replace('/', ' ').strip()}"
    return fact.words


def _say(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: words.get(code, code)
