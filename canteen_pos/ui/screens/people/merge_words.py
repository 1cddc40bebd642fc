"""What merging two records would do, line by line. No Qt."""

from canteen_pos.i18n import tr
from canteen_pos.services.merging import MergePreview
from canteen_pos.ui.saying import money, period_word


def merge_lines(seen: MergePreview) -> tuple[str, ...]:
    """What moves, what is filled, where the two disagree, what stays."""
    stays, goes = f"{seen.keep_name} {seen.keep_no}", f"{seen.drop_name} {seen.drop_no}"
    lines = [tr("留下 {stays}；{goes} 并进来，以后搜它会找到留下的这份。").format(stays=stays, goes=goes)]
    counted = (
        (seen.cards, tr("卡 {count} 张")),
        (seen.facts, tr("资格 {count} 条")),
        (seen.proxies, tr("代领人 {count} 位")),
        (seen.vouchers, tr("餐券 {count} 张")),
    )
    moving = [words.format(count=count) for count, words in counted if count]
    moving += [tr("余额 {amount}").format(amount=money(seen.moves_fen))] if seen.moves_fen else []
    moving += [tr("赠送 {amount}").format(amount=money(seen.moves_bonus_fen))] if seen.moves_bonus_fen else []
    moving += [tr("积分 {count}").format(count=seen.moves_points)] if seen.moves_points else []
    if moving:
        lines.append(tr("移过来：{what}").format(what=tr("、").join(moving)))
    if seen.shared_purse:
        lines.append(tr("它的账户还有别人在用，钱留在那个账户里。"))
    if seen.fills:
        what = tr("、").join(dict.fromkeys(field_word(field) for field in seen.fills))
        lines.append(tr("补上：{what}").format(what=what))
    lines += [
        tr("不一样：{field}，留下“{kept}”，不要“{dropped}”").format(
            field=field_word(field), kept=kept, dropped=dropped
        )
        for field, kept, dropped in seen.differs
    ]
    if seen.documents:
        lines.append(
            tr("以前的 {count} 张单据不改，两份的补贴次数从此合在一起算。").format(count=seen.documents)
        )
    if seen.doubled:
        meals = tr("、").join(f"{day} {period_word(period)}" for day, period in seen.doubled[:5])
        lines.append(tr("⚠ 同一餐两份都享受过补贴，请核对：{meals}").format(meals=meals))
    lines.append(tr("合并不能撤销。"))
    return tuple(lines)


def field_word(field: str) -> str:
    """A column of a person's record as people call it."""
    words = {
        "name": tr("姓名"),
        "birth_date": tr("出生日期"),
        "phone": tr("手机"),
        "phone_tail": tr("手机"),
        "address": tr("住址"),
        "contact_name": tr("紧急联系人"),
        "contact_phone": tr("联系人电话"),
        "texture": tr("软硬"),
        "photo": tr("照片"),
        "care_level": tr("照护等级"),
        "diet": tr("饮食"),
        "allergies": tr("过敏（忌口）"),
        "note": tr("备注"),
        "enrolled_at_utc": tr("登记日期"),
    }
    if field.startswith("hukou"):
        return tr("户籍")
    return tr("居住地") if field.startswith("residence") else words.get(field, field)
