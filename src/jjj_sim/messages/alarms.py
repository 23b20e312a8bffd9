"""Sentences of alarms."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "alarm_idle": (
        "{scenario}: {name} is set to what it was anyway.",
        "{scenario}：{name} 与原设定相同，未改变任何结果。",
    ),
    "alarm_few_agents": (
        "{area}: its {people} residents of {year} are {agents} agents of {scale}, fewer than {least}; luck alone moves "
        "a count of them by some {swing} %. --scale {enough} would do.",
        "{area}：{year}年的{people}名居民只有{agents}个智能体（每个代表{scale}人），少于{least}个；"
        "仅随机性就使其数目波动约{swing}%。请用 --scale {enough}。",
    ),
    "alarm_one_member": (
        "One member is one outcome: met or not met is no probability, and no figure has an interval. --members 10 "
        "gives both.",
        "只有一次运行，只是一种结果：达到与否不是概率，各数字也没有区间。请用 --members 10。",
    ),
    "alarm_one_difference": (
        "One member: a difference has no interval, and may be luck. --members 10 gives one.",
        "只有一次运行：差异没有区间，可能出于偶然；请用 --members 10。",
    ),
    "alarm_at_bound": (
        "{name}, which is estimated, stands at its bound {bound} in {there} of {members} members: the figures would "
        "have it further, or the bound is wrong.",
        "估计参数 {name} 在{members}次运行中有{there}次处于边界 {bound}：数据要求它更远，或边界有误。",
    ),
    "alarm_same_scenario": (
        "{variant} sets nothing that {base} does not: they are the same scenario.",
        "{variant} 与 {base} 的设定完全相同：二者是同一情景。",
    ),
    "alarm_no_effect": (
        "{variant} sets {names}, and nothing recorded up to {end} differs in any member: it has no effect there.",
        "{variant} 设定了 {names}，但直到{end}，各次运行中没有任何记录的指标不同：在此期间没有作用。",
    ),
}
