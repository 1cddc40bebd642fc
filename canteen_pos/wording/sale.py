"""Refusals around a sale, a payment, a shift: what is wrong and what to do."""

SALE: dict[str, tuple[str, str]] = {
    "account.limit": ("挂账额度不能为负。", "A credit limit cannot be negative."),
    "account.name_empty": ("请填写账户名称。", "Give the account a name."),
    "account.over_limit": (
        "{name} 的挂账额度只剩 {left_fen}，这次要 {needed_fen}。请换一种付款方式。",
        "{name} has {left_fen} of credit left and this needs {needed_fen}. Take another tender.",
    ),
    "account.unknown": ("没有这个账户。", "There is no such account."),
    "bill.key_twice": (
        "订单里有两行编号相同，请重新录入。",
        "Two lines of the order have the same key; enter them again.",
    ),
    "budget.short": (
        "资金“{budget}”刚被用完，金额已变，请重新核对。",
        "The budget '{budget}' was used up just now; look at the new amount.",
    ),
    "cash.not_that_much": ("钱箱里没有这么多现金。", "There is not that much cash in the drawer."),
    "cash.reason_needed": ("请写明原因。", "Give a reason."),
    "cash.short": ("收到 {given_fen}，应付 {due_fen}，不够。", "{given_fen} was given, {due_fen} is due."),
    "cash.zero": ("金额不能是 0。", "The amount cannot be zero."),
    "dish.no_half": ("{name} 没有半份。", "{name} has no half portion."),
    "dish.not_on_menu": ("这道菜不在这一餐的菜单上。", "This dish is not on the menu of this meal."),
    "dish.sold_out": ("{name} 已售罄。", "{name} is sold out."),
    "line.choices": (
        "{name} 里没有这样的选项：{chosen}。",
        "{name} does not offer that: {chosen}.",
    ),
    "line.grams": ("{name} 按重量卖，请输入克数。", "{name} is sold by weight: enter the grams."),
    "line.quantity": ("{name} 的份数要至少 1。", "{name}: the quantity must be at least 1."),
    "line.reason_needed": ("{name} 改价要写原因。", "{name}: an open price needs a reason."),
    "order.empty": ("订单是空的，请先选菜。", "The order is empty: choose a dish first."),
    "order.not_yet": (
        "这一单的日期 {day} 还没有到，不能现在收款。",
        "This order is for {day}, which is still to come: it cannot be rung up now.",
    ),
    "order.period_passed": (
        "这一单是{period}的，已经过时。请按{now_period}重新核价。",
        "This order was for {period}, which is over. Price it again for {now_period}.",
    ),
    "order.same_eater": (
        "两份订单是同一位就餐人，请合成一单。",
        "Two of these orders are for the same person: make them one.",
    ),
    "payment.cash_twice": ("现金只能收一笔。", "Cash can be taken once in a payment."),
    "payment.not_positive": ("{tender}的金额要大于 0。", "The amount for {tender} must be above zero."),
    "payment.not_the_sum": (
        "各种付款加起来要正好是 {due_fen}。",
        "The tenders must come to exactly {due_fen}.",
    ),
    "portions.negative": ("份数不能为负。", "Portions cannot be negative."),
    "portions.short": (
        "{name} 余量不足。确认已打给客人，可由有权限的人超卖。",
        "{name}: not enough left. If it is on the tray already, someone with the right can sell it all the same.",
    ),
    "price.half_over_whole": ("半份不能比整份贵。", "A half portion cannot cost more than a whole one."),
    "price.negative": ("价格不能为负。", "A price cannot be negative."),
    "quota.used": (
        "补贴刚在另一台收银机用过（{document}），金额已变，请重新核对。",
        "The subsidy was used at another till just now ({document}); look at the new amount.",
    ),
    "sale.amount_changed": (
        "金额从 {was_fen} 变为 {now_fen}，请核对后再收款。",
        "The amount changed from {was_fen} to {now_fen}. Check it, then take the payment.",
    ),
    "sale.id_reused": (
        "这张单已按另一个内容入账（{number}），请另开一单。",
        "This order was already booked with other contents ({number}): start a new one.",
    ),
    "series.none_open": ("收银台 {till} 还没有启用单据序列。", "Till {till} has no series of numbers yet."),
    "shift.already_open": (
        "收银台 {till} 已有未交的班（{cashier}）。请先交班。",
        "Till {till} has an open shift ({cashier}). Close it first.",
    ),
    "shift.bad_count": ("张数要是不小于 0 的整数。", "Counts are whole numbers, zero or more."),
    "shift.negative_float": ("备用金不能为负。", "A float cannot be negative."),
    "shift.none_open": (
        "收银台 {till} 还没有开班，请先开班。",
        "No shift is open at till {till}: open one first.",
    ),
    "shift.reason_needed": (
        "数目对不上，请写明原因再交班。",
        "The count differs: give a reason before closing the shift.",
    ),
    "shift.unknown": ("没有这个班次。", "There is no such shift."),
    "shift.verify_oneself": ("复核要由另一个人来做。", "Somebody else has to verify."),
    "tender.off": ("本食堂没有启用{tender}。", "This canteen does not take {tender}."),
    "top_up.amount": ("充值金额要大于 0。", "The top-up must be above zero."),
    "top_up.given_short": ("还差 {short_fen}。", "{short_fen} is missing."),
    "top_up.request_id": ("这次充值缺少编号，请重试。", "This top-up has no id of its own: try again."),
    "top_up.tender": ("充值不能用{tender}。", "A top-up cannot be paid by {tender}."),
    "purse.closed": (
        "原来付款的账户已注销，{back_fen} 退不回去。请退款（改退现金）后重新收款。",
        "The purse that paid is closed and cannot take {back_fen} back. Refund the sale (in cash) and ring it up again.",
    ),
    "voucher.face": (
        "餐券 {serial} 面值 {face_fen}，请按面值使用（不找零）。",
        "Voucher {serial} is worth {face_fen}: it is used at its face value, without change.",
    ),
    "voucher.unknown": ("没有餐券 {serial}，请核对券号。", "There is no voucher {serial}: check the serial."),
    "voucher.used": ("餐券 {serial} 已经用过。", "Voucher {serial} has been used."),
    "wallet.cap": (
        "储值上限 {cap_fen}（不算赠送），现有本金 {balance_fen}，最多还能充 {room_fen}。",
        "The balance may be {cap_fen} at most, bonus aside; it is {balance_fen} now, which leaves {room_fen} to top up.",
    ),
    "wallet.short": (
        "余额 {balance_fen}，不够 {needed_fen}。可以充值，或换现金、扫码。",
        "The balance is {balance_fen}, {needed_fen} is needed. Top up, or take cash or a code.",
    ),
    "wallet.unknown": ("没有这个储值账户。", "There is no such purse."),
    # selling, refunding, correcting, parking
    "document.unknown": ("没有这张单据。", "There is no such document."),
    "parked.gone": ("这一单已经取回了。", "This parked order has been taken up already."),
    "refund.not_a_sale": ("这张单据不是销售，不能退。", "This document is not a sale: nothing to give back."),
    "refund.nothing": ("没有可退的了。", "There is nothing left to give back."),
    "refund.purse_closed": (
        "付款的储值账户已注销，{back_fen} 退不回去。可改退现金：再按一次退款。",
        "The purse that paid is closed and cannot take {back_fen} back. Press refund again to pay it in cash.",
    ),
    "refund.reason_needed": ("退款要写明原因。", "A refund needs a reason."),
    "refund.too_many": (
        "第 {line_no} 行只剩 {left} 份可退。",
        "Only {left} of line {line_no} can still be given back.",
    ),
    "tender.not_a_sale": ("只有销售单可以更正付款方式。", "Only a sale's tender can be corrected."),
    "tender.nothing_paid": ("这一单没有收款，不用更正。", "Nothing was paid for this sale."),
    "tender.refunded": (
        "这一单已有退款，不能再更正付款方式。",
        "Part of this sale was given back already: its tender cannot be corrected.",
    ),
    "voucher.not_valid": (
        "餐券 {serial} 的有效期是 {valid_from} 至 {valid_to}。",
        "Voucher {serial} is valid from {valid_from} to {valid_to}.",
    ),
}
