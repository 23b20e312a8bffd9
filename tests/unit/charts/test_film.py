"""Films: as many frames as years, one scale of colours, what colours tell, and what cannot be filmed."""

import dataclasses

import numpy as np
import pytest
from matplotlib.colors import LogNorm
from PIL import Image
from plans import JJJ
from typer.testing import CliRunner

from jjj_sim.charts import film as law
from jjj_sim.cli import app
from jjj_sim.comparing.comparison import pair
from jjj_sim.errors import ScenarioError
from jjj_sim.running.result import check_free

FEW = (2013, 2014, 2029, 2030)


@pytest.fixture(scope="module")
def short(result):
    """Two members and four years of the made-up result."""
    kept = result.annual["period"].isin(FEW) & (result.annual["member"] < 2)
    return dataclasses.replace(result, annual=result.annual[kept].reset_index(drop=True))


def test_a_gif_has_a_frame_a_year_and_stays_still_on_the_last(short, tmp_path):
    (one,) = law.films(short, "population", "en")
    (path,) = law.save(one, tmp_path, ("gif",), quiet=True)
    assert [p.name for p in tmp_path.iterdir()] == ["film-population.gif"]
    with Image.open(path) as picture:
        assert picture.n_frames == len(FEW)
        assert all(side % 2 == 0 for side in picture.size)
        stands = []
        for k in range(picture.n_frames):
            picture.seek(k)
            stands.append(picture.info["duration"])
            assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
    assert stands == [800, 800, 800, 3200]


def test_the_same_result_gives_the_same_bytes(short, tmp_path):
    (one,) = law.films(short, "pm25", "zh")
    paths = [law.save(one, tmp_path / folder, ("gif",), quiet=True)[0] for folder in ("a", "b")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.skipif(law.shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_an_mp4_is_written_whole(short, tmp_path):
    (one,) = law.films(short, "population", "en")
    (path,) = law.save(one, tmp_path, ("mp4",), quiet=True)
    assert path.read_bytes()[4:8] == b"ftyp"
    assert [p.name for p in tmp_path.iterdir()] == ["film-population.mp4"]


def test_without_ffmpeg_an_mp4_is_refused_before_anything_is_drawn(short, tmp_path, monkeypatch):
    monkeypatch.setattr(law.shutil, "which", lambda name: None)
    (one,) = law.films(short, "population", "en")
    with pytest.raises(ScenarioError, match="ffmpeg, which is not installed") as refused:
        law.save(one, tmp_path / "films", ("gif", "mp4"), quiet=True)
    assert refused.value.exit_status == 2
    assert not (tmp_path / "films").exists()


def test_what_adds_up_is_shown_a_square_kilometre(short):
    (one,) = law.films(short, "population", "en")
    zone = JJJ.index("baoding")
    rows = short.annual.query("variable == 'population' and area_kind == 'zone' and period == 2030")
    people = rows[rows["area"] == "baoding"]["value"]
    assert np.isclose(one.values[-1, zone], np.median(people) / JJJ.area_km2[zone])
    assert one.unit == "persons per km²"
    assert isinstance(one.scale[0], LogNorm)
    assert one.scale[0].vmin == one.values.min()
    assert one.scale[0].vmax == one.values.max()


def test_a_mean_is_shown_as_it_is(short):
    (one,) = law.films(short, "pm25", "zh")
    assert one.unit == "微克/立方米"
    assert not isinstance(one.scale[0], LogNorm)


def test_change_is_nought_in_its_year_and_the_scale_has_no_room_for_the_new_area(short):
    (one,) = law.films(short, "population", "en", 2013)
    np.testing.assert_array_equal(one.values[0], 0.0)
    rest = np.abs(one.values[:, ~JJJ.new_area]).max()
    assert rest <= one.scale[0].vmax <= 2.5 * rest
    assert one.scale[0].vmin == -one.scale[0].vmax
    assert one.unit == "change on 2013, %"


def test_a_comparison_is_filmed_as_the_difference_from_its_base(short):
    more = np.where((short.annual["area"] == "xiongan") & (short.annual["period"] >= 2029), 1.2, 1.0)
    annual = short.annual.assign(scenario="sooner", value=short.annual["value"] * more)
    variant = dataclasses.replace(short, name="sooner", annual=annual)
    (one,) = law.films(pair(short, [variant]), "population", "en")
    assert one.name == "film-population-sooner"
    np.testing.assert_allclose(one.values[:2], 0.0)
    expected = np.where(np.arange(JJJ.n_zones) == JJJ.index("xiongan"), 20.0, 0.0)
    np.testing.assert_allclose(one.values[2:], [expected, expected], atol=1e-9)
    with pytest.raises(ScenarioError, match="difference from the base in every year"):
        law.films(pair(short, [variant]), "population", "en", 2013)


def test_every_frame_has_the_year_in_large_letters_and_one_size(short):
    (one,) = law.films(short, "population", "zh")
    drawn = [one.frame(year) for year in FEW]
    assert len({tuple(figure.get_size_inches()) for figure in drawn}) == 1
    for figure, year in zip(drawn, FEW, strict=True):
        large = [text.get_text() for ax in figure.axes for text in ax.texts if text.get_fontsize() > 30]
        assert large == [str(year)]


@pytest.mark.parametrize(
    ("variable", "since", "said"),
    [
        ("populatoin", None, "no variable 'populatoin'. Did you mean population"),
        ("services_theil", None, "not told of every zone"),
        ("population", 1999, "1999 is not in the result; it runs from 2013 to 2030"),
    ],
)
def test_what_cannot_be_filmed_is_told(short, variable, since, said):
    with pytest.raises(ScenarioError, match=said):
        law.films(short, variable, "en", since)


def test_the_command_writes_into_the_charts_of_a_result_and_a_run_may_replace_it(short, tmp_path):
    named = dataclasses.replace(short, manifest={**short.manifest, "scenario": "baseline"})
    folder = named.save(tmp_path / "baseline")
    words = ["film", str(folder), "--variable", "pm25,population", "--lang", "en,zh", "--quiet"]
    assert CliRunner().invoke(app, words).exit_code == 0
    made = sorted(path.name for path in (folder / "charts").iterdir())
    assert made == [f"film-{v}.{lang}.gif" for v in ("pm25", "population") for lang in ("en", "zh")]
    check_free(folder)


def test_the_command_refuses_what_it_does_not_know(short, tmp_path):
    folder = short.save(tmp_path / "baseline")
    refused = CliRunner().invoke(app, ["film", str(folder), "--format", "avi"])
    assert isinstance(refused.exception, ScenarioError)
    assert "'avi' is not one of gif, mp4" in str(refused.exception)
    assert not (folder / "charts").exists()
