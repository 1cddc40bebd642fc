"""The queue in the database: written with the sale, printed once, judged by people where nobody else can."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.printing.paper import Paper
from canteen_pos.printing.printers import Patience
from canteen_pos.printing.virtual import tray
from canteen_pos.services import (
    correcting,
    print_queue,
    print_worker,
    printer_setup,
    refunding,
    shifts,
    users,
    wallets,
)
from canteen_pos.services.context import Desk
from canteen_pos.storage import print_jobs as rows

QUICK = Patience(0.05, 0.05)


def printer_on(lunch: Any, fake: Any, role: str = "receipt", **paper: Any) -> int:
    transport = {"kind": "network", "host": "127.0.0.1", "port": fake.port}
    return printer_setup.add_printer(
        lunch.desk, lunch.manager, f"P{fake.port}", role, transport, Paper(**paper)
    )


def virtual_on(lunch: Any, name: str, role: str = "receipt") -> int:
    return printer_setup.add_printer(lunch.desk, lunch.manager, name, role, {"kind": "virtual", "tray": name})


def jobs(desk: Desk) -> tuple[print_queue.JobRow, ...]:
    with desk.db.read() as conn:
        return rows.open_jobs(conn, desk.station)


def states(desk: Desk, *ids: str) -> list[str]:
    with desk.db.read() as conn:
        return [rows.by_id(conn, one).status for one in ids]  # type: ignore[union-attr]


def text_of(decode: Callable[[bytes], list[Any]], data: bytes) -> str:
    return "\n".join(one.text for one in decode(data) if one.kind == "line")


@pytest.fixture
def name() -> str:
    """A tray of this test alone: trays live as long as the program."""
    return f"纸盘 {uuid.uuid4().hex}"


def test_a_sale_queues_its_receipt_in_its_own_transaction(lunch, name) -> None:
    printer = virtual_on(lunch, name)
    lunch.sell(lunch.order("201"))
    (job,) = jobs(lunch.desk)
    assert (job.kind, job.printer_id, job.status, job.copy_no) == ("sale", printer, "waiting", 0)


def test_a_refused_sale_queues_nothing(lunch, name) -> None:
    virtual_on(lunch, name)
    with pytest.raises(Refusal):
        lunch.sell(lunch.order("201"), payments=(Payment("cash", 1),))
    assert jobs(lunch.desk) == ()


def test_without_a_printer_nothing_waits(lunch) -> None:
    lunch.sell(lunch.order("201"))
    assert jobs(lunch.desk) == ()


def test_the_receipt_says_amounts_and_never_why(lunch, name, decode) -> None:
    """Wang is on low income: that word, her care level and the funds' names stay off the paper."""
    virtual_on(lunch, name)
    wallet = Payment("wallet", 1980, account_id=lunch.wang.account_id)
    lunch.sell(lunch.order("101", "201", who=lunch.wang), payments=(wallet,))
    assert print_worker.print_waiting(lunch.desk) == 1
    (ticket,) = tray(name).tickets
    text = text_of(decode, ticket.data)
    squeezed = [" ".join(line.split()) for line in text.splitlines()]
    for wanted in (
        "粮丰社区食堂",
        "长者套餐A x1 15.00",
        "红烧肉 紫菜蛋花汤",
        "红烧肉 x1 12.00",
        "原价 27.00",
        "本店优惠 -2.20",
        "补贴 -5.00",
        "应付 ￥19.80",
        "储值 19.80",
        "储值余额 35.20",
        f"午餐 堂食 王桂芳 {lunch.wang.member_no}",
    ):
        assert wanted in squeezed, text
    for never in ("低保", "dibao", "慈善", "charity", "city", "市级", "长者九折", "district"):
        assert never not in text


