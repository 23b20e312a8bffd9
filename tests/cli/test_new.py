"""`jjj-sim new`: a file to fill in, whose lines hold what they stand for."""

import re
import sys
import tomllib

import numpy as np
import pytest

from jjj_sim import cli
from jjj_sim.scenario import load_scenario, shipped
from jjj_sim.scenario.difference import differences


@pytest.fixture
def new(monkeypatch, tmp_path, capsys):
    """Run `jjj-sim new` in an empty folder; returns (exit status, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["jjj-sim", "new", *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capsys.readouterr()
        return end.value.code or 0, out, err

    return command


@pytest.mark.parametrize("base", list(shipped()))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_new_file_is_its_base_and_stays_so_with_every_line_in_force(base, lang, new, tmp_path):
    status, out, err = new("mine", "--from", base, "--lang", lang, "--parameters")
    assert (status, err) == (0, "")
    assert "mine.toml" in out
    text = (tmp_path / "mine.toml").read_text("utf-8")
    parent = load_scenario(base)
    assert load_scenario("mine.toml").digest == parent.digest
    assert set(tomllib.loads(text)) == {"title", "title_zh", "extends"}
    (tmp_path / "all.toml").write_text(re.sub(r"^# (\[|[a-z0-9_]+ = )", r"\1", text, flags=re.MULTILINE), "utf-8")
    whole = load_scenario("all.toml")
    assert differences(parent, whole) == []
    assert {name.partition(".")[2] for name in whole.idle} >= set(parent.levers)
    for lever in parent.levers.values():
        if lever.path is not None:
            other = whole.levers[lever.name].path
            assert np.array_equal([lever.path.at(t) for t in range(92)], [other.at(t) for t in range(92)])


def test_what_a_new_file_shows_can_be_changed(new, tmp_path):
    new("folder/sooner.toml", "--from", "xiongan_sooner")
    path = tmp_path / "folder" / "sooner.toml"
    text = path.read_text("utf-8")
    edited = re.sub(r"# (\[levers.xiongan_services\]\n)# (path = .*)1\]\]", r"\1\g<2>1.2]]", text)
    path.write_text(edited, "utf-8")
    (found,) = differences(load_scenario("xiongan_sooner"), load_scenario(path))
    assert found.dotted == "levers.xiongan_services.path"
    assert found.second[-1][1] == 1.2


def test_a_file_of_ones_own_may_be_the_base(new, tmp_path):
    (tmp_path / "mine.toml").write_text('title = "x"\n[horizon]\nend = 2026\n', "utf-8")
    assert new("next", "--from", "mine.toml")[0] == 0
    assert load_scenario("next.toml").end == load_scenario("mine.toml").end
    status, _, err = new("deeper/next", "--from", "mine.toml")
    assert status == 2
    assert "mine.toml lies outside" in err
    assert not (tmp_path / "deeper").exists()


def test_nothing_is_written_over_and_mistakes_are_told(new, tmp_path):
    (tmp_path / "mine.toml").write_text("kept", "utf-8")
    status, _, err = new("mine")
    assert (status, (tmp_path / "mine.toml").read_text("utf-8")) == (2, "kept")
    assert "mine.toml is there already; nothing was written." in err
    assert new("mine", "--lang", "zh")[2].startswith("new 有 1 处问题：")
    status, _, err = new("other", "--from", "xiongan_soner")
    assert status == 2
    assert "Did you mean xiongan_sooner?" in err
