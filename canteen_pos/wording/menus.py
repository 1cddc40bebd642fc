"""Refusals around dishes, menus, counts after service and food samples."""

MENUS: dict[str, tuple[str, str]] = {
    "dish.unknown": ("没有这道菜，请刷新后再试。", "There is no such dish: look again."),
    "dish.no_name": ("请写菜名。", "A dish needs a name."),
    "dish.no_code": ("{name} 还没有编号。", "{name} needs a code."),
    "dish.no_category": ("{name} 还没有分类。", "{name} needs a category."),
    "dish.initials": (
        "首字母只用字母和数字，“{initials}”不行。",
        "Initials are letters and digits: '{initials}' will not do.",
    ),
    "dish.weighed_grams": (
        "{name}：称重的菜要写每多少克一个价，别的菜不写。",
        "{name}: a weighed dish, and only that, says how many grams its price is for.",
    ),
    "dish.cost_negative": ("{name} 的成本不能为负。", "{name}: a cost cannot be negative."),
    "dish.choice_empty": (
        "套餐的“{choice}”要有名称，每个选项也要有字。",
        "The set's choice '{choice}' needs a name and options that say something.",
    ),
    "dish.choice_twice": (
        "套餐的“{choice}”写了两次，或有两个相同的选项。",
        "The set's choice '{choice}' comes twice, or has the same option twice.",
    ),
    "dish.kind_fixed": (
        "{name} 已经卖过，不能改类型；请停用它，另加一道菜。",
        "{name} has been sold, so its kind stays: retire it and add another dish.",
    ),
    "price.backdated": (
        "价格只能从今天（{today}）或以后开始，过去的不改。",
        "A price begins today ({today}) or later: the past stays as it was.",
    ),
    "price.in_force": (
        "{day} 的价格已经在用，不能撤；请另定一个新价。",
        "The price of {day} is in force and stays: set a new one.",
    ),
    "price.unknown": ("没有从 {day} 开始的价格。", "There is no price from {day} on."),
    "plan.day_past": ("{day} 已经过去，菜单不能再改。", "{day} is past: its menu stays as it was."),
    "plan.changed_elsewhere": (
        "{day} {period}的菜单刚在别处改过，已重新读出，请再改一次。",
        "The menu of {day}, {period} was just changed elsewhere; it was read again: change it once more.",
    ),
    "plan.sold_already": (
        "{name} 在 {day} {period}已经卖出，不能撤下；可以标为售罄。",
        "{name} was sold on {day}, {period} and cannot leave that menu: mark it sold out instead.",
    ),
    "plan.dish_retired": ("{name} 已停用，不能排进菜单。", "{name} is retired and cannot be planned."),
    "plan.negative": ("计划份数不能为负。", "Planned portions cannot be negative."),
    "count.negative": ("{name} 的份数不能为负。", "{name}: portions cannot be negative."),
    "count.served_under_sold": (
        "{name} 收银已卖出 {sold} 份，出餐不能比这少。",
        "{name}: the tills sold {sold}, so no fewer were served.",
    ),
    "count.not_yet": ("{day} 还没到，不能盘点。", "{day} has not come yet: nothing can be counted."),
    "menu.not_written": (
        "写不进 {file}（{why}），请换个位置再试。",
        "{file} cannot be written ({why}): choose another place.",
    ),
    "sample.days_backwards": ("结束日期在开始日期之前。", "The last day is before the first."),
    "sample.too_little": ("留样每份至少 {least} 克。", "A sample is at least {least} g."),
    "sample.too_much": (
        "一份留样不会超过 {most} 克，请核对。",
        "No sample is more than {most} g: look again.",
    ),
    "sample.other_day": (
        "留样当天登记，最迟第二天补记；{day} 的已经不能再记。",
        "A sample is written down on its day, or the day after: {day} is too long ago.",
    ),
    "sample.taken_already": ("{name} 这一餐已经留样。", "{name} of this meal has its sample already."),
    "sample.too_early": (
        "{name} 要留满 48 小时，{until} 以后才能处理。",
        "{name} is kept for 48 hours: it may go after {until}.",
    ),
    "sample.gone": ("{name} 的留样已经处理过。", "The sample of {name} is gone already."),
    "sample.unknown": ("没有这份留样，请刷新后再试。", "There is no such sample: look again."),
}
