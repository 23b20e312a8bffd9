"""Scenario files: what is assumed, decided and set, before anything runs."""

from jjj_sim.scenario.load import idle_levers, load_scenario, shipped, shipped_folder
from jjj_sim.scenario.scenario import Scenario

__all__ = ["Scenario", "idle_levers", "load_scenario", "shipped", "shipped_folder"]
