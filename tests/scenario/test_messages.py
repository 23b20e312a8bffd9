"""The sentences of errors in two languages."""

import pickle
import re
import string
from pathlib import Path

import pytest

import jjj_sim
from jjj_sim.errors import OpeningError, ScenarioError
from jjj_sim.messages import _FILES, SENTENCES, Sentence, say, told
from jjj_sim.scenario import load_scenario

HAN = re.compile(r"[\u4e00-\u9fff]")
BAD = """
titel = "x"
with = "no_relief"
horizon = { end = 2099 }
extends = "no_releif"
[levers.relief_markts]
[levers.xiongan_investment]
path = [["2027Q1", 1], ["2026Q1", 2000], ["x"]]
[levers.hukou_openness.paths]
tianjin = { shift = 0.2 }
[levers.headquarters_moves.events]
Huaneng = 2026
huanneng = "2026Q1"
old = { quarter = "1999Q4", jobs = 5, origin = "peking" }
[levers.headquarters_moves.groups]
first_batch = "never"
power = 2027
[assumptions.national_growth]
path = 5
[parameters.relocation]
hazard = "high"
hazrd = 1
size = 1e9
[parameters.relocatoin]
"""


def fields(text: str) -> set[str]:
    """Return the names of the arguments of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_two_files_have_a_sentence_of_one_name():
    assert len(SENTENCES) == sum(len(file.SENTENCES) for file in _FILES)


def test_both_languages_have_the_same_arguments():
    assert [key for key, (en, zh) in SENTENCES.items() if fields(en) != fields(zh)] == []
    assert [key for key, (en, _) in SENTENCES.items() if HAN.search(en)] == []


def test_every_sentence_is_said_somewhere():
    source = Path(jjj_sim.__file__).parent
    text = " ".join(p.read_text("utf-8") for p in source.rglob("*.py") if p.parent.name != "messages")
    assert [key for key in SENTENCES if f'"{key}"' not in text] == []


def test_sentences_among_the_arguments_keep_their_language():
    said = say("in_file", file="a.toml", problem=say("not_text", where="title", found="5"))
    assert said == "a.toml: title = 5 is not a text in quotes."
    assert said.zh == "a.toml：title = 5 不是引号内的文字。"
    assert told(said, "zh") == said.zh
    assert told("plain", "zh") == "plain"
    assert pickle.loads(pickle.dumps(said)).zh == said.zh


@pytest.mark.parametrize("settings", [[], ["foo", "relocatoin.hazard=1", "relocation=1", "extends=x"]])
def test_every_problem_of_a_bad_file_is_told_in_chinese_too(settings, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(BAD, "utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, settings)
    problems = caught.value.problems
    assert len(problems) >= 17 + len(settings)
    assert all(isinstance(problem, Sentence) for problem in problems)
    english = re.compile(r"\b(is|not|no|did|there|are|like|outside|needs)\b", re.IGNORECASE)
    assert [p.zh for p in problems if not HAN.search(p.zh) or english.search(p.zh)] == []
    message = caught.value.told("zh")
    assert f"有 {len(problems)} 处问题：" in message
    assert message.endswith("未运行。")
    assert str(caught.value) == caught.value.told("en")


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("title =", "bad.toml 不是 TOML：Invalid value (at end of document)。"),
        (b"\xff\xfet\x00", "bad.toml 第 1 行：不是 UTF-8 编码。看来是 UTF-16"),
        ("x = 1" + "0" * 5000, "bad.toml 不是 TOML"),
        ('extends = "bad.toml"', "extends 循环引用：bad.toml -> bad.toml。"),
        ('extends = "../x.toml"', "extends = '../x.toml' 在情景所在的文件夹"),
        ('extends = "\\u0000"', "extends = '\\x00'：bad.toml 旁没有这个文件"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_chinese(text, zh, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert caught.value.problems[0].zh.startswith(zh)


def test_a_missing_file_is_told_with_what_stands_there(tmp_path):
    (tmp_path / "faster.toml").write_text("")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "fastr.toml")
    (problem,) = caught.value.problems
    assert problem.startswith(f"no such file. Did you mean faster.toml? In {tmp_path} there are faster.toml.")


def test_an_error_without_chinese_stays_english():
    assert OpeningError("x").told("zh") == "x"
    assert ScenarioError("a", ["b"]).told("zh") == "a 有 1 处问题：\n  * b\n未运行。"


def test_very_long_numbers_are_told_short(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(f"[parameters.migration]\nhukou = 1{'0' * 309}")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert len(caught.value.problems[0]) < 200
    assert "hukou = 1000" in caught.value.problems[0]
