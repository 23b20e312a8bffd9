"""How forecasters and intervals are called in Chinese; what has no word stays English."""

from __future__ import annotations

from collections.abc import Mapping

from jjj_sim.validating import gravity, shift_share
from jjj_sim.validating.holdout import ANCHORED, BEFORE, FEW, LEAD, MODEL, OUTSIDE, UNFITTED
from jjj_sim.validating.naive import WALK
from jjj_sim.validating.scores import BEST, CHOSEN

ZH: Mapping[str, str] = {
    MODEL: "模型",
    ANCHORED: "模型（锚定）",
    UNFITTED: "模型（默认参数）",
    WALK: "随机游走",
    "drift": "漂移",
    "trend": "线性趋势",
    shift_share.NAME: "份额转移",
    gravity.NAME: "引力加份额转移",
    shift_share.KNOWING: "份额转移（已知全国）",
    CHOSEN: "事先选定的简单方法",
    BEST: "事后最优的简单方法",
    BEFORE: "原有",
    LEAD: "随时距扩大",
    FEW: "再计序列少",
    OUTSIDE: "再计外部路径",
    "all": "合计",
}


def word(text: str, lang: str) -> str:
    """Return a word in a language."""
    return ZH.get(text, text) if lang == "zh" else text
