"""Which of two parameters decides Xiong'an's people? SALib's Morris method on the twin, in a dozen lines."""

from SALib.analyze import morris as analysis
from SALib.sample import morris as sampling

import jjj_sim as jjj

twin = jjj.experiment(
    "baseline", parameters=["new_area.pull", "migration.services"], outcomes=["population:xiongan"], year=2018
)
points = sampling.sample(twin.problem, N=2, num_levels=4, seed=1)
values = twin.values(points)[:, 0]
found = analysis.analyze(twin.problem, points, values, num_levels=4, seed=1)
for name, effect in zip(found["names"], found["mu_star"], strict=True):
    print(f"{name}: {effect:,.0f} people")
