"""Refusals around a person's record: ID numbers and their key, leaving, merging, proxies, erasing."""

PERSONS: dict[str, tuple[str, str]] = {
    "id_number.taken": (
        "这个身份证号已登记为{name}（{member_no}），请查找此人，或合并两份档案。",
        "This ID number was enrolled as {name} ({member_no}): find them, or merge the two records.",
    ),
    "id_key.missing": (
        "这台电脑没有身份证号密钥，身份证号没有保存。请先不填（可填出生日期）；经理可在设置里输入恢复单。",
        "This machine has no key for ID numbers: leave the number out, or a manager types the recovery sheet in (Settings).",
    ),
    "id_key.wrong": (
        "这台电脑的身份证号密钥不属于这家食堂，身份证号没有保存。请先不填；经理可在设置里输入本食堂的恢复单。",
        "The key for ID numbers here is another canteen's: leave the number out, or a manager types the sheet in.",
    ),
    "id_number.damaged": (
        "存着的身份证号打不开，可能被改动过。请向本人核对后重新输入。",
        "The ID number that is kept cannot be opened; it may have been tampered with. Ask the person and enter it again.",
    ),
    "member.limit": ("限额不能为负。", "A limit cannot be negative."),
}
