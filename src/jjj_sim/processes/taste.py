"""What is bought of each sector: the shares of spending, and how the nation's structure moves them.

    goods_s  ~ Omega_s lambda_s P_s^(1 - sigma) c^(eps_s - 1)               households
    g_s, i_s ~ the table's shares x lambda_s                                governments, investment
    a_ss'    = table's a_ss' lambda_s / mean of lambda over the column      inputs; column sums held

lambda_s, common to all zones, is what the nation's own output asks for: the nation as one zone, under the same
law and with its net exports held in GDP, must buy what it makes,

    Y (c goods_s + g g_s + i i_s) + sum_s' a_ss' X_s' + nx_s Y = X_s.

So services that the whole nation buys more of, as software, are no loss of market to the region. It is to
demand what the nation's productivity is to supply.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.region.data import Data

F64 = NDArray[np.float64]
# Damped steps of a quarter towards lambda, which moves little from one to the next; real income at least.
_STEPS, _STRIDE, _LEAST_REAL = 4, 0.7, 0.05


class Technique(NamedTuple):
    """What is bought for what, without tastes: `requirements` (from, to), value added over gross output `added`,
    final uses `households`, `government`, `investment`, `base` the nation's value added of 2013, all (n_sectors,);
    `uses` the three final uses in the nation's GDP."""

    requirements: F64
    added: F64
    households: F64
    government: F64
    investment: F64
    base: F64
    uses: F64


def technique(data: Data) -> Technique:
    """Return the input-output table and the uses of a region's data."""
    table, (households, government, investment) = data.output.requirements, data.output.final_use
    added = np.asarray(1.0 - table.sum(axis=0))
    return Technique(table, added, households, government, investment, data.nation.value_added_2013, data.nation.uses)


class Shares(NamedTuple):
    """Shares of spending by sector: governments, investment (n_sectors,), inputs (from, to)."""

    government: F64
    investment: F64
    inputs: F64


def shares(made: Technique, taste: F64) -> Shares:
    """Return the shares under `taste` (n_sectors,), lambda."""
    government, investment = made.government * taste, made.investment * taste
    table = made.requirements
    inputs = table * taste[:, None]
    inputs *= table.sum(axis=0) / inputs.sum(axis=0)
    return Shares(government / government.sum(), investment / investment.sum(), inputs)


def goods(made: Technique, taste: F64, price: F64, real: F64, substitution: float, elasticity: F64) -> F64:
    """Return households' shares of sectors, last axis sums to one; `price` (..., n_sectors), `real` (...,)."""
    wanted = made.households * taste * price ** (1.0 - substitution)
    wanted = wanted * np.maximum(real, _LEAST_REAL)[..., None] ** (elasticity - 1.0)
    return np.asarray(wanted / wanted.sum(axis=-1, keepdims=True))


def national_value_added(made: Technique, output: F64, deflator: F64) -> F64:
    """Return the nation's nominal value added by sector, shares of 2013's, from indices of 2013 = 1."""
    return np.asarray(made.base / made.base.sum() * output * deflator)


def renewed(
    made: Technique, taste: F64, added: F64, opening: F64, price: F64, real: float, substitution: float, eps: F64
) -> F64:
    """Return lambda moved to where the nation buys what it makes.

    `added` and `opening` (n_sectors,) are its nominal value added now and at the opening, `price` its deflators,
    `real` its real income a head relative to the opening.
    """
    abroad = _gap(made, np.ones_like(taste), opening, np.ones_like(price), 1.0, substitution, eps) / opening.sum()
    output = added / made.added - abroad * added.sum()
    for _ in range(_STEPS):
        bought = added / made.added - _gap(made, taste, added, price, real, substitution, eps)
        taste = taste * (np.maximum(output, 1e-9) / bought) ** _STRIDE
        taste = taste / np.average(taste, weights=added)
    return np.asarray(taste)


def _gap(made: Technique, taste: F64, added: F64, price: F64, real: float, substitution: float, eps: F64) -> F64:
    """Return output less what the nation buys at `taste`, by sector."""
    use, (c, g, i) = shares(made, taste), made.uses.tolist()
    wanted = goods(made, taste, price, np.asarray(real), substitution, eps)
    final = added.sum() * (c * wanted + g * use.government + i * use.investment)
    output = added / made.added
    return np.asarray(output - final - use.inputs @ output)
