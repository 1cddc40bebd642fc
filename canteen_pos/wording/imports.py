"""What can be wrong in one cell of the founding workbook; the place (sheet, cell, heading) is said before it."""

IMPORTS: dict[str, tuple[str, str]] = {
    "import.bad_choice": (
        "“{value}”不像套餐选择，请写成“荤菜：红烧肉/鱼香肉丝；汤：紫菜汤”。",
        "'{value}' is no choice of a set: write it like 'Meat: pork/chicken; Soup: egg soup'.",
    ),
    "import.birth_dates_differ": (
        "出生日期写的是 {typed}，身份证号里是 {on_card}。",
        "The birth date says {typed}, the ID number says {on_card}.",
    ),
    "import.born_later": ("出生日期 {value} 晚于今天。", "The birth date {value} is later than today."),
    "import.care_level": ("照护等级是 0 至 6，不是 {value}。", "A care level is 0 to 6, not {value}."),
    "import.empty": ("表格里没有菜单也没有人员。", "The workbook holds no menu and no people."),
    "import.empty_cell": ("这一格必须填写。", "This cell must be filled in."),
    "import.grams_for_weighed": (
        "称重菜要填每多少克，其他菜不填。",
        "A weighed dish needs 'per grams'; others must leave it empty.",
    ),
    "import.half_over_whole": (
        "半份价不能高于整份价。",
        "Half a portion cannot cost more than a whole one.",
    ),
    "import.known_already": ("“{value}”在食堂里已经有了。", "'{value}' exists in the canteen already."),
    "import.negative": ("金额不能为负。", "An amount cannot be negative."),
    "import.no_column": ("缺少“{heading}”这一列。", "The column '{heading}' is missing."),
    "import.no_sheet": (
        "表格里只有“{found}”，没有名为“{menu}”或“{people}”的工作表。请照模板给工作表命名。",
        "The sheets are '{found}'; none is called '{menu}' or '{people}'. Name them as the template does.",
    ),
    "import.no_such_period": (
        "食堂没有“{value}”这个餐次，请先在设置里添加。",
        "The canteen has no meal period '{value}': add it in the settings first.",
    ),
    "import.not_date": (
        "“{value}”不是日期，请写成 1943-02-11。",
        "'{value}' is no date: write it like 1943-02-11.",
    ),
    "import.not_phone": ("“{value}”不是电话号码。", "'{value}' is no phone number."),
    "import.not_whole": ("“{value}”不是整数。", "'{value}' is no whole number."),
    "import.not_yes_no": ("“{value}”要写“是”或“否”。", "'{value}' must be yes or no."),
    "import.not_yuan": (
        "“{value}”不是金额，请写成 12 或 12.50。",
        "'{value}' is no amount: write 12 or 12.50.",
    ),
    "import.number_lost_digits": (
        "号码太长，Excel 已把末尾改成 0。请把这一格设为文本再填。",
        "The number is so long that Excel changed its last digits: make the cell text and type it again.",
    ),
    "import.save_as_xlsx": (
        "“{file}”不是 .xlsx 表格。请在 Excel 或 WPS 里另存为“Excel 工作簿（.xlsx）”再选。",
        "'{file}' is no .xlsx workbook. Save it as 'Excel workbook (.xlsx)' in Excel or WPS and choose that.",
    ),
    "import.too_many_rows": (
        "超过 {limit} 行，请分成几个表格。",
        "More than {limit} rows: make several workbooks.",
    ),
    "import.twice": (
        "“{value}”和第 {first_row} 行重复。",
        "'{value}' is the same as in row {first_row}.",
    ),
    "import.unknown_word": (
        "不认识“{value}”，可以写：{known}。",
        "'{value}' is not known; use one of: {known}.",
    ),
}
