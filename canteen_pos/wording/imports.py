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
    "import.bomb": (
        "“{file}”解开后太大，不像名单。请只留下名单这一个工作表，另存后再选。",
        "'{file}' unpacks to far more than a list of people. Keep only the list's sheet, save it anew and choose that.",
    ),
    "import.encoding": (
        "读不懂“{file}”的文字编码。请用 Excel 或 WPS 打开，另存为 .xlsx 再选。",
        "The letters of '{file}' cannot be read. Open it in Excel or WPS, save it as .xlsx and choose that.",
    ),
    "import.file_empty": (
        "“{file}”是空的，里面什么也没有。请再选一个文件。",
        "'{file}' is empty: choose another file.",
    ),
    "import.formula_error": (
        "这一格的公式算不出来（{value}），请改成数值。",
        "The formula in this cell fails ({value}): put the value instead.",
    ),
    "import.gone": ("找不到“{file}”，请再选一次。", "'{file}' is not there: choose it again."),
    "import.heading_again": ("“{value}”是表头，不是人。", "'{value}' is a heading, not a person."),
    "import.locked": (
        "“{file}”有打开密码。请在 Excel 或 WPS 里打开，去掉密码另存为 .xlsx，再选那一个。",
        "'{file}' is locked by a password. Open it in Excel or WPS, save it without one as .xlsx and choose that.",
    ),
    "import.maybe_known": (
        "可能已登记：{name}（{member_no}），同名同生日。确认是另一个人再勾选。",
        "Perhaps enrolled already: {name} ({member_no}), same name and birth date. Tick only if this is somebody else.",
    ),
    "import.merged": (
        "{range} 是合并单元格，这一格没有自己的值。请取消合并，逐行填写。",
        "{range} is merged, so this cell has no value of its own. Unmerge it and fill in every row.",
    ),
    "import.name_unmatched": (
        "请先指出哪一列是姓名。",
        "Say first which column holds the name.",
    ),
    "import.no_rows": (
        "“{file}”的工作表“{sheet}”是空的，请换一个工作表或文件。",
        "The sheet '{sheet}' of '{file}' is empty: choose another sheet or file.",
    ),
    "import.not_a_table": (
        "打不开“{file}”：不是表格，或文件坏了。请用 Excel 或 WPS 打开它，另存为 .xlsx 再选。",
        "'{file}' cannot be opened: it is no table, or damaged. Open it in Excel or WPS, save it as .xlsx and choose that.",
    ),
    "import.not_year": ("“{value}”不是年份，请写成 1943。", "'{value}' is no year: write it like 1943."),
    "import.nothing_chosen": ("没有勾选任何人。", "Nobody is chosen."),
    "import.person_known": (
        "这个身份证号已登记：{name}（{member_no}）。",
        "This ID number is enrolled already: {name} ({member_no}).",
    ),
    "import.sheet_gone": (
        "“{file}”里没有工作表“{sheet}”，请再选一次。",
        "'{file}' has no sheet '{sheet}': choose again.",
    ),
    "import.stopped": ("已停止，什么都没有写入。", "Stopped; nothing was written."),
    "import.sum_row": ("“{value}”是合计行，不是人。", "'{value}' is a line of sums, not a person."),
    "import.too_many_people": (
        "“{file}”超过 {limit} 行，请分成几个文件。",
        "'{file}' has more than {limit} rows: make several files.",
    ),
    "import.uncomputed": (
        "这一格是公式，还没有算出结果。请在 Excel 里打开并保存一次，或粘贴为数值。",
        "This cell is a formula without a result. Open and save the file in Excel once, or paste values.",
    ),
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
    "import.not_initials": (
        "首字母只写字母，如 wxl；“{value}”不是。",
        "Initials are letters, such as wxl; '{value}' is not.",
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
