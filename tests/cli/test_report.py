"""`jjj-sim report` as a user types it, on a saved comparison of made-up results."""

import shutil
import subprocess
import sys

import pytest
from unit.reporting.conftest import comparison  # noqa: F401

from jjj_sim.reporting import browser, extra


@pytest.fixture(scope="module")
def folder(comparison, tmp_path_factory):  # noqa: F811
    """The comparison as a folder."""
    return comparison.save(tmp_path_factory.mktemp("results") / comparison.name)


def test_a_report_stands_beside_its_folder(jjj_sim, folder, tmp_path):
    status, out, err = jjj_sim("report", folder)
    assert (status, err) == (0, "")
    file = folder.with_name(f"report-{folder.name}.html")
    assert out == f"-> {file}\n"
    assert file.read_text("utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')
    status, out, err = jjj_sim(
        "report", folder / "scenarios" / "baseline", "--lang", "zh", "--out", tmp_path / "new" / "one.html"
    )
    assert status == 0, err
    assert '<html lang="zh-CN">' in (tmp_path / "new" / "one.html").read_text("utf-8")


@pytest.mark.parametrize(("lang", "words"), [("en", "ends in .html"), ("zh", "扩展名")])
def test_a_file_of_another_kind_is_refused(jjj_sim, folder, lang, words):
    status, out, err = jjj_sim("report", folder, "--out", folder.parent / "report.docx", "--lang", lang)
    assert (status, out) == (2, "")
    assert words.replace("ends", "not end") in err or words in err
    assert list(folder.parent.glob(".*part")) == []


def test_a_folder_that_is_no_result_is_refused(jjj_sim, tmp_path):
    status, out, err = jjj_sim("report", tmp_path)
    assert (status, out) == (4, "")
    assert "is not a result folder" in err
    (tmp_path / "manifest.json").write_text('{"kind": "posterior"}')
    status, _, err = jjj_sim("report", tmp_path)
    assert status == 2
    assert "jjj-sim compare" in err
    assert "posterior" in err


def test_only_what_belongs_to_it_goes_with_it(jjj_sim, folder, tmp_path):
    status, _, err = jjj_sim("report", folder, "--with", tmp_path)
    assert status == 2
    assert "jjj-sim attribute" in err


def test_a_missing_extra_is_named(jjj_sim, folder, monkeypatch):
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    status, out, err = jjj_sim("report", folder)
    assert (status, out) == (2, "")
    assert 'pip install "jjj-sim[report]"' in err


def test_a_missing_browser_is_told_before_anything_is_done(jjj_sim, folder, monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    status, out, err = jjj_sim("report", folder, "--pdf", "--lang", "zh")
    assert (status, out) == (2, "")
    assert "Chromium" in err


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed")
def test_it_is_printed(jjj_sim, folder, tmp_path):
    status, out, err = jjj_sim("report", folder, "--pdf", "--lang", "zh", "--out", tmp_path / "r.html")
    assert status == 0, err
    assert out.splitlines()[1] == f"-> {tmp_path / 'r.zh.pdf'}"
    assert (tmp_path / "r.zh.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "r.zh.pdf").stat().st_size > 100_000


def test_without_altair_nothing_is_imported_that_needs_it(folder):
    script = (
        "import sys; sys.modules['altair'] = None; from jjj_sim.cli import main; "
        f"sys.argv = ['jjj-sim', 'report', {str(folder)!r}]; main()"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 3
    assert "altair" in ended.stderr
