"""Codes as words, (Chinese, English): one table for sentences, screens and paper.

English is written as it stands within a sentence; `label` makes it fit to stand alone.
"""

from collections.abc import Mapping

CODES: dict[str, tuple[str, str]] = {
    "breakfast": ("早餐", "breakfast"),
    "lunch": ("午餐", "lunch"),
    "dinner": ("晚餐", "dinner"),
    "dine_in": ("堂食", "dine in"),
    "takeaway": ("打包", "takeaway"),
    "delivery": ("送餐", "delivery"),
    "city": ("市", "city"),
    "district": ("区县", "district"),
    "town": ("街道（镇）", "town"),
    "period": ("餐次", "meal period"),
    "day": ("天", "day"),
    "week": ("周", "week"),
    "month": ("月", "month"),
    "year": ("年", "year"),
    "cashier": ("收银员", "cashier"),
    "manager": ("经理", "manager"),
    "dispatcher": ("送餐调度", "dispatcher"),
    "auditor": ("查账", "auditor"),
    "cash": ("现金", "cash"),
    "wallet": ("储值", "card balance"),
    "wallet_bonus": ("赠送", "bonus"),
    "voucher": ("餐券", "voucher"),
    "on_account": ("挂账", "on account"),
    "wechat": ("微信", "WeChat"),
    "alipay": ("支付宝", "Alipay"),
    "bank_card": ("银行卡", "bank card"),
    "bank_transfer": ("银行转账", "bank transfer"),
    "points": ("积分", "points"),
    "active": ("正常", "in use"),
    "lost": ("已挂失", "reported lost"),
    "replaced": ("已换卡", "replaced"),
    "returned": ("已退卡", "returned"),
    "moved": ("迁走", "moved away"),
    "died": ("去世", "died"),
    "other": ("其他", "another reason"),
    "set": ("套餐", "set meal"),
    "dish": ("菜品", "dish"),
    "weighed": ("称重", "weighed"),
    "delivery_fee": ("送餐费", "delivery fee"),
    "box_fee": ("打包盒", "box fee"),
    # diets of people, tags and allergens of dishes
    "low_salt": ("低盐", "low salt"),
    "low_sugar": ("低糖", "low sugar"),
    "low_fat": ("低脂", "low fat"),
    "soft_food": ("软食", "soft food"),
    "no_spicy": ("忌辣", "no spice"),
    "no_peanut": ("忌花生", "no peanuts"),
    "no_egg": ("忌蛋", "no egg"),
    "no_fish": ("忌鱼", "no fish"),
    "no_shrimp": ("忌虾蟹", "no shellfish"),
    "no_milk": ("忌奶", "no milk"),
    "no_soy": ("忌豆", "no soy"),
    "no_gluten": ("忌麸质", "no gluten"),
    "no_beef": ("忌牛肉", "no beef"),
    "halal": ("清真", "halal"),
    "vegetarian": ("素食", "vegetarian"),
    "soft": ("软烂", "soft"),
    "spicy": ("辣", "spicy"),
    "salty": ("咸", "salty"),
    "sweet": ("甜", "sweet"),
    "fatty": ("油腻", "oily"),
    "hard": ("硬", "hard"),
    "packaged": ("预包装", "packaged"),
    "veg": ("素", "meatless"),
    "pork": ("猪肉", "pork"),
    "beef": ("牛肉", "beef"),
    "chicken": ("鸡肉", "chicken"),
    "duck": ("鸭肉", "duck"),
    "fish": ("鱼", "fish"),
    "shrimp": ("虾", "shrimp"),
    "peanut": ("花生", "peanut"),
    "egg": ("蛋", "egg"),
    "milk": ("奶", "milk"),
    "soy": ("大豆", "soy"),
    "gluten": ("麸质", "gluten"),
    "sesame": ("芝麻", "sesame"),
    "shellfish": ("贝类", "shellfish"),
    "wheat": ("小麦", "wheat"),
    "nuts": ("坚果", "nuts"),
    "meat": ("肉", "meat"),
    "category": ("类别", "a category"),
    "permit": ("证件", "a permit"),
    "hukou": ("户籍", "a hukou"),
    "residence": ("居住地", "a residence"),
    "care_level": ("照护等级", "a care level"),
    "institution": ("机构入住", "a stay in an institution"),
    # categories and permits that a pack need not explain
    "dibao": ("低保", "low income"),
    "dibao_edge": ("低保边缘", "marginal low income"),
    "tekun": ("特困", "destitute"),
    "shidu": ("失独", "lost an only child"),
    "dujv": ("独居", "living alone"),
    "shineng": ("失能", "disabled in daily life"),
    "canji": ("残疾", "disability"),
    "elder_card": ("老年证", "senior card"),
    "volunteer": ("志愿者证", "volunteer"),
    "sanitation": ("环卫工作证", "sanitation worker"),
    # what is let go when it was kept long enough
    "person": ("全部个人信息", "all personal facts"),
    "picture_and_number": ("照片、身份证号、紧急联系人", "photo, ID number and emergency contact"),
    "proxies": ("旧代领人", "old proxies"),
    "facts": ("旧资格记录", "old facts"),
    # why somebody was erased
    "asked": ("本人要求", "asked for"),
    "retention": ("存放到期", "kept long enough"),
    # what became of a voucher
    "unused": ("未用", "unused"),
    "coming": ("还没开始", "not yet begun"),
    "used": ("已用", "used"),
    "void": ("作废", "void"),
    "expired": ("过期", "expired"),
}

