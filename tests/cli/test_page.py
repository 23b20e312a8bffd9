"""The terminal: as wide as COLUMNS says, names whole, no colour where none is wanted."""

import os
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from jjj_sim import cli, regions
from jjj_sim.commands import page
from jjj_sim.judging.targets import article
from jjj_sim.policy.registry import levers
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.draft import published
from jjj_sim.scenario.schema import parameters
from jjj_sim.wording.terms import word

HAN = re.compile(r"[\u4e00-\u9fff]")
JJJ = regions.default()
COMMANDS = [
    ["levers"],
    ["levers", "rail_programme"],
    ["levers", "university_hospital_moves"],
    ["levers", "housing_supply"],
    ["parameters"],
    ["targets"],
    ["check", "xiongan_sooner"],
    ["diff", "baseline", "no_rail_after_2013"],
]


def told(*words: str, columns: int = 80) -> str:
    """Run a command on a terminal of so many columns and return what it prints."""
    result = CliRunner(env={"COLUMNS": str(columns)}).invoke(cli.app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_is_wider_than_80_columns(words, lang):
    text = told(*words, "--lang", lang)
    assert [line for line in text.splitlines() if cell_len(line) > 80] == []
    assert "\x1b" not in text


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_names_are_never_broken(columns):
    names = [name for lever in published(JJJ).values() for name in lever.events]
    shown = told("check", "baseline", columns=columns)
    assert [name for name in names if name not in shown] == []
    listed = told("levers", columns=columns) + told("parameters", columns=columns) + told("targets", columns=columns)
    names = [*levers(JJJ), *(f"{process}.{name}" for process, found in parameters().items() for name in found)]
    assert [name for name in (*names, *(t.id for t in article(JJJ))) if name not in listed] == []


def test_more_columns_are_used_where_there_are_more():
    assert max(map(cell_len, told("targets", columns=60).splitlines())) <= 60
    assert max(map(cell_len, told("check", "baseline", columns=160).splitlines())) > 80


def test_the_levers_fit_on_a_page_and_one_is_shown_whole():
    assert len(told("levers").splitlines()) < 60
    whole = told("levers", "headquarters_moves")
    for text in ("huaneng", "bj_core → xiongan", "first_batch, power", "unless said otherwise bj_inner", "[L1]"):
        assert text in whole
    assert "A new one needs quarter, jobs." in whole
    assert told("levers", "rail") == told("levers", "levers.rail_programme")
    assert "2030Q4 3.6" not in told("levers", "national_growth")
    assert "2035Q4 3.6" in told("levers", "assumptions.national_growth")


def test_headings_are_bold_on_a_terminal_only_where_colour_is_wanted(monkeypatch, capsys):
    monkeypatch.setattr(page.sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    page.heading("x")
    assert capsys.readouterr().out == "\x1b[1mx\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "1")
    page.heading("x")
    assert capsys.readouterr().out == "x\n"


def test_lines_end_between_chinese_characters_but_not_before_a_stop():
    assert page.wrapped("甲乙丙丁，戊己", 8) == ["甲乙丙", "丁，戊己"]
    assert page.wrapped("see a_name_longer_than_the_line now", 10) == ["see", "a_name_longer_than_the_line", "now"]
    assert page.wrapped("2026Q1 150 → 2030Q4 80", 14) == ["2026Q1 150 →", "2030Q4 80"]
    assert page.wrapped("", 10) == []
    assert all(cell_len(line) <= 12 for line in page.wrapped("http://example.org/a/long/address", 12))


def test_every_unit_and_mechanism_has_chinese():
    units = {spec.unit for spec in levers(JJJ).values()} | {a.unit for a in ASSUMPTIONS.values()}
    for spec in levers(JJJ).values():
        units |= {number.unit for number in (*spec.paths.values(), *spec.shares.values())}
        units |= {number.unit for number in spec.events.numbers.values()} if spec.events else set()
    units |= {t.printed_unit for t in article(JJJ)}
    plain = {"1", "", "%", "percent", "percent a year", "1/quarter"}
    assert [unit for unit in units - plain if not HAN.search(word(unit, True))] == []
    assert [spec.name for spec in levers(JJJ).values() if not HAN.search(spec.mechanism_zh)] == []
    assert [a.name for a in ASSUMPTIONS.values() if not HAN.search(a.meaning_zh)] == []


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["check", "baseline", "--lang", "en,zh"], 2, "one of en, zh is meant, not en,zh"),
        (["levers", "rial_programme"], 2, "Did you mean rail_programme?"),
        (["parameters", "relocatoin"], 2, "Did you mean relocation?"),
        (["parameters", "relocation.hazrd"], 2, "Did you mean relocation.hazard?"),
        (["check", "baseline", "--lang", "zh", "--set", "relocation.hazard=9"], 2, "超出允许范围 [0, 0.1]。"),
        (["check", "baseline", "--lang=zh", "--set", "foo"], 2, "未运行。"),
        (["schema", "--out", "."], 2, ". is a folder; name a file."),
        (
            [
                "check",
                "baseline",
                "--set",
                "levers.steel_cap.path=[[2026,1]]",
                "--set",
                "levers.steel_cap.path.scale=1",
            ],
            2,
            "are both set, one a value and one a table",
        ),
    ],
)
def test_mistakes_are_told_in_the_language_asked_for(words, status, said):
    done = subprocess.run(
        [sys.executable, "-m", "jjj_sim", *words], capture_output=True, text=True, env={**os.environ, "COLUMNS": "80"}
    )
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_two_settings_of_one_event_are_one():
    for first, second in (("datang=2026Q4", "datang.jobs=10"), ("datang.jobs=10", "datang=2026Q4")):
        keys = [f"levers.headquarters_moves.events.{part}" for part in (first, second)]
        text = told("check", "baseline", "--set", keys[0], "--set", keys[1])
        assert "datang  2028Q2 → 2026Q4, 1000 → 10 jobs" in text
