"""Refusals of a scale."""

SCALES: dict[str, tuple[str, str]] = {
    "scale.address": (
        "“{where}”不是秤的地址：写 COM3@9600、/dev/ttyUSB0@9600 或 192.168.1.60:4001。",
        "'{where}' is no address of a scale: write COM3@9600, /dev/ttyUSB0@9600 or 192.168.1.60:4001.",
    ),
    "scale.empty": (
        "秤上没有东西，请放上再按。",
        "There is nothing on the scale: put it on and press again.",
    ),
    "scale.moving": (
        "秤还没有稳定，请稍候再按。",
        "The scale has not settled: wait a moment and press again.",
    ),
    "scale.no_answer": (
        "秤（{where}）没有回应（{why}）。请看电源、连线和地址，或直接输入克数。",
        "The scale at {where} does not answer ({why}): look at power, cable and address, or type the grams.",
    ),
    "scale.none": ("还没有设置秤，请直接输入克数。", "No scale is set up: type the grams."),
    "scale.silent": (
        "秤（{where}）接通了，但什么也没发来。请看秤开着没有，并把它设为连续发送。",
        "The line to the scale at {where} is open, but nothing comes: is it on, and set to send all the time?",
    ),
    "scale.too_heavy": (
        "超过了秤的量程，请拿下一些。",
        "That is too heavy for the scale: take something off.",
    ),
    "scale.unreadable": (
        "听得到秤（{where}），但看不懂它发的内容 {why}。请把秤设为连续发送，并核对波特率。",
        "The scale at {where} speaks, but not a language known here: {why}. Set it to send all the time; check the baud.",
    ),
}
