"""What was looked at when parameters were set, which concepts differ, and why the worst errors are there."""

from __future__ import annotations

LOOKED_AT = """Trends of the provinces are neutral (offsets 0): GDP by region was looked at and not fitted. The skill
bias common to all zones is .5, between two theories. But net migration by zone to 2020, by
province to 2024, is inverted, so that people follow
the censuses by construction; deflators of the provinces are data to 2024, so that GDP at current prices errs as real
GDP does; budgets and research over GDP are data; founding of firms is set on the registers of 2013, 2018 and 2023; the
friction of commuting across Beijing's border (1.2) was set on the commuters of 2022, the trend of technology contracts
on the whole series, abatement on PM2.5 of the provinces to 2020; the stock of homes to 2020 and the cycle of asking
prices are input."""
CONCEPTS = """Income per head is of the national accounts, some 1.4 times the survey's, and wages are of all who work,
farmers too, where the published mean is of towns: both stand as growth since 2013, and so do house prices (new homes
sold of a mix that moves outwards, asking prices by city) beside the price of all homes. Unemployment is of town and
country beside a survey of towns. Sectors are compared from 2019 on, the only years on the fifth census' base. Binhai's
borders and count changed between the censuses."""
REASONS: dict[tuple[str, str], str] = {
    (
        "va_secondary",
        "tianjin",
    ): """Real growth, not price. As published it grew by 37 log points in real terms from 2013 to
2024, in the model by 61, with the nation's 58: industry has the nation's technique, and Tianjin's lost years (GDP,
below) fell on it. Its own deflator, published by sector and not used, fell by 4 log points, in the model by 4 as well:
that the model lays the difference of a province's deflator on every sector alike is right here. Laying it on farming
and industry alone, tried before, hid this error behind another.""",
    ("population, census", "tj_binhai"): """Not like for like. Binhai's count of 2020 stands on other borders and
another rule than that of 2010, from which the model opens: 2.42 million in 2010, 1.97 in 2020, where the city as a
whole grew. The model gives both zones of Tianjin the city's net migration by population, so that Binhai keeps its 2.4
million and the rest of Tianjin lacks as many. Only the sum of the two can be read; it is within 1 %.""",
    (
        "va_tertiary",
        "hebei_official",
    ): """Real growth, not price. As published it grew by 82 log points in real terms from
2013 to 2024, the nation's by 70 and the model's by 67; industry by 49 for the model's 62. Its own deflator, published
by sector and not used, rose by 10 log points, in the model by 12. Services grow with the nation's technique and with
jobs, and nothing lets a province whose services are behind catch up.""",
    ("gdp_nominal", "tianjin"): """Technique that the nation had and Tianjin had not. Its published growth fell to 3.2
% in 2017 and in 2018, when it corrected its accounts and its investment began to shrink (published: -6, -10 and -16 %
in 2018, 2022 and 2023); the model gives 6 to 7 % in both years, since output follows the nation's by sector, less 8
log points for a labour force that falls, and Tianjin's own trend is left at zero. The two years make some 7 of the 13
log points by which output is too high. The model's investment follows output and could not fall so. Demand is not
behind it: output lies within 1 % of capacity. At current prices the deflator is data, so that the error is real.""",
    ("employment", "tianjin"): """The opening, not growth: from 2020 to 2024 jobs fall by some 2 % in the model and by
2.0 % as published, but on a level 13 % higher. Participation by age is the same in all provinces; 47 % of Tianjin's
residents were employed in 2020 by the count, 53 % in the model, so that fewer work at a given age in Tianjin than the
nation's shares say; why is not in the tables.""",
}
