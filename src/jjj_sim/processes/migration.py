"""Migration: now and then a resident reconsiders where to live and takes the best place.

    age band    0-14         15-24   25-44   45-59   60-74   75+ alone   75+ with family
    group a     25-44        15-24   25-44   45-59   60+     60+         25-44
    hazard      follow mu_ak mu_ak   mu_ak   mu_ak   mu_ak   mu_ak       follow mu_ak        per quarter
    V_cij = beta [ln w_jk + ln(1 - u_jk) - alpha_h ln r_j] + beta_G ln(ent_oj G_j) - beta_P C_j / 10
            + zeta_ja + kappa_or + xi_jy + theta_H [ln(H_j / H_j,2013) less its mean] + beta_N ln(1 + N_oj / 1e6) + S_j
            + beta_J [ln(vacancies a searcher over 2013's) less its mean]
            - c_d ln(1 + tau_oj / 60) - [B_j + Lambda_jk] [o not local in j] - (m - ln q_j) [j != i]
            + e beta_G max(0, ln G* - ln(ent_j G_j)) [o of the capital, j of another province, a from 60]
            + beta ln(1 + delta Y_j / [w_jk (1 - u_jk)]) [j in another province than i, k college, a 25-59]

A class c of education k, home zone o (hukou 户口) and age group a in zone i draws from the nested logit of
`laws.choice`: {stay | own province | other provinces of the region | outside}. w is the wage, u unemployment, r rent,
G services, C PM2.5, H housing, N the co-origin stock, S the pull of posts that came by policy, tau minutes from the
home zone, B the barrier to non-locals (`registration`), Lambda the cap's price, q the share of newcomers who find a
home, e the share of the gap to the capital's services G* that its old keep (`migration_care`), Y a grant to graduates
who come, delta the rate at which stays end (`migration_grant`). Rents, G and H count by what they differ from the mean
of the region, its new area apart: the nation builds as well, but no new area; C by what it differs from the region's of
2013 as the nation's cities have cleaned it since. zeta and kappa are inverted once, at the opening, xi (zone j, year y)
while history is lived once, so that net flows are the published account's (`migration_inversion`, `migration_account`).
Arrivals from outside are keyed candidate slots, each accepted with the probability that its class chooses the region.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choice_probabilities
from jjj_sim.param import param
from jjj_sim.policy.arrays import Policy
from jjj_sim.policy.published import published
from jjj_sim.prior import LogUniform, Normal, Triangular, Uniform
from jjj_sim.processes.home_path import home_path
from jjj_sim.processes.migration_arrivals import BAND, N_BANDS, ROW, admit, slots
from jjj_sim.processes.migration_care import care
from jjj_sim.processes.migration_draw import STAYS, destinations
from jjj_sim.processes.migration_flow import flow_people
from jjj_sim.processes.migration_grant import book_expected, book_movers, worth
from jjj_sim.processes.migration_inversion import (
    Flows,
    dirtier,
    invert,
    mean_log_growth,
    net_by_group,
    net_by_origin,
)
from jjj_sim.processes.migration_table import MigrationTable
from jjj_sim.processes.outside_people import outside_pool, outside_pull
from jjj_sim.processes.process import Process
from jjj_sim.processes.registration import Terms
from jjj_sim.quarters import FIRST_YEAR, quarter_rate
from jjj_sim.region.axes import BAND_STARTS, GROUPS, STREAMS
from jjj_sim.state.census import count_people
from jjj_sim.state.past import Past
from jjj_sim.state.residents import BAND_OF_AGE
from jjj_sim.state.world import World

N_GROUPS = len(GROUPS)
# Which streams of the law are dependants of a family.
_DEPENDANT = np.array([True, False, False, False, False, False, True])
_ALONE, _WITH_FAMILY = STREAMS.index("75+ alone"), STREAMS.index("75+ with family")


class Migration(Process):
    """Move residents between zones and across the region's border; births and deaths live elsewhere."""

    name = "migration"
    zh = "人口迁移"
    changes = ("people",)
    writes = (
        "opening.amenity",
        "opening.origin_pull",
        "opening.zone_pull",
        "opening.housing",
        "opening.air",
        "opening.slots",
        "opening.arrival_ages",
        "flows.moves",
        "flows.net_moves",
        "opening.openness",
        "opening.admitted",
        "opening.wish",
        "stocks.settled",
        "flows.conversions",
        "flows.settled_gone",
        "flows.talent_subsidies_paid",
    )

    reconsider = param(
        quarter_rate(0.12),
        unit="1/quarter",
        lo=0.015,
        hi=0.2,
        doc="Chance that a person of 25-44 with junior schooling reconsiders the zone, mu",
        prior=LogUniform(quarter_rate(0.12) / 2, 2 * quarter_rate(0.12)),
        source="[A] 0.12 a year; scale estimated with the moving cost from gross flows",
    )
    young = param(1.35, unit="1", lo=0.5, hi=3, doc="mu of 15-24 relative to 25-44", source="[A] 0.16 a year")
    middle = param(
        0.41,
        unit="1",
        lo=0.2,
        hi=1,
        doc="mu of 45-59 relative to 25-44",
        source="[A] 0.05 a year",
    )
    old = param(0.16, unit="1", lo=0.14, hi=1, doc="mu of 60+ relative to 25-44", source="[A] 0.02 a year")
    skill = param(
        1.4,
        unit="1",
        lo=1,
        hi=2,
        doc="mu of college relative to junior schooling (senior: square root)",
        source="[L] Chen, Oliva, Zhang 2022 JDE: response driven by the well-educated; size [A]",
    )
    follow = param(0.6, unit="1", lo=0, hi=1, doc="Chance that a child or co-resident elder comes along")
    with_family = param(0.5, unit="share", lo=0, hi=1, doc="People over 75 who live with family and move with it")
    real_income = param(
        1.2,
        unit="1",
        lo=0.6,
        hi=2.2,
        doc="Elasticity of choice in real income, beta",
        prior=Normal(1.2, 0.3),
        source="[R] Tombe, Zhu 2019 AER 1.5 as a stock elasticity, translated for the moving cost",
    )
    openings = param(
        0.5,
        unit="1",
        lo=0,
        hi=1,
        doc="Weight of log vacancies a searcher beside the region's, beta_J",
        prior=Uniform(0.0, 1.0),
        decides_alone=True,
        source="[A] people go where there is work to be found, beside what it pays",
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
        0.07,
        unit="1 per 10 ug/m3",
        lo=0.02,
        hi=0.15,
        doc="Dislike of PM2.5, beta_P",
        prior=Normal(0.07, 0.03),
        decides_alone=True,
        source="[L] Chen, Oliva, Zhang 2022 JDE: +10 % pollution, -2.8 % people of a county, [A] -1.7 of a zone; "
        "[D] over .29, the elasticity of its people in utility after five years, and 8 ug/m3",
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
        doc="Value of local status to those who wish for it, c_h",
        prior=Normal(1.5, 0.5),
        source="[L] Hao, Sun, Tombe, Zhu 2020 JME; level [A]",
    )
    wish = param(
        1 / 3,
        unit="share",
        lo=0.1,
        hi=0.6,
        doc="Residents with hukou in another province who wish to become local, omega",
        prior=Triangular(0.2, 1 / 3, 0.5),
        decides_alone=True,
        source="[R] monitoring surveys of migrants of 2016-17: about .39 would move their hukou; fewer qualify, [A]",
    )
    waiting = param(
        5.0,
        unit="years",
        lo=2,
        hi=12,
        doc="From the wish to the register where all are admitted, T",
        prior=LogUniform(3.0, 8.0),
        decides_alone=True,
        source="[D] 100 million settled in 2014-20, of some 250 million away from home: .06 a year, .19 of who wishes; "
        "[R] both figures",
    )
    departure = param(
        0.15,
        unit="1/year",
        lo=0.05,
        hi=0.3,
        doc="Rate at which stays end, delta",
        prior=LogUniform(0.08, 0.25),
        decides_alone=True,
        source="[R] survey of 2015: .55, .37, .15 of migrants were there for 3, 5, 10 years, or .2; [A] less in cities",
    )
    moving = param(
        2.5, unit="utility", lo=0, hi=4, doc="Cost of leaving the zone, m", prior=Uniform(0.0, 4.0), source="[A]"
    )
    dissimilarity = param(0.7, unit="1", lo=0.4, hi=1, doc="Dissimilarity inside a nest, lambda")
    conversions = param(
        unit="persons/year",
        lo=0,
        hi=200_000,
        doc="Residents who become local (落户) at the openness of the window, of the non-locals of the opening, C",
        source="[D] growth of the registered population less natural increase, or [A] below it",
        by="province",
    )
    children = param(0.35, unit="persons", lo=0, hi=1, doc="Children who move with each net adult of 25-44, inverted")
    migrant_increase = param(
        0.008, unit="1/year", lo=0, hi=0.03, doc="Natural increase of people with hukou in another province, inverted"
    )
    account_years = param(
        6,
        unit="years",
        lo=1,
        hi=12,
        doc="Last years of the account whose mean xi stands for the years that nobody has counted yet",
        prior=Uniform(3.0, 8.0),
        decides_alone=True,
        source="[A] since 2019: the counts of 2017-18 are revisions that nobody moved in",
    )

    fading = param(
        1.0,
        unit="years",
        lo=0.3,
        hi=8,
        doc="Time in which what drew people to a zone before the last census fades, tau",
        prior=LogUniform(0.3, 4.0),
        decides_alone=True,
        source="[R] late 2022: Beijing's six districts 10.9, Tongzhou 1.84 m people, as at the census",
    )

    def hazards(self) -> NDArray[np.float64]:
        """Return mu by age group and education, shape (n_groups, n_education), 1/quarter, at most 1: it is a chance."""
        by_age = self.reconsider * np.array([self.young, 1.0, self.middle, self.old])
        return np.asarray(np.minimum(by_age[:, None] * np.array([1.0, self.skill**0.5, self.skill]), 1.0))

    def leaving(self) -> NDArray[np.float64]:
        """Return the chance a quarter to reconsider by stream and education, (n_streams, n_education)."""
        share = np.where(_DEPENDANT, self.follow, 1.0)
        share[_WITH_FAMILY] *= self.with_family
        share[_ALONE] *= 1.0 - self.with_family
        return np.asarray(share[:, None] * self.hazards()[ROW])

    def registration(self) -> Terms:
        """Return the terms on which non-locals become local."""
        return Terms(self.hukou, self.wish, self.waiting, self.departure)

    def window(self, world: World) -> tuple[int, int]:
        """Return the first and the last year whose net flows are inverted: to the census, or to the last published."""
        return FIRST_YEAR, min(int(world.data.people.census_time), world.data.people.net_migration.last)

    def open(self, world: World) -> None:
        """Invert zeta and kappa at the opening, and fix the ages of arrivals.

        The inversion is under the published policy: a scenario must not change what history has revealed.
        """
        opening, region, known, people = world.opening, world.region, world.data.people, world.people
        opening.housing = world.stocks.housing
        opening.air = np.average(world.tables.pm25_year, weights=world.population)
        first, last = self.window(world)
        span = (4 * (first - FIRST_YEAR), 4 * (last - FIRST_YEAR) + 3)
        over_window = published(world.plan, *span)
        conversions = self.registration().open(world, over_window.hukou_openness, self.conversions)
        flows = self.flows(world, (first + last + 1) / 2)
        opening.amenity, opening.origin_pull = invert(
            flows,
            self.utility(world, over_window, span),
            moving=self.moving,
            dissimilarity=self.dissimilarity,
            net=net_by_group(known, flows.by_group(), region.inner_province, (first, last), children=self.children),
            net_by_origin=net_by_origin(
                known, people, region.province, (first, last), conversions, self.migrant_increase
            ),
            names=region.ids,
        )
        migrants = people[:, :, region.roc].sum(axis=(0, 1))
        for b in range(N_BANDS):
            ages = BAND_OF_AGE == b
            opening.arrival_ages[b, ages] = migrants[ages] / migrants[ages].sum()
        opening.zone_pull = 0.0

    def flows(self, world: World, time: float) -> Flows:
        """Return who reconsiders in a year at the census of now, and who outside at a decimal year."""
        people = world.people
        bands = np.stack([people[..., BAND_OF_AGE == b].sum(axis=3) for b in range(N_BANDS)])
        leave = np.zeros((N_BANDS, N_GROUPS, world.region.n_education))
        np.add.at(leave, (BAND, ROW), self.leaving())
        return Flows(bands, outside_pool(world.data.people, time), leave, world.region.province)

    def recall(self, world: World, past: Past) -> None:
        """Take over what history has revealed, xi by year and zone, and fix the slots of arrivals."""
        opening, region, known = world.opening, world.region, world.data.people
        opening.zone_pull = past.pulls
        at_opening = published(world.plan, 0, 0)
        expected = np.zeros(opening.slots.shape)
        for year in range(FIRST_YEAR, known.net_migration.last + 2):
            choice = choice_probabilities(
                self.value(world, at_opening, year), self.moving, self.dissimilarity, region.province
            )
            for time in (float(FIRST_YEAR), known.outside_schooling.times[-1]):
                expected = np.maximum(expected, self._arrivals(world, choice, time).sum(axis=3))
        opening.slots = slots(expected, world.plan.residents_per_agent)

    def utility(self, world: World, policy: Policy, span: tuple[int, int] | None = None) -> NDArray[np.float64]:
        """Return V under `policy` without moving cost, zeta and kappa, (n_groups, n_education, n_origins, n_places).

        With `span` housing and air enter at the published mean of those quarters (for the inversion): the net
        flows inverted were moved by them.
        """
        t, region = world.tables, world.region
        local, roc = region.same_province, region.roc
        v = np.zeros((region.n_education, region.n_places, region.n_places))
        income = np.log(t.wage).T + np.log1p(-t.unemployment).T
        v[:, :, :roc] += self.real_income * income[:, None, :]
        services = np.log(np.maximum(t.service_access, 1e-6))
        living = self.services * services
        living -= self.real_income * self.housing_share * np.log(t.rent)
        living += self.housing_stock * self._housing_growth(world, span)
        v[:, :, :roc] += (
            _beside(living, world.population * ~region.new_area) - self.pollution * dirtier(world, span) / 10.0
        )
        v[:, :, :roc] += self.services * np.log(np.where(local, 1.0, policy.entitlement[None, :])[:, :roc])
        v[:, :, :roc] += t.settlement_pull
        v[:, :, :roc] += self.openings * _beside(t.tightness, world.population).T[:, None]
        stock = world.people.sum(axis=(1, 3)).T
        v[:, :, :roc] += self.network * np.log1p(stock / 1e6)
        v -= self.distance * np.log1p(t.minutes / 60.0)
        v -= np.where(local, 0.0, self.registration().barrier(world, policy))
        v[:, :, :roc] -= np.where(local[:, :roc], 0.0, 1.0) * policy.cap_price.T[:, None, :]
        v[:, :, roc] += self.real_income * np.log(t.national_income)
        v[:, :, roc] += t.roc_pull if span is None else outside_pull(world, span)
        return np.asarray(v + care(world, policy, self.services)[:, None])

    @staticmethod
    def _housing_growth(world: World, span: tuple[int, int] | None) -> NDArray[np.float64]:
        """Return ln(H / H_2013) by zone, now or on average over `span`."""
        if span is None:
            return np.asarray(np.log(world.stocks.housing / world.opening.housing))
        return mean_log_growth(home_path(world.data), *span)

    def table(self, world: World) -> MigrationTable:
        """Return the quarter's hazards, utilities and expected arrivals."""
        utility, queue = self.value(world, world.policy, world.year), _queue(world)
        grant = worth(world, self.real_income, self.departure)
        choice = choice_probabilities(
            utility, self.moving, self.dissimilarity, world.region.province, queue, grant[:, :, None]
        )
        return MigrationTable(
            hazard=self.hazards(),
            follow=self.follow,
            with_family=self.with_family,
            utility=np.ascontiguousarray(utility),
            moving=self.moving,
            dissimilarity=self.dissimilarity,
            queue=queue,
            grant=grant,
            choice=choice,
            arrivals=self._arrivals(world, choice, world.year),
            conversion=self.registration().conversion(world, world.policy),
        )

    def value(self, world: World, policy: Policy, year: int) -> NDArray[np.float64]:
        """Return V with zeta, kappa and xi of `year`, without the moving cost."""
        opening, region = world.opening, world.region
        value = self.utility(world, policy) + opening.amenity[:, None, None, :]
        value += opening.origin_pull[region.province][None, None]
        value[..., : region.roc] += opening.zone_pull[year - FIRST_YEAR]
        return np.asarray(value)

    def _arrivals(self, world: World, choice: NDArray[np.float64], time: float) -> NDArray[np.float64]:
        """Return expected arrivals (n_streams, n_education, n_origins, n_zones) of a quarter at a decimal year."""
        chosen = choice[..., -1, :-1]
        pool = outside_pool(world.data.people, time)[BAND] * self.leaving()[:, :, None]
        return np.asarray(pool[..., None] * chosen[ROW])

    def sweep(self, world: World, table: MigrationTable, draws: Draws) -> None:
        """Move individual residents, admit arrivals, convert hukou; recount the census."""
        residents, roc = world.residents, world.region.roc
        target = destinations(
            residents.kin, residents.id, residents.zone, residents.education, residents.origin, residents.born,
            world.year, table.hazard, table.follow, table.with_family, table.utility, table.moving,
            table.dissimilarity, table.queue, table.grant, world.region.province, draws.key,
        )  # fmt: skip
        movers = np.flatnonzero(target != STAYS)
        book_movers(world, movers, target[movers])
        moves, net = world.flows.moves, world.flows.net_moves
        np.add.at(moves, (residents.zone[movers], target[movers]), residents.weight[movers])
        net -= residents.count(movers, net.shape)
        inside = movers[target[movers] != roc]
        residents.zone[inside] = target[inside]
        net += residents.count(inside, net.shape)
        residents.keep(target != roc)
        self.registration().sweep(world, table.conversion, draws)
        admit(world, table, draws)
        world.people = count_people(residents, world.year, world.region.sizes)

    def expect(self, world: World, table: MigrationTable) -> None:
        """Move expected persons through the same table."""
        book_expected(world, table)
        people, profile, flows, n = world.people, world.opening.arrival_ages, world.flows, world.region.n_zones
        moved = flow_people(people, table.choice, self.leaving(), ROW, BAND, np.array(BAND_STARTS))
        flows.moves[:n] += moved.sum(axis=0)
        flows.net_moves += moved.sum(axis=1)[:, :n].T - moved.sum(axis=2).T
        self.registration().expect(world, table.conversion)
        by_band = np.zeros((N_BANDS, *table.arrivals.shape[1:]))
        np.add.at(by_band, BAND, table.arrivals)
        people += by_band.transpose(3, 1, 2, 0) @ profile
        flows.moves[n, :n] += table.arrivals.sum(axis=(0, 1, 2))
        flows.net_moves += table.arrivals.sum(axis=(0, 2)).T


def _beside(values: NDArray[np.float64], people: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `values` (n_zones, ...) less their mean over `people`."""
    return np.asarray(values - np.average(values, weights=people, axis=0))


def _queue(world: World) -> NDArray[np.float64]:
    """Return -ln q by place, what a newcomer loses in the queue for homes; nothing outside."""
    return np.append(-np.log(world.tables.rationing), 0.0)
