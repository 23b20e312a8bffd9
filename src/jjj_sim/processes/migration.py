"""Migration: now and then a resident reconsiders where to live and takes the best place.

    hazard  mu_ak        a quarter, by age and education; children go with their mothers
    V_cij = beta [ln w_jk + ln(1 - u_jk) - alpha_h ln r_j] + beta_G ln(ent_oj G_j) - beta_P C_j / 10
            + zeta_ja + kappa_or + theta_H [ln(H_j / H_j,2013) less its mean] + beta_N ln(1 + N_oj / 1e6)
            - c_d ln(1 + tau_oj / 60) - [c_h (1 - h_j) + Lambda_jk] [o not local in j] - (m - ln q_j) [j != i]

a class c of education k, home zone o (hukou 户口) and age group a in zone i draws from the nested logit
{stay | own province | other Jing-Jin-Ji | rest of China}, drawn as one argmax over
V_j + lambda (ln A_n + Gumbel_j), A_n positive-stable (McFadden 1978; the mixture form keeps everybody
else's choice when one zone improves). w wage, u unemployment, r rent, G services, C PM2.5, H housing,
N co-origin stock, tau minutes from the home zone, h openness, Lambda Beijing's administrative cap, q the
share of newcomers who find a home (1 but under a price ceiling). The
nation builds, opens services and cleans its air as well: rents, G, C and H count by what they differ from
the region's mean, so that the rest of China is like the region on average, but for its income a head.

zeta (zone by age group) and kappa (home province by province) are inverted once, at the opening, so that
net flows equal the residual account of the published window (see migration_inversion). No amenity by
education is inverted: no published flow by education identifies one. Arrivals from the rest of China are
keyed candidate slots, each accepted with the probability that its class chooses the region.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.errors import BalanceError
from jjj_sim.evidence.geography import GEOGRAPHY, N_EDUCATION, N_ZONES, ROC
from jjj_sim.evidence.rest_of_china import roc_pool
from jjj_sim.laws.choice import G_FIRST, choice_probabilities
from jjj_sim.param import param
from jjj_sim.policy.arrays import Policy
from jjj_sim.policy.published import published
from jjj_sim.prior import LogUniform, Normal, Triangular, Uniform
from jjj_sim.processes.migration_draw import (
    FAMILY,
    STAYS,
    U_FOLLOW,
    U_HAZARD,
    converts,
    destinations,
)
from jjj_sim.processes.migration_flow import flow_people
from jjj_sim.processes.migration_inversion import (
    PROVINCE_LOCAL,
    invert,
    mean_log_growth,
    mean_pm25,
    net_by_group,
    net_by_origin,
)
from jjj_sim.processes.process import Process
from jjj_sim.quarters import quarter_rate
from jjj_sim.state.census import count_people
from jjj_sim.state.residents import BAND_OF_AGE, BAND_STARTS, MAX_AGE, NO_JOB
from jjj_sim.state.world import World

GROUPS = ("15-24", "25-44", "45-59", "60+")
N_GROUPS = len(GROUPS)
N_BANDS = len(BAND_STARTS)
# How an age band moves: (band, row of V, share of the band, as a dependant). Children go with those of
# 25-44; of those over 75 one half lives with family and goes along, one half decides alone.
STREAMS = (
    (0, FAMILY, 1.0, True),
    (1, 0, 1.0, False),
    (2, 1, 1.0, False),
    (3, 2, 1.0, False),
    (4, 3, 1.0, False),
    (5, 3, 0.5, False),
    (5, FAMILY, 0.5, True),
)
N_STREAMS = len(STREAMS)
_BAND = np.array([s[0] for s in STREAMS])
_ROW = np.array([s[1] for s in STREAMS])
_SLOTS_PER_ARRIVAL = 6


class MigrationTable(NamedTuple):
    """What residents choose by.

    `hazard` (n_groups, n_education) 1/quarter; `follow` the chance that a dependant comes along;
    `utility` (n_groups, n_education, n_origins, n_places) without the moving cost; `moving` m;
    `dissimilarity` lambda; `queue` -ln q (n_places,); `choice` P(to | from) of those who reconsider (n_groups,
    n_education, n_origins, n_places, n_places); `arrivals` (n_streams, n_education, n_origins, n_zones)
    expected persons;
    `conversion` (n_zones,) chance a quarter that a non-local becomes local.
    """

    hazard: NDArray[np.float64]
    follow: float
    utility: NDArray[np.float64]
    moving: float
    dissimilarity: float
    queue: NDArray[np.float64]
    choice: NDArray[np.float64]
    arrivals: NDArray[np.float64]
    conversion: NDArray[np.float64]


class Migration(Process):
    """Move residents between zones and across the region's border; births and deaths live elsewhere."""

    name = "migration"
    zh = "人口迁移"
    changes = ("people",)
    writes = (
        "opening.amenity",
        "opening.origin_pull",
        "opening.housing",
        "opening.slots",
        "opening.arrival_ages",
        "flows.moves",
        "flows.net_moves",
        "flows.conversions",
    )

    reconsider = param(
        quarter_rate(0.12),
        unit="1/quarter",
        lo=0.0,
        hi=0.2,
        doc="Chance that a person of 25-44 with junior schooling reconsiders the zone, mu",
        prior=LogUniform(quarter_rate(0.12) / 2, 2 * quarter_rate(0.12)),
        source="[A] 0.12 a year; scale estimated with the moving cost from gross flows",
    )
    young = param(1.35, unit="1", lo=0.5, hi=3, doc="mu of 15-24 relative to 25-44", source="[A] 0.16 a year")
    middle = param(0.41, unit="1", lo=0.1, hi=1, doc="mu of 45-59 relative to 25-44", source="[A] 0.05 a year")
    old = param(0.16, unit="1", lo=0.02, hi=1, doc="mu of 60+ relative to 25-44", source="[A] 0.02 a year")
    skill = param(
        1.4,
        unit="1",
        lo=1,
        hi=2,
        doc="mu of college relative to junior schooling (senior: square root)",
        source="[L] Chen, Oliva, Zhang 2022 JDE: response driven by the well-educated; size [A]",
    )
    follow = param(0.6, unit="1", lo=0, hi=1, doc="Chance that a child or co-resident elder comes along")
    real_income = param(
        1.2,
        unit="1",
        lo=0.6,
        hi=2.2,
        doc="Elasticity of choice in real income, beta",
        prior=Normal(1.2, 0.3),
        source="[R] Tombe, Zhu 2019 AER 1.5 as a stock elasticity, translated for the moving cost",
    )
    housing_share = param(
        0.25,
        unit="share",
        lo=0.2,
        hi=0.3,
        doc="Housing in spending, alpha_h",
        source="[R] NBS household survey",
    )
    services = param(
        0.25,
        unit="1",
        lo=0,
        hi=0.6,
        doc="Weight of log public services, beta_G",
        prior=Normal(0.25, 0.1),
        decides_alone=True,
        source="[L] Xia, Lu 2015; CLDS 2016 amenity elasticity 0.17",
    )
    pollution = param(
        0.05,
        unit="1 per 10 ug/m3",
        lo=0.02,
        hi=0.10,
        doc="Dislike of PM2.5, beta_P",
        prior=Normal(0.05, 0.02),
        decides_alone=True,
        source="[L] Chen, Oliva, Zhang 2022 JDE: +10 % pollution, -2.8 % population",
    )
    housing_stock = param(1.0, unit="1", lo=0, hi=2, doc="Pull of a growing housing stock, theta_H")
    network = param(
        0.25,
        unit="1",
        lo=0,
        hi=0.5,
        doc="Pull of people of one's home zone, beta_N",
        prior=Triangular(0.0, 0.25, 0.5),
        decides_alone=True,
        source="[R] Munshi 2003; Zhang, Zhao",
    )
    distance = param(
        1.6,
        unit="utility",
        lo=0.8,
        hi=2.4,
        doc="Cost per log hour from the home zone, c_d",
        source="[L] Zhang, Zhao 2011: +10 % distance for +15 % wage",
    )
    hukou = param(
        1.5,
        unit="utility",
        lo=0,
        hi=3,
        doc="Barrier of a closed city to non-locals, c_h",
        prior=Normal(1.5, 0.5),
        source="[L] Hao, Sun, Tombe, Zhu 2020 JME; level [A]",
    )
    moving = param(
        2.5, unit="utility", lo=0, hi=4, doc="Cost of leaving the zone, m", prior=Uniform(0.0, 4.0), source="[A]"
    )
    dissimilarity = param(0.7, unit="1", lo=0.4, hi=1, doc="Dissimilarity inside a nest, lambda")
    conversions_beijing = param(
        90_000,
        unit="persons/year",
        lo=0,
        hi=200_000,
        doc="People who become local (落户) in Beijing",
        source="[D] growth of the registered population 2010-2020, 143 thousand, less natural increase",
    )
    conversions_tianjin = param(
        70_000,
        unit="persons/year",
        lo=0,
        hi=200_000,
        doc="The same in Tianjin, residents only",
        source="[A] between registered growth less natural increase (121) and that of resident locals (13)",
    )
    window_first = param(2013, unit="year", lo=2013, hi=2020, doc="First year whose net flows are inverted")
    window_last = param(
        2020,
        unit="year",
        lo=2013,
        hi=2020,
        doc="Last year whose net flows are inverted; 2015 shows the boom instead of the decade",
        source="[D] Beijing netted 369 thousand a year in 2013-14, 67 thousand on average to 2020",
    )

    def hazards(self) -> NDArray[np.float64]:
        """Return mu by age group and education, shape (n_groups, n_education), 1/quarter."""
        by_age = self.reconsider * np.array([self.young, 1.0, self.middle, self.old])
        return np.asarray(by_age[:, None] * np.array([1.0, self.skill**0.5, self.skill]))

    def leaving(self) -> NDArray[np.float64]:
        """Return the chance a quarter to reconsider by stream and education, (n_streams, n_education)."""
        share = np.array([s[2] * (self.follow if s[3] else 1.0) for s in STREAMS])
        return np.asarray(share[:, None] * self.hazards()[_ROW])

    def open(self, world: World) -> None:
        """Invert zeta and kappa at the opening, and fix the slots of arrivals.

        Both under the published policy: a scenario must not change what history has revealed.
        """
        world.opening.housing = world.stocks.housing
        first, last = int(self.window_first), int(self.window_last)
        span = (4 * (first - 2013), 4 * (last - 2013) + 3)
        over_window, at_opening = published(world.plan, *span), published(world.plan, 0, 0)
        people = world.people
        bands = np.stack([people[..., BAND_OF_AGE == b].sum(axis=3) for b in range(N_BANDS)])
        leave = np.zeros((N_BANDS, N_GROUPS, N_EDUCATION))
        np.add.at(leave, (_BAND, _ROW), self.leaving())
        zeta, kappa = invert(
            bands,
            roc_pool((first + last + 1) / 2),
            self.utility(world, over_window, span),
            leave=leave,
            moving=self.moving,
            dissimilarity=self.dissimilarity,
            net=net_by_group(world.population, first, last),
            net_by_origin=net_by_origin(people, (self.conversions_beijing, self.conversions_tianjin, 0.0)),
        )
        world.opening.amenity = zeta
        world.opening.origin_pull = kappa
        migrants = people[:, :, ROC].sum(axis=(0, 1))
        for b in range(N_BANDS):
            ages = BAND_OF_AGE == b
            world.opening.arrival_ages[b, ages] = migrants[ages] / migrants[ages].sum()
        choice = choice_probabilities(
            self._value(world, at_opening), self.moving, self.dissimilarity, GEOGRAPHY.province
        )
        expected = np.maximum(self._arrivals(choice, 2013.0), self._arrivals(choice, 2021.0)).sum(axis=3)
        world.opening.slots = np.ceil(_SLOTS_PER_ARRIVAL * expected / world.plan.residents_per_agent)

    def utility(self, world: World, policy: Policy, span: tuple[int, int] | None = None) -> NDArray[np.float64]:
        """Return V under `policy` without moving cost, zeta and kappa, (n_groups, n_education, n_origins, n_places).

        With `span` housing and air enter at the published mean of those quarters (for the inversion): the net
        flows inverted were moved by them.
        """
        t = world.tables
        local = PROVINCE_LOCAL
        v = np.zeros((N_EDUCATION, (N_ZONES + 1), ROC + 1))
        income = np.log(t.wage).T + np.log1p(-t.unemployment).T
        v[:, :, :ROC] += self.real_income * income[:, None, :]
        services = np.log(np.maximum(t.service_access, 1e-6))
        air = t.pm25_year if span is None else mean_pm25(world.population, *span)
        living = self.services * services - self.pollution * air / 10.0
        living -= self.real_income * self.housing_share * np.log(t.rent)
        living += self.housing_stock * self._housing_growth(world, span)
        v[:, :, :ROC] += living - np.average(living, weights=world.population)
        v[:, :, :ROC] += self.services * np.log(np.where(local, 1.0, policy.entitlement[None, :])[:, :ROC])
        v[:, :, :ROC] += t.settlement_pull
        stock = world.people.sum(axis=(1, 3)).T
        v[:, :, :ROC] += self.network * np.log1p(stock / 1e6)
        v -= self.distance * np.log1p(t.minutes[: (N_ZONES + 1)] / 60.0)
        v -= self.hukou * np.where(local, 0.0, 1.0 - policy.hukou_openness)
        v[:, :, :ROC] -= np.where(local[:, :ROC], 0.0, 1.0) * policy.cap_price.T[:, None, :]
        v[:, :, ROC] += self.real_income * np.log(t.national_income) + t.roc_pull
        return np.broadcast_to(v, (N_GROUPS, *v.shape))

    @staticmethod
    def _housing_growth(world: World, span: tuple[int, int] | None) -> NDArray[np.float64]:
        """Return ln(H / H_2013) by zone, now or on average over `span`."""
        if span is None:
            return np.asarray(np.log(world.stocks.housing / world.opening.housing))
        return mean_log_growth(*span)

    def table(self, world: World) -> MigrationTable:
        """Return the quarter's hazards, utilities and expected arrivals."""
        utility, queue = self._value(world, world.policy), _queue(world)
        choice = choice_probabilities(utility, self.moving, self.dissimilarity, GEOGRAPHY.province, queue)
        return MigrationTable(
            hazard=self.hazards(),
            follow=self.follow,
            utility=np.ascontiguousarray(utility),
            moving=self.moving,
            dissimilarity=self.dissimilarity,
            queue=queue,
            choice=choice,
            arrivals=self._arrivals(choice, world.year),
            conversion=self._conversion(world),
        )

    def _value(self, world: World, policy: Policy) -> NDArray[np.float64]:
        """Return V with zeta and kappa, without the moving cost."""
        kappa = world.opening.origin_pull[GEOGRAPHY.province[np.arange(N_ZONES + 1)]]
        return np.asarray(self.utility(world, policy) + world.opening.amenity[:, None, None, :] + kappa[None, None])

    def _arrivals(self, choice: NDArray[np.float64], year: float) -> NDArray[np.float64]:
        """Return expected arrivals (n_streams, n_education, n_origins, n_zones) of a quarter of `year`."""
        chosen = choice[..., ROC, :ROC]
        pool = roc_pool(year)[_BAND] * self.leaving()[:, :, None]
        return np.asarray(pool[..., None] * chosen[_ROW])

    def _conversion(self, world: World) -> NDArray[np.float64]:
        """Return the chance a quarter that a non-local becomes local, by zone.

        Zero in Hebei, where migrants of other provinces are few and no series is published.
        """
        chance = np.zeros(N_ZONES)
        by_origin = world.people.sum(axis=(1, 3))
        outsiders = (by_origin * ~PROVINCE_LOCAL[:, :ROC].T).sum(axis=1)
        for p, yearly in ((0, self.conversions_beijing), (1, self.conversions_tianjin)):
            zones = GEOGRAPHY.province[:N_ZONES] == p
            chance[zones] = min(yearly / 4.0 / max(outsiders[zones].sum(), 1.0), 0.25)
        return chance

    def sweep(self, world: World, table: MigrationTable, draws: Draws) -> None:
        """Move individual residents, admit arrivals, convert hukou; recount the census."""
        residents = world.residents
        target = destinations(
            residents.kin, residents.id, residents.zone, residents.education, residents.origin, residents.born,
            world.year, table.hazard, table.follow, table.utility, table.moving, table.dissimilarity, table.queue,
            GEOGRAPHY.province, draws.key,
        )  # fmt: skip
        movers = np.flatnonzero(target != STAYS)
        moves, net = world.flows.moves, world.flows.net_moves
        np.add.at(moves, (residents.zone[movers], target[movers]), residents.weight[movers])
        net -= residents.count(movers, net.shape)
        inside = movers[target[movers] != ROC]
        residents.zone[inside] = target[inside]
        net += residents.count(inside, net.shape)
        residents.keep(target != ROC)
        self._convert(world, table, draws)
        self._admit(world, table, draws)
        world.people = count_people(residents, world.year, world.region.sizes)

    def _convert(self, world: World, table: MigrationTable, draws: Draws) -> None:
        """Give local hukou to some non-locals."""
        residents = world.residents
        chosen = np.flatnonzero(
            converts(residents.id, residents.zone, residents.origin, table.conversion, GEOGRAPHY.province, draws.key)
        )
        world.flows.conversions += np.bincount(
            residents.zone[chosen], weights=residents.weight[chosen], minlength=N_ZONES
        )
        residents.origin[chosen] = residents.zone[chosen]

    def _admit(self, world: World, table: MigrationTable, draws: Draws) -> None:
        """Fill the candidate slots of arrivals from the rest of China."""
        per_agent = world.plan.residents_per_agent
        slots = world.opening.slots.astype(np.int64)
        expected = table.arrivals.sum(axis=3)
        share = np.divide(expected, slots * per_agent, out=np.zeros_like(expected), where=slots > 0)
        if share.max() > 1.0:
            raise BalanceError(
                f"arrivals are {_SLOTS_PER_ARRIVAL * share.max():.1f} times those of the opening, more than "
                f"the {_SLOTS_PER_ARRIVAL} slots each; a pull of migration is out of range"
            )
        cells = np.repeat(np.arange(slots.size), slots.ravel())
        ordinal = np.arange(len(cells)) - np.repeat(np.cumsum(slots.ravel()) - slots.ravel(), slots.ravel())
        key = draws.child(cells.astype(np.uint64), ordinal.astype(np.uint64))
        accepted = np.flatnonzero(draws.uniform(key, U_HAZARD) < share.ravel()[cells])
        key, cell = key[accepted], cells[accepted]
        stream, education, origin = np.unravel_index(cell, slots.shape)
        v = (table.utility[_ROW[stream], education, origin] - table.queue)[:, :ROC] / table.dissimilarity
        zone = np.argmax(v + draws.gumbel(key, N_ZONES, G_FIRST), axis=1)
        band = _BAND[stream]
        profile = world.opening.arrival_ages.cumsum(axis=1)
        age = np.empty(len(key), dtype=np.int64)
        for b in range(N_BANDS):
            here = band == b
            age[here] = np.searchsorted(profile[b], draws.uniform(key[here], U_FOLLOW)).clip(0, MAX_AGE)
        weight = np.full(len(key), per_agent, dtype=np.uint16)
        born = 4 * (world.year - 2013 - age) + (key % np.uint64(4)).astype(np.int64)
        born = np.minimum(born, world.t)
        none = np.full(len(key), NO_JOB, dtype=np.uint8)
        world.flows.moves[ROC, :ROC] += np.bincount(zone, weights=weight, minlength=N_ZONES)
        np.add.at(world.flows.net_moves, (zone, education), weight)
        world.residents.append(
            zone=zone.astype(np.uint8),
            origin=origin.astype(np.uint8),
            education=education.astype(np.uint8),
            work=none,
            sector=none,
            weight=weight,
            born=born.astype(np.int16),
            kin=key.astype(np.uint32),
            id=key,
        )

    def expect(self, world: World, table: MigrationTable) -> None:
        """Move expected persons through the same table."""
        people, profile, flows = world.people, world.opening.arrival_ages, world.flows
        moved = flow_people(people, table.choice, self.leaving(), _ROW, _BAND, np.array(BAND_STARTS))
        flows.moves[:ROC] += moved.sum(axis=0)
        flows.net_moves += moved.sum(axis=1)[:, :ROC].T - moved.sum(axis=2).T
        zones = np.flatnonzero(table.conversion)
        chance = ~PROVINCE_LOCAL[:, zones].T * table.conversion[zones, None]
        converted = people[zones] * chance[:, None, :, None]
        people[zones] -= converted
        people[zones, :, zones] += converted.sum(axis=2)
        by_band = np.zeros((N_BANDS, *table.arrivals.shape[1:]))
        np.add.at(by_band, _BAND, table.arrivals)
        people += by_band.transpose(3, 1, 2, 0) @ profile
        flows.moves[ROC, :ROC] += table.arrivals.sum(axis=(0, 1, 2))
        flows.net_moves += table.arrivals.sum(axis=(0, 2)).T
        flows.conversions[zones] += converted.sum(axis=(1, 2, 3))


def _queue(world: World) -> NDArray[np.float64]:
    """Return -ln q by place, what a newcomer loses in the queue for homes; nothing in the rest of China."""
    return np.append(-np.log(world.tables.rationing), 0.0)
