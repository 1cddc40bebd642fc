"""Refusals around purses, on-account customers, vouchers and points."""

PURSES: dict[str, tuple[str, str]] = {
    "limit.day": (
        "{name} 今天还能用 {left_fen}，这次要 {needed_fen}。请换现金或扫码。",
        "{name} may spend {left_fen} more today and this needs {needed_fen}. Take cash or a code.",
    ),
    "account.month_ahead": ("{month} 还没有到。", "{month} has not begun yet."),
    "limit.meal": (
        "{name} 这一餐还能用 {left_fen}，这次要 {needed_fen}。请换现金或扫码。",
        "{name} may spend {left_fen} more in this meal and this needs {needed_fen}. Take cash or a code.",
    ),
    "limit.month": (
        "{name} 本月还能用 {left_fen}，这次要 {needed_fen}。请换现金或扫码。",
        "{name} may spend {left_fen} more this month and this needs {needed_fen}. Take cash or a code.",
    ),
    "limit.own_meal": (
        "{name} 有消费限额，只能付自己的餐。",
        "{name} has a spending limit and pays for their own meal only.",
    ),
    "limit.negative": ("限额不能为负。", "A limit cannot be negative."),
    "account.purse_short": (
        "这个储值账户只有本金 {balance_fen}；赠送只用来就餐，不抵欠款。",
        "That account holds {balance_fen} of principal; bonus is for meals and pays no debt.",
    ),
    "points.nobody": ("请先刷卡，认出是谁的积分。", "Scan the card first: whose points are they?"),
    "points.nothing": ("积分要大于 0。", "The points must be above zero."),
    "points.not_undone": (
        "这一笔不能在这里撤销；抵餐的积分随退餐退回。",
        "This cannot be undone here: points that paid a meal come back with its refund.",
    ),
    "points.off": (
        "本食堂没有启用积分抵餐（设置里定一分值多少钱）。",
        "Points buy no meals here: set what a point is worth in the settings.",
    ),
    "points.reason_needed": ("请写明原因。", "Give a reason."),
    "points.request_reused": (
        "这个请求已用于另一笔积分，请重新填写。",
        "This request was used for other points already: fill the form in again.",
    ),
    "points.short": (
        "积分只有 {points} 分，要 {needed} 分。",
        "There are {points} points and {needed} are needed.",
    ),
    "points.too_little": (
        "按每小时 {per_hour} 分算不到 1 分。每小时几分在设置的“储值与积分”里改。",
        "At {per_hour} points an hour that is less than one point. The rate is in the settings, stored value and points.",
    ),
    "points.undone": ("这一笔已经撤销过。", "This was undone already."),
    "points.whole": (
        "积分按每分 {point_fen} 抵，请按整分支付，余下的换别的方式。",
        "A point pays {point_fen}: pay whole points and the rest otherwise.",
    ),
    "purse.closed_already": ("这个账户已经关闭。", "This account is closed already."),
    "purse.last_user": (
        "{name} 是这个账户唯一的使用人，不能移出。",
        "{name} is the only one who uses this account and stays on it.",
    ),
    "purse.needs_card": (
        "{name} 没有可用的卡，先发卡再加入挂账单位。",
        "{name} has no card in use: issue one first.",
    ),
    "purse.not_yours": (
        "{name} 用的不是这个账户。",
        "{name} does not use this account.",
    ),
    "purse.nothing_to_pay_out": (
        "账户里没有可退的本金。",
        "There is nothing in this purse that can be paid out.",
    ),
    "purse.on_it_already": ("{name} 已经用这个账户。", "{name} uses this account already."),
    "purse.too_much": (
        "最多能退 {balance_fen}（赠送不退）。",
        "{balance_fen} can be paid out at most (a bonus cannot).",
    ),
    "purse.tender": ("这里不能用{tender}。", "This cannot be paid by {tender}."),
    "account.owes": (
        "还欠 {owed_fen}，收清后才能关闭。",
        "{owed_fen} is still owed: it has to be paid before closing.",
    ),
    "account.limit_under_owed": (
        "已挂 {owed_fen}，额度不能低于它。",
        "{owed_fen} is owed already: the limit cannot be lower.",
    ),
    "account.pays_too_much": (
        "这个单位只欠 {owed_fen}。多收的请单独约定后再收。",
        "This customer owes {owed_fen} only. Take no more than that.",
    ),
    "account.payment_amount": ("收款金额要大于 0。", "The payment must be above zero."),
    "account.month": ("没有这个月份：{month}。写成 2026-11。", "There is no month {month}: write 2026-11."),
    "wallet.closed": (
        "{name} 的储值账户已关闭，经理可在“账户与券”里重新启用。",
        "The purse of {name} is closed; a manager can open it again under Purses.",
    ),
    "purse.payee_needed": (
        "这位已经去世，请在“领款人”里写明谁来领、什么关系。",
        "The owner has died: say under 'Paid to' who takes the money and how they are related.",
    ),
    "top_up.not_one": ("这张单据不是充值。", "This document is no top-up."),
    "top_up.undone": ("这笔充值已经撤销过。", "This top-up has been undone."),
    "top_up.spent": (
        "充进去的钱已经用了一部分（现有本金 {balance_fen}，赠送 {bonus_fen}），不能整笔撤销；请用“退款”退剩下的。",
        "Part of this top-up is spent ({balance_fen} and {bonus_fen} of bonus are left): pay out what is left instead.",
    ),
    "voucher.claim_days": ("结束日不能早于开始日。", "The last day cannot be before the first."),
    "voucher.alone": (
        "餐券 {serial} 的发放单位规定一餐只能用一张，不能再用 {other}。",
        "The issuer of voucher {serial} allows one a meal: {other} cannot be used with it.",
    ),
    "voucher.batch_unknown": ("没有这批券。", "There is no such batch of vouchers."),
    "voucher.batch_name": ("请填写券的名称。", "Give the vouchers a name."),
    "voucher.batch_issuer": ("请填写发放单位。", "Say who issues the vouchers."),
    "voucher.batch_count": ("一批最多 {most} 张，至少 1 张。", "A batch holds 1 to {most} vouchers."),
    "voucher.batch_face": (
        "请填面值，最多 {most_fen}。",
        "Give a face value, {most_fen} at most.",
    ),
    "voucher.batch_percent": ("请填 1 到 100。", "Give a percentage between 1 and 100."),
    "voucher.batch_cap": (
        "最多减多少要大于 0；不限就不填。",
        "Leave it empty for no ceiling; it cannot be 0.",
    ),
    "voucher.batch_dates": (
        "有效期的最后一天要不早于第一天。",
        "The last day must not come before the first.",
    ),
    "voucher.batch_over": (
        "最后一天已经过去了，这批券谁也用不了。",
        "The last day is over: nobody could use these.",
    ),
    "voucher.batch_people": ("电子券要选发给谁。", "Electronic vouchers need people to give them to."),
    "voucher.none_to_print": (
        "这批券没有可打印的（都已用、作废或过期）。",
        "Nothing of this batch is left to print: all is used, void or over.",
    ),
    "voucher.not_percent": (
        "餐券 {serial} 是面值券，付款时使用。",
        "Voucher {serial} has a face value: use it when paying.",
    ),
    "voucher.not_yours": (
        "餐券 {serial} 只能由领券人本人使用。",
        "Voucher {serial} can be used only by the person it was given to.",
    ),
    "voucher.percent": (
        "餐券 {serial} 是折扣券，扫券即减价，不是付款方式。",
        "Voucher {serial} lowers the price: scan it at the order, it is no tender.",
    ),
    "voucher.voided": ("餐券 {serial} 已作废。", "Voucher {serial} is void."),
    "voucher.void_used": (
        "餐券 {serial} 已用过，不能作废。",
        "Voucher {serial} has been used and cannot be voided.",
    ),
    "voucher.void_reason": ("作废要写明原因。", "Voiding needs a reason."),
}
