"""Places made by policy: do their firms come by birth or by moving in?"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from fact import Experiment, Fact, Results, Trial
from lab import Draw, Series, constant, never, zone
from picture import BLUE, GREEN, GREY, ORANGE

_BINHAI, _XIONGAN = ("2014Q2", "2018Q1"), ("2017Q2", "2021Q1")
_SUBSIDY = 0.10


def trial(draw: Draw) -> Trial:
    """Return what births less deaths and moves add to firms: in Binhai by a subsidy, in Xiong'an by its making."""
    binhai, xiongan = zone("tj_binhai"), zone("xiongan")
    plain, paid = (
        draw.run(relocation_subsidy={"zones": ["tj_binhai"], "path": [["2014Q1", 0.0], [_BINHAI[0], rate]]})
        for rate in (0.0, _SUBSIDY)
    )
    effect = _by_origin(paid, binhai, _BINHAI) - _by_origin(plain, binhai, _BINHAI)
    base = draw.run()
    unmade = draw.run(
        xiongan_investment=constant(0.0),
        xiongan_services=constant(0.0),
        xiongan_offers=constant(0.0) | {"paths": {"central_soe": [["2013Q1", 0.0]]}},
        headquarters_moves=never("headquarters_moves"),
        university_hospital_moves=never("university_hospital_moves"),
    )
    growth = _by_origin(base, xiongan, _XIONGAN)
    made = growth - _by_origin(unmade, xiongan, _XIONGAN)
    return {
        "binhai": _births(effect),
        "xiongan": _births(made),
        "xiongan, founded": _founded(made),
        "parts": np.stack([100 * effect / effect.sum(), 100 * made / made.sum(), 100 * growth / growth.sum()]),
    }


def _by_origin(series: Series, z: int, span: tuple[str, str]) -> np.ndarray:
    """Return what foundings less deaths, offers taken, branches, and legal units moved in add to a zone, units."""
    born = series.total("flows.firm_entries", *span)[z].sum()
    born -= series.total("flows.firm_exits", *span)[z].sum()
    moved = series.total("flows.firms_relocated", *span)
    registered = series.total("flows.offers_taken", *span)[:, z].sum()
    branched = series.total("flows.firms_branched", *span)[:, z].sum()
    return np.array([born, registered, branched, moved[:, z].sum() - moved[z].sum()])


def _births(parts: np.ndarray) -> float:
    """Return the share that a register shows as births less deaths: foundings and registrations, percent."""
    return float(100.0 * parts[:2].sum() / parts.sum()) if abs(parts.sum()) > 1.0 else float("nan")


def _founded(parts: np.ndarray) -> float:
    """Return the share of foundings less deaths alone, percent."""
    return float(100.0 * parts[0] / parts.sum()) if abs(parts.sum()) > 1.0 else float("nan")


def _stacked(ax: Axes, results: Results) -> None:
    shares = results.band("parts")[1]
    names = ("Binhai: effect of a subsidy", "Xiong'an: effect of policy", "Xiong'an: all growth")
    left = np.zeros(len(names))
    for k, (label, colour) in enumerate(
        (
            ("foundings less deaths", BLUE),
            ("registrations by Beijing's firms", GREEN),
            ("branches", GREY),
            ("moved in", ORANGE),
        )
    ):
        ax.barh(names, shares[:, k], left=left, color=colour, alpha=0.7, label=label)
        left += shares[:, k]
    ax.axvline(0.0, color=GREY, lw=0.7)
    ax.set_ylim(2.5, -1.4)
    ax.set_xlabel("share of firms added in four years, % (median)")


EXPERIMENT = Experiment("places", trial)
_PUBLISHED = "effects of special economic zones come by births and deaths of firms, not by relocation"
_SOURCE = "[L] Lu, Wang, Zhu 2019 AEJ: Policy"
_STUDY = (
    "Villages inside the zones founded between the economic censuses of 2004 and 2008 against villages outside, by "
    "firms born, closed and moved in those registers [R]: a contrast within four years of founding."
)
_BEFORE = (
    "the same range, after eight years in Binhai and six in Xiong'an, with registrations by Beijing's firms "
    "counted as moves. The study's registers are four years apart, and a unit registered anew is a birth in them, "
    "whoever its parent is. A branch that is no unit of its own stays on the other side; counted as a birth, which was "
    "tried first, it would raise Binhai's share."
)
_REASON = "'come by births and deaths' is read as more than half of the firms"
FACTS = (
    Fact(
        name="zones_binhai",
        title="A subsidised zone grows by births, Binhai",
        published=_PUBLISHED,
        source=_SOURCE,
        unit="% of the firms added by the subsidy in four years",
        low=50.0,
        high=150.0,
        reason=_REASON,
        study=_STUDY,
        asked_before=_BEFORE,
        did=(
            f"Binhai alone pays {_SUBSIDY:.2f} yuan a yuan of value added to firms that move in or are founded, from "
            "2014 on; firms added in four years against the same world without a subsidy, by foundings less deaths, "
            "registrations, branches, and legal units moved in. The first two are births in a register."
        ),
        mechanism=(
            "The lever pays founders as it pays movers. A footloose share of the province's founders goes where it "
            "pays; what Binhai gains by births the rest of Tianjin loses."
        ),
        miss="Founders are many and movers few, so that a share of founders who choose outweighs all who move.",
        experiment=EXPERIMENT,
        value="binhai",
        picture=_stacked,
    ),
    Fact(
        name="zones_xiongan",
        title="A new area grows by births, Xiong'an",
        published=_PUBLISHED,
        source=_SOURCE,
        unit="% of the firms added by policy in four years",
        low=50.0,
        high=150.0,
        reason=_REASON,
        study=_STUDY,
        asked_before=_BEFORE,
        did=(
            "History is compared with a world without Xiong'an's investment, services target, offers and named "
            "moves; firms added in the four years from its foundation in 2017, by the same four ways. A registration "
            "of a Beijing firm counts as a birth, as it does in the register."
        ),
        mechanism=(
            "Offers are a path given as input: reported registrations of Beijing's firms. Of Hebei's founders a share "
            "chooses its zone, and posts of building and named moves draw them. The subsidy for moving is the same in "
            "all of Hebei."
        ),
        miss="Offers are input, three fifths of the firms added. Without them, births are nine tenths of the rest.",
        experiment=EXPERIMENT,
        value="xiongan",
        beside=(("foundings less deaths alone, %", "xiongan, founded"),),
        picture=_stacked,
    ),
)
