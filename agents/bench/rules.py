"""What rules cost: how many enriched articles one core matches in a second, by the number of rules."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from agents.bench.corpus import articles
from agents.kafka import Message
from agents.matcher import matches_of, written
from pipeline.alerting import Rule, RuleSet
from pipeline.alerting.ruleset import Found
from pipeline.enrich import enrich
from pipeline.query.tokenize import words
from schemas.enrichment import EnrichedArticle

SIZES: Final = (100, 1_000, 10_000)
_ROUNDS: Final = 3
QUIET: Final = 0.1
"""Matches per article of the rules that seldom match: with a thousand rules, each alerts for one in ten thousand."""
_COUNTRIES: Final = (
    "AF AM AO AR AZ BD BF BI BR BY CD CF CI CL CM CN CO CU DZ EC EG ER ES ET FR GE GN GT HN HT HU ID IL IN IQ IR JO "
    "KE KG KH KP KR KZ LB LK LR LY MA MD MG ML MM MR MX MY MZ NE NG NI NP PA PE PH PK PL PS PY RO RS RU RW SA SD SL SN "
    "SO SS SV SY TD TG TH TJ TM TN TR TZ UA UG US UY UZ VE VN YE ZA ZM ZW"
).split()
_EVENTS: Final = ("protest", "mass_detention", "attack", "state_of_emergency", "disaster", "deployment", "election")
_KINDS: Final = ("killed", "injured", "detained", "missing", "displaced")
_STAGES: Final = ("threatened", "proposed", "adopted", "listed", "lifted")
_INVENTED: Final = 15
"""Invented words for each real one."""
_NOISE: Final = ("football", "film", "festival", "recipe", "horoscope", "cricket")


def measure_rules(count: int = 300, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Match *count* articles of 600 words against rules in this process, one after the other.

    The samples are few and joined, so that their articles match several rules each, where a desk's rules are silent
    most of the time. So each number of rules is measured twice: with all that were drawn, and without those that would
    make more matches than `QUIET` per article.

    Returns:
        for each number of rules, of both kinds: articles per second of CPU time, from the message's bytes to the
        matches' bytes; how many rules were tried and held per article; the milliseconds of each step, of an article
        that nothing matches, and of the one match of an article.
    """
    messages = enriched_messages(count)
    found: dict[str, Any] = {}
    for size in sizes:
        found[f"{size} rules"] = _measure(messages, rules(size))
        found[f"{size} quiet rules"] = _measure(messages, quiet_rules(size, messages))
    return found


def enriched_messages(count: int) -> list[Message]:
    """The articles of the benchmark as the matcher reads them."""
    return [_message(enrich(article)) for article in articles(count)]


def quiet_rules(count: int, messages: Sequence[Message]) -> list[Rule]:
    """*count* of the rules that `rules` draws, which together match about one in ten of the articles of *messages*.

    Rules that have no place left among those few matches are skipped, and the next are taken.
    """
    drawn = rules(2 * count)
    ruleset = RuleSet(drawn)
    matched = Counter(each.rule.id for one in messages for each in ruleset.find(ruleset.reader.read(one.value)).rules)
    chosen: list[Rule] = []
    left = QUIET * len(messages)
    for rule in drawn:
        if matched[rule.id] <= left and len(chosen) < count:
            chosen.append(rule)
            left -= matched[rule.id]
    return chosen


def rules(count: int, seed: int = 1) -> list[Rule]:
    """Rules as desks write them, half of them names and phrases; the same for the same *seed*.

    The sample articles tell of several countries and events each, so that more rules hold than in news.
    """
    chosen = random.Random(seed)  # noqa: S311 - repeatable on purpose
    vocabulary = _vocabulary()
    return [_rule(number, _KINDS_OF_RULE[number % len(_KINDS_OF_RULE)](chosen, vocabulary)) for number in range(count)]


def _vocabulary() -> Sequence[str]:
    """Words of the sample articles that are neither the commonest nor too short, among many invented ones: the samples
    are so few that each of their words comes again far more often than in news, where most rules are silent all day."""
    seen = Counter(word for article in articles(100) for word in set(words(article.body)))
    real = sorted(word for word, times in seen.items() if word.isalpha() and len(word) > 4 and times < 50)
    return [*real, *(word[turn:] + word[:turn][::-1] for turn in range(2, 2 + _INVENTED) for word in real)]


def _rule(number: int, query: str) -> Rule:
    return Rule(
        id=f"bench-{number}",
        version=1,
        title="Benchmark",
        query=query,
        severity="low",
        channel="bench",
        group_by="primary_country",
        throttle="6h",
        message="{title}",
        owner="bench",
    )


