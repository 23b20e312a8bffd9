"""Events that are still to come and may be moved: what they are called in both languages, and when they are due."""

from __future__ import annotations

from typing import NamedTuple

from jjj_sim import quarters
from jjj_sim.scenario import Scenario
from jjj_sim.serving.controls import FIRST, Text

_NAMES: dict[str, Text] = {
    "china_mineral_resources": ("China Mineral Resources Group", "中国矿产资源集团"),
    "datang": ("China Datang", "中国大唐集团"),
    "huadian": ("China Huadian", "中国华电集团"),
    "chengtong": ("China Chengtong", "中国诚通控股集团"),
    "cnadc": ("China National Agricultural Development Group", "中国农业发展集团"),
    "beijing_jiaotong_university": ("Beijing Jiaotong University", "北京交通大学"),
    "university_of_science_and_technology_beijing": ("University of Science and Technology Beijing", "北京科技大学"),
    "beijing_forestry_university": ("Beijing Forestry University", "北京林业大学"),
    "china_university_of_geosciences": ("China University of Geosciences", "中国地质大学（北京）"),
    "beijing_institute_of_technology": ("Beijing Institute of Technology", "北京理工大学"),
    "beihang_university": ("Beihang University", "北京航空航天大学"),
    "north_china_electric_power_university": ("North China Electric Power University", "华北电力大学"),
    "beijing_language_and_culture_university": ("Beijing Language and Culture University", "北京语言大学"),
    "communication_university_of_china": ("Communication University of China", "中国传媒大学"),
    "peking_university_peoples_hospital": ("Peking University People's Hospital", "北京大学人民医院"),
    "peking_union_medical_college_hospital": ("Peking Union Medical College Hospital", "北京协和医院"),
    "fuwai_hospital": ("Fuwai Hospital", "阜外医院"),
    "plastic_surgery_hospital": ("Plastic Surgery Hospital", "整形外科医院"),
    "guanganmen_hospital": ("Guang'anmen Hospital", "广安门医院"),
    "beijing_binhai_intercity_beichen_binhai_west": (
        "Beijing-Binhai intercity, to Binhai West",
        "京滨城际（至滨海西）",
    ),
    "xiongan_shangqiu_hsr": ("Xiong'an-Shangqiu high-speed line", "雄商高铁"),
    "xiongan_xinzhou_hsr": ("Xiong'an-Xinzhou high-speed line", "雄忻高铁"),
    "shijiazhuang_xiongan_hsr": ("Shijiazhuang-Xiong'an intercity", "石雄城际"),
    "tianjin_weifang_hsr": ("Tianjin-Weifang high-speed line", "津潍高铁"),
    "shijiazhuang_hengshui_cangzhou_huanghua_port_intercity": ("Shijiazhuang-Huanghua Port intercity", "石衡沧港城际"),
    "beijing_metro_line_22": ("Beijing metro line 22", "北京地铁22号线（平谷线）"),
    "xiongan_daxing_airport_express": ("Xiong'an-Daxing airport express", "雄安至大兴机场快线"),
}


class Move(NamedTuple):
    """An event of a lever that has not happened by the first year that the page moves; `due` None is never."""

    lever: str
    event: str
    name: Text
    due: int | None

    @property
    def id(self) -> str:
        """How the page and a link call it."""
        return f"{self.lever}:{self.event}"


def moves(scenario: Scenario, lever: str) -> tuple[Move, ...]:
    """Return the events of a lever that are still to come within the horizon, or that never come."""
    first = quarters.parse(f"{FIRST}Q1")
    found = []
    for name, event in scenario.levers[lever].events.items():
        if event.quarter is None or first <= event.quarter:
            words = name.replace("_", " ").capitalize()
            found.append(Move(lever, name, _NAMES.get(name, (words, words)), event.quarter))
    return tuple(sorted(found, key=lambda move: 10**6 if move.due is None else move.due))
