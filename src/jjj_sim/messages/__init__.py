"""The sentences of errors about scenarios and options, in English and Chinese; arguments have names.

A sentence is made once, in both languages: what is English wherever it is printed or compared, and its Chinese in `zh`.
The sentences stand in files by what they are about.
"""

from __future__ import annotations

from typing import Any

from jjj_sim.messages import alarms, charts, exporting, reaching, reporting, running, scenarios, sensitivity, serving

_NOUNS = {
    "lever": "杠杆",
    "assumption": "外部假设",
    "process": "过程",
    "parameter": "参数",
    "key": "键",
    "zone": "分区",
    "kind": "类型",
    "tag": "标签",
    "group": "分组",
    "move": "搬迁",
    "line": "线路",
    "scenario": "情景",
    "variable": "指标",
    "area": "区域",
    "goal indicator": "目标指标",
}

_FILES = (alarms, charts, exporting, reaching, reporting, running, scenarios, sensitivity, serving)
SENTENCES: dict[str, tuple[str, str]] = {key: text for file in _FILES for key, text in file.SENTENCES.items()}


class Sentence(str):
    """A sentence in English that knows its Chinese."""

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, en: str, zh: str) -> Sentence:
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.zh


def say(sentence: str, /, **given: Any) -> Sentence:
    """Return a sentence with its arguments; lists are joined, sentences among them keep their language."""
    en, zh = SENTENCES[sentence]
    return Sentence(
        en.format(**{name: _in(value, "en") for name, value in given.items()}),
        zh.format(**{name: _in(value, "zh") for name, value in given.items()}),
    )


def told(text: str, lang: str) -> str:
    """Return a text in a language; one that has no Chinese stays English."""
    return text.zh if lang == "zh" and isinstance(text, Sentence) else str(text)


def noun(word: str) -> Sentence:
    """Return what kind of thing is meant, in both languages."""
    return Sentence(word, _NOUNS.get(word, word))


def shown(value: Any) -> str:
    """Return a value as an error shows it; of a very long one both ends."""
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:50]}...{text[-50:]}"


def _in(value: Any, lang: str) -> Any:
    if isinstance(value, str):
        return told(value, lang)
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(told(str(part), lang) for part in value)
    return value
