"""The language of a text, by its script and its function words.

A statistical detector costs 119 MB of memory, half of a worker's budget, and half a second at start-up, to answer one
question per article. Function words answer it for the languages that news monitoring meets most, in a fraction of a
millisecond, and a person can check the answer. When the text is short, mixed or in a language without a profile, the
answer is None: a language is never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from pipeline.text.analyse import analyse
from pipeline.text.model import Text, Token
from pipeline.text.profiles import CYRILLIC, DEVANAGARI, ETHIOPIC, LATIN, LETTERS, PERSO_ARABIC, SCRIPTS

_SAMPLE: Final = 400  # tokens; more do not change the answer
_SAMPLE_LENGTH: Final = 4000  # characters, of a plain string
_MIN_WORDS: Final = 8
_MIN_SHARE: Final = 0.12  # of the words must be function words of the language; running prose has 25 to 45 %
_MIN_HITS: Final = 3
_MARGIN: Final = 1.2  # the best must beat the runner-up by this factor


def _by_word(profiles: dict[str, str]) -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for language, listed in profiles.items():
        for word in set(listed.split()):
            if word.isascii() and len(word) == 1:
                continue  # in every text: initials, list letters, cut-off contractions
            words.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in words.items()}


_WORDS: Final = {
    "latin": _by_word(LATIN),
    "cyrillic": _by_word(CYRILLIC),
    "arabic": _by_word(PERSO_ARABIC),
    "devanagari": _by_word(DEVANAGARI),
    "ethiopic": _by_word(ETHIOPIC),
}
_SCRIPT: Final = tuple((re.compile(f"[{ranges}]"), script, language) for script, ranges, language in SCRIPTS)
_LETTERS: Final = {language: frozenset(letters) for language, letters in LETTERS.items()}
_ISO: Final = {"ckb": None}  # profiles that keep a language apart but have no ISO 639-1 code


def _script(words: list[Token]) -> tuple[str, str | None] | None:
    """Script of most words, with the language where the script decides it. None when no script has two thirds."""
    sample = "".join(word.text[0] for word in words)
    for pattern, script, language in _SCRIPT:
        if len(pattern.findall(sample)) * 3 >= len(sample) * 2:
            return script, language
    return None


def _score(words: list[Token], script: str) -> str | None:
    profile = _WORDS[script]
    lowers = [word.lower for word in words]
    hits: Counter[str] = Counter()
    for word, count in Counter(lowers).items():  # in the order of first meeting, which settles ties
        for code in profile.get(word, ()):
            hits[code] += count
    letters = set("".join(lowers))
    for language, own in _LETTERS.items():
        if language in hits and not letters & own:
            hits[language] //= 2
    ranked = hits.most_common(2)
    if not ranked or ranked[0][1] < max(_MIN_HITS, _MIN_SHARE * len(words)):
        return None
    if len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]:
        return None
    return _ISO.get(ranked[0][0], ranked[0][0])


def _han_or_kana(raw: str) -> str | None:
    kana = len(re.findall("[\u3040-\u30ff]", raw))
    han = len(re.findall("[\u4e00-\u9fff]", raw))
    if kana + han < 2 * _MIN_WORDS:
        return None
    if kana * 10 > han:
        return "ja"
    return "zh" if not kana else None


def language(text: Text | str) -> str | None:
    """ISO 639-1 code of the language *text* is written in. None when it is too short or it is not certain.

    Pass the analysed text where there is one; a plain string is cut first.
    """
    text = analyse(text[:_SAMPLE_LENGTH]) if isinstance(text, str) else text
    words = [token for token in text.tokens[:_SAMPLE] if token.text[0].isalpha()]
    found = _script(words) if words else None
    if found is None:
        return None
    script, decided = found
    if script == "han":
        return _han_or_kana(text.raw[:2000])
    if len(words) < _MIN_WORDS and (decided is None or sum(len(word.text) for word in words) < 3 * _MIN_WORDS):
        return None
    return decided if script not in _WORDS else _score(words, script)
