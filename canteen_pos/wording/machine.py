"""Refusals of the machine's own settings and of the command line."""

MACHINE: dict[str, tuple[str, str]] = {
    "machine.database": (
        "till.toml 里的 database 应是 PostgreSQL 地址（postgresql://…），或留空。",
        "database in till.toml must be a PostgreSQL URL (postgresql://...), or empty.",
    ),
    "machine.hour": (
        "till.toml 里的 {field} 应是钟点，如 21:30，不是“{found}”。",
        "{field} in till.toml must be an hour such as 21:30, not '{found}'.",
    ),
    "machine.number": (
        "till.toml 里的 {field} 应是 {least} 到 {most} 的数，不是“{found}”。",
        "{field} in till.toml must be a number from {least} to {most}, not '{found}'.",
    ),
    "machine.no_folder": (
        "这里没有数据文件夹，本机设置存不下来。",
        "There is no data folder here to keep this machine's settings in.",
    ),
    "machine.no_canteen": ("{folder} 里还没有食堂。", "There is no canteen in {folder} yet."),
    "machine.not_a_choice": (
        "till.toml 里的 {field} 不能是“{found}”，可以是：{wanted}。",
        "{field} in till.toml cannot be '{found}'; it may be: {wanted}.",
    ),
    "machine.not_text": (
        "till.toml 里的 {field} 要写成文字，加引号。",
        "{field} in till.toml must be text, in quotes.",
    ),
    "machine.opening_failed": (
        "打开食堂的数据时程序出了错，数据没有动。请重新开一次；还是不行，就把日志 {file} 交给帮忙的技术人员。",
        "The program failed opening the canteen; its data is safe. Start again, or give a technician the log {file}.",
    ),
    "machine.out_is_data": (
        "{folder} 是收银机自己的数据文件夹，演示请另选一个。",
        "{folder} is a till's own data folder: choose another for the demo.",
    ),
    "machine.restoring_failed": (
        "程序出了错，请把日志 {file} 交给帮忙的技术人员。",
        "the program failed; give a technician the log {file}.",
    ),
    "machine.station": (
        "收银台编号“{found}”不对：一到八个大写字母或数字，如 T1。",
        "'{found}' is no till code: one to eight capital letters or digits, such as T1.",
    ),
    "machine.unknown": (
        "till.toml 里没有“{field}”这一项，可以写：{wanted}。",
        "till.toml has no setting '{field}'; there are: {wanted}.",
    ),
    "machine.unreadable": ("读不了 {file}：{why}", "{file} cannot be read: {why}"),
}