def test_refund_top_up_and_shift_report_have_papers(lunch, name, decode) -> None:
    virtual_on(lunch, name)
    sold = lunch.sell(lunch.order("201"), payments=(Payment("cash", 1200, given_fen=2000),)).documents[0]
    approved = users.approve(lunch.desk, lunch.cashier, "8888")
    refunding.refund(lunch.desk, approved, sold.document_id, None, "菜凉了", request_id="refund-1")
    wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 5000, "cash", request_id="top-up-zhao")
    shift = shifts.current(lunch.desk)
    assert shift is not None
    print_queue.enqueue_shift_report(lunch.desk, shift.id)
    assert print_worker.print_waiting(lunch.desk) == 4
    sale, refund, top_up, report = (text_of(decode, ticket.data) for ticket in tray(name).tickets)
    assert "  收 20.00" in sale
    assert "找零 8.00" in sale
    assert "菜凉了" in refund
    assert "￥12.00" in refund
    assert sold.number_text in refund
    assert "￥50.00" in top_up
    assert "赠送（不可退）" in top_up
    assert "当班报表（未交班）" in report
    assert "应有" not in report, "an X report must not tell a blind counter what to find"


def test_dishes_made_to_order_go_to_the_kitchen(lunch, name, decode) -> None:
    virtual_on(lunch, name)
    virtual_on(lunch, name + "kitchen", "kitchen")
    lunch.sell(lunch.order("201"))
    with lunch.desk.db.write() as conn:
        conn.exec_driver_sql("update dishes set made_to_order = 1 where code = '202'")
    lunch.sell(lunch.order("201", "202*2"))
    assert print_worker.print_waiting(lunch.desk) == 3
    (kitchen,) = tray(name + "kitchen").tickets
    text = text_of(decode, kitchen.data)
    assert "宫保鸡丁" in text
    assert "x2" in text
    assert "红烧肉" not in text
    assert "￥" not in text


# -- how sending ends ------------------------------------------------------------------------------------


def test_confirmed_is_printed(lunch, printer_with) -> None:
    fake = printer_with("good")
    printer = printer_on(lunch, fake)
    lunch.sell(lunch.order("201"))
    done = print_worker.step(lunch.desk, printer)
    assert done.end == "printed"
    assert jobs(lunch.desk) == ()
    assert [(one.state, one.reason) for one in print_queue.status(lunch.desk)] == [("ok", "")]
    assert print_worker.step(lunch.desk, printer).job_id is None


def test_nothing_left_waits_and_goes_again_by_itself(lunch, printer_with) -> None:
    fake = printer_with("paper_out")
    printer = printer_on(lunch, fake)
    lunch.sell(lunch.order("201"))
    assert print_worker.step(lunch.desk, printer).end == "unsent"
    (job,) = jobs(lunch.desk)
    assert (job.status, job.error, job.tries) == ("waiting", "paper_out", 1)
    (shown,) = print_queue.status(lunch.desk)
    assert (shown.state, shown.reason, shown.waiting, shown.asking) == ("fault", "paper_out", 1, ())
    fake.manner = "good"
    again = print_worker.step(lunch.desk, printer)
    assert (again.job_id, again.end) == (job.id, "printed")


def test_an_unknown_end_waits_for_a_person_and_does_not_hold_the_queue(lunch, printer_with) -> None:
    fake = printer_with("mute")
    printer = printer_on(lunch, fake)
    lunch.sell(lunch.order("201"))
    lunch.sell(lunch.order("201"))
    first = print_worker.step(lunch.desk, printer, QUICK)
    assert first.end == "unknown"
    fake.manner = "good"
    assert print_worker.step(lunch.desk, printer).end == "printed"
    assert print_worker.step(lunch.desk, printer).job_id is None, "nobody sends it again by itself"
    (shown,) = print_queue.status(lunch.desk)
    assert [job.id for job in shown.asking] == [first.job_id]


