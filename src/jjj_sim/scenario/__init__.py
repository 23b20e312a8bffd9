"""Scenario files: what is assumed, decided and set, before anything runs."""

from jjj_sim.scenario.load import grow, idle_levers, load_scenario
from jjj_sim.scenario.reader import packages, shipped, shipped_folder
from jjj_sim.scenario.scenario import Scenario

__all__ = ["Scenario", "grow", "idle_levers", "load_scenario", "packages", "shipped", "shipped_folder"]
