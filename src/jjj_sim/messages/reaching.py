"""Sentences about what is to be reached."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "not_reached": ("{scenario} ends before {year} is over.", "{scenario} 在 {year} 年结束前就已终止。"),
    "other_horizon": (
        "{base} and {variant} do not end in the same quarter; nothing can be told apart.",
        "{base} 与 {variant} 的结束季度不同，无法分解。",
    ),
    "nothing_differs": (
        "{base} and {variant} set the same; there is no difference to take apart.",
        "{base} 与 {variant} 的设置相同，没有差异可分解。",
    ),
    "no_threshold_of_matter": (
        "{found} is no threshold; write variable=number in its unit, or variable=number% of the base's level.",
        "{found} 不是阈值；请写 变量=数（以其单位计），或 变量=数%（占基准的比例）。",
    ),
    "no_variable_to_matter": ("no variable {found}.{guess}", "没有变量 {found}。{guess}"),
    "reach_nothing": (
        "there is nothing to reach; name a goal or an indicator, or give --target.",
        "没有要达到的目标；请写明目标或指标，或使用 --target。",
    ),
    "reach_no_goal": (
        "{found} is no goal and no indicator of one.{guess} There are {legal}.",
        "{found} 不是目标，也不是目标的指标。{guess}可用的有：{legal}。",
    ),
    "reach_several": (
        "{found} is a part of several names; it can be {legal}.",
        "{found} 是多个名称的一部分；可以是 {legal}。",
    ),
    "reach_not_modelled": (
        "the model has no reading of {indicator}; it cannot be searched for.",
        "模型没有“{indicator}”这一项；无法搜索。",
    ),
    "reach_goal_not_modelled": (
        "{goal} is judged by what the model has no reading of: {missing}; name one of its indicators instead.",
        "{goal} 的判断需要模型没有的项：{missing}；请改为写明其中一个指标。",
    ),
    "reach_no_target": (
        "--target {found}: write variable:area:year<=number or >=, like pm25:beijing:2030<=25.",
        "--target {found}：应写成 变量:地区:年份<=数值 或 >=，如 pm25:beijing:2030<=25。",
    ),
    "reach_no_variable": (
        "--target {target}: no variable {found}.{guess}",
        "--target {target}：没有变量 {found}。{guess}",
    ),
    "reach_no_area": ("--target {target}: no area {found}.{guess}", "--target {target}：没有地区 {found}。{guess}"),
    "reach_own": ("asked for with --target", "由 --target 给出"),
    "reach_year_outside": (
        "{found} is outside the scenario's years, {first} to {last}.",
        "{found} 年不在情景的年份 {first} 至 {last} 之内。",
    ),
    "reach_no_levers": (
        "there is no lever; name some, like --levers steel_cap,emission_standards.",
        "没有杠杆；请写明，如 --levers steel_cap,emission_standards。",
    ),
    "reach_lever_twice": ("{lever} is named twice.", "{lever} 写了两次。"),
    "reach_no_key": ("{lever} has no path {key}.{hint}", "{lever} 没有路径 {key}。{hint}"),
    "reach_needs_key": (
        "{lever} has no path of its own, but one by key; name them, there are {legal}.",
        "{lever} 没有主路径，只有分项路径；请写明，可用的有：{legal}。",
    ),
    "reach_events": (
        "{lever} is a list of dated events, which cannot be scaled; levers with a path are {legal}.",
        "{lever} 是一列有日期的事件，无法缩放；有路径的杠杆有：{legal}。",
    ),
    "reach_from_outside": (
        "--from {found} is outside [{first}, {last}].",
        "--from {found} 超出允许范围 [{first}, {last}]。",
    ),
    "reach_probability": (
        "--probability {found:g} is outside (0, 1].",
        "--probability {found:g} 超出允许范围 (0, 1]。",
    ),
    "reach_cost": (
        "--costs {lever}={found:g}: a cost is a finite number above 0.",
        "--costs {lever}={found:g}：成本须为大于 0 的有限数。",
    ),
    "reach_cost_of_none": (
        "{lever} is none of the levers asked for, {legal}.",
        "{lever} 不在所选的杠杆 {legal} 之中。",
    ),
    "reach_no_cost": (
        "--costs {found}: write lever=number with commas between, like steel_cap=2,emission_standards=1.",
        "--costs {found}：应写成 杠杆=数值，用逗号隔开，如 steel_cap=2,emission_standards=1。",
    ),
    "new_outside_tree": (
        "{base} lies outside {folder}, where the new file would stand; a scenario extends what is in its own "
        "folder tree, or a shipped one.",
        "{base} 在新文件所在的文件夹 {folder} 之外；情景只能继承自己文件夹内的文件或自带的情景。",
    ),
}
