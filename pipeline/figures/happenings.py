"""Words of what happened to people, where the words after them say what it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.figures.items import FORM_LETTERS, Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.vocabulary import Vocabulary
from pipeline.text import Token

MAX_WOUND: Final = 4
"""Words from a verb of suffering to the wound: "suffered very severe head INJURIES"."""
MAX_HOSPITAL: Final = 5
"""Words from "taken to" to the hospital."""
MAX_OBJECT: Final = 5
"""Words of those jailed, between the verb and "for", or of those beaten, between the verb and "to death"."""
MAX_TERM: Final = 7
"""Words after "jailed" within which a term of years is its own."""


def _term_follows(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """ "jailed for five and seven years", "jailed for life", "jailed five activists for two years": a sentence, not an
    arrest."""
    following = [token.lower for token in tokens[i + 1 : i + 1 + MAX_OBJECT + MAX_TERM]]
    at = next((j for j, word in enumerate(following[: MAX_OBJECT + 1]) if word == lexicon.triggers.term_word), None)
    if at is None or not all(word[0].isalnum() for word in following[:at]):
        return False
    return not lexicon.triggers.term_units.isdisjoint(following[at + 1 : at + MAX_TERM])


def _death_follows(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """ "beat two men TO DEATH"; not "nearly to death", "beat a man sentenced to death", "a man, who froze to death"."""
    end = lexicon.triggers.lethal_end
    following = [token[3] for token in tokens[i + 1 : i + 1 + MAX_OBJECT + len(end)]]
    at = next((j for j in range(1, len(following)) if following[j : j + len(end)] == [*end]), None)
    between = following[:at]
    return at is not None and all(
        word[0].isalnum() and word not in lexicon.triggers.words and word not in lexicon.triggers.not_quite
        for word in between
    )


def of_follows(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether a noun of killing or custody governs what follows; with a genitive, no word says so."""
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    if "genitive" in lexicon.grammar or following.startswith(lexicon.context.elided_of):
        return True
    described = "adjective_last" in lexicon.grammar and i + 2 < len(tokens) and tokens[i + 1].text.isalpha()
    if described and lexicon.context.classes.get(tokens[i + 2].lower) == "o":
        return tokens[i + 1].lower not in lexicon.context.classes  # "la detención ARBITRARIA de 63"
    return i + 1 < len(tokens) and lexicon.context.classes.get(tokens[i + 1].lower) == "o"


def trigger(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    triggers = vocabulary.lexicon.triggers
    if lower in triggers.nominal and of_follows(tokens, i, vocabulary.lexicon):
        return Item("G", i, i + 1, kind=triggers.nominal[lower], noun=lower)
    if lower in triggers.lethal and _death_follows(tokens, i, vocabulary.lexicon):
        return Item("K", i, i + 1, kind="killed", noun=lower)
    found = triggers.words.get(lower)
    if found is None:
        return None
    if lower in triggers.terms and _term_follows(tokens, i, vocabulary.lexicon):
        return Item(FORM_LETTERS[found.form], i, i + 1, kind="sentenced", noun=lower)
    return Item(FORM_LETTERS[found.form], i, i + 1, kind=found.kind, noun=lower)


def suffering(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    """ "sustained severe burns", "suffered minor injuries": people are injured."""
    if lower in vocabulary.lexicon.triggers.carrying:
        return _hospital(tokens, i, lower, vocabulary.lexicon)
    if lower not in vocabulary.lexicon.triggers.suffering:
        return None
    for j in range(i + 1, min(i + 1 + MAX_WOUND, len(tokens))):
        inner = tokens[j].lower
        if inner in vocabulary.lexicon.context.zero_determiners:
            break  # "suffered no injuries"
        if inner in vocabulary.lexicon.triggers.wounds:
            return Item("V", i, j + 1, kind="injured", noun=lower)
        if not inner[:1].isalpha() or (inner in vocabulary.stops and inner not in vocabulary.lexicon.context.classes):
            break
    return None


def _hospital(tokens: Sequence[Token], i: int, lower: str, lexicon: Lexicon) -> Item | None:
    """ "taken to a nearby hospital", "treated at two local hospitals"."""
    following = [token[3] for token in tokens[i + 1 : i + 2 + MAX_HOSPITAL]]
    if not following or following[0] not in lexicon.triggers.carried_to:
        return None
    at = next((j for j, word in enumerate(following) if word in lexicon.triggers.hospitals), None)
    return Item("K", i, i + 2 + at, kind="hospitalised", noun=lower) if at is not None else None
