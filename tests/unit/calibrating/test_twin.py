"""The twin as a model of a calibration: what it reads, what a wall is, and, slow, a whole calibration of it."""

import numpy as np
import pytest

from jjj_sim.calibrating import Effort, calibration
from jjj_sim.calibrating.figures import LAST_YEAR, year_of
from jjj_sim.calibrating.twin import Wall, twin


@pytest.fixture(scope="module")
def four_twin(four):
    """The twin of four zones, which are quick."""
    return twin("baseline", four)


def test_it_reads_published_figures_where_a_run_has_them(region):
    model = twin("baseline")
    read = model.read({})
    found = {t.id: x for t, x in zip(model.figures, read, strict=True)}
    assert found["gdp_jjj_2024"] == pytest.approx(11_500, rel=0.1)
    assert found["gdp_doubling"] == pytest.approx(2.1, rel=0.1)
    assert np.isfinite(found["pm25_beijing_2020"])
    assert max(year_of(t) for t in model.figures) == LAST_YEAR
    assert np.array_equal(model.read({}), read, equal_nan=True)
    assert model.read({"parameters.emissions.abatement_early": 0.1}).sum() != read.sum()


def test_what_cannot_be_opened_is_a_wall(four_twin, monkeypatch):
    from jjj_sim.calibrating import twin as module
    from jjj_sim.errors import OpeningError

    def closed(*_, **__):
        raise OpeningError("too far from the defaults")

    monkeypatch.setattr(module.clock, "build", closed)
    with pytest.raises(Wall, match="too far"):
        four_twin.read({})


@pytest.mark.slow
def test_a_whole_calibration_has_the_same_bits_at_any_number_of_workers(tmp_path):
    names = ("production.offset_secondary", "labour.common_bias", "emissions.abatement_early")
    effort = Effort(fit=3, again=2, start=2, starts=1, candidates=8, rounds=2, wave=8, propagated=True)
    asked = calibration.Request(as_of=2018, members=8, effort=effort, names=names)
    one = calibration.calibrate("baseline", asked, workers=1)
    two = calibration.calibrate("baseline", asked, workers=2, workspace=tmp_path / "work")
    again = calibration.resume(tmp_path / "work", workers=1)
    for other in (two, again):
        assert one.draws.equals(other.draws)
        assert one.readings.equals(other.readings)
    assert again.manifest["runs"] == 0
    total = one.loss.set_index("block").loc["all"]
    assert total["fit"] < total["default"]
    assert not one.figures["period"].str.contains("2019|202").any()
