"""Sentences about sensitivity."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no_salib": (
        "SALib is not installed, which samples and estimates; install it with: pip install 'jjj-sim[sensitivity]'",
        "未安装用于抽样和估计的 SALib；请安装：pip install 'jjj-sim[sensitivity]'",
    ),
    "one_or_resume": (
        "name a scenario, or --resume a folder, not both",
        "请指定情景，或用 --resume 指定文件夹，不要同时指定",
    ),
    "sobol_alone": (
        "--method sobol alone does not know which parameters lead: name them with --parameters, or take --method both",
        "单用 --method sobol 无法得知主要参数：请用 --parameters 指定，或改用 --method both",
    ),
    "no_such_year": (
        "--year {year} cannot be run; it can be {first} to {last}. Did you mean {near}?",
        "--year {year} 无法运行；可选 {first} 至 {last}。是否指 {near}？",
    ),
    "no_power": (
        "--samples {samples} is no power of two from 2 on, as Sobol's sequence needs it. Did you mean {near}?",
        "--samples {samples} 不是 2 以上的 2 的幂，Sobol 序列需要 2 的幂。是否指 {near}？",
    ),
    "too_few": ("{option} {given} is too few; the least is {least}", "{option} {given} 太小；至少为 {least}"),
    "no_prior": (
        " It has no prior, or there is none such; jjj-sim parameters lists them.",
        "它没有先验，或不存在；用 jjj-sim parameters 查看。",
    ),
    "is_set": (
        "{name} is set by a scenario and so cannot be moved; leave it out",
        "{name} 已由情景设定，不能变动；请去掉",
    ),
    "not_reported": (
        "{variable} is not reported for {area}; it is for {legal}.",
        "{variable} 不对 {area} 报告；可选：{legal}。",
    ),
    "same_name": (
        "two scenarios have the same name and would share a result folder: {name}; rename one of the files.",
        "两个情景同名，会写进同一个结果文件夹：{name}；请给其中一个文件改名。",
    ),
    "no_members": (
        "{found} is no number of members; write a whole number from 1 on, or auto.",
        "{found} 不是运行次数；应写从 1 起的整数，或 auto（自动）。",
    ),
    # the twin as a function
    "so_many_columns": (
        "{found} columns were given; there are {wanted} parameters.",
        "给出了 {found} 列；共有 {wanted} 个参数。",
    ),
    "no_argument": ("{name} is no argument; there are {legal}.", "{name} 不是可设的参数；可用的有：{legal}。"),
}
