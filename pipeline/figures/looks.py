"""Read the items of a sentence. Most words need one look-up; the others a closer look, one function per role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.figures.counts import counted, lone_number
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

MAX_WOUND: Final = 4
"""Words from a verb of suffering to the wound: "suffered very severe head INJURIES"."""
MAX_HOSPITAL: Final = 5
"""Words from "taken to" to the hospital."""
MAX_OBJECT: Final = 5
"""Words of those jailed, between the verb and "for"."""
MAX_TERM: Final = 7
"""Words after "jailed" within which a term of years is its own."""


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
        if letter == "B" and _is_possessive(tokens, i, found, vocabulary.lexicon):
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
            after in words or letter == "B" or vocabulary.lexicon.triggers.phrases.at(tokens, following) is not None
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
    if lower in triggers.nominal and _of_follows(tokens, i, vocabulary.lexicon):
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
    elif noun in triggers.nominal and _of_follows(tokens, last - 1, vocabulary.lexicon):
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


def _auxiliary(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    """A group of auxiliaries with the words that may stand inside it: negations, adverbs, "reported", "to have"."""
    context = vocabulary.lexicon.context
    classes = context.classes
    if classes.get(lower) not in _AUXILIARY:
        return None
    j, negated, pair = i + 1, lower in context.negations, None
    for j in range(i + 1, len(tokens) + 1):
        inner = tokens[j][3] if j < len(tokens) else ""
        letter = classes.get(inner)
        if letter == "n":
            negated = True
        elif letter not in _INSIDE_AUXILIARY and not _is_interposed(tokens, j, inner, vocabulary):
            break
        elif inner in vocabulary.lexicon.numbers.pairs:
            pair = inner
    return Item("b" if negated else "B", i, j, None, pair)


def _is_interposed(tokens: Sequence[Token], j: int, inner: str, vocabulary: Vocabulary) -> bool:
    """Whether an adverb, "since" or "to" at *j* stands inside a group of auxiliaries."""
    context = vocabulary.lexicon.context
    return inner != "" and (
        is_adverb(inner, context)
        or (inner in context.interposed and tokens[j - 1][3] in context.perfects)
        or _links_to(tokens, j, vocabulary)
    )


def _is_possessive(tokens: Sequence[Token], i: int, found: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether "'s" joins the noun before it to one after it, and neither is a person: "in Orle's harbour". Before an
    auxiliary, a negation, an adverb or a word of what happened it is "is" or "has"."""
    context = lexicon.context
    if tokens[i][3] != context.possessive or i + 1 == len(tokens) or (found and found[-1][0] in "IPQNU"):
        return False
    lower = tokens[i + 1][3]
    return not (
        lower in lexicon.triggers.words or context.classes.get(lower) in _AUXILIARY_OR_NOT or is_adverb(lower, context)
    )


def _links_to(tokens: Sequence[Token], j: int, vocabulary: Vocabulary) -> bool:
    """ "to" in "believed to have been"."""
    context = vocabulary.lexicon.context
    return tokens[j][3] == context.infinitive and j + 1 < len(tokens) and context.classes.get(tokens[j + 1][3]) == "B"


def _term_follows(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """ "jailed for five and seven years", "jailed for life", "jailed five activists for two years": a sentence, not an
    arrest."""
    following = [token.lower for token in tokens[i + 1 : i + 1 + MAX_OBJECT + MAX_TERM]]
    at = next((j for j, word in enumerate(following[: MAX_OBJECT + 1]) if word == lexicon.triggers.term_word), None)
    if at is None or not all(word[0].isalnum() for word in following[:at]):
        return False
    return not lexicon.triggers.term_units.isdisjoint(following[at + 1 : at + MAX_TERM])


def _of_follows(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether a noun of killing or custody governs what follows; with a genitive, no word says so."""
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    if "genitive" in lexicon.grammar or following.startswith(lexicon.context.elided_of):
        return True
    described = "adjective_last" in lexicon.grammar and i + 2 < len(tokens) and tokens[i + 1].text.isalpha()
    if described and lexicon.context.classes.get(tokens[i + 2].lower) == "o":
        return tokens[i + 1].lower not in lexicon.context.classes  # "la detención ARBITRARIA de 63"
    return i + 1 < len(tokens) and lexicon.context.classes.get(tokens[i + 1].lower) == "o"


def _trigger(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    triggers = vocabulary.lexicon.triggers
    if lower in triggers.nominal and _of_follows(tokens, i, vocabulary.lexicon):
        return Item("G", i, i + 1, kind=triggers.nominal[lower], noun=lower)
    trigger = triggers.words.get(lower)
    if trigger is None:
        return None
    if lower in triggers.terms and _term_follows(tokens, i, vocabulary.lexicon):
        return Item(FORM_LETTERS[trigger.form], i, i + 1, kind="sentenced", noun=lower)
    return Item(FORM_LETTERS[trigger.form], i, i + 1, kind=trigger.kind, noun=lower)


def _suffering(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
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


def _pair(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> Item | None:
    """ "both policemen"; not "both policemen and soldiers"."""
    phrase = noun_phrase(tokens, after_determiner(tokens, i + 1, vocabulary), vocabulary)
    joined = phrase.last < len(tokens) and vocabulary.lexicon.context.classes.get(tokens[phrase.last][3]) == "c"
    if phrase.category != "people" or phrase.kind is not None or joined:
        return None
    return Item("Q", i, phrase.last, of_one_word(i, 2), phrase.noun)


_READERS: Final = {
    "s": _suffering,
    "p": _phrase,
    "z": nobody,
    "c": _count,
    "n": _people,
    "b": _auxiliary,
    "t": _trigger,
}
"""By role; see `pipeline.figures.vocabulary.ROLES`."""
_AUXILIARY: Final = frozenset("Bm")
_AFTER_OBJECT: Final = frozenset("pcwtW")
_BEFORE_SUBJECT: Final = frozenset("cw")
_AUXILIARY_OR_NOT: Final = frozenset("Bmhnj")
_INSIDE_AUXILIARY: Final = frozenset("Bmhj")
