"""The sentences of errors about scenarios and options, in English and Chinese; arguments have names.

A sentence is made once, in both languages: what is English wherever it is printed or compared, and its Chinese in `zh`.
"""

from __future__ import annotations

from typing import Any

_NOUNS = {
    "lever": "杠杆",
    "assumption": "外部假设",
    "process": "过程",
    "parameter": "参数",
    "key": "键",
    "zone": "分区",
    "kind": "类型",
    "tag": "标签",
    "group": "分组",
    "move": "搬迁",
    "line": "线路",
    "scenario": "情景",
    "variable": "指标",
    "area": "区域",
    "goal indicator": "目标指标",
}

SENTENCES: dict[str, tuple[str, str]] = {
    # the frame
    "problem": ("{where} has 1 problem:", "{where} 有 1 处问题："),
    "problems": ("{where} has {n} problems:", "{where} 有 {n} 处问题："),
    "not_run": ("Nothing was run.", "未运行。"),
    "in_file": ("{file}: {problem}", "{file}：{problem}"),
    "at_key": ("{where}{problem}", "{where}{problem}"),
    "did_you_mean": (" Did you mean {word}?", "是否指 {word}？"),
    "there_are": (" There are {legal}.", "可用的有：{legal}。"),
    "no_such": ("{where}: no such {noun}.{hint}", "{where}：没有这个{noun}。{hint}"),
    # values
    "not_number": (
        " = {found} is not a number; legal is [{lo:g}, {hi:g}].",
        " = {found} 不是数字；允许范围为 [{lo:g}, {hi:g}]。",
    ),
    "not_whole": (
        " = {found} is not a whole number; legal is [{lo:g}, {hi:g}].",
        " = {found} 不是整数；允许范围为 [{lo:g}, {hi:g}]。",
    ),
    "not_finite": (
        " = {found} is not a finite number; legal is [{lo:g}, {hi:g}].",
        " = {found} 不是有限的数；允许范围为 [{lo:g}, {hi:g}]。",
    ),
    "outside": (" = {found} is outside [{lo:g}, {hi:g}].", " = {found} 超出允许范围 [{lo:g}, {hi:g}]。"),
    "not_quarter": (
        ' = {found} is not a quarter; write it like "2026Q1".',
        ' = {found} 不是季度；应写成 "2026Q1"。',
    ),
    "not_quarter_or_never": (
        ' = {found} is not a quarter; write it like "2026Q1", or "never".',
        ' = {found} 不是季度；应写成 "2026Q1"，或 "never"（永不）。',
    ),
    "quarter_outside": (" = {found} is outside [{first}, {last}].", " = {found} 超出允许范围 [{first}, {last}]。"),
    "quarter_before": (
        " = {found} is before {first}, the first quarter of a run.",
        " = {found} 早于模型的第一个季度 {first}。",
    ),
    "not_path": (
        ' = {found} is not a path; write points like [["2026Q1", 200], ["2030Q1", 120]].',
        ' = {found} 不是路径；应写成点的列表，如 [["2026Q1", 200], ["2030Q1", 120]]。',
    ),
    "not_point": (
        ': {found} is not a point; write it like ["2026Q1", 200].',
        '：{found} 不是路径上的点；应写成 ["2026Q1", 200]。',
    ),
    "at_quarter": (" at {quarter}{problem}", " 在 {quarter}{problem}"),
    "not_after": (": {later} does not come after {earlier}.", "：{later} 不在 {earlier} 之后。"),
    "no_word": (
        " = {found} is no {noun}.{guess} There are {legal}.",
        " = {found} 不是{noun}。{guess}可用的有：{legal}。",
    ),
    "not_event_name": (
        " = {found} is not a name in lower-case letters, digits and _.",
        " = {found} 不是由小写字母、数字和 _ 组成的名称。",
    ),
    "not_folder_name": (" = {found} is not the name of a folder.", " = {found} 不是文件夹名。"),
    "not_text": ("{where} = {found} is not a text in quotes.", "{where} = {found} 不是引号内的文字。"),
    "not_list": ("{where} = {found} is not a list.", "{where} = {found} 不是列表。"),
    "not_table": (
        "{where} = {found} is not a table of keys and values.",
        "{where} = {found} 不是由键和值组成的表。",
    ),
    # changes of what is inherited
    "needs_from": (
        '{where}.{key} = {found:g} does not say since when; add from = "2026Q1", '
        'or write points like [["2026Q1", {found:g}]].',
        '{where}.{key} = {found:g} 没有说明从何时起；请加上 from = "2026Q1"，或写成点的列表 [["2026Q1", {found:g}]]。',
    ),
    "from_of_nothing": (
        "{where}.from = {quarter} belongs to a scale or shift that is one number; there is none.",
        "{where}.from = {quarter} 须与只有一个数的 scale 或 shift 同用；这里没有。",
    ),
    "change_outside": (
        "{where}: {keys} makes {value:.6g} in {quarter}, outside [{lo:g}, {hi:g}].",
        "{where}：{keys} 使 {quarter} 的值成为 {value:.6g}，超出允许范围 [{lo:g}, {hi:g}]。",
    ),
    "groups_differ": (
        "{where}: {first} and {second} both set {event}; say under {table} which of them holds for it.",
        "{where}：{first} 与 {second} 都设置了 {event}；请在 {table} 下单独写明它。",
    ),
    "new_event_needs": (
        "{where}: no such {noun}.{guess} A new one needs {needs}.",
        "{where}：没有这个{noun}。{guess}新增一项须写明 {needs}。",
    ),
    # thresholds of goals
    "bounds_crossed": (
        "{where}: the lower bound {low:,.15g} is not below the upper {high:,.15g}.",
        "{where}：下限 {low:,.15g} 不低于上限 {high:,.15g}。",
    ),
    "set_by_scenario": ("by the scenario", "由情景给出"),
    "set_by_option": ("by --threshold", "由 --threshold 给出"),
    "too_few_members": (
        "a rank correlation takes {least} members; here there are {members}",
        "秩相关至少要 {least} 次运行，这里有 {members} 次",
    ),
    "too_few_goals": (
        "fewer than two goals can be judged in this result",
        "这个结果中可评判的目标不到两项",
    ),
    "write_threshold": (
        "{text}: write id=number or id.upper=number, like beijing_population=22e6.",
        "{text}：应写成 指标=数值 或 指标.upper=数值，如 beijing_population=22e6。",
    ),
    # files
    "no_scenario": ("no such scenario.{guess} Shipped are {legal}.", "没有这个情景。{guess}自带的情景有：{legal}。"),
    "no_file": (
        "no such file.{guess}{beside} Shipped are {legal}.",
        "没有这个文件。{guess}{beside}自带的情景有：{legal}。",
    ),
    "beside": (" In {folder} there are {files}.", "{folder} 中有：{files}。"),
    "is_folder": ("that is a folder.{guess} Shipped are {legal}.", "这是文件夹。{guess}自带的情景有：{legal}。"),
    "circle": ("extends goes round in a circle: {names}.", "extends 循环引用：{names}。"),
    "both_set": (
        "with: {first} and {second} both set levers.{lever}; drop one of them.",
        "with：{first} 与 {second} 都设置了 levers.{lever}；请去掉其中一个。",
    ),
    "outside_tree": (
        "{key} = {found} lies outside the scenario's own folder tree, {root}.",
        "{key} = {found} 在情景所在的文件夹 {root} 之外。",
    ),
    "no_parent": (
        "{key} = {found}: no such file beside {file}, and no shipped scenario.{guess} Shipped are {legal}.",
        "{key} = {found}：{file} 旁没有这个文件，也没有这个自带情景。{guess}自带的情景有：{legal}。",
    ),
    "unreadable": ("{file} cannot be read: {reason}.", "{file} 无法读取：{reason}。"),
    "too_large": (
        "{file} holds {size:,} bytes; a scenario is text of at most {most:,}.",
        "{file} 有 {size:,} 字节；情景文件最多 {most:,} 字节。",
    ),
    "not_utf8": ("{file}, line {line}: not UTF-8.{hint}", "{file} 第 {line} 行：不是 UTF-8 编码。{hint}"),
    "looks_like": (
        " It looks like {encoding}: save it as UTF-8, or iconv -f {encoding} -t UTF-8 {file} > utf8.toml.",
        "看来是 {encoding}：请另存为 UTF-8，或 iconv -f {encoding} -t UTF-8 {file} > utf8.toml。",
    ),
    "save_as_utf8": (" Save it as UTF-8 in your editor.", "请在编辑器中另存为 UTF-8。"),
    "not_toml": ("{file} is not TOML: {reason}.", "{file} 不是 TOML：{reason}。"),
    "too_deep": (
        "{file} is not a scenario: its lists are nested too deeply.",
        "{file} 不是情景文件：列表嵌套过深。",
    ),
    # --set and other options
    "write_setting": (
        "--set {text}: write name=value, like --set relocation.hazard=0.003.",
        "--set {text}：应写成 名称=值，如 --set relocation.hazard=0.003。",
    ),
    "no_such_name": ("{where}: no such name.{hint}", "{where}：没有这个名称。{hint}"),
    "file_only": ("{key} cannot be set here; it belongs in a file.", "{key} 不能在这里设置，应写在文件里。"),
    "set_twice": (
        "{where} and {inner} are both set, one a value and one a table; give one of them.",
        "{where} 与 {inner} 都设置了，一个是值，一个是表；请只留一个。",
    ),
    "no_choice": ("{found} is not one of {legal}.{guess}", "{found} 不在 {legal} 之中。{guess}"),
    "no_choice_given": ("it is empty; give some of {legal}", "内容为空；可选 {legal}"),
    "one_choice": ("one of {legal} is meant, not {found}", "只能选 {legal} 中的一个，而不是 {found}"),
    "no_region": ("{folder} is no region's folder: it has no region.toml", "{folder} 不是区域文件夹：没有 region.toml"),
    "unwritable": (
        "{folder} cannot be written to ({reason}); name another folder with --out.",
        "{folder} 无法写入（{reason}）；请用 --out 指定其他文件夹。",
    ),
    "a_folder": ("{path} is a folder; name a file.", "{path} 是文件夹；请给出文件名。"),
    "in_the_way": ("{path} is there already; nothing was written.", "{path} 已经存在；没有写入。"),
    "no_result_in_the_way": (
        "it is in the way and is not a result; choose another --out.",
        "这里已有内容，且不是结果文件夹；请另选 --out。",
    ),
    "strangers_file": (
        "{file} in it is not the run's ({more} more); move it away, or choose another --out.",
        "其中的 {file} 不是运行写出的（另有 {more} 个）；请移走，或另选 --out。",
    ),
    # what is to be reached
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
    # store and executors
    "no_store": (
        "{variable} is none: no store is kept; name a folder for it, or leave the variable out",
        "{variable} 为 none：不保留存储库；请指定文件夹，或不设该变量",
    ),
    "store_damaged": (
        "The store's file {file} is damaged; its member is run anew.",
        "存储库文件 {file} 已损坏；该成员将重新运行。",
    ),
    "store_unreadable": (
        "The store's file {file} cannot be read ({reason}); its member is run anew.",
        "无法读取存储库文件 {file}（{reason}）；该成员将重新运行。",
    ),
    "store_unwritable": (
        "Nothing can be kept in the store {folder} ({reason}); the run goes on without it.",
        "无法写入存储库 {folder}（{reason}）；运行继续，但不保留成员。",
    ),
    "fresh_or_no_store": (
        "--fresh writes into the store and --no-store does not; ask for one of them",
        "--fresh 会写入存储库，--no-store 不会；请只选其一",
    ),
    "workers_or_scheduler": (
        "--workers are processes of this machine; ask for them or for a --scheduler, not both",
        "--workers 指本机进程；请指定它或 --scheduler，不要同时指定",
    ),
    "no_dask": (
        "dask.distributed is not installed, which finds a cluster; install it with: pip install 'jjj-sim[distributed]'",
        "未安装用于连接集群的 dask.distributed；请安装：pip install 'jjj-sim[distributed]'",
    ),
    "no_scheduler": (
        "no scheduler answers at {address} ({reason}); it is an address such as tcp://host:8786",
        "{address} 处没有调度器应答（{reason}）；地址形如 tcp://host:8786",
    ),
    "no_checkpoint_there": (
        "worlds are saved on this machine; a checkpoint cannot be had with --scheduler",
        "检查点保存在本机；不能与 --scheduler 同用",
    ),
    "prune_what": (
        "say what to remove: --older-than 30d, --larger-than 5GB, --other-code; nothing was removed",
        "请说明删除什么：--older-than 30d、--larger-than 5GB、--other-code；未删除任何内容",
    ),
    "not_age": (
        "{found} is no age; write it like 30d, 12h or 2w",
        "{found} 不是时长；应写成 30d、12h 或 2w",
    ),
    "not_size": (
        "{found} is no size; write it like 5GB, 500MB or 0",
        "{found} 不是大小；应写成 5GB、500MB 或 0",
    ),
    # sensitivity
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
    # alarms
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


class Sentence(str):
    """A sentence in English that knows its Chinese."""

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, en: str, zh: str) -> Sentence:
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.zh


def say(sentence: str, /, **given: Any) -> Sentence:
    """Return a sentence with its arguments; lists are joined, sentences among them keep their language."""
    en, zh = SENTENCES[sentence]
    return Sentence(
        en.format(**{name: _in(value, "en") for name, value in given.items()}),
        zh.format(**{name: _in(value, "zh") for name, value in given.items()}),
    )


def told(text: str, lang: str) -> str:
    """Return a text in a language; one that has no Chinese stays English."""
    return text.zh if lang == "zh" and isinstance(text, Sentence) else str(text)


def noun(word: str) -> Sentence:
    """Return what kind of thing is meant, in both languages."""
    return Sentence(word, _NOUNS.get(word, word))


def shown(value: Any) -> str:
    """Return a value as an error shows it; of a very long one both ends."""
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:50]}...{text[-50:]}"


def _in(value: Any, lang: str) -> Any:
    if isinstance(value, str):
        return told(value, lang)
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(told(str(part), lang) for part in value)
    return value
