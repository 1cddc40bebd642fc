"""What the right pane says while an old list is brought in: before, about the file and a row of it, afterwards."""

from collections.abc import Callable

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services.importing import CheckedRow
from canteen_pos.ui.office.story import Action, Story
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.people_import.presenter import ImportPresenter, field_word

Do = Callable[[], object]


def tell_start(story: Story, ask_file: Do, save_template: Do) -> None:
    """Nothing was chosen yet."""
    story.heading(tr("从旧名单开始"))
    story.body(tr("Excel（.xlsx）或 CSV 都可以，表头叫法不同也认得。看过每一行之后才会写入。"))
    story.quiet(tr("身份证号加密保存；余额记入账簿，并给出签字表。"))
    story.buttons(
        (
            Action(tr("选文件"), "Ctrl O", ask_file, "primary"),
            Action(tr("下载模板"), "F4", save_template),
        )
    )


def tell_file(story: Story, presenter: ImportPresenter, take: Do, match: Do, choose_all: Do) -> None:
    """The file that is open, and how many of it are chosen."""
    old = presenter.old
    assert old is not None
    story.heading(tr("{count} 行").format(count=f"{len(old.lines):,}"), old.table.file)
    if presenter.rows:
        words = tr("已勾选 {count} 人").format(count=f"{len(presenter.chosen):,}")
        fen = presenter.opening_fen()
        story.body(words + (tr("，带入余额 ¥{yuan}").format(yuan=yuan(fen)) if fen else ""))
    story.buttons(
        (
            Action(tr("导入勾选的"), "Ctrl ↵", take, "primary"),
            Action(tr("对应各列"), "Ctrl M", match),
            Action(tr("全选／全不选"), "Ctrl A", choose_all),
        )
    )


def tell_row(story: Story, presenter: ImportPresenter, row: CheckedRow) -> None:
    """What is wrong with a row, who it makes, and which column was taken for what."""
    story.word(tr("第 {row} 行").format(row=row.row))
    story.body(row.name, "name")
    for sentence in presenter.sentences(row):
        story.notice(sentence)
    if row.member is not None:
        member = row.member
        story.facts(
            (
                (field_word("initials"), member.initials),
                (field_word("birth_date"), member.birth_date.isoformat() if member.birth_date else ""),
                (field_word("phone"), member.phone),
                (field_word("card"), member.card),
                (field_word("address"), member.address),
                (field_word("hukou_district"), member.hukou.district),
            )
        )
    story.word(tr("各列的意思"))
    story.facts(tuple((field_word(key), presenter.heading(key)) for key in presenter.matched))


def tell_done(story: Story, presenter: ImportPresenter, print_list: Do, leave: Do) -> None:
    """Who is in, what is left, and the list to sign."""
    brought = presenter.brought
    assert brought is not None
    story.heading(tr("没有全部导入") if brought.stopped else tr("导入完成"))
    story.body(presenter.done_words())
    if brought.refused is not None:
        story.notice(said(brought.refused))
    if brought.stopped:
        story.quiet(tr("已登记的不会重复：再打开同一个文件，只勾选剩下的。"))
    actions = [Action(tr("去看就餐人"), "Esc", leave, "plain" if brought.opening_fen else "primary")]
    if brought.opening_fen:
        actions.insert(0, Action(tr("余额签字表"), "Ctrl P", print_list, "primary"))
    story.buttons(tuple(actions))
