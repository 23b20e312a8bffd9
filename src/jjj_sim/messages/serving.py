"""Sentences about the local page."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no_serve_extra": (
        '{missing} not installed, which the page needs; install with: pip install "jjj-sim[serve]"',
        '未安装网页所需的{missing}；请安装：pip install "jjj-sim[serve]"',
    ),
    "no_port": (
        "port {port} cannot be opened on 127.0.0.1 ({reason}). Choose another, or leave --port out: one that is free "
        "is taken.",
        "无法在 127.0.0.1 打开端口 {port}（{reason}）。请换一个端口，或省略 --port 由系统选择空闲端口。",
    ),
    "no_such_control": (
        "{where}: the page has no such lever.{guess}",
        "{where}：页面没有这个杠杆。{guess}",
    ),
    "not_settable": (
        "{where} = {found}; it can be {legal}",
        "{where} = {found}；可取 {legal}",
    ),
    "not_a_state": ("what was sent is not a state of the page: {found}", "所发送的内容不是页面状态：{found}"),
    "no_twin": ("with these settings no run stands: {reason}", "在这些设置下模型无法运行：{reason}"),
    "too_much_sent": ("what was sent is larger than {most} characters", "所发送的内容超过 {most} 个字符"),
    "wrong_host": (
        "this page answers to 127.0.0.1 and localhost alone",
        "本页面只应答 127.0.0.1 与 localhost",
    ),
    "wrong_origin": (
        "this page answers only to itself",
        "本页面只应答自身发出的请求",
    ),
    "no_token": (
        "open the address that `jjj-sim serve` told, with its token; levers in the link stay",
        "请打开 jjj-sim serve 给出的带令牌地址；链接中的杠杆设置会保留",
    ),
}
