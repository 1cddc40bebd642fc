"""Refusals around rule packs."""

RULES: dict[str, tuple[str, str]] = {
    "case.differs": (
        "{cases} 个案例里有 {count} 个和预期不同：{which}",
        "{count} of {cases} differ from what was expected: {which}",
    ),
    "case.invalid": ("案例文件有错：\n{problems}", "The case file is wrong:\n{problems}"),
    "pack.conflict": ("规则包之间有冲突：\n{problems}", "The rule packs contradict each other:\n{problems}"),
    "pack.invalid": ("规则包有错：\n{problems}", "The rule pack is wrong:\n{problems}"),
    "pack.missing": ("没有规则包 {pack}。", "There is no rule pack {pack}."),
    "pack.twice": ("规则包 {pack} 选了两次。", "Rule pack {pack} was chosen twice."),
    "pack.wrong": ("规则包有错：\n{problems}", "The rule pack is wrong:\n{problems}"),
}
