"""What the rest of the document says about names that their own sentence leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.names import lexicon, places
from pipeline.names.lexicon import plain
from pipeline.names.reading import Candidate, Label, Mention, Reading
from pipeline.names.words import PARTICLES, PLACE_BEFORE

_SUFFIXES: Final = frozenset({"jr.", "sr.", "jr", "sr", "ii", "iii", "iv", "vi", "xvi"})
_SURE: Final = 0.9
_LONGEST_ACRONYM: Final = 10


class Part(Struct, frozen=True):
    """One field of the article after reading: its mentions and what is still open."""

    reading: Reading
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]


def words_of(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """Tokens *first* to *last* as compared: lower case, no accents."""
    words = reading.text.lowers[first:last]
    return words if "".join(words).isascii() else tuple(map(plain, words))


def surname(words: Sequence[str]) -> str:
    """Last word of a name that is no suffix."""
    kept = [word for word in words if word not in _SUFFIXES]
    return kept[-1] if kept else words[-1]


def _people(parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """Every word of a seen full name that may later stand alone, with the full name; surnames before given names."""
    people: dict[str, tuple[str, ...]] = {}
    given: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for mention in part.mentions:
            if mention.label != "person":
                continue
            words = words_of(part.reading, mention.first, mention.last)
            if len(words) > 1 or mention.title:
                people.setdefault(surname(words), words)
            if len(words) > 1 and lexicon.flags(words[0]) & lexicon.GIVEN:
                given.setdefault(words[0], words)
            if len(words) > 2 and words[-2] in PARTICLES:
                people.setdefault(" ".join(words[-2:]), words)
    return given | people


def _weight(mention: Mention) -> int:
    """How much a mention tells of other mentions of its words: an introduced acronym settles them."""
    if mention.rule == "names.bracketed_acronym":
        return 20
    return 2 if mention.confidence >= _SURE else 1


def _votes(parts: Sequence[Part]) -> dict[tuple[str, ...], Label]:
    """The label that most mentions of a surface have."""
    counted: dict[tuple[str, ...], dict[Label, int]] = {}
    for part in parts:
        for mention in part.mentions:
            labels = counted.setdefault(words_of(part.reading, mention.first, mention.last), {})
            labels[mention.label] = labels.get(mention.label, 0) + _weight(mention)
    return {words: max(labels, key=labels.__getitem__) for words, labels in counted.items()}


def _is_announced(part: Part, mention: Mention) -> bool:
    return mention.first > 0 and part.reading.text.tokens[mention.first - 1].lower in PLACE_BEFORE


_JOINERS: Final = frozenset({"and", "or", "to", ",", "&"})


def _beside_place(part: Part, first: int, last: int, ends: set[int]) -> bool:
    """Whether a name the gazetteer knows is listed after a place: "from Atlanta to Savannah"."""
    tokens = part.reading.text.tokens
    listed = first - 1 in ends and tokens[first - 1].lower in _JOINERS
    return listed and places.strength(part.reading.phrase(first, last)) is not None


def _is_guess(mention: Mention) -> bool:
    """Whether a person of one word, without a title, may yet be a place by what stands beside it."""
    return (
        mention.label == "person"
        and mention.last - mention.first == 1
        and not mention.title
        and mention.confidence < 0.95
    )


def _with_lists(part: Part) -> Part:
    """Open names, and mere guesses at persons, that are listed after a place are places too."""
    ends = {mention.last for mention in part.mentions if mention.label == "location"}
    mentions, open_names = list[Mention](), list[Candidate]()
    items: list[Mention | Candidate] = [*part.mentions, *part.candidates]
    for item in sorted(items, key=lambda item: (item.first, item.last)):
        guess = isinstance(item, Candidate) or _is_guess(item)
        if guess and _beside_place(part, item.first, item.last, ends):
            mentions.append(Mention(item.first, item.last, "location", "names.listed_place", 0.6))
            ends.add(item.last)
        elif isinstance(item, Mention):
            mentions.append(item)
        else:
            open_names.append(item)
    return Part(part.reading, tuple(mentions), tuple(open_names))


def _is_family(part: Part, name: Mention | Candidate, people: dict[str, tuple[str, ...]]) -> bool:
    """Whether "the" and a plural make a family of somebody's surname: "the Zandts" beside Ilse Zandt."""
    lowers = part.reading.text.lowers
    word = plain(lowers[name.first])
    if not name.first or lowers[name.first - 1] != "the" or not word.endswith("s"):
        return False
    full = people.get(word[:-1], ())
    return len(full) > 1 and full[-1] == word[:-1]


def _relabel(
    part: Part, mention: Mention, people: dict[str, tuple[str, ...]], votes: dict[tuple[str, ...], Label]
) -> Mention:
    words = words_of(part.reading, mention.first, mention.last)
    if len(words) == 1 and mention.label in ("location", "organisation") and mention.organisation is None:
        full = people.get(words[0])
        if (
            full
            and len(full) > 1
            and full[-1] == words[0]
            and mention.confidence < _SURE
            and not _is_announced(part, mention)
        ):
            return mention._replace(label="person", rule="names.surname", confidence=0.8)
        unsure = mention.label == "location" or mention.confidence < _SURE
        if unsure and _is_family(part, mention, people):
            return mention._replace(label="person", rule="names.family", confidence=0.8)
    label = votes.get(words, mention.label)
    if label != mention.label and mention.confidence <= 0.7 and mention.organisation is None:
        return mention._replace(label=label, rule="names.majority", confidence=0.6)
    return mention


