"""Indicators of ports."""

from __future__ import annotations

from jjj_sim.indicators.indicator import Indicator

PORTS = (
    Indicator(
        "port_containers",
        "Containers through the ports",
        "港口集装箱吞吐量",
        "TEU",
        "flow",
        "containers handled by the area's ports",
        lambda w: (w.satellites["port_containers"],),
    ),
    Indicator(
        "port_cargo",
        "Cargo through the ports",
        "港口货物吞吐量",
        "t",
        "flow",
        "cargo handled by the area's ports, what is in containers included",
        lambda w: (w.satellites["port_cargo"],),
    ),
)