def test_a_person_says_it_came_out_or_wants_it_again_as_a_copy(lunch, printer_with, decode) -> None:
    fake = printer_with("mute")
    printer = printer_on(lunch, fake)
    for _ in range(2):
        lunch.sell(lunch.order("201"))
    seen, lost = (str(print_worker.step(lunch.desk, printer, QUICK).job_id) for _ in range(2))
    print_queue.came_out(lunch.desk, lunch.cashier, seen)
    print_queue.print_again(lunch.desk, lunch.cashier, lost)
    assert states(lunch.desk, seen, lost) == ["printed", "waiting"]
    fake.manner = "good"
    assert print_worker.step(lunch.desk, printer).job_id == lost
    assert "副本 第 1 份" in text_of(decode, fake.jobs[-1])
    with pytest.raises(Refusal) as caught:
        print_queue.came_out(lunch.desk, lunch.cashier, seen)
    assert caught.value.code == "print.not_asking"


def test_dropped_jobs_never_print(lunch, printer_with) -> None:
    fake = printer_with("paper_out")
    printer = printer_on(lunch, fake)
    lunch.sell(lunch.order("201"))
    job = str(print_worker.step(lunch.desk, printer).job_id)
    print_queue.drop(lunch.desk, lunch.cashier, job)
    fake.manner = "good"
    assert print_worker.step(lunch.desk, printer).job_id is None
    assert states(lunch.desk, job) == ["dropped"]


def test_old_kitchen_tickets_do_not_come_out_at_power_on(lunch, printer_with) -> None:
    receipt, kitchen = (
        printer_on(lunch, printer_with("good")),
        printer_on(lunch, printer_with("good"), "kitchen"),
    )
    with lunch.desk.db.write() as conn:
        conn.exec_driver_sql("update dishes set made_to_order = 1 where code = '202'")
    lunch.sell(lunch.order("202"))
    lunch.house.clock.advance(16 * 60)
    assert print_worker.step(lunch.desk, kitchen).job_id is None
    assert print_worker.step(lunch.desk, receipt).end == "printed"


def test_a_reprint_is_a_copy_and_counted(lunch, name, decode) -> None:
    virtual_on(lunch, name)
    sold = lunch.sell(lunch.order("201")).documents[0].document_id
    assert print_queue.reprint(lunch.desk, lunch.cashier, sold) == 1
    assert print_queue.reprint(lunch.desk, lunch.cashier, sold) == 2
    print_worker.print_waiting(lunch.desk)
    first, *copies = (text_of(decode, ticket.data) for ticket in tray(name).tickets)
    assert "副本" not in first
    assert ["副本 第 1 份" in copies[0], "副本 第 2 份" in copies[1]] == [True, True]


def test_a_corrections_copy_is_its_sales_and_cash_movements_have_none(lunch, name, decode) -> None:
    virtual_on(lunch, name)
    sold = lunch.sell(lunch.order("201")).documents[0].document_id
    wechat = (Payment("wechat", 1200),)
    fixed = correcting.correct_tender(lunch.desk, lunch.cashier, sold, wechat, "按错了", request_id="fix-1")
    assert print_queue.reprint(lunch.desk, lunch.cashier, fixed.document_id) == 1
    assert [job.document_id for job in jobs(lunch.desk)] == [sold, sold]
    print_worker.print_waiting(lunch.desk)
    copy = text_of(decode, tray(name).tickets[-1].data)
    assert "微信" in copy
    assert "现金" not in copy
    moved = shifts.cash_movement(lunch.desk, lunch.cashier, 1000, "换零", "move-1")
    with pytest.raises(Refusal) as caught:
        print_queue.reprint(lunch.desk, lunch.cashier, moved.document_id)
    assert caught.value.code == "print.kind_unknown"


def test_a_reprint_with_nothing_to_print_on_is_refused_and_not_counted(lunch, name) -> None:
    sold = lunch.sell(lunch.order("201")).documents[0].document_id
    with pytest.raises(Refusal) as caught:
        print_queue.reprint(lunch.desk, lunch.cashier, sold)
    assert caught.value.code == "printer.none"
    virtual_on(lunch, name)
    assert print_queue.reprint(lunch.desk, lunch.cashier, sold) == 1


