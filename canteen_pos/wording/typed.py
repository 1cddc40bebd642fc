"""What is too long or too large to be meant, wherever it was typed."""

TYPED: dict[str, tuple[str, str]] = {
    "typed.too_long": (
        "“{beginning}…”太长，最多 {most} 个字，请写短一些。",
        "'{beginning}…' is too long: at most {most} characters.",
    ),
    "typed.number": (
        "编号只能用文字、字母、数字和短横线，“{found}”不行。",
        "A number may hold letters, digits and dashes, not '{found}'.",
    ),
    "typed.amount": ("金额最多 {most_fen}，请核对。", "No amount may be above {most_fen}: look again."),
    "typed.count": ("数量最多 {most}，请核对。", "No count may be above {most}: look again."),
}
