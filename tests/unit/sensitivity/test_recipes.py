"""The recipes for tools of others run as they stand."""

import runpy
from pathlib import Path

import pytest

RECIPES = Path(__file__).parents[3] / "docs" / "recipes"


@pytest.mark.slow
@pytest.mark.parametrize("recipe", ["screening.py", "many_worlds.py"])
def test_a_recipe_runs(recipe, capsys):
    runpy.run_path(str(RECIPES / recipe), run_name="__main__")
    assert "parameters_new_area_pull" in capsys.readouterr().out