def _stands_alone(part: Part, candidate: Candidate) -> bool:
    """Whether no other capital stands beside an open word: in "Shore Crystals", "Shore" is not the Shore met before."""
    tokens = part.reading.text.tokens
    beside = [tokens[i] for i in (candidate.first - 1, candidate.last) if 0 <= i < len(tokens)]
    return all(token[0] == token[3] for token in beside)


def _settle(
    part: Part, people: dict[str, tuple[str, ...]], votes: dict[tuple[str, ...], Label]
) -> Iterator[Mention | Candidate]:
    for candidate in part.candidates:
        words = words_of(part.reading, candidate.first, candidate.last)
        common = bool(lexicon.flags(words[0]) & lexicon.COMMON)
        if not _stands_alone(part, candidate):
            yield candidate
        elif len(words) == 1 and words[0] in people and not (candidate.initial and common):
            yield Mention(candidate.first, candidate.last, "person", "names.surname", 0.85)
        elif _is_family(part, candidate, people):
            yield Mention(candidate.first, candidate.last, "person", "names.family", 0.8)
        elif words in votes and not (candidate.initial and common):
            yield Mention(candidate.first, candidate.last, votes[words], "names.majority", 0.6)
        else:
            yield candidate


def _initials(words: Sequence[str]) -> str:
    return "".join(
        word[0] for word in words if word not in {"of", "the", "and", "for", "on", "in", "to", "&", "de", "la", "al"}
    )


def acronym_links(part: Part) -> dict[int, int]:
    """Index of a mention in brackets to the index of the long form before it: "Long Form (LF)"."""
    tokens = part.reading.text.tokens
    links: dict[int, int] = {}
    for i in range(1, len(part.mentions)):
        long, short = part.mentions[i - 1], part.mentions[i]
        if short.first != long.last + 1 or tokens[long.last].lower != "(" or short.last != short.first + 1:
            continue
        letters = tokens[short.first].lower.replace(".", "")
        initials = _initials(words_of(part.reading, long.first, long.last))
        if len(letters) >= 2 and (letters == initials or (letters[0] == initials[:1] and long.label == "organisation")):
            links[i] = i - 1
    return links


def _is_acronym_of(part: Part, long: Mention, i: int) -> bool:
    """Whether token *i* is an acronym of the body *long*, alone in brackets behind it."""
    tokens = part.reading.text.tokens
    if i + 1 >= len(tokens) or tokens[i - 1][0] != "(" or tokens[i + 1][0] != ")" or not tokens[i][0].isupper():
        return False
    letters = tokens[i].lower.replace(".", "").replace("-", "")
    begins = letters[:1] == _initials(words_of(part.reading, long.first, long.last))[:1]
    return begins and letters.isalpha() and 2 <= len(letters) <= _LONGEST_ACRONYM and not places.is_region(tokens[i][0])


def _with_acronyms(part: Part) -> Part:
    """A long form whose acronym follows in brackets is an organisation, even when it looked like a person."""
    mentions = list(part.mentions)
    for short, long in acronym_links(part).items():
        if mentions[long].label == "person" and mentions[short].label == "organisation":
            mentions[long] = mentions[long]._replace(
                label="organisation", rule="names.acronym", confidence=0.9, title=None
            )
    return _with_bracketed(replace(part, mentions=tuple(mentions)))


def _with_bracketed(part: Part) -> Part:
    """An acronym in brackets behind a body is that body, whatever it was read as, or left open."""
    bodies = [one for one in part.mentions if one.label == "organisation"]
    found = {one.last + 1 for one in bodies if _is_acronym_of(part, one, one.last + 1)}
    if not found:
        return part
    kept = [one for one in part.mentions if one.last - one.first > 1 or one.first not in found]
    kept += [one for one in bodies if one.last - one.first == 1 and one.first in found]
    found -= {i for one in kept for i in range(one.first, one.last)}
    kept += [Mention(i, i + 1, "organisation", "names.bracketed_acronym", 0.9) for i in found]
    kept.sort(key=lambda mention: (mention.first, mention.last))
    return Part(part.reading, tuple(kept), tuple(one for one in part.candidates if one.first not in found))


def consider_document(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Label what is open by what the whole article says: surnames of full names, other mentions of the same words."""
    parts = tuple(_with_lists(_with_acronyms(part)) for part in parts)
    people, votes = _people(parts), _votes(parts)
    done = []
    for part in parts:
        settled = list(_settle(part, people, votes))
        mentions = [_relabel(part, mention, people, votes) for mention in part.mentions]
        mentions += [item for item in settled if isinstance(item, Mention)]
        left = tuple(item for item in settled if isinstance(item, Candidate))
        mentions.sort(key=lambda mention: (mention.first, mention.last))
        done.append(Part(part.reading, tuple(mentions), left))
    return tuple(done)
