"""Refusals around a person's record: ID numbers and their key, leaving, merging, proxies, erasing."""

PERSONS: dict[str, tuple[str, str]] = {
    "id_number.taken": (
        "这个身份证号已登记为{name}（{member_no}），请查找此人，或合并两份档案。",
        "This ID number was enrolled as {name} ({member_no}): find them, or merge the two records.",
    ),
    "id_key.missing": (
        "这台电脑没有身份证号密钥，看不到也录不了身份证号。请先不填（可填出生日期）；经理可在设置里输入恢复单。",
        "This machine has no key, so ID numbers cannot be seen or entered: leave it out, or a manager types the sheet in.",
    ),
    "id_key.wrong": (
        "这台电脑的身份证号密钥不属于这家食堂，看不到也录不了身份证号。请先不填；经理可在设置里输入本食堂的恢复单。",
        "The key for ID numbers here is another canteen's: leave the number out, or a manager types the sheet in.",
    ),
    "id_number.damaged": (
        "存着的身份证号打不开，可能被改动过。请向本人核对后重新输入。",
        "The ID number that is kept cannot be opened; it may have been tampered with. Ask the person and enter it again.",
    ),
    "member.limit": ("限额不能为负。", "A limit cannot be negative."),
    "member.left": (
        "{name}自 {left_on} 起已离开，不能再用。若已回来，请经理办理恢复。",
        "{name} left on {left_on}. If they are back, a manager takes them in again.",
    ),
    "card.unknown": ("没有这张卡。", "There is no such card."),
    "card.ended": ("这张卡{status}，不用再办。", "This card is {status} already."),
    "fact.unknown": ("没有这条资格记录。", "There is no such fact."),
    "fact.reviewed": ("这条资格已经复核过。", "This was reviewed already."),
    "proxy.unknown": ("没有这位代领人，或已结束。", "There is no such proxy, or it ended already."),
    "id_key.groups": (
        "恢复单有 {wanted} 组字母，现在是 {found} 组，请核对有无遗漏。",
        "The recovery sheet has {wanted} groups of letters, here are {found}: look for one left out.",
    ),
    "id_key.mistyped": (
        "第 {groups} 组有错，请对照恢复单重新输入。",
        "Group {groups} is not right: compare it with the sheet and type it again.",
    ),
    "member.left_why": ("没有“{found}”这种离开原因。", "There is no such reason to leave: {found}."),
    "member.never_left": ("此人本来就在册。", "This person has not left."),
    "id_key.other_canteen": (
        "这张恢复单属于另一家食堂，没有改动。请找本食堂的恢复单。",
        "This sheet belongs to another canteen; nothing was changed. Find the sheet of this one.",
    ),
    "id_key.nothing_sealed": (
        "这家食堂还没有身份证号密钥，不需要恢复单。",
        "This canteen has no key for ID numbers yet: there is nothing to recover.",
    ),
    "id_key.not_written": (
        "密钥没有写进 {folder}（{why}），请检查文件夹权限。",
        "The key could not be written to {folder} ({why}): look at the folder's permissions.",
    ),
    "id_key.not_lost": (
        "密钥就在这台电脑上，不需要重新开始。",
        "The key is here: there is no need to begin anew.",
    ),
    "merge.itself": ("这是同一份档案。", "This is one and the same record."),
    "merge.two_id_numbers": (
        "{name}和{other}的身份证号不同，是两个人，不能合并。",
        "{name} and {other} have different ID numbers: they are two people.",
    ),
    "person.not_exported": (
        "没有写进 {folder}（{why}），请换一个文件夹。",
        "Nothing was written to {folder} ({why}): choose another folder.",
    ),
    "card_sheet.nobody": (
        "这些人都没有可用的卡，没有可打印的。",
        "None of these people has a card in use: there is nothing to print.",
    ),
    "card_sheet.not_written": (
        "没有写进 {folder}（{why}），请换一个文件夹。",
        "Nothing was written to {folder} ({why}): choose another folder.",
    ),
}
