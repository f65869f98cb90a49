"""Read the items of a sentence. Most words need one look-up; the others a closer look, one function per role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.figures.auxiliaries import auxiliary, is_possessive
from pipeline.figures.counts import counted, lone_number
from pipeline.figures.happenings import of_follows, suffering, trigger
from pipeline.figures.items import FORM_LETTERS, Item, word
from pipeline.figures.lexicon import Kinded, Lexicon
from pipeline.figures.nobody import nobody
from pipeline.figures.nouns import after_determiner, noun_phrase
from pipeline.figures.numbers import Quantity, of_one_word, read_quantity
from pipeline.figures.parts import MODIFIER
from pipeline.figures.refusals import RATIO_REASON as RATIO
from pipeline.figures.vocabulary import Vocabulary
from pipeline.figures.words import is_adverb
from pipeline.text import Token


def read_items(tokens: Sequence[Token], vocabulary: Vocabulary, persons: frozenset[int] = frozenset()) -> list[Item]:
    """The items of a sentence; *persons* are indices of tokens inside a named person."""
    found: list[Item] = []
    lowers = [token[3] for token in tokens]
    readings = list(map(vocabulary.letters.__getitem__, lowers))
    if persons and vocabulary.lexicon.grammar:
        persons = _without_misnamed(tokens, persons, vocabulary)
    for i in persons:
        readings[i] = None
    end, new = 0, tuple.__new__
    for i, letter in enumerate(readings):
        if i < end:
            continue
        if letter is not None:
            if letter:  # most words: `word` without the call
                found.append(new(Item, (letter, i, i + 1, None, None, None, None)))
            continue
        if i in persons:
            item = _person(tokens, i, persons, found, vocabulary.lexicon)
        else:
            item = _closer(tokens, i, lowers, vocabulary)
        letter = item[0]
        if letter == "B" and is_possessive(tokens, i, found, vocabulary.lexicon):
            continue
        if letter:
            found.append(item)
        end = item[2]
    return found


def _without_misnamed(tokens: Sequence[Token], persons: frozenset[int], vocabulary: Vocabulary) -> frozenset[int]:
    """The *persons* without those that begin with a word of the language: "MÁS de 20", "NADIE murió". The tagger of
    names learnt English, and takes such a word for a name by its capital."""
    kept = set(persons)
    for i in sorted(persons):
        text, _, _, lower = tokens[i]
        if (i - 1 not in persons and (vocabulary.letters[lower] != "x" or text.islower())) or (
            i - 1 in persons and i - 1 not in kept
        ):
            kept.discard(i)
    return frozenset(kept)


def _person(tokens: Sequence[Token], i: int, persons: frozenset[int], found: Sequence[Item], lexicon: Lexicon) -> Item:
    last = i + 1
    while last in persons:
        last += 1
    return Item("x" if _is_common(tokens, i, found, lexicon) else "I", i, last)


def _is_common(tokens: Sequence[Token], i: int, found: Sequence[Item], lexicon: Lexicon) -> bool:
    """ "a Shura", "an immediate Shura": a noun that was taken for a name, since no name has an indefinite article."""
    articles = [j for j in (i - 1, i - 2) if j >= 0 and tokens[j][3] in lexicon.numbers.articles]
    return bool(articles) and not (found and found[-1].letter in "IPQNU" and found[-1].last > articles[0])


def _closer(tokens: Sequence[Token], i: int, lowers: Sequence[str], vocabulary: Vocabulary) -> Item:
    lower = lowers[i]
    roles, letter, opener = vocabulary.looks[lower]
    if opener is not None:
        before, digits, otherwise = opener
        following = lowers[i + 1] if i + 1 < len(lowers) else ""
        if not (following in before or (digits and "0" <= following < ":")):  # ":" follows "9"
            roles, letter, _ = otherwise
    for role in roles:
        item = _READERS[role](tokens, i, lower, vocabulary)
        if item is not None:
            return item
    return word(letter, i)


def _phrase(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    found = vocabulary.lexicon.triggers.phrases.at(tokens, i)
    if found is None:
        return None
    value, n = found
    noun = " ".join(token.lower for token in tokens[i : i + n])
    if isinstance(value, Kinded):
        return Item(value.letter, i, i + n, kind=value.kind, noun=noun, reason=value.reason)
    if isinstance(value, str):
        return Item(value, i, i + n, noun=noun, reason=RATIO if value == "X" else None)
    return Item(FORM_LETTERS[value.form], i, i + n, kind=value.kind, noun=noun)


def _count(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    lone = lone_number(tokens, i, vocabulary)
    if lone is not None:
        return counted(tokens, lone, vocabulary)
    one_more = vocabulary.lexicon.numbers.one_more
    if lower in one_more.first_words and (found := one_more.at(tokens, i)) is not None:
        person = _one_more(tokens, i, i + found[1], vocabulary)
        if person is not None:
            return person
    if lower in vocabulary.lexicon.numbers.pairs:
        return _pair(tokens, i, vocabulary)
    digits = "0" <= lower < ":"
    if not digits and lower not in vocabulary.number_starts:
        return None
    quantity = read_quantity(tokens, i, vocabulary.lexicon)
    if quantity is not None:
        return counted(tokens, quantity, vocabulary)
    if not digits:
        return None
    aged = lower.endswith(vocabulary.lexicon.context.age_endings)
    return Item("X", i, i + 1, reason="age" if aged else "not a whole number")


def _one_more(tokens: Sequence[Token], first: int, last: int, vocabulary: Vocabulary) -> Item | None:
    """ "and ANOTHER was hurt", "killed one and wounded ANOTHER", "A THIRD is missing": one person more, with no
    noun, where a new clause begins or after what was done to them."""
    context, words = vocabulary.lexicon.context, vocabulary.lexicon.triggers.words
    before = tokens[first - 1][3] if first else ","
    following = last
    while following < len(tokens) and is_adverb(tokens[following][3], context):
        following += 1
    after = tokens[following][3] if following < len(tokens) else "."
    letter = context.classes.get(after)
    if before in words:
        alone = not after[0].isalnum() or letter in _AFTER_OBJECT
    else:
        begins = not before[0].isalnum() or context.classes.get(before) in _BEFORE_SUBJECT
        alone = begins and (
            after in words
            or letter == "B"
            or (following < len(tokens) and vocabulary.lexicon.triggers.phrases.at(tokens, following) is not None)
        )
    category = noun_phrase(tokens, last, vocabulary).category
    if category == "event" and "counted_participles" in vocabulary.lexicon.grammar and after in words:
        category = "none"  # "et une autre BLESSÉE"
    if not alone or category != "none":
        return None
    more = not vocabulary.lexicon.grammar or any(
        token[3] in vocabulary.lexicon.numbers.increments for token in tokens[first:last]
    )
    return Item("N", first, last, Quantity(first, first, last, 1, 1, 1, "exact", incremental=more))


def _people(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    """A person or people without a number."""
    context, triggers = vocabulary.lexicon.context, vocabulary.lexicon.triggers
    if lower in triggers.words and lower not in triggers.premodifiers:
        return None
    if lower in triggers.nominal and of_follows(tokens, i, vocabulary.lexicon):
        return None
    determined = lower in context.determiners
    if not determined and vocabulary.nouns[lower] is None and lower not in triggers.premodifiers:
        return None
    if not determined and lower in triggers.premodifiers and _is_after_noun(tokens, i, vocabulary):
        return None
    last, category, noun, kind, _ = noun_phrase(tokens, i + determined, vocabulary)
    if category == "none":
        if determined and i + 1 < len(tokens) and _is_aged(tokens, i + 1, vocabulary):
            return Item("I", i, i + 2)
    elif noun in triggers.nominal and of_follows(tokens, last - 1, vocabulary.lexicon):
        pass  # "the killers of six": the noun is a trigger
    elif noun in triggers.counted_once and lower in vocabulary.lexicon.numbers.articles:
        return Item("F", i, last, of_one_word(i, 1), noun, kind)
    elif category == "person":
        return Item("I", i, last, None, noun)
    elif category == "people" and kind is None:
        return Item("I" if noun in vocabulary.lexicon.nouns.singular else "P", i, last, None, noun)
    return word("", i) if lower in context.skipped_determiners else None


def _is_after_noun(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """ "police DETAINED opposition leader Vale": a verb; not "several detained activists"."""
    before = tokens[i - 1][3] if i else "."
    return before[0].isalpha() and before not in vocabulary.stops


def _is_aged(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """ "an 18-YEAR-OLD was hurt": a person named by age alone; not "an 18-year-old tractor"."""
    if not (
        vocabulary.parts[tokens[i][3]] & MODIFIER and tokens[i][3].endswith(vocabulary.lexicon.context.age_endings)
    ):
        return False
    following = tokens[i + 1][3] if i + 1 < len(tokens) else "."
    return not following[0].isalnum() or following in vocabulary.stops


def _pair(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> Item | None:
    """ "both policemen"; not "both policemen and soldiers"."""
    phrase = noun_phrase(tokens, after_determiner(tokens, i + 1, vocabulary), vocabulary)
    joined = phrase.last < len(tokens) and vocabulary.lexicon.context.classes.get(tokens[phrase.last][3]) == "c"
    if phrase.category != "people" or phrase.kind is not None or joined:
        return None
    return Item("Q", i, phrase.last, of_one_word(i, 2), phrase.noun)


_READERS: Final = {
    "s": suffering,
    "p": _phrase,
    "z": nobody,
    "c": _count,
    "n": _people,
    "b": auxiliary,
    "t": trigger,
}
"""By role; see `pipeline.figures.vocabulary.ROLES`."""
_AFTER_OBJECT: Final = frozenset("pcwtW")
_BEFORE_SUBJECT: Final = frozenset("cw")
