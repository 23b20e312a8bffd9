"""The words of the page in both languages. What stands in braces is put in."""

from __future__ import annotations

from typing import Any

from jjj_sim.wording.words import Lang, Text, say

WORDS: dict[str, Text] = {
    "title": ("What if? Beijing, Tianjin, Xiong'an and Hebei to 2030", "如果……会怎样？京津雄冀2030"),
    "lead": (
        "Move a lever; the change from the baseline appears at the right. The first answer is the twin's, expected "
        "counts at the mean of the calibrated parameters. Then {members} members follow, each with its own parameters "
        "and outside world: the band is where 90 % of them lie.",
        "移动左侧杠杆，右侧显示与基准情景之差。首先给出孪生模型（期望值、无随机性）在校准参数均值处的结果；随后{members}次运行"
        "各取一组参数与外部条件，区间为其90%所在。",
    ),
    "lead_mean": (
        "Move a lever; the change from the baseline appears at the right: the twin's, expected counts at the mean of "
        "the calibrated parameters, without an interval.",
        "移动左侧杠杆，右侧显示与基准情景之差：孪生模型（期望值、无随机性）在校准参数均值处的结果，无区间。",
    ),
    "compares": (
        "It compares policies; it does not forecast. Intervals hold parameters and the outside world, not luck: for "
        "that run the saved file with agents.",
        "模型用于比较政策，不作预测。区间只含参数与外部条件的不确定性，不含随机性；若需后者，请用保存的文件运行智能体模型。",
    ),
    "skip": ("To the results", "跳到结果"),
    "levers": ("Levers", "杠杆"),
    "results": ("What changes", "变化"),
    "from": ("Changes begin in", "变化始于"),
    "reset": ("All back to the baseline", "全部恢复基准"),
    "reset_file": ("All back to the file", "全部恢复到文件"),
    "save": ("Save as scenario file", "另存为情景文件"),
    "open": ("Open scenario file", "打开情景文件"),
    "close": ("Close the file", "关闭文件"),
    "link": ("Copy link", "复制链接"),
    "copied": (
        "Link copied. It holds the levers; on another day put what follows # behind the new address.",
        "链接已复制，其中保存了杠杆设置；下次启动后，请把 # 之后的部分接在新地址后面。",
    ),
    "in_address": ("The address above holds the levers.", "地址栏中的链接已保存杠杆设置。"),
    "stands_on": ("Levers lie on the file {file}.", "杠杆在文件 {file} 之上移动。"),
    "nothing": ("Nothing is moved yet: everything is as in the baseline.", "尚未移动杠杆：一切与基准情景相同。"),
    "warming": ("The twin lives through 2013 to 2025 first ...", "孪生模型正在推演2013—2025年……"),
    "asking": ("Asking the twin ...", "正在计算……"),
    "mean": (
        "The twin at the mean of the parameters; {of} members follow.",
        "孪生模型，参数均值；{of}次运行随后给出。",
    ),
    "mean_alone": ("The twin at the mean of the parameters.", "孪生模型，参数均值。"),
    "counting": ("{done} of {of} members are done.", "已完成{of}次运行中的{done}次。"),
    "whole": ("{of} members: medians, and where 90 % of them lie.", "{of}次运行：中位数与90%区间。"),
    "announced": ("as announced: {when}", "按已公布计划：{when}"),
    "undated": ("as announced: no date", "按已公布计划：未定"),
    "never": ("never", "不实施"),
    "as_is": ("{value}, as announced", "{value}（按已公布方案）"),
    "figure": ("Figure", "指标"),
    "base": ("Baseline", "基准情景"),
    "with": ("With this", "此方案"),
    "difference": ("Difference", "与基准之差"),
    "interval": ("90 % of members", "90%区间"),
    "sure": ("How sure", "把握"),
    "in_year": ("In {year}", "{year}年"),
    "show": ("Show", "查看"),
    "over_time": ("Over the years", "逐年变化"),
    "map": ("By zone", "分区"),
    "map_of": ("Difference by zone", "各分区与基准之差"),
    "year": ("Year", "年份"),
    "goals": ("Goals of 2030", "2030年目标"),
    "bounds": ("Threshold", "目标值"),
    "again": ("The same with the command", "用命令得到同样的结果"),
    "save_first": (
        "Save the file first; add --scale 1000 in place of --twin for agents with luck.",
        "请先保存文件；以 --scale 1000 替代 --twin 即用带随机性的智能体运行。",
    ),
    "lost": (
        "The page has lost its program: start jjj-sim serve again.",
        "页面已与程序断开：请重新运行 jjj-sim serve。",
    ),
    "language": ("中文", "English"),
    "no_map": ("The region has no map.", "本区域没有地图。"),
    "words_of": ("In words", "文字说明"),
}


def tell(key: str, lang: Lang, /, **given: Any) -> str:
    """Return a text with what is given put in; KeyError where there is none."""
    return say(WORDS[key], lang).format(**given)
