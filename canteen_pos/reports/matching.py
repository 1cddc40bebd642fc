"""Which column of somebody's old list means what: by heading, as Chinese lists really spell them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from canteen_pos.reports.cells import Cell
from canteen_pos.reports.columns import PEOPLE, Column
from canteen_pos.reports.tables import HEADINGS_WITHIN, Line

BIRTH_YEAR = Column("birth_year", "出生年份", "Birth year", "只知道年份时", "When only the year is known")
FIELDS = (*PEOPLE.columns[:3], BIRTH_YEAR, *PEOPLE.columns[3:])
"""What an old list may say of a person: the template's columns, and a bare birth year."""

_ALSO: dict[str, tuple[str, ...]] = {
    "name": ("名字", "老人姓名", "居民姓名", "就餐人", "就餐人姓名", "持卡人", "客户姓名", "full name"),
    "initials": ("姓名首字母", "拼音首字母", "首字母缩写", "拼音缩写", "简拼", "拼音码", "助记码"),
    "member_no": ("会员编号", "人员编号", "档案号", "编号", "工号", "no", "id"),
    "birth_date": ("生日", "出生年月日", "出生年月", "出生", "birthday", "date of birth", "dob"),
    "birth_year": ("出生年", "year of birth"),
    "id_number": ("身份证", "身份证号码", "证件号", "证件号码", "公民身份号码", "id card", "national id"),
    "phone": (
        "手机号",
        "手机号码",
        "电话",
        "联系电话",
        "联系方式",
        "本人电话",
        "电话号码",
        "mobile",
        "telephone",
    ),
    "card": ("卡片号", "ic卡号", "饭卡号", "会员卡号", "一卡通号", "物理卡号", "card number", "card no"),
    "hukou_city": ("户口市", "户籍所在市"),
    "hukou_district": ("户口区", "户籍所在区", "户籍区县"),
    "hukou_town": ("户口街道", "户籍所在街道", "户籍镇街", "户籍街道镇"),
    "residence_city": ("现住市", "居住地市"),
    "residence_district": ("现住区", "居住地区", "居住区县"),
    "residence_town": ("街道", "所属街道", "居住镇街", "现住街道"),
    "address": ("住址", "家庭住址", "家庭地址", "现住址", "居住地址", "详细地址", "home address"),
    "contact_name": ("紧急联系人姓名", "家属", "家属姓名", "监护人", "联系人"),
    "contact_phone": ("紧急联系人电话", "家属电话", "监护人电话", "联系人电话", "紧急电话"),
    "categories": ("人员类别", "困难类别", "对象类别", "身份类别", "category"),
    "permits": ("证照", "持证", "permit"),
    "care_level": ("护理等级", "失能等级", "照护级别"),
    "in_institution": ("入住机构", "是否入住机构", "机构"),
    "diet": ("饮食禁忌", "饮食要求", "忌口情况"),
    "allergies": ("过敏", "过敏史", "过敏食物", "allergy"),
    "note": ("说明", "其他", "remarks", "remark"),
    "balance": ("卡内余额", "账户余额", "储值余额", "余额", "结余", "card balance"),
}


@dataclass(frozen=True, slots=True)
class Headings:
    """`row` is where the headings stand, `texts` what they say, `matched` field key -> place."""

    row: int
    texts: tuple[str, ...]
    matched: Mapping[str, int]


def find_headings(lines: Sequence[Line]) -> Headings:
    """The row among the first few that names most fields; the first row when none names any."""
    best = Headings(lines[0].row, _texts(lines[0]), {})
    for line in lines[:HEADINGS_WITHIN]:
        matched = match(_texts(line))
        if len(matched) > len(best.matched):
            best = Headings(line.row, _texts(line), matched)
    return best


def match(texts: Sequence[str]) -> dict[str, int]:
    """Field key -> place of its heading; a heading serves one field, the first that fits stands."""
    spelled: dict[str, int] = {}
    for place, text in enumerate(texts):
        spelled.setdefault(_bare(text), place)
    spelled.pop("", None)
    matched: dict[str, int] = {}
    for field in FIELDS:
        for name in (field.zh, field.en, *_ALSO.get(field.key, ())):
            found = spelled.get(_bare(name))
            if found is not None and found not in matched.values():
                matched[field.key] = found
                break
    return matched


_DECORATION = re.compile(r"[（(【\[].*?[)）】\]]|[\s*＊:：_\-]")


def _bare(heading: str) -> str:
    return _DECORATION.sub("", heading).lower()


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(_text(cell) for cell in line.cells)


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())
