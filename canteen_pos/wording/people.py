"""Refusals around people: diners, cards, staff and their PINs."""

PEOPLE: dict[str, tuple[str, str]] = {
    "approve.wrong": (
        "密码不对，或此人没有这项权限。",
        "The PIN is wrong, or its owner may not approve this.",
    ),
    "card.not_active": (
        "这张卡{status}（{name}），请换一张或按姓名查找。",
        "This card is {status} ({name}). Use another, or find the name.",
    ),
    "card.taken": ("这张卡已属于{name}。", "This card already belongs to {name}."),
    "card.unreadable": ("读不出卡号，请再刷一次。", "The card number cannot be read: present it again."),
    "fact.code": ("“{found}”不能登记为{kind}，请核对。", "'{found}' cannot be recorded as {kind}: check it."),
    "fact.ends_early": (
        "截止日 {until} 早于开始日 {since}，请核对。",
        "It would end on {until}, before it begins on {since}: check the days.",
    ),
    "fact.known": (
        "这一条已经登记过，从 {since} 起长期有效。要改日期，请先终止那一条。",
        "This is on record already, from {since} on. To change its days, end that one first.",
    ),
    "fact.known_until": (
        "这一条已经登记过，{since} 至 {until}。要续，请从 {until} 的第二天起。",
        "This is on record already, {since} to {until}. To renew it, begin on the day after {until}.",
    ),
    "id_number.birth_date": (
        "身份证号里的出生日期不存在，请核对。",
        "The birth date in the ID number does not exist: check it.",
    ),
    "id_number.check_digit": (
        "身份证号校验位不对，请核对。",
        "The ID number's check digit is wrong: check it.",
    ),
    "id_number.length": (
        "身份证号应是 18 位，现在是 {length} 位。",
        "An ID number has 18 characters, not {length}.",
    ),
    "member.birth_year": (
        "出生年份 {year} 不可能，请核对。",
        "A birth year of {year} is not possible: check it.",
    ),
    "member.born_later": ("出生日期晚于今天，请核对。", "The birth date is later than today: check it."),
    "member.born_unclear": (
        "写成 1943、19430211 或 18 位身份证号。",
        "Write 1943, 19430211 or the 18 digits of the ID card.",
    ),
    "member.has_money": (
        "储值账户里还有 {left_fen}，退清后才能删除：在“账户与券”里按 Ctrl R 退款。",
        "The purse still holds {left_fen}. Pay it out before erasing: under Accounts, Ctrl R.",
    ),
    "member.name_empty": ("请填写姓名。", "Enter the name."),
    "member.number_taken": ("会员号 {member_no} 已被使用。", "Member number {member_no} is taken."),
    "member.unknown": ("没有这个人。", "There is no such person."),
    "pin.format": ("密码应是 4 到 8 位数字。", "A PIN is 4 to 8 digits."),
    "pin.taken": (
        "这个密码不能用，请换一个。",
        "This PIN cannot be used: choose another.",
    ),
    "approve.shared": (
        "这个密码有两位经理在用，分不清是谁。请其中一位在“员工”里改密码。",
        "Two managers have this PIN, so it does not say who approves: one of them changes it under Staff.",
    ),
    "pin.easy": (
        "这个密码太好猜（连号或全是一个数字），请换一个。",
        "This PIN is guessed at once (digits in a row, or all the same): choose another.",
    ),
    "right.no_longer": (
        "您的角色已被改动，这一步没有办成。请重新登录。",
        "Your role has changed and nothing was done: sign in again.",
    ),
    "right.approval_needed": ("这一步要经理输入密码。", "A manager has to type their PIN for this."),
    "right.missing": ("{role}没有这项权限。", "A {role} may not do this."),
    "sign_in.locked": (
        "输错次数太多，请 {seconds}后再试。",
        "Too many wrong PINs: try again in {seconds}.",
    ),
    "sign_in.wrong": ("姓名或密码不对。", "The name or the PIN is wrong."),
    "user.last_manager": ("至少要留一位经理。", "One manager has to remain."),
    "user.name_empty": ("请填写员工姓名。", "Enter the colleague's name."),
    "user.name_taken": ("已有员工叫{name}。", "There is already a colleague called {name}."),
    "user.unknown": ("没有这位员工，请刷新名单。", "There is no such colleague: look at the list again."),
    "user.role": ("没有“{role}”这个角色。", "There is no role '{role}'."),
}
