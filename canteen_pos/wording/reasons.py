"""Why a rule gave nothing: for staff, and what may be said aloud. The aloud text knows no category and no hardship."""

STAFF: dict[str, tuple[str, str]] = {
    "age.above": ("年龄 {age} 岁，超过 {at_most} 岁", "aged {age}, above {at_most}"),
    "age.below": ("年龄 {age} 岁，未满 {at_least} 岁", "aged {age}, below {at_least}"),
    "age.unknown": ("没有登记出生日期", "no birth date on file"),
    "any_of": ("以下都不符合：{reasons}", "none of these holds: {reasons}"),
    "hukou.elsewhere": ("户籍{level}是{is}，不是{wanted}", "hukou {level} is {is}, not {wanted}"),
    "hukou.unknown": ("没有登记户籍{level}（要 {wanted}）", "no hukou {level} on file (wanted: {wanted})"),
    "residence.elsewhere": ("居住{level}是{is}，不是{wanted}", "lives in {is} ({level}), not {wanted}"),
    "residence.unknown": (
        "没有登记居住{level}（要 {wanted}）",
        "no {level} of residence on file (wanted: {wanted})",
    ),
    "spend.below": ("消费 {is_fen}，未满 {wanted_fen}", "spends {is_fen}, less than {wanted_fen}"),
    "spend.not_above": (
        "消费 {is_fen}，没有超过 {wanted_fen}",
        "spends {is_fen}, not more than {wanted_fen}",
    ),
    "budget.empty": ("资金“{budget}”已用完", "the budget '{budget}' is used up"),
    "budget.short": (
        "资金“{budget}”只剩 {left_fen}，不够 {needed_fen}",
        "the budget '{budget}' has {left_fen} left, not {needed_fen}",
    ),
    "bundle.full": ("叠加补贴已到上限", "the layers together have reached their cap"),
    "calendar.unknown_year": (
        "没有 {year} 年的法定工作日安排，请在设置中补充",
        "the official workdays of {year} are not known; add them in the settings",
    ),
    "care_level.outside": (
        "照护等级 {is}，规则要求 {at_least} 至 {at_most}",
        "care level {is}, the rule asks for {at_least} to {at_most}",
    ),
    "categories.missing": ("没有登记类别：{missing}", "not registered as: {missing}"),
    "earlier.not_paid": ("前一项补贴没有使用：{rules}", "an earlier rule did not pay: {rules}"),
    "effect.nothing": ("算下来是 0", "it comes to nothing"),
    "excluded": ("属于不适用的情形：{held}", "excluded: {held}"),
    "group.better": ("已用更优惠的“{taken}”", "'{taken}' is better for the diner"),
    "group.earlier": ("已用“{taken}”", "'{taken}' came first"),
    "identified": ("只给没有登记的人", "only for diners who are not identified"),
    "institution.inside": ("住在养老机构", "lives in a care institution"),
    "institution.not_inside": ("不住在养老机构", "does not live in a care institution"),
    "left.nothing": ("已没有要付的金额", "nothing is left to pay"),
    "lines.none": ("没有符合的菜品", "no line that the rule covers"),
    "lines.too_few": ("符合的份数 {is}，要 {wanted}", "{is} portions fit, {wanted} are needed"),
    "nobody": ("没有识别就餐人", "nobody is identified"),
    "not_identified": ("没有识别就餐人", "nobody is identified"),
    "period.other": ("现在是{is}，规则只适用{wanted}", "it is {is}; the rule is for {wanted}"),
    "permits.missing": ("没有证件：{missing}", "no permit: {missing}"),
    "quota.short": (
        "额度“{quota}”只剩 {left_fen}，不够 {needed_fen}",
        "'{quota}' has {left_fen} left, not {needed_fen}",
    ),
    "quota.used": (
        "额度“{quota}”已用，最近一次 {day} {period}",
        "'{quota}' is used up, last on {day} {period}",
    ),
    "rule.not_in_force": ("不在有效期（{since} 至 {until}）", "not in force ({since} to {until})"),
    "serving.other": ("就餐方式是{is}，规则只适用{wanted}", "served as {is}; the rule is for {wanted}"),
    "site.fact": (
        "本食堂的“{fact}”是 {is}，规则要求 {wanted}",
        "this canteen's '{fact}' is {is}, the rule wants {wanted}",
    ),
    "site.place_unknown": ("没有设置本食堂所在的{level}", "this canteen's {level} is not set"),
    "weekday.other": ("今天不在规定的星期", "not on this weekday"),
    "workday.is": ("{day} 是工作日", "{day} is a workday"),
    "workday.not": ("{day} 不是工作日", "{day} is no workday"),
}
"""Reason code -> (Chinese, English) for staff."""

_HERE = ("这次不适用", "does not apply this time")
_USED = ("已经用过：{day} {period}", "already used: {day} {period}")

ALOUD: dict[str, tuple[str, str]] = {
    "": _HERE,
    "quota.used": _USED,
    "group.better": ("已按更优惠的计算", "a better one is used already"),
    "group.earlier": ("已享受另一项", "another one is used already"),
    "nobody": ("刷卡后可看", "please show your card"),
    "not_identified": ("刷卡后可看", "please show your card"),
    "period.other": ("适用时段：{wanted}", "only at {wanted}"),
    "serving.other": ("仅限{wanted}", "only for {wanted}"),
    "workday.not": ("今天不适用", "not today"),
    "workday.is": ("今天不适用", "not today"),
    "weekday.other": ("今天不适用", "not today"),
    "rule.not_in_force": ("今天不适用", "not today"),
    "lines.none": ("这些菜品不适用", "not for these dishes"),
    "lines.too_few": ("份数不够", "not enough portions"),
    "spend.below": ("满 {wanted_fen} 可用", "from {wanted_fen}"),
    "spend.not_above": ("超过 {wanted_fen} 可用", "above {wanted_fen}"),
    "left.nothing": ("已经不用付了", "nothing is left to pay"),
}
"""Reason code -> (Chinese, English) that may be said aloud; '' serves every other code."""
