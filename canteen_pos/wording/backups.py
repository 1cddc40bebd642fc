"""Refusals about backups and the places they are kept in."""

BACKUPS: dict[str, tuple[str, str]] = {
    "backup.damaged": (
        "备份 {file} 有损坏（{why}），请换一份，并检查存放的磁盘。",
        "Backup {file} is damaged ({why}): take another one, and look at the disk it lies on.",
    ),
    "backup.does_not_fit": (
        "这份备份自己对不上（{document}：{what}），没有恢复。请换一份。",
        "The books in this backup do not add up ({document}: {what}); nothing was restored. Take another one.",
    ),
    "backup.exists": (
        "{file} 已经存在，请换一个文件名。",
        "{file} exists already: choose another name.",
    ),
    "backup.in_use": (
        "{file} 正被收银台使用，请先关闭所有收银台再恢复。",
        "A till has {file} open: close every till, then restore.",
    ),
    "backup.inside": (
        "备份要放到另一个位置，不能放在数据文件夹 {where} 里。",
        "A backup belongs in another place, not inside the data folder {where}.",
    ),
    "backup.missing": ("没有文件 {file}。", "There is no file {file}."),
    "backup.no_place": (
        "找不到备份位置 {where}。请插上磁盘，或检查地址和文件夹名。",
        "There is no place {where}: plug the disk in, or check address and folder name.",
    ),
    "backup.not_ours": (
        "{file} 不是食堂的数据文件，或已损坏。",
        "{file} is no canteen's file, or it is damaged.",
    ),
    "backup.not_owner": (
        "服务器没有恢复的权限（{why}）。请让服务器管理员把这个数据库交给食堂的用户，再恢复。",
        "The server does not allow it ({why}). Ask who runs it to make the canteen's user the owner of this database.",
    ),
    "backup.nowhere": (
        "还没有设置备份位置，请先填写一个文件夹或地址。",
        "No place for backups is set yet: enter a folder or an address first.",
    ),
    "backup.others_connected": (
        "数据库还有人在用（{count} 个连接）。请先关闭其他收银台和数据库工具，再恢复。",
        "Others have the database open ({count} connections): close every other till and database tool, then restore.",
    ),
    "backup.full": (
        "备份位置 {where} 满了。请删掉一些不要的文件，或换一块大一点的盘。",
        "The backup place {where} is full: remove what nobody needs there, or take a larger disk.",
    ),
    "backup.no_answer": (
        "备份位置 {where} 没有回应。请看看那台机器开着没有，网线和地址对不对。",
        "The backup place {where} does not answer: is that machine on, are cable and address right?",
    ),
    "backup.not_allowed": (
        "备份位置 {where} 不让写（{why}）。请换一个文件夹，或给这个账号写的权限。",
        "The backup place {where} does not let us write ({why}): take another folder, or allow this account to.",
    ),
    "backup.other_host": (
        "{where} 换了一台机器（密钥和以前不一样），什么都没有发过去。如果确实换了，删掉数据文件夹里的 backup_hosts 再试。",
        "{where} is not the machine it was (its key differs): nothing was sent. Replaced? Then delete backup_hosts here.",
    ),
    "backup.password": (
        "{where} 不认这个用户名或密码。",
        "{where} does not accept this name or password.",
    ),
    "backup.place": (
        "备份位置 {where} 没有办成：{why}",
        "The backup place {where} could not do it: {why}",
    ),
    "backup.unlike": (
        "存到 {where} 的备份和原件不一样，没有算数。请检查那里的磁盘。",
        "What arrived at {where} is not what was sent; it does not count. Look at the disk there.",
    ),
}
