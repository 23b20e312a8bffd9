"""The report in a browser: it asks for nothing but itself, has no errors, speaks both languages, turns years."""

import shutil

import pytest

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
WAIT = 60_000


@pytest.fixture(scope="module")
def browser():
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def seen(browser, page, tmp_path):
    """The report opened, with what it asked for and what it complained of."""
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    asked, wrong = [], []
    view.on("request", lambda request: asked.append(request.url))
    view.on("pageerror", lambda error: wrong.append(str(error)))
    view.on("console", lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None)
    view.goto(file.as_uri())
    view.wait_for_selector("#part-zh[data-drawn=yes]", timeout=WAIT)
    yield view, asked, wrong, file
    view.close()


def test_it_opens_speaks_and_turns(seen):
    view, asked, wrong, file = seen
    assert view.locator("html").get_attribute("lang") == "zh-CN"
    assert (
        view.locator("#part-zh .picture:visible").count() == view.locator("#part-zh .picture:visible svg").count() > 20
    )
    view.locator("#to-en").focus()
    view.keyboard.press("Enter")
    view.wait_for_selector("#part-en[data-drawn=yes]", timeout=WAIT)
    assert view.locator("html").get_attribute("lang") == "en"
    assert view.locator("#part-zh").is_hidden()
    assert view.locator("#to-en").get_attribute("aria-pressed") == "true"
    drawn = view.locator("#part-en [data-turned] .picture:visible svg").first
    before = drawn.inner_html()
    view.locator("#part-en input[type=range]").fill("2014")
    view.wait_for_function("document.querySelector('#part-en output').textContent === '2014'")
    view.wait_for_timeout(500)
    assert drawn.inner_html() != before
    view.locator("#part-en select").select_option(index=1)
    view.wait_for_function("document.querySelectorAll('#part-en [data-variable]')[0].hidden")
    assert wrong == []
    assert {url.partition("#")[0] for url in asked} == {file.as_uri()}


def test_it_fits_a_telephone(seen):
    view, *_ = seen
    view.set_viewport_size({"width": 390, "height": 800})
    view.reload()
    view.wait_for_selector("#part-zh[data-drawn=yes]", timeout=WAIT)
    assert view.evaluate("document.documentElement.scrollWidth") <= 390