def test_a_bug_in_one_paper_lets_the_next_pass(lunch, name, monkeypatch, caplog) -> None:
    printer = virtual_on(lunch, name)
    lunch.sell(lunch.order("201"))
    lunch.sell(lunch.order("201"))
    with monkeypatch.context() as broken:
        broken.setattr(print_worker.print_slips, "ticket", lambda *_: 1 / 0)
        failed = print_worker.step(lunch.desk, printer)
    assert (failed.end, "ZeroDivisionError" in caplog.text) == ("failed", True)
    caplog.clear()
    assert print_worker.step(lunch.desk, printer).end == "printed"
    (shown,) = print_queue.status(lunch.desk)
    assert [(job.id, job.error) for job in shown.asking] == [(failed.job_id, "print.bug")]
    print_queue.print_again(lunch.desk, lunch.cashier, str(failed.job_id))
    assert print_worker.step(lunch.desk, printer).end == "printed"


# -- workers ---------------------------------------------------------------------------------------------


def test_two_workers_never_print_one_job_twice(lunch, name) -> None:
    """Also on the same moment: every job is claimed by a conditional update."""
    printer = virtual_on(lunch, name)
    for _ in range(12):
        lunch.sell(lunch.order("202"))
    gate = threading.Barrier(3)
    taken: list[str | None] = []

    def work() -> None:
        gate.wait(10)
        for _ in range(40):
            done = print_worker.step(lunch.desk, printer)
            if done.job_id is not None:
                taken.append(done.job_id)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(taken) == len(set(taken)) == 12
    assert len({ticket.job for ticket in tray(name).tickets}) == len(tray(name).tickets) == 12


def test_what_was_on_its_way_when_the_program_died_is_for_a_person(lunch, name) -> None:
    printer = virtual_on(lunch, name)
    lunch.sell(lunch.order("201"))
    (job,) = jobs(lunch.desk)
    with lunch.desk.db.write() as conn:
        assert rows.claim(conn, job.id)
    assert print_worker.recover(lunch.desk) == 1
    assert states(lunch.desk, job.id) == ["unknown"]
    assert print_worker.step(lunch.desk, printer).job_id is None


def test_workers_print_when_woken_and_stop(lunch, name) -> None:
    virtual_on(lunch, name)
    out = threading.Event()
    silence = tray(name).subscribe(lambda _: out.set())
    workers = print_worker.Workers(lunch.desk)
    workers.start()
    lunch.sell(lunch.order("201"))
    workers.wake()
    assert out.wait(20)
    workers.stop()
    silence()
    lunch.sell(lunch.order("201"))
    workers.wake()
    assert [job.status for job in jobs(lunch.desk)] == ["waiting"]


def test_workers_begin_with_a_printer_that_was_added_and_wait_for_one_that_is_down(
    lunch, name, printer_with, monkeypatch
) -> None:
    monkeypatch.setattr(print_worker, "RETRY_S", 0.05)
    fake = printer_with("paper_out")
    heard = threading.Event()
    workers = print_worker.Workers(lunch.desk, changed=heard.set)
    workers.start()
    printer = printer_on(lunch, fake)
    lunch.sell(lunch.order("201"))
    workers.wake()
    while print_queue.status(lunch.desk)[-1].reason != "paper_out":
        assert heard.wait(20)
        heard.clear()
    fake.manner = "good"
    while print_queue.status(lunch.desk)[-1].waiting:
        assert heard.wait(20)
        heard.clear()
    workers.stop()
    assert print_queue.status(lunch.desk)[-1].printer_id == printer
    assert print_queue.status(lunch.desk)[-1].state == "ok"
    assert [job.count(b"\x1b@") for job in fake.jobs].count(1) == 1


