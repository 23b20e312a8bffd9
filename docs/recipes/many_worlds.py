"""What does a faster Xiong'an do in many possible worlds? The EMA Workbench on the twin."""

from ema_workbench import Model, RealParameter, ScalarOutcome, perform_experiments

import jjj_sim as jjj

twin = jjj.experiment(
    "baseline", parameters=["new_area.pull", "migration.services"], outcomes=["population:xiongan"], year=2018
)
model = Model("jjj", function=twin)
model.uncertainties = [
    RealParameter(name, low, high) for name, (low, high) in zip(twin.names, twin.bounds, strict=True)
]
model.outcomes = [ScalarOutcome("people", variable_name="population:xiongan")]
experiments, outcomes = perform_experiments(model, scenarios=3)
print(experiments[twin.names].assign(people=outcomes["people"]).round(3).to_string(index=False))