_Make = Callable[[random.Random, Sequence[str]], str]


def _toll(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    field, least = f"toll.{chosen.choice(_KINDS)}.best", chosen.choice((5, 10, 50, 100))
    return f"{field}:>={least} AND countries:{chosen.choice(_COUNTRIES)}"


def _event(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    return f"events.asserted:{chosen.choice(_EVENTS)} AND countries:{chosen.choice(_COUNTRIES)}"


def _stage(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    stages = " OR ".join(chosen.sample(_STAGES, 2))
    return f"sanctions.targets:{chosen.choice(_COUNTRIES)} AND sanctions.stages:({stages})"


def _name(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    first, last = chosen.sample(vocabulary, 2)
    return f'people:"{first} {last}" OR "{first} {last}"'


def _phrase(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    one, two, three, four = chosen.sample(vocabulary, 4)
    return f'"{one} {two}" OR (title:({one} OR {two}) AND ({three} OR {four}))'


def _subject(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    one, two, three = chosen.sample(vocabulary, 3)
    return f"({one} OR {two}) AND {three} AND NOT title:({' OR '.join(chosen.sample(_NOISE, 2))})"


def _prefix(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    one, two = chosen.sample(vocabulary, 2)
    return f"countries:{chosen.choice(_COUNTRIES)} AND ({one[:5]}* OR {two[:4]}*)"


def _headline(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    one, two = chosen.sample(vocabulary, 2)
    return f"title:({one[:5]}* OR {two[:4]}*) AND NOT mode:backfill"


def _source(chosen: random.Random, vocabulary: Sequence[str]) -> str:
    return f"source.domain:{chosen.choice(vocabulary)}.example AND {chosen.choice(vocabulary)} AND published_at:>now-2d"


_KINDS_OF_RULE: Final[tuple[_Make, ...]] = (
    _toll, _event, _stage, _name, _name, _name, _name, _name, _phrase, _phrase, _subject, _subject, _subject,
    _prefix, _headline, _source,
)  # fmt: skip


def _message(article: EnrichedArticle) -> Message:
    return Message("bench", 0, 0, 0, None, article.model_dump_json().encode())


def _measure(messages: Sequence[Message], some: Sequence[Rule]) -> dict[str, Any]:
    ruleset = RuleSet(some)
    for message in messages[:20]:
        matches_of(message, ruleset, "bench")
    spent = _seconds(lambda: [matches_of(message, ruleset, "bench") for message in messages])
    return {
        "articles_per_second": round(len(messages) / spent, 1),
        "ms_per_article": round(1000 * spent / len(messages), 3),
        **_without_match(messages, ruleset),
        **_by_step(messages, ruleset),
    }


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of the least disturbed of some rounds; no cache makes the later ones quicker."""
    return min(_once(work) for _ in range(_ROUNDS))


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _without_match(messages: Sequence[Message], ruleset: RuleSet) -> dict[str, Any]:
    """What the matcher does for every article, and what it does for a match besides when the article has but one."""

    def find(message: Message) -> Found:
        return ruleset.find(ruleset.reader.read(message.value))

    spent = _seconds(lambda: [find(message) for message in messages])
    matched = [(message, found) for message in messages if (found := find(message)).rules]
    first = [(message, Found(found.rules[:1], found.seen)) for message, found in matched]
    more = _seconds(lambda: [written(found, message, "bench") for message, found in first])
    return {
        "ms_without_match": round(1000 * spent / len(messages), 3),
        "articles_per_second_without_match": round(len(messages) / spent, 1),
        "ms_of_one_match": round(1000 * more / len(first), 3) if first else None,
    }


def _by_step(messages: Sequence[Message], ruleset: RuleSet) -> dict[str, Any]:
    spent = dict.fromkeys(("read", "view", "candidates", "try"), 0.0)
    tried = held = 0
    for message in messages:
        steps = _steps(message, ruleset)
        for name in spent:
            start = time.process_time()
            answer = next(steps)
            spent[name] += time.process_time() - start
            tried += answer if name == "candidates" else 0
            held += answer if name == "try" else 0
    each = {name: round(1000 * seconds / len(messages), 3) for name, seconds in spent.items()}
    return {
        "tried_per_article": round(tried / len(messages), 1),
        "matches_per_article": round(held / len(messages), 2),
        "ms_by_step": each,
    }


def _steps(message: Message, ruleset: RuleSet) -> Iterator[int]:
    """What `RuleSet.find` does, step by step."""
    article = ruleset.reader.read(message.value)
    yield 0
    seen = ruleset.view(article)
    yield 0
    candidates = ruleset.candidates(seen)
    yield len(candidates)
    yield sum(each.predicate(seen) for each in candidates)
