"""What the log says, as sentences: kind of event or document -> (group, Chinese, English). Facts fill them.

Groups are what the records screen sifts by. A kind without words here is told by its name and its facts.
"""

import re
from collections.abc import Mapping

from canteen_pos.wording.codes import CODES
from canteen_pos.wording.setting_words import SETTINGS

GROUPS: Mapping[str, tuple[str, str]] = {
    "sale": ("收款", "Sales"),
    "money": ("退款充值", "Money"),
    "people": ("就餐人", "People"),
    "menu": ("菜单", "Menu"),
    "rules": ("规则设置", "Rules"),
    "staff": ("员工登录", "Staff"),
    "machine": ("打印备份", "Machine"),
}

EVENTS: Mapping[str, tuple[str, str, str]] = {
    # documents
    "sale": ("sale", "收款 {pays_fen}，单号 {number}，{person}", "Sale {number} of {pays_fen}, {person}"),
    "refund": (
        "money",
        "退款 {pays_fen}，单号 {number}，{person}",
        "Refund {number} of {pays_fen}, {person}",
    ),
    "top_up": (
        "money",
        "充值 {pays_fen}，单号 {number}，{person}",
        "Top-up {number} of {pays_fen}, {person}",
    ),
    "cash_movement": (
        "money",
        "钱箱现金 {pays_fen}，单号 {number}：{reason}",
        "Cash in or out {number}, {pays_fen}: {reason}",
    ),
    "tender_correction": (
        "money",
        "更正付款方式，单号 {number}，{person}",
        "Tender corrected by {number}, {person}",
    ),
    "invoice_marked": ("money", "{document_number} 标为发票已开", "{document_number} marked: invoice issued"),
    "opening": ("money", "期初余额，单号 {number}，{person}", "Opening balance {number}, {person}"),
    "purse_refund": (
        "money",
        "退还储值 {pays_fen}，单号 {number}，{person}",
        "Stored value paid out {number}, {pays_fen}, {person}",
    ),
    "account_payment": (
        "money",
        "挂账还款 {pays_fen}，单号 {number}，{person}",
        "Payment on account {number}, {pays_fen}, {person}",
    ),
    "transfer": (
        "money",
        "余额转到另一个账户，单号 {number}，{person}",
        "Balance moved to another purse {number}, {person}",
    ),
    # money without a document
    "no_sale": ("money", "没有收款打开钱箱：{reason}", "Drawer opened without a sale: {reason}"),
    "line_removed": (
        "money",
        "从单上去掉 {quantity} 份{dish}",
        "Removed from an order: {quantity} x {dish}",
    ),
    "price_overridden": (
        "money",
        "{document_number} 里 {quantity} 份{dish}另定价 {now_fen}：{reason}",
        "{document_number}: {quantity} x {dish} at another price, {now_fen}: {reason}",
    ),
    "oversold": ("menu", "超出剩余份数仍售出", "Sold beyond what was left"),
    "shift_opened": ("money", "开班，备用金 {float_fen}", "Shift opened with {float_fen}"),
    "shift_closed": (
        "money",
        "交班，现金差额 {difference_fen}",
        "Shift closed, cash difference {difference_fen}",
    ),
    "handed_over": ("money", "交班给{to}", "Till handed over to {to}"),
    "series_opened": ("rules", "新的单号系列 {label}", "New series of numbers {label}"),
    # people
    "enrolled": ("people", "登记了{person}", "Enrolled {person}"),
    "card_replaced": (
        "people",
        "给{person}换卡，旧卡 {old} 作废",
        "New card for {person}; card {old} is dead",
    ),
    "photo_changed": ("people", "换了{person}的照片", "Changed the photo of {person}"),
    "fact_recorded": ("people", "给{person}记了{fact}", "Recorded {fact} for {person}"),
    "person_edited": ("people", "改了{person}的资料：{fields}", "Changed {fields} of {person}"),
    "id_number_shown": ("people", "查看了{person}的身份证号", "Looked at the ID number of {person}"),
    "member_erased": ("people", "删除了{person}的个人信息", "Erased the personal facts of {person}"),
    "imported": (
        "people",
        "从 {file} 导入 {people} 人、{dishes} 道菜",
        "Imported {people} people and {dishes} dishes from {file}",
    ),
    "person_left": ("people", "{person}从 {day} 起离开（{why}）", "{person} left from {day} ({why})"),
    "person_returned": ("people", "{person}回来就餐", "{person} is back"),
    "fact_reviewed": ("people", "复核了{person}的{fact}", "Reviewed {fact} of {person}"),
    "fact_ended": ("people", "{person}的{fact}到 {last_day} 止", "{fact} of {person} ends on {last_day}"),
    "proxy_added": ("people", "给{person}登记了代领人", "A proxy may collect for {person}"),
    "proxy_ended": ("people", "{person}的代领人到 {last_day} 止", "A proxy of {person} ends on {last_day}"),
    "card_issued": ("people", "给{person}发卡 {card}", "Card {card} issued, {person}"),
    "card_lost": ("people", "{person}的卡挂失", "Card of {person} reported lost"),
    "card_returned": ("people", "{person}退卡", "Card of {person} returned"),
    "people_merged": ("people", "合并了两份档案，留下{person}", "Two records merged into {person}"),
    "person_exported": ("people", "导出了{person}的全部资料", "Exported all that is stored about {person}"),
    "retention_over": (
        "people",
        "到期清除了{person}的{what}",
        "Deleted {what} of {person}: it was kept long enough",
    ),
    "people_listed": (
        "people",
        "名单 {people} 人存成表格 {file}",
        "List of {people} people written to {file}",
    ),
    "cards_printed": ("people", "打印了 {cards} 张卡", "Printed {cards} cards"),
    "recovery_sheet_made": (
        "rules",
        "打印了身份证号密钥恢复单",
        "Made the recovery sheet of the ID number key",
    ),
    "id_key_recovered": ("rules", "用恢复单找回了身份证号密钥", "Recovered the ID number key from its sheet"),
    "id_key_begun_anew": (
        "rules",
        "换了新的身份证号密钥，{numbers} 个号码要重新登记",
        "A new ID number key; {numbers} numbers have to be entered again",
    ),
    # purses
    "vouchers_issued": ("money", "发券{name}，{number} 张", "Issued {number} vouchers, {name}"),
    "vouchers_printed": ("money", "打印券{name}，{number} 张", "Printed {number} vouchers, {name}"),
    "voucher_voided": ("money", "作废餐券 {serial}：{reason}", "Voucher {serial} voided: {reason}"),
    "vouchers_voided": (
        "money",
        "作废{name}余下的 {number} 张券：{reason}",
        "{number} vouchers of {name} voided: {reason}",
    ),
    "account_opened": ("money", "开挂账户{purse}", "Opened the account of {purse}"),
    "account_edited": ("money", "改了挂账户{purse}", "Changed the account of {purse}"),
    "account_closed": ("money", "关闭账户{purse}", "Closed the account of {purse}"),
    "customer_erased": (
        "people",
        "删除了一位挂账客户的个人信息",
        "Erased the personal facts of a customer who paid later",
    ),
    "purse_closed": ("money", "退余额并关闭{purse}的账户", "The purse of {purse} was paid out and closed"),
    "purse_low_mark": (
        "money",
        "{purse}的低余额提醒改为 {now_fen}",
        "Low balance mark of {purse} is now {now_fen}",
    ),
    "purse_paid_to": (
        "money",
        "{purse}的退款由 {payee} 领取，单号 {document_number}",
        "What {purse} held was paid to {payee}, {document_number}",
    ),
    "limits_set": (
        "money",
        "{person}的消费限额：每餐 {meal_fen}，每天 {day_fen}，每月 {month_fen}",
        "Limits of {person}: {meal_fen} a meal, {day_fen} a day, {month_fen} a month",
    ),
    "purse_reopened": ("money", "重新启用{purse}的账户", "The purse of {purse} is open again"),
    "points_earned": (
        "money",
        "{person}得 {points} 分：{reason}",
        "{person} earned {points} points: {reason}",
    ),
    "points_goods": (
        "money",
        "{person}用积分换物（{points}）：{reason}",
        "{person} took goods for points ({points}): {reason}",
    ),
    "points_corrected": (
        "money",
        "更正{person}的积分（{points}）：{reason}",
        "Points of {person} corrected ({points}): {reason}",
    ),
    "points_undone": (
        "money",
        "撤销{person}的积分（{points}）：{reason}",
        "Points of {person} undone ({points}): {reason}",
    ),
    "purse_joined": ("money", "{person}加入共用账户", "{person} joined a shared purse"),
    "purse_left": ("money", "{person}不再共用账户", "{person} left a shared purse"),
    # menu
    "price_changed": ("menu", "{dish}改价：{was_fen} → {now_fen}", "{dish}: price {was_fen} -> {now_fen}"),
    "sold_out": ("menu", "{dish}标为售完", "{dish} marked sold out"),
    "back_on_sale": ("menu", "{dish}恢复供应", "{dish} is back on sale"),
    "portions_set": (
        "menu",
        "{dish}剩余份数改为 {now_halves} 个半份",
        "{dish}: {now_halves} half portions left",
    ),
    "menu_planned": ("menu", "排了菜单：{day} 起 {count} 餐", "Planned {count} meals from {day}"),
    "menu_copied": ("menu", "照抄了上一周的菜单：{count} 餐", "Copied last week's menu: {count} meals"),
    "menu_undone": ("menu", "撤销了排菜单的一步：{count} 餐", "Undid a step in the menu: {count} meals"),
    "dish_added": ("menu", "新菜{dish}，{price_fen}", "New dish {dish}, {price_fen}"),
    "dish_changed": ("menu", "改了{dish}", "Changed {dish}"),
    "dish_retired": ("menu", "停用{dish}", "Retired {dish}"),
    "dish_back": ("menu", "重新启用{dish}", "{dish} is back in use"),
    "dish_price_set": (
        "menu",
        "{dish}从 {valid_from} 起 {now_fen}",
        "{dish}: {now_fen} from {valid_from}",
    ),
    "dish_price_dropped": (
        "menu",
        "取消{dish}从 {valid_from} 起的价格",
        "{dish}: the price from {valid_from} was dropped",
    ),
    "sample_taken": ("menu", "{day} {period}留样：{dishes}", "Samples kept, {day} {period}: {dishes}"),
    "sample_disposed": ("menu", "销毁留样：{samples}", "Samples disposed of: {samples}"),
    "food_counted": ("menu", "{day} {period}餐后盘点", "Counted after service, {day} {period}"),
    "closed_day_set": ("menu", "{day} 停餐：{closed}", "{day} closed: {closed}"),
    # rules and settings
    "canteen_founded": ("rules", "建立食堂{name}", "Founded the canteen {name}"),
    "settings_changed": ("rules", "改了设置：{what}", "Changed settings: {what}"),
    "machine_changed": ("rules", "改了本机设置：{what}", "Changed this machine's settings: {what}"),
    "pack_added": ("rules", "写入规则包 {pack}（{dated}）", "Added rule pack {pack} ({dated})"),
    "restored": (
        "machine",
        "恢复了备份，单号改用 {label}，{by}",
        "Restored a backup; numbers begin with {label}, {by}",
    ),
    "erased_are_back": (
        "people",
        "恢复的备份里又有已删除的人，要再删一次：{member_nos}",
        "The restored backup brought erased people back, to be erased again: {member_nos}",
    ),
    "records_exported": (
        "rules",
        "导出 {records} 条操作记录到 {file}",
        "Exported {records} records to {file}",
    ),
    # staff
    "signed_in": ("staff", "登录", "Signed in"),
    "sign_in_failed": ("staff", "登录密码错误", "Wrong PIN at sign-in"),
    "approved": ("staff", "{manager}在场授权", "{manager} approved in place"),
    "approval_failed": ("staff", "经理授权密码错误", "Wrong manager's PIN for an approval"),
    "user_created": ("staff", "新员工{name}，{role}", "New colleague {name}, {role}"),
    "user_renamed": ("staff", "{old}改名{name}", "{old} is now called {name}"),
    "role_changed": ("staff", "{user}的角色：{old} → {role}", "{user}: {old} -> {role}"),
    "pin_changed": ("staff", "换了{user}的密码", "Changed the PIN of {user}"),
    "user_active": ("staff", "{user}在职：{active}", "{user} may sign in: {active}"),
    "user_unlocked": ("staff", "解除了{user}的锁定", "Unlocked {user}"),
    # machine
    "printer_added": ("rules", "添加小票机{name}", "Added printer {name}"),
    "printer_changed": ("rules", "改了小票机{name}", "Changed printer {name}"),
    "printer_retired": ("rules", "停用小票机{name}", "Retired printer {name}"),
    "reprinted": (
        "machine",
        "重打 {document_number}，第 {copy} 次",
        "Reprinted {document_number}, copy {copy}",
    ),
    "print_again": ("machine", "再打一次", "Printed again"),
    "print_printed": ("machine", "确认已经打出", "Confirmed as printed"),
    "print_dropped": ("machine", "不再打印", "Dropped a print job"),
    "print_waiting": ("machine", "重新排队打印", "Queued again for printing"),
    "backed_up": ("machine", "备份成功：{file}", "Backed up: {file}"),
    "backup_failed": ("machine", "备份失败：{why}", "Backup failed: {why}"),
}


def group_of(kind: str) -> str:
    """The group a kind belongs to; what nobody put anywhere stands with the rules, where it is looked at."""
    return EVENTS[kind][0] if kind in EVENTS else "rules"


def kinds_of(group: str) -> frozenset[str]:
    return frozenset(kind for kind, (belongs, _, _) in EVENTS.items() if belongs == group)


_GAP = re.compile(r"\{\w*\}")
"""Where a sentence waits for a fact: no word that anybody reads."""


def kinds_saying(words: str) -> tuple[str, ...]:
    """Kinds whose sentence holds `words`, in either language."""
    sought = words.casefold()
    return tuple(
        kind
        for kind, (_, *both) in EVENTS.items()
        if any(sought in _GAP.sub("\n", sentence).casefold() for sentence in both)
    )


def codes_saying(words: str) -> tuple[str, ...]:
    """Settings and codes that are shown as `words`, in either language: '锁屏', 'cashier'."""
    sought = words.casefold()
    return tuple(
        code
        for code, (zh, en) in (*SETTINGS.items(), *CODES.items())
        if sought in zh or sought in en.casefold()
    )
