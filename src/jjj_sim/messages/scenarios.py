"""Sentences about scenario files, their values, goals, and options that lay settings over them."""

from __future__ import annotations

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
}
