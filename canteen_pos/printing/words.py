"""Codes of tenders, meal periods and servings as the words on paper; a canteen's own code is printed as it is."""

from collections.abc import Callable

Words = Callable[[str], str]
"""Chinese to the language of the slip: i18n.translator(lang)."""


def tr(text: str) -> str:
    """Marks a text for translation; it is translated where it is printed."""
    return text


PERIODS = {"breakfast": tr("早餐"), "lunch": tr("午餐"), "dinner": tr("晚餐")}
SERVINGS = {"dine_in": tr("堂食"), "takeaway": tr("打包"), "delivery": tr("送餐")}
TENDERS = {
    "cash": tr("现金"),
    "wallet": tr("储值"),
    "wallet_bonus": tr("赠送余额"),
    "voucher": tr("餐券"),
    "on_account": tr("挂账"),
    "wechat": tr("微信"),
    "alipay": tr("支付宝"),
    "bank_card": tr("银行卡"),
    "bank_transfer": tr("银行转账"),
    "points": tr("积分"),
}
FUNDS = {
    "city": tr("市级"),
    "district": tr("区级"),
    "town": tr("街道"),
    "street": tr("街道"),
    "charity": tr("慈善"),
}
