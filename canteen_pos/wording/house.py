"""Refusals around the house: database, settings, founding, import, printers."""

HOUSE: dict[str, tuple[str, str]] = {
    "database.busy": ("另一台收银机正在写入，请再试一次。", "Another till is writing: try again."),
    "database.disk": (
        "数据没有存下（{why}）。请检查磁盘空间，这一笔没有入账。",
        "Nothing was saved ({why}). Look at the disk; this was not booked.",
    ),
    "database.newer": (
        "数据由更新版本的程序写成（{found}），请先升级程序。",
        "A later version of the program wrote this data ({found}): update the program first.",
    ),
    "database.unreadable": ("打不开数据库：{why}", "The database cannot be opened: {why}"),
    "dish.code_taken": ("编号 {dish_code} 已用于{name}。", "Code {dish_code} is taken by {name}."),
    "dish.unknown_period": (
        "{name}：没有“{period}”这个餐次。",
        "{name}: there is no meal period '{period}'.",
    ),
    "import.not_a_workbook": (
        "打不开“{file}”：不是 Excel 工作簿，或文件坏了。请在 Excel 或 WPS 里打开它，另存为 .xlsx 再选。",
        "'{file}' cannot be opened: no workbook, or damaged. Open it in Excel or WPS, save it as .xlsx and choose that.",
    ),
    "import.problems": (
        "表格里有 {count} 处问题，什么也没有导入。",
        "The workbook has {count} problems; nothing was imported.",
    ),
    "printer.columns": (
        "打印机列数 {columns} 不对，应是 32、42 或 48。",
        "{columns} columns is wrong for a printer: 32, 42 or 48.",
    ),
    "printer.paper": ("打印机设置不对：{encoding} {qr}", "These printer settings are wrong: {encoding} {qr}"),
    "settings.changed_meanwhile": (
        "你打开这一页以后，别人改了：{what}。要用你写的，再保存一次；要看新的，先返回列表。",
        "While this page was open somebody else changed: {what}. Save again to keep yours, or leave the page to see theirs.",
    ),
    "settings.idle_lock": (
        "锁屏时间应是 0 到 240 分钟，0 表示不锁。",
        "The screen locks after 0 to 240 minutes; 0 never locks it.",
    ),
    "settings.negative_amount": ("金额不能为负。", "An amount cannot be negative."),
    "settings.no_period": ("至少要有一个餐次。", "There must be at least one meal period."),
    "settings.cut_off_late": (
        "营业日要在第一餐（{period}，{start}）之前开始，不然同一餐的账会分在两天。",
        "The business day begins before the first meal ({period}, {start}), or one meal's documents stand on two days.",
    ),
    "settings.period_backwards": (
        "{period}的结束要晚于开始。卖过零点的写到 23:59：营业日开始之前仍算这一餐。",
        "{period} must end after it starts. Selling past midnight? End it at 23:59: sales count as it until the day ends.",
    ),
    "settings.periods_overlap": ("{period}和{other}的时间重叠。", "{period} and {other} overlap."),
    "settings.spend_order": (
        "扣款次序要有本金和赠送，每样只写一次；还可以有积分、挂账。",
        "The spending order names principal and bonus, each once; points and on account may follow.",
    ),
    "settings.unknown_choice": ("设置里没有“{found}”这个选择。", "The settings know no choice '{found}'."),
    "settings.unknown_tender": ("没有“{tender}”这种付款方式。", "There is no tender '{tender}'."),
    "setup.founded_already": ("这里已经建好了食堂。", "A canteen is already founded here."),
    "setup.name_empty": ("请填写食堂名称。", "Enter the canteen's name."),
}
