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

from pipeline.figures.lexicon import Lexicon, Trigger
from pipeline.figures.nouns import NounPhrase, noun_phrase
from pipeline.figures.numbers import Quantity, read_quantity
from pipeline.figures.refusals import refusal
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
    ",": ",",
    ";": ";",
    ":": ":",
    "(": "(",
    "[": "(",
    ")": ")",
    "]": ")",
    ".": ".",
    "!": ".",
    "?": ".",
    "-": "-",
}
_MARKS_BY_LOOK: Final = dict.fromkeys("\"“”«»„'‘’", '"') | dict.fromkeys("–—―", "-") | {"--": "-", "…": "."}


class Item(NamedTuple):
    """A stretch of tokens that plays one part in a rule. Token indices count into the sentence, half open."""

    letter: str
    first: int
    last: int
    quantity: Quantity | None = None
    noun: str | None = None
    kind: FigureKind | None = None
    reason: str | None = None


class Reader:
    """Reads the items of sentences in one language. Holds only what is derived from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.number_starts = frozenset(
            {words[0] for words in (*lexicon.vague, *lexicon.bounds_before)}
            | set(lexicon.units)
            | set(lexicon.articles)
            | set(lexicon.range_openers)
            | {"half"}
        )
        self.phrases: dict[str, tuple[tuple[tuple[str, ...], Trigger | str], ...]] = {}
        for words, value in sorted(lexicon.phrases.items(), key=lambda pair: -len(pair[0])):
            self.phrases[words[0]] = (*self.phrases.get(words[0], ()), (words, value))

    def items(self, tokens: Sequence[Token], persons: frozenset[int] = frozenset()) -> list[Item]:
        """The items of a sentence; *persons* are indices of tokens inside a named person."""
        found: list[Item] = []
        i = 0
        while i < len(tokens):
            item, i = self._next(tokens, i, persons)
            if item is not None:
                found.append(item)
        return found

    def _next(self, tokens: Sequence[Token], i: int, persons: frozenset[int]) -> tuple[Item | None, int]:
        lower = tokens[i].lower
        if i in persons:
            last = i
            while last < len(tokens) and last in persons:
                last += 1
            return Item("I", i, last, noun=None), last
        for step in (self._phrase, self._nobody, self._count, self._people, self._auxiliary, self._trigger):
            item = step(tokens, i, lower)
            if item is not None:
                return (item if item.letter else None), item.last
        return self._word(tokens, i, lower)

    def _phrase(self, tokens: Sequence[Token], i: int, lower: str) -> Item | None:
        for words, value in self.phrases.get(lower, ()):
            if all(i + k < len(tokens) and tokens[i + k].lower == word for k, word in enumerate(words)):
                if isinstance(value, str):
                    return Item(value or "x", i, i + len(words), noun=" ".join(words))
                return Item(_FORM_LETTERS[value.form], i, i + len(words), kind=value.kind, noun=" ".join(words))
        return None

    def _nobody(self, tokens: Sequence[Token], i: int, lower: str) -> Item | None:
        lexicon = self.lexicon
        if lower in lexicon.nobody:
            last = i + 1
            if last + 1 < len(tokens) and tokens[last].lower == "of":
                last = noun_phrase(tokens, last + 1, lexicon).last
            return Item("Z", i, max(last, i + 1))
        if lower not in lexicon.zero_determiners or i + 1 >= len(tokens):
            return None
        following = tokens[i + 1].lower
        if following == "one":
            return Item("Z", i, i + 2)
        if following in lexicon.zero_reports:
            return self._no_report(tokens, i)
        phrase = noun_phrase(tokens, i + 1, lexicon)
        if phrase.kind is not None and phrase.category == "event":
            return Item("e" if lower == "any" else "z", i, phrase.last, kind=phrase.kind, noun=phrase.noun)
        if phrase.category == "people":
            return Item("Z", i, phrase.last, noun=phrase.noun)
        return None

    def _no_report(self, tokens: Sequence[Token], i: int) -> Item | None:
        """ "no immediate reports of casualties": a zero that is hedged."""
        for j in range(i + 1, min(i + 4, len(tokens) - 2)):
            if tokens[j].lower in self.lexicon.report_nouns and tokens[j + 1].lower == "of":
                phrase = noun_phrase(tokens, j + 2, self.lexicon)
                if phrase.category == "event":
                    return Item("z", i, phrase.last, kind=phrase.kind, noun=phrase.noun, reason="no report")
        return None

    def _count(self, tokens: Sequence[Token], i: int, lower: str) -> Item | None:
        if not ("0" <= lower[0] <= "9" or lower in self.number_starts):
            return None
        quantity = read_quantity(tokens, i, self.lexicon)
        if quantity is None:
            return Item("X", i, i + 1, reason="not a whole number") if "0" <= lower[0] <= "9" else None
        return counted(tokens, quantity, self.lexicon)

    def _people(self, tokens: Sequence[Token], i: int, lower: str) -> Item | None:
        """A person or people without a number."""
        lexicon = self.lexicon
        determined = lower in lexicon.determiners
        phrase = noun_phrase(tokens, i + determined, lexicon)
        if determined and phrase.last == i + 1:
            return Item("", i, i + 1) if lower in lexicon.skipped_determiners else None
        if phrase.category == "person":
            return Item("I", i, phrase.last, noun=phrase.noun)
        if phrase.category == "people" and phrase.kind is None:
            return Item("P", i, phrase.last, noun=phrase.noun)
        if determined and lower in lexicon.skipped_determiners:
            return Item("", i, i + 1)
        return None

    def _auxiliary(self, tokens: Sequence[Token], i: int, lower: str) -> Item | None:
        classes = self.lexicon.classes
        if classes.get(lower) not in {"B", "m"}:
            return None
        j, negated = i + 1, lower in self.lexicon.negations or lower.endswith("n't")
        while j < len(tokens):
            word = tokens[j].lower
            letter = classes.get(word, "")
            if not (letter in {"B", "m", "h", "j"} or word in self.lexicon.negations or self._is_linking_to(tokens, j)):
                if not self._is_adverb(word):
                    break
            negated = negated or word in self.lexicon.negations
            j += 1
        return Item("b" if negated else "B", i, j)

    def _is_linking_to(self, tokens: Sequence[Token], j: int) -> bool:
        """ "to" in "believed to have been"."""
        return tokens[j].lower == "to" and j + 1 < len(tokens) and self.lexicon.classes.get(tokens[j + 1].lower) == "B"

    def _is_adverb(self, word: str) -> bool:
        lexicon = self.lexicon
        return word in lexicon.adverbs or (
            word.endswith(lexicon.adverb_suffix) and word not in lexicon.not_adverbs and len(word) > 4
        )

    def _trigger(self, tokens: Sequence[Token], i: int, lower: str) -> Item | None:
        trigger = self.lexicon.triggers.get(lower)
        if trigger is None:
            return None
        if i + 1 < len(tokens) and tokens[i + 1].lower == "of" and lower in self.lexicon.nominal:
            return Item("G", i, i + 1, kind=self.lexicon.nominal[lower], noun=lower)
        return Item(_FORM_LETTERS[trigger.form], i, i + 1, kind=trigger.kind, noun=lower)

    def _word(self, tokens: Sequence[Token], i: int, lower: str) -> tuple[Item | None, int]:
        text = tokens[i].text
        mark = _MARKS.get(text) or _MARKS_BY_LOOK.get(text)
        if mark:
            return Item(mark, i, i + 1), i + 1
        lexicon = self.lexicon
        if lower in lexicon.unharmed:
            return Item("0", i, i + 1), i + 1
        if lower in lexicon.anyone:
            return Item("a", i, i + 1), i + 1
        letter = lexicon.classes.get(lower)
        if letter == "j" or (letter is None and self._is_adverb(lower)):
            return None, i + 1
        return Item({"m": "B", "h": "s"}.get(letter or "x", letter or "x"), i, i + 1), i + 1


def counted(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> Item:
    """The item that a quantity and what follows it make."""
    last = quantity.last
    reason = refusal(tokens, quantity, lexicon)
    if reason:
        return Item("X", quantity.first, last, quantity, reason=reason)
    following = tokens[last].lower if last < len(tokens) else ""
    if following == "of" and last + 1 < len(tokens):
        object_ = tokens[last + 1].lower
        if object_ in lexicon.part_pronouns:
            return Item("r", quantity.first, last + 2, quantity)
        if object_ in lexicon.determiners - lexicon.articles:
            return Item("R", quantity.first, last + 2, quantity)
    quantity, last, anaphor = _increment(tokens, quantity, lexicon)
    phrase = noun_phrase(tokens, last, lexicon)
    return _named(quantity, last, phrase, anaphor)


def _increment(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> tuple[Quantity, int, bool]:
    """Absorb "more" or "others" after the number."""
    last, anaphor = quantity.last, False
    while last < len(tokens) and tokens[last].lower in lexicon.anaphors | lexicon.increments:
        quantity = quantity._replace(incremental=quantity.incremental or tokens[last].lower in lexicon.increments)
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
