"""Refusals when a table is written to a file."""

EXPORTS: dict[str, tuple[str, str]] = {
    "export.not_written": (
        "{file} 没有写成：{why}。请换个位置。",
        "{file} was not written: {why}. Choose another place.",
    ),
    "export.suffix": (
        "文件名“{file}”要以 .xlsx 或 .csv 结尾。",
        "The file name '{file}' has to end in .xlsx or .csv.",
    ),
}
