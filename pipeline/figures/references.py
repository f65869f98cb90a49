"""People already spoken of, to whom something happened: "he was killed", "the rebels were captured".

Mostly another sentence counts them, so they count only where none before it counts the same; then the article says no
more than this of one person, or of some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.members import REFERRED
from pipeline.figures.model import Candidate
from pipeline.figures.patterns import Rule
from pipeline.figures.victims import triggers_of
from pipeline.figures.whom import is_definite, is_news
from pipeline.text import Token

_OF_PRONOUNS: Final = REFERRED - {"injured"} | {"sentenced"}
"""Without those who are hurt at play: "he was injured in the first half"."""
_NEAR: Final = 2
"""Tokens before a pronoun in which somebody fears."""
_ONE: Final = "I"
_MANY: Final = "P"


def has_pronoun(lowers: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a pronoun and an auxiliary stand side by side among the words of a sentence: HE WAS killed."""
    context = lexicon.context
    one, many = context.one_pronouns, context.many_pronouns
    return any(after in context.be_forms and (before in one or before in many) for before, after in pairwise(lowers))


def reference(
    rule: Rule, match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[Candidate]:
    """Candidates of the rules about people already spoken of, and of those that keep a subject without a number."""
    at = match.start("who")
    who, is_pronoun = _people(items[at], tokens, lexicon), items[at].letter == "x"
    if who is None or not _agrees(who, items[match.start("be")], tokens, lexicon) or _is_dreaded(who, tokens, lexicon):
        return
    refers, allowed = is_pronoun or is_definite(tokens, who, lexicon), _OF_PRONOUNS if is_pronoun else REFERRED
    if refers and who.letter == _MANY and not is_news(items, at, match.start("what"), tokens, lexicon):
        return
    what, last = triggers_of(match, items), items[match.end() - 1].last
    if what[0].letter == "D" and (who.letter == _MANY or not _is_told(items[match.start("be")], tokens, lexicon)):
        return
    for kind in dict.fromkeys(item.kind for item in what):
        if kind is not None and kind in allowed:
            yield Candidate(who, kind, rule, who.first, last, what[-1].first, what[-1].noun, refers=refers)


def _is_told(auxiliary: Item, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "he was PRONOUNCED dead"; not "he was dead tired". "They" may be talks that are declared dead."""
    return lexicon.context.classes.get(tokens[auxiliary.last - 1].lower) == "h"


def _people(item: Item, tokens: Sequence[Token], lexicon: Lexicon) -> Item | None:
    """One person or some, for a pronoun; the item itself when it says who."""
    if item.letter != "x":
        return item
    lower = tokens[item.first].lower
    if lower in lexicon.context.one_pronouns:
        return item._replace(letter=_ONE)
    return item._replace(letter=_MANY) if lower in lexicon.context.many_pronouns else None


def _is_dreaded(who: Item, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "relatives FEAR that he was kidnapped"."""
    before = [token[3] for token in tokens[max(0, who.first - _NEAR) : who.first]]
    return not lexicon.context.dreads.isdisjoint(before)


def _agrees(who: Item, auxiliary: Item, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "the MEN met a guard and WERE shot": not the guard; nor "they HAVE shot", who did it."""
    words = [token[3] for token in tokens[auxiliary.first : auxiliary.last]]
    if lexicon.context.be_forms.isdisjoint(words) or words[1:2] == [lexicon.context.infinitive]:
        return False  # "he was TO be shot"
    singular = words[0] in lexicon.context.singular_verbs
    return singular == (who.letter == _ONE) or (not singular and words[0] in lexicon.context.perfects)
