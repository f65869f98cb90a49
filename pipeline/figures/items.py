"""From the tokens of a sentence to items: one letter per item, so that a rule is a short pattern over a short string.

| Letter | Item |
|---|---|
| Q | counted people ("twelve armed rebels") |
| U | counted, noun unknown ("12 Zorbans") |
| N | number alone ("12", "dozens", "five others") |
| X | number of something else, or no count at all ("30 years", "Flight 370"); carries the reason |
| F | counted happening or premodified people ("9 deaths", "52 injured people"); carries its kind |
| R, r | "two of the", "four of them" |
| q | a count that is part of another (set by `pipeline.figures.parts`) |
| I, P | one person ("a guard"), people without a number ("villagers") |
| Z, z, e | nobody; "no casualties"; "any casualties" (carry their kind) |
| 0, a | unharmed; anyone |
| K, A, H, V, D, G, T | trigger: participle, active, passive only, intransitive, adjective, nominal, toll |
| L, l, f, u | "the lives of"; leaves, claims; "from their homes"; including |
| B, b | auxiliary group ("have reportedly been", "could have been"); negated |
| o y t p w W c n s v | of, by, to, preposition or time, clause opener, who, and/or, negation, saying, other verb |
| , ; : ( ) " - . | marks |
| x | any other word |

Adverbs and articles make no item.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.figures.lexicon import Lexicon, NumberWords
from pipeline.figures.nouns import NounPhrase, known_noun, noun_phrase
from pipeline.figures.numbers import Quantity, read_quantity
from pipeline.figures.refusals import refusal
from pipeline.figures.vocabulary import CLASS_LETTERS, Vocabulary
from pipeline.text import Token
from schemas.enrichment import FigureKind

_FORM_LETTERS: Final = {
    "participle": "K",
    "active": "A",
    "passive_only": "H",
    "intransitive": "V",
    "adjective": "D",
    "nominal": "G",
    "toll": "T",
}
_MARKS: Final = {
    **dict.fromkeys("([", "("),
    **dict.fromkeys(")]", ")"),
    **dict.fromkeys(".!?…", "."),
    **dict.fromkeys(("-", "--", "---", "–", "—", "―"), "-"),
    **dict.fromkeys("\"“”«»„'‘’", '"'),
    **{mark: mark for mark in ",;:"},
}
MAX_TERM: Final = 7
"""Words after "jailed" within which a term of years is its own."""


class Item(NamedTuple):
    """A stretch of tokens that plays one part in a rule. Token indices count into the sentence, half open."""

    letter: str
    first: int
    last: int
    quantity: Quantity | None = None
    noun: str | None = None
    kind: FigureKind | None = None
    reason: str | None = None


def read_items(tokens: Sequence[Token], vocabulary: Vocabulary, persons: frozenset[int] = frozenset()) -> list[Item]:
    """The items of a sentence; *persons* are indices of tokens inside a named person."""
    found: list[Item] = []
    letters, special, nouns = vocabulary.letters, vocabulary.special, vocabulary.lexicon.nouns
    suffixes = nouns.people_suffixes + nouns.person_suffixes
    i = 0
    while i < len(tokens):
        lower = tokens[i][3]
        if i in persons:
            last = i + 1
            while last in persons:
                last += 1
            item = Item("I", i, last)
        elif (roles := special.get(lower)) is not None:
            item = _closer(tokens, i, roles, vocabulary)
        elif "0" <= lower < ":":  # ":" follows "9"
            item = _closer(tokens, i, "c", vocabulary)
        elif (letter := letters.get(lower)) is None and lower.endswith(suffixes):
            item = _closer(tokens, i, "n", vocabulary)
        else:
            if letter is None:
                letter = _plain(tokens[i], vocabulary)
            if letter:
                found.append(_word(letter, i))
            i += 1
            continue
        if item[0]:
            found.append(item)
        i = item[2]
    return found


def _word(letter: str, i: int) -> Item:
    """The item of one plain word: most items, so made without the detour over the class's own constructor."""
    return tuple.__new__(Item, (letter, i, i + 1, None, None, None, None))


def _plain(token: Token, vocabulary: Vocabulary) -> str:
    """Letter of a word or mark that no list holds; "" for an adverb."""
    mark = _MARKS.get(token.text)
    if mark is not None:
        return mark
    return "" if _is_adverb(token.lower, vocabulary) else "x"


def _is_adverb(lower: str, vocabulary: Vocabulary) -> bool:
    context = vocabulary.lexicon.context
    return lower in context.adverbs or (
        lower.endswith(context.adverb_suffix) and len(lower) > 4 and lower not in context.not_adverbs
    )


