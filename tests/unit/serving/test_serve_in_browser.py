"""The page in a browser: a slider is moved, the difference is that of `jjj-sim compare`; saved, opened, linked."""

import json
import os
import shutil
import subprocess
import sys
import time

import pytest

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("starlette")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")

import jjj_sim as jjj  # noqa: E402
from jjj_sim.reporting.subject import Subject  # noqa: E402
from jjj_sim.serving.reply import headline  # noqa: E402

MEMBERS, PATIENCE = 2, 180.0
TIANJIN = "hukou_openness.tianjin"


@pytest.fixture(scope="module")
def address():
    """The address of `jjj-sim serve` that was started as a user does."""
    words = [sys.executable, "-m", "jjj_sim", "serve", "--no-browser", "--members", str(MEMBERS)]
    served = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    yield served.stdout.readline().split(": ", 1)[1].strip()
    served.send_signal(2)
    assert served.wait(30) in (0, 130)


@pytest.fixture(scope="module")
def browser():
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Seen:
    """A page with what it asked for and what it complained of."""

    def __init__(self, browser, address):
        self.view = browser.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        self.asked, self.wrong = [], []
        self.view.on("request", lambda request: self.asked.append(request.url))
        self.view.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.view.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        self.view.goto(address)

    def until(self, what, given=None):
        """Wait for an expression of the page to hold."""
        end = time.monotonic() + PATIENCE
        while not self.view.evaluate(what, given):
            assert time.monotonic() < end, what
            time.sleep(0.02)

    def shown(self, moved, kind="members"):
        """Wait until the answer to a state is shown, of the mean or of the members."""
        what = "([moved, kind]) => document.body.dataset.shown === kind && JSON.stringify(JSON.parse"
        self.until(
            what + "(document.body.dataset.state || '{}').set) === moved", [json.dumps(moved).replace(" ", ""), kind]
        )

    def move(self, id, value):
        """Move a slider as a hand does."""
        slider = self.view.locator(f'[data-id="{id}"]')
        question = slider.locator("xpath=ancestor::details")
        if question.get_attribute("open") is None:
            question.locator("summary").click()
        slider.fill(str(value))

    def rows(self):
        """Return the table of the headline by the id of its rows."""
        cells = "rows => rows.map(row => [row.dataset.id, [...row.cells].map(cell => cell.textContent)])"
        return dict(self.view.locator("#headline tbody tr").evaluate_all(cells))


@pytest.fixture(scope="module")
def seen(browser, address):
    return Seen(browser, address)


def test_a_slider_shows_what_compare_tells_and_its_file_opens_again(seen, tmp_path):
    seen.shown({})
    assert {cells[3].split(" ")[0] for cells in seen.rows().values()} == {"0"}
    seen.move(TIANJIN, 1)
    seen.shown({TIANJIN: 1}, "mean")
    mean = seen.rows()["population.tianjin"]
    assert mean[3].startswith("+")
    assert mean[4] == "–"
    with seen.view.expect_download() as saved:
        seen.view.locator("#save").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    seen.shown({TIANJIN: 1})
    told = jjj.compare("baseline", file, members=MEMBERS, twin=True)
    for row in headline(Subject(told.base, told), "en"):
        cells = [row[key] for key in ("what", "base", "mine", "difference", "interval", "sure")]
        assert seen.rows()[row["id"]] == cells
    seen.view.locator("#reset").click()
    seen.shown({})
    assert seen.view.locator(f'[data-id="{TIANJIN}"]').input_value() != "1"
    seen.view.locator("#file").set_input_files(file)
    seen.shown({TIANJIN: 1})
    assert seen.view.locator(f'[data-id="{TIANJIN}"]').input_value() == "1"
    assert seen.view.locator("#stands").is_hidden()
    assert seen.wrong == []


def test_the_link_holds_the_levers_in_the_other_language_too(seen, address):
    seen.view.goto(address.split("?")[0] + "#" + json.dumps({"from": 2026, "set": {TIANJIN: 0.9}}))
    seen.shown({TIANJIN: 0.9}, "mean")
    seen.view.locator("#language").click()
    seen.until("() => document.documentElement.lang === 'zh-CN'")
    seen.shown({TIANJIN: 0.9})
    assert seen.view.locator(f'[data-id="{TIANJIN}"]').get_attribute("aria-valuetext") == "90%（基本放开）"
    assert "次运行" in seen.view.locator("#state").text_content()
    seen.view.locator("#language").click()
    seen.until("() => document.documentElement.lang === 'en'")
    seen.shown({TIANJIN: 0.9})


def test_a_file_that_is_wrong_is_said_to_be_and_changes_nothing(seen, tmp_path):
    file = tmp_path / "wrong.toml"
    file.write_text('extends = "baseline"\n[levers.hukou]\npath = 1\n', encoding="utf-8")
    before = seen.rows()
    seen.view.locator("#file").set_input_files(file)
    seen.until("() => !document.getElementById('problem').hidden")
    assert "hukou" in seen.view.locator("#problem").text_content()
    assert seen.rows() == before
    seen.wrong.clear()  # the browser logs that the server said no


def test_keys_move_a_slider_and_every_control_has_a_name(seen):
    slider = seen.view.locator(f'[data-id="{TIANJIN}"]')
    slider.focus()
    before = slider.input_value()
    seen.view.keyboard.press("ArrowLeft")
    assert float(slider.input_value()) < float(before)
    nameless = seen.view.locator("input, select, button").evaluate_all(
        "all => all.filter(one => !(one.labels && one.labels.length) && !one.textContent.trim()"
        " && !one.getAttribute('aria-label')).map(one => one.outerHTML)"
    )
    assert nameless == []


def test_nothing_is_asked_of_another_host(seen, address):
    own = address.split("/?")[0]
    assert len(seen.asked) > 10
    assert {url for url in seen.asked if not url.startswith((own, "blob:" + own, "data:"))} == set()


def test_a_page_of_another_site_gets_nothing(browser, address):
    other = browser.new_page()
    other.goto("data:text/html,<title>other</title>")
    own = address.split("/?")[0]
    told = other.evaluate(
        "async own => { try { return await (await fetch(own + '/difference', {method: 'POST', body: '{}',"
        " credentials: 'include'})).text(); } catch (error) { return 'refused'; } }",
        own,
    )
    assert told == "refused"
    other.close()