FUNDS: dict[str, tuple[str, str]] = {
    "city": ("市级", "city"),
    "district": ("区级", "district"),
    "town": ("街道", "town"),
    "street": ("街道", "town"),
    "charity": ("慈善", "charity"),
    "operator": ("食堂优惠", "the canteen"),
}
"""Who pays a subsidy; a fund that is called otherwise is its own word."""

CLASHES: dict[str, tuple[str, str]] = {
    "low_salt": ("偏咸", "salty"),
    "low_sugar": ("偏甜", "sweet"),
    "low_fat": ("油腻", "oily"),
    "soft_food": ("偏硬", "hard"),
    "no_spicy": ("辣", "spicy"),
    "halal": ("含猪肉", "has pork"),
    "vegetarian": ("含荤", "has meat"),
}
"""What a dish is that goes against a diet; against 'no_egg' it has egg."""

REASONS: dict[str, tuple[str, str]] = {
    "joined": ("并入共用账户", "joined a shared purse"),
    "merged": ("合并档案", "records merged"),
    "erased": ("删除个人信息", "personal facts erased"),
}
"""Reasons the program gives by itself; what a person wrote is its own word."""

_PLACE = {"zh": 0, "en": 1}


FEES = {"打包盒": "box_fee", "配送费": "delivery_fee"}


def word(code: str, lang: str, table: Mapping[str, tuple[str, str]] = CODES) -> str:
    """The code's word within a sentence; a canteen's own code is its own word."""
    return table[code][_PLACE[lang]] if code in table else code


def label(code: str, lang: str, table: Mapping[str, tuple[str, str]] = CODES) -> str:
    """The same where it stands alone: on a button, before an amount."""
    text = word(code, lang, table)
    return text[:1].upper() + text[1:] if code in table else text


def sold(name: str, lang: str) -> str:
    """What a line of a document is called. Dishes have the canteen's own names; those of fees are ours, kept in Chinese."""
    return label(FEES[name], lang) if name in FEES and lang != "zh" else name


def reason(text: str, lang: str) -> str:
    """Why something was done. Documents of earlier versions hold the Chinese words instead of a code."""
    written = {zh: code for code, (zh, _) in REASONS.items()}
    return word(written.get(text, text), lang, REASONS)


def clash(diet: str, lang: str) -> str:
    """What a dish has or is that goes against this diet: '偏咸', '含蛋'."""
    if diet in CLASHES:
        return word(diet, lang, CLASHES)
    food = word(diet.removeprefix("no_"), lang)
    return {"zh": "含{}", "en": "has {}"}[lang].format(food)
