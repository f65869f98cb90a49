"""The language of a text, by its script and its function words.

A statistical detector costs 119 MB of memory, half of a worker's budget, and half a second at start-up, to answer one
question per article. Function words answer it for the languages that news monitoring meets most, in a fraction of a
millisecond, and a person can check the answer. When the text is short, mixed or in a language without a profile, the
answer is None: a language is never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import compress
from typing import Final

from pipeline.text.analyse import analyse
from pipeline.text.model import Text
from pipeline.text.profiles import CYRILLIC, DEVANAGARI, ETHIOPIC, FOREIGN, LATIN, LETTERS, PERSO_ARABIC, SCRIPTS

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


_PROFILES: Final = {
    "latin": LATIN,
    "cyrillic": CYRILLIC,
    "arabic": PERSO_ARABIC,
    "devanagari": DEVANAGARI,
    "ethiopic": ETHIOPIC,
}
_LETTERS: Final = {language: frozenset(letters) for language, letters in LETTERS.items()}
_FOREIGN: Final = {language: frozenset(letters) for language, letters in FOREIGN.items()}
_MAX_FOREIGN: Final = 1  # words with letters that the language does not have: a name, not the text
_FOREIGN_HITS: Final = 2  # function words of another language, or words in its letters, and as few of English
_ISO: Final = {"ckb": None}  # profiles that keep a language apart but have no ISO 639-1 code


@cache
def _profile(script: str) -> dict[str, tuple[str, ...]]:
    """Function words of the languages of *script*; most processes meet one or two scripts."""
    return _by_word(_PROFILES[script])


@cache
def _pattern(ranges: str) -> re.Pattern[str]:
    return re.compile(f"[{ranges}]")


def _script(initials: str) -> tuple[str, str | None] | None:
    """Script of most words, with the language where the script decides it. None when no script has two thirds."""
    if initials.isascii():
        return "latin", None
    for script, ranges, language in SCRIPTS:
        if len(_pattern(ranges).findall(initials)) * 3 >= len(initials) * 2:
            return script, language
    return None


def _score(lowers: list[str], script: str) -> str | None:
    profile = _profile(script)
    hits: Counter[str] = Counter()
    for word, count in Counter(lowers).items():  # in the order of first meeting, which settles ties
        for code in profile.get(word, ()):
            hits[code] += count
    letters = set("".join(lowers))
    for language in hits.keys() & _LETTERS.keys():
        if letters.isdisjoint(_LETTERS[language]):
            hits[language] //= 2
    for language in hits.keys() & _FOREIGN.keys():
        if not letters.isdisjoint(_FOREIGN[language]) and _count_with(lowers, _FOREIGN[language]) > _MAX_FOREIGN:
            hits[language] //= 2
    ranked = hits.most_common(2)
    if not ranked or ranked[0][1] < max(_MIN_HITS, _MIN_SHARE * len(lowers)):
        return None
    if len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]:
        return None
    return _ISO.get(ranked[0][0], ranked[0][0])


def _count_with(words: list[str], letters: frozenset[str]) -> int:
    return sum(not letters.isdisjoint(word) for word in words)


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
    initials = [word[0] for word in text.printed[:_SAMPLE]]
    are_words = list(map(str.isalpha, initials))
    found = _script("".join(compress(initials, are_words))) if any(are_words) else None
    if found is None:
        return None
    script, decided = found
    if script == "han":
        return _han_or_kana(text.raw[:2000])
    count = sum(are_words)
    if count < _MIN_WORDS and (decided is None or _length(text, are_words) < 3 * _MIN_WORDS):
        return None
    return decided if script not in _PROFILES else _score(list(compress(text.lowers, are_words)), script)


def may_be_english(text: Text) -> bool:
    """Whether a text whose language is not certain may be read as English: nothing in it is another language's.

    Headlines have few function words, so none of English proves nothing: "Delhi ruled out joining Western sanctions"
    may be English. "Die Polizei nahm 12 Demonstranten fest, die verletzt wurden" may not: German "die" is no death.
    """
    words = [word for word in text.printed[:_SAMPLE] if word[0].isalpha()]
    if not words:
        return True
    found = _script("".join(word[0] for word in words))
    if found is None or found[0] != "latin":
        return False
    # Capitals inside may be names: "Los Angeles", "Al Aqsa".
    small = [words[0].lower(), *(word for word in words[1:] if word.islower())]
    profile, hits = _profile("latin"), Counter[str]()
    for word in small:
        hits.update(profile.get(word, ()))
    english, foreign = hits.pop("en", 0), max(hits.values(), default=0)
    if len(words) < _MIN_WORDS or (english and 2 * english >= foreign):  # languages share "in", "a" and "on"
        return True
    return foreign < _FOREIGN_HITS and sum(not word.isascii() for word in small) < _FOREIGN_HITS


def _length(text: Text, are_words: list[bool]) -> int:
    return sum(map(len, compress(text.printed, are_words)))
