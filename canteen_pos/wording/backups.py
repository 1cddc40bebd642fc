"""Refusals about backups and the places they are kept in."""

BACKUPS: dict[str, tuple[str, str]] = {
    "backup.damaged": (
        "备份 {file} 有损坏（{why}），请换一份，并检查存放的磁盘。",
        "Backup {file} is damaged ({why}): take another one, and look at the disk it lies on.",
    ),
    "backup.inside": (
        "备份要放到另一个位置，不能放在数据文件夹 {where} 里。",
        "A backup belongs in another place, not inside the data folder {where}.",
    ),
    "backup.no_pg_dump": (
        "数据在 PostgreSQL 上，这台机器没有 pg_dump。请安装 PostgreSQL 客户端工具，或由服务器管理员备份。",
        "The data is on PostgreSQL and there is no pg_dump here: install its client tools, or back the server up.",
    ),
    "backup.no_place": (
        "找不到备份位置 {where}。请插上磁盘，或检查地址和文件夹名。",
        "There is no place {where}: plug the disk in, or check address and folder name.",
    ),
    "backup.nowhere": (
        "还没有设置备份位置，请先填写一个文件夹或地址。",
        "No place for backups is set yet: enter a folder or an address first.",
    ),
    "backup.pg_dump": (
        "PostgreSQL 的备份工具说：{why}",
        "PostgreSQL's own tool says: {why}",
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
