"""Reaching: the smallest change of stated levers with which what is aimed at is met as often as asked.

    aim + moves of levers + draws of parameters -> twin -> margins -> search -> agents

`backcast.reach` does all of it.
"""

from jjj_sim.reaching.backcast import Reach, Request, reach

__all__ = ["Reach", "Request", "reach"]
