"""The pages of the article: every figure is treated, what is said agrees with the run, both languages say it."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from plans import JJJ

import article_page
import systems_page
from jjj_sim.errors import DataError
from jjj_sim.indicators import indicators
from jjj_sim.indicators.ages import AGES
from jjj_sim.judging.targets import article
from jjj_sim.satellites import SATELLITES

DOCS = Path(article_page.__file__).parents[1] / "docs"
FIGURES = article(JJJ)


def a_result(**changed):
    """A result whose evidence has a value of every figure that the page says is no context."""
    valued = [article_page.treatment(t) != article_page.CONTEXT for t in FIGURES]
    rows = {
        "id": [t.id for t in FIGURES],
        **{c: [1.0 if v else float("nan") for v in valued] for c in ("model_median", "model_low", "model_high")},
        "status": ["inside" if v else "context" for v in valued],
    }
    return SimpleNamespace(region=JJJ, evidence=pd.DataFrame(rows | changed), manifest={"members": 3})


def test_every_variable_of_the_article_is_treated_and_none_besides():
    assert set(article_page.treated()) == {t.variable for t in FIGURES}


def test_laws_lead_to_pages_and_what_has_none_has_a_reason_in_both_languages():
    for variable, said in article_page.treated().items():
        if said.how == article_page.CONTEXT:
            why = [t.why_not for t in FIGURES if t.variable == variable]
            assert said.zh
            assert said.en or all(why)
        else:
            assert (DOCS / "processes" / f"{said.page}.md").is_file()
            assert said.en
            assert said.zh


def test_forty_of_the_figures_are_produced_or_input():
    n = article_page.counted(FIGURES)
    assert sum(n.values()) == len(FIGURES) == 52
    assert n["produced"] + n["observed"] + n["input"] >= 40


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_has_every_figure_and_its_sentence(lang):
    text = article_page.page(a_result(), lang)
    assert all(f"`{t.id}`" in text and t.quote_zh in text for t in FIGURES)


def test_a_figure_said_to_be_produced_that_a_run_lacks_is_an_error():
    found = a_result(model_median=[float("nan")] * len(FIGURES))
    with pytest.raises(DataError, match="is said to be produced"):
        article_page.page(found, "en")


def test_every_indicator_that_reads_a_satellite_has_its_system():
    made = {kind.name for kind in SATELLITES}
    names = list(indicators(JJJ))
    aged = {indicator.name for indicator in AGES}
    own = [name for name in names[names.index("port_containers") :] if name not in aged]
    assert {systems_page.system_of(name) for name in own} == made
    assert systems_page.system_of("population") == ""
