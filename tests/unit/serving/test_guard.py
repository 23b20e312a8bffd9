"""Who may ask the page: nobody without the token, through another name, or from another page; nothing writes by GET."""

import types

import pytest

testclient = pytest.importorskip("starlette.testclient")
pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from jjj_sim.scenario import load_scenario  # noqa: E402
from jjj_sim.serving.app import app  # noqa: E402
from jjj_sim.serving.guard import HEADERS, Guard  # noqa: E402

PORT = 8642
OWN = f"http://127.0.0.1:{PORT}"
POSTED = ("controls", "difference", "save", "opened")


@pytest.fixture(scope="module")
def guard():
    return Guard(PORT)


@pytest.fixture
def client(guard):
    desk = types.SimpleNamespace(base=load_scenario("baseline"), members=16)
    return testclient.TestClient(app(desk, guard, "en"), base_url=OWN, follow_redirects=False)


@pytest.fixture
def known(client, guard):
    """A browser that has opened the address with its token."""
    answer = client.get(f"/?token={guard.token}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    return client


@pytest.mark.parametrize("path", ["/", "/page.js", "/vega.js", "/?token=guess", "/?token=%C3%A9"])
def test_without_the_token_nothing_is_shown(client, path):
    answer = client.get(path)
    assert answer.status_code == 403
    assert "jjj-sim serve" in answer.text
    assert "令牌" in answer.text


def test_with_the_token_the_page_opens_and_loads_its_parts(known):
    for path in ("/", "/?lang=zh", "/page.css", "/page.js", "/vega.js", "/font.ttf"):
        answer = known.get(path)
        assert answer.status_code == 200
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert known.get("/passwd").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1:1", f"0.0.0.0:{PORT}", ""])
def test_a_forged_host_is_refused(known, host):
    assert known.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", f"https://127.0.0.1:{PORT}"])
@pytest.mark.parametrize("path", POSTED)
def test_a_forged_origin_is_refused(known, path, origin):
    assert known.post(f"/{path}", json={"state": {}}, headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("path", POSTED)
def test_what_is_sent_without_an_origin_is_refused_and_nothing_is_got_that_is_sent(known, path):
    assert known.post(f"/{path}", json={"state": {}}).status_code == 403
    assert known.get(f"/{path}").status_code in (404, 405)


def test_the_page_saves_opens_and_says_what_is_wrong(known):
    def post(path, body, **headers):
        return known.post(path, json=body, headers={"Origin": OWN, **headers})

    state = {"from": 2027, "set": {"hukou_openness.tianjin": 1.0}}
    saved = post("/save", {"state": state, "title": "Open"}).json()
    assert saved["name"] == "mine.toml"
    assert post("/opened", {"text": saved["text"], "name": "mine.toml"}).json() == {
        **state,
        "file": "",
        "file_name": "",
    }
    assert 'value="1.0"' in post("/controls", {"state": state, "lang": "zh"}).text
    wrong = post("/controls", {"state": {"set": {"hukou": 1}}}, **{"Accept-Language": "zh"})
    assert wrong.status_code == 422
    assert "页面没有这个杠杆" in wrong.json()["problems"][0]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b"x" * 1_000_000])
def test_what_is_no_question_is_refused(known, body):
    answer = known.post("/difference", content=body, headers={"Origin": OWN})
    assert answer.status_code == 422
    assert answer.json()["problems"]


def test_a_title_cannot_break_out_of_the_file(known):
    title = 'x"\n[levers.rail_programme]\n'
    text = known.post("/save", json={"state": {}, "title": title}, headers={"Origin": OWN}).json()["text"]
    assert "\n[levers" not in text