def test_a_till_without_printers_gets_the_built_in_ones_once(house) -> None:
    printer_setup.ensure_printers(house.desk)
    printer_setup.ensure_printers(house.desk)
    assert [one.role for one in print_queue.status(house.desk)] == ["receipt", "kitchen"]


def test_another_tills_printer_is_not_this_tills(lunch, name) -> None:
    other = Desk(lunch.desk.db, lunch.desk.clock, "T2")
    virtual_on(lunch, name)
    assert print_queue.status(other) == ()
    transport = {"kind": "virtual", "tray": name}
    printer_setup.add_printer(lunch.desk, lunch.manager, "共用", "kitchen", transport, shared=True)
    assert [one.name for one in print_queue.status(other)] == ["共用"]


def test_the_drawer_opens_now_or_not_at_all(lunch, name) -> None:
    assert print_worker.open_drawer(lunch.desk) == "no_printer"
    virtual_on(lunch, name)
    assert print_worker.open_drawer(lunch.desk) == "opened"
    assert tray(name).drawer_kicks == 1
    assert jobs(lunch.desk) == ()


def test_a_test_page_comes_out_with_every_case(lunch, name, decode) -> None:
    printer = virtual_on(lunch, name)
    print_queue.enqueue_test_page(lunch.desk, printer)
    assert print_worker.step(lunch.desk, printer).end == "printed"
    out = decode(tray(name).tickets[0].data)
    assert "，：℃㎏〇" in [one.text for one in out]
    assert sum(one.kind == "raster" for one in out) == 2, "the rare names and the QR code"


def test_only_managers_set_printers_up(lunch) -> None:
    with pytest.raises(Refusal):
        printer_setup.add_printer(lunch.desk, lunch.cashier, "x", "receipt", {"kind": "virtual"})


def test_a_real_printer_takes_the_place_of_the_built_in_one(lunch, printer_with) -> None:
    printer_setup.ensure_printers(lunch.desk)
    fake = printer_with("good")
    printer = printer_on(lunch, fake)
    lunch.sell(lunch.order("201"))
    assert [job.printer_id for job in jobs(lunch.desk)] == [printer]
    assert [one.role for one in print_queue.status(lunch.desk)] == ["kitchen", "receipt"]
    assert len(printer_setup.setups(lunch.desk)) == 3
    assert print_worker.open_drawer(lunch.desk) == "opened"
    fake.got_some.wait(5)
    assert fake.jobs[0] == b"\x1bp\x00\x19\x78"


def test_a_printer_is_changed_and_taken_out_of_use(lunch, printer_with) -> None:
    fake = printer_with("paper_out")
    printer = printer_on(lunch, fake)
    lunch.sell(lunch.order("201"))
    assert print_worker.step(lunch.desk, printer).end == "unsent"
    new_paper = Paper(columns=48, status=False)
    printer_setup.change_printer(
        lunch.desk, lunch.manager, printer, {"kind": "virtual", "tray": "x"}, new_paper
    )
    (setup,) = printer_setup.setups(lunch.desk)
    assert (setup.address, setup.paper, setup.role, setup.shared) == (
        "virtual:x",
        new_paper,
        "receipt",
        False,
    )
    (job,) = jobs(lunch.desk)
    printer_setup.retire_printer(lunch.desk, lunch.manager, printer)
    assert printer_setup.setups(lunch.desk) == ()
    assert states(lunch.desk, job.id) == ["dropped"]
    assert print_worker.look(lunch.desk, printer) is None
    again = printer_setup.add_printer(lunch.desk, lunch.manager, setup.name, "receipt", {"kind": "virtual"})
    assert again != printer


def test_two_printers_of_one_name_are_refused(lunch, name) -> None:
    virtual_on(lunch, name)
    for wrong, code in ((name, "printer.name_taken"), (" ", "printer.name_empty")):
        with pytest.raises(Refusal) as caught:
            virtual_on(lunch, wrong)
        assert caught.value.code == code