def _closer(tokens: Sequence[Token], i: int, roles: str, vocabulary: Vocabulary) -> Item:
    lower = tokens[i].lower
    for role in roles:
        item = _READERS[role](tokens, i, lower, vocabulary)
        if item is not None:
            return item
    letter = vocabulary.lexicon.context.classes.get(lower)
    if letter == "j":
        return _word("", i)
    return _word(CLASS_LETTERS.get(letter, letter) if letter else _plain(tokens[i], vocabulary), i)


def _phrase(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    found = vocabulary.lexicon.triggers.phrases.at(tokens, i)
    if found is None:
        return None
    value, n = found
    noun = " ".join(token.lower for token in tokens[i : i + n])
    if isinstance(value, str):
        return Item(value, i, i + n, noun=noun)
    return Item(_FORM_LETTERS[value.form], i, i + n, kind=value.kind, noun=noun)


def _nobody(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    context = vocabulary.lexicon.context
    if lower in context.nobody:
        last = i + 1
        if last + 1 < len(tokens) and context.classes.get(tokens[last].lower) == "o":
            phrase = noun_phrase(tokens, _skip_determiner(tokens, last + 1, vocabulary), vocabulary)
            last = phrase.last if phrase.category != "none" else last
        return Item("Z", i, last)
    if lower not in context.zero_determiners or i + 1 >= len(tokens):
        return None
    following = tokens[i + 1].lower
    if following == context.no_one:
        return Item("Z", i, i + 2)
    if following in context.report_words:
        return _no_report(tokens, i, vocabulary)
    phrase = noun_phrase(tokens, i + 1, vocabulary)
    if phrase.noun in vocabulary.lexicon.triggers.events and phrase.category == "people":
        phrase = phrase._replace(category="event", kind=vocabulary.lexicon.triggers.events[phrase.noun])
    if phrase.category == "event" and phrase.noun not in vocabulary.lexicon.triggers.guarded_events:
        return Item(
            "e" if lower == context.zero_if_negated else "z", i, phrase.last, kind=phrase.kind, noun=phrase.noun
        )
    return Item("Z", i, phrase.last, noun=phrase.noun) if phrase.category == "people" else None


def _skip_determiner(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> int:
    return i + 1 if i < len(tokens) and tokens[i].lower in vocabulary.lexicon.context.determiners else i


def _no_report(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> Item | None:
    """ "no immediate reports of casualties": a zero that is hedged."""
    context = vocabulary.lexicon.context
    for j in range(i + 1, min(i + 4, len(tokens) - 2)):
        if tokens[j].lower in context.report_nouns and context.classes.get(tokens[j + 1].lower) == "o":
            phrase = noun_phrase(tokens, _skip_determiner(tokens, j + 2, vocabulary), vocabulary)
            if phrase.category == "event":
                return Item("z", i, phrase.last, kind=phrase.kind, noun=phrase.noun, reason="no report")
    return None


def _count(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    digits = "0" <= lower < ":"
    if not digits:
        if lower not in vocabulary.number_starts:
            return None
        after = vocabulary.followers.get(lower)
        if after is not None and (i + 1 == len(tokens) or tokens[i + 1][3] not in after):
            return None
    quantity = read_quantity(tokens, i, vocabulary.lexicon)
    if quantity is not None:
        return counted(tokens, quantity, vocabulary)
    return Item("X", i, i + 1, reason="not a whole number") if digits else None


def _people(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    """A person or people without a number."""
    context = vocabulary.lexicon.context
    determined = lower in context.determiners
    triggers = vocabulary.lexicon.triggers
    if lower in triggers.words and lower not in triggers.premodifiers:
        return None
    if lower in triggers.nominal and _of_follows(tokens, i, vocabulary.lexicon):
        return None
    if (
        not determined
        and known_noun(lower, vocabulary) is None
        and lower not in vocabulary.lexicon.triggers.premodifiers
    ):
        return None
    skipped = Item("", i, i + 1) if lower in context.skipped_determiners else None
    phrase = noun_phrase(tokens, i + determined, vocabulary)
    if phrase.noun in triggers.nominal and _of_follows(tokens, phrase.last - 1, vocabulary.lexicon):
        return skipped  # "the killers of six": the noun is a trigger
    if phrase.category == "person":
        return Item("I", i, phrase.last, noun=phrase.noun)
    if phrase.category == "people" and phrase.kind is None:
        return Item("P", i, phrase.last, noun=phrase.noun)
    return skipped


def _auxiliary(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    """A group of auxiliaries with the words that may stand inside it: negations, adverbs, "reported", "to have"."""
    context = vocabulary.lexicon.context
    classes, negations = context.classes, context.negations
    if classes.get(lower) not in _AUXILIARY:
        return None
    j, negated = i + 1, lower in negations
    while j < len(tokens):
        word = tokens[j].lower
        if classes.get(word) == "n":
            negated = True
        elif not (
            classes.get(word) in _INSIDE_AUXILIARY or _is_adverb(word, vocabulary) or _links_to(tokens, j, vocabulary)
        ):
            break
        j += 1
    return Item("b" if negated else "B", i, j)


def _links_to(tokens: Sequence[Token], j: int, vocabulary: Vocabulary) -> bool:
    """ "to" in "believed to have been"."""
    context = vocabulary.lexicon.context
    return (
        tokens[j].lower == context.infinitive
        and j + 1 < len(tokens)
        and context.classes.get(tokens[j + 1].lower) == "B"
    )


def _term_follows(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """ "jailed for five and seven years", "jailed for life": a sentence, not an arrest."""
    following = [token.lower for token in tokens[i + 1 : i + 1 + MAX_TERM]]
    return following[:1] == [lexicon.triggers.term_word] and not lexicon.triggers.term_units.isdisjoint(following)


def _of_follows(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    return i + 1 < len(tokens) and lexicon.context.classes.get(tokens[i + 1].lower) == "o"


def _trigger(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    triggers = vocabulary.lexicon.triggers
    if lower in triggers.nominal and _of_follows(tokens, i, vocabulary.lexicon):
        return Item("G", i, i + 1, kind=triggers.nominal[lower], noun=lower)
    trigger = triggers.words.get(lower)
    if trigger is None:
        return None
    if lower in triggers.terms and _term_follows(tokens, i, vocabulary.lexicon):
        return Item(_FORM_LETTERS[trigger.form], i, i + 1, kind="sentenced", noun=lower)
    return Item(_FORM_LETTERS[trigger.form], i, i + 1, kind=trigger.kind, noun=lower)


_READERS: Final = {
    "p": _phrase,
    "z": _nobody,
    "c": _count,
    "n": _people,
    "b": _auxiliary,
    "t": _trigger,
}
"""By role; see `pipeline.figures.vocabulary.ROLES`."""
_AUXILIARY: Final = frozenset("Bm")
_INSIDE_AUXILIARY: Final = frozenset("Bmhj")


def counted(tokens: Sequence[Token], quantity: Quantity, vocabulary: Vocabulary) -> Item:
    """The item that a quantity and what follows it make."""
    first, last = quantity.first, quantity.last
    reason = refusal(tokens, quantity, vocabulary.lexicon)
    if reason:
        return Item("X", first, last, quantity, reason=reason)
    part = _partitive(tokens, quantity, vocabulary.lexicon)
    if part is not None:
        return part
    quantity, last, anaphor = _increment(tokens, quantity, vocabulary.lexicon.numbers)
    return _named(quantity, last, noun_phrase(tokens, last, vocabulary), anaphor)


def _partitive(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> Item | None:
    """ "four of them", "two of the"."""
    last = quantity.last
    if last + 1 >= len(tokens) or lexicon.context.classes.get(tokens[last].lower) != "o":
        return None
    object_ = tokens[last + 1].lower
    if object_ in lexicon.numbers.part_pronouns:
        return Item("r", quantity.first, last + 2, quantity)
    if object_ in lexicon.context.determiners - lexicon.numbers.articles:
        return Item("R", quantity.first, last + 2, quantity)
    return None


def _increment(tokens: Sequence[Token], quantity: Quantity, words: NumberWords) -> tuple[Quantity, int, bool]:
    """Absorb "more" or "others" after the number."""
    last, anaphor = quantity.last, False
    while last < len(tokens) and (tokens[last].lower in words.anaphors or tokens[last].lower in words.increments):
        quantity = quantity._replace(incremental=quantity.incremental or tokens[last].lower in words.increments)
        last, anaphor = last + 1, True
    return quantity, last, anaphor


def _named(quantity: Quantity, last: int, phrase: NounPhrase, anaphor: bool) -> Item:
    first = quantity.first
    if phrase.category == "event":
        return Item("F", first, phrase.last, quantity, phrase.noun, phrase.kind)
    if phrase.category in {"people", "person"}:
        return Item("Q", first, phrase.last, quantity, phrase.noun, phrase.kind)
    if phrase.category == "thing":
        return Item("X", first, phrase.last, quantity, phrase.noun, reason=phrase.reason)
    if phrase.category == "unknown" and not anaphor:
        return Item("U", first, phrase.last, quantity, phrase.noun)
    return Item("N", first, last, quantity)
