"""The matches that a drill must have given, by pure functions over the topic of enriched articles."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agents.live_rules import CHECK_S
from agents.settings import Settings
from pipeline.alerting import RuleSet, parse_rule
from schemas.alert import Match
from schemas.enrichment import EnrichedArticle
from schemas.topics import ENRICHED, MATCHES
from tests.e2e.checker import MatchKey, match_key
from tests.e2e.deployment import Deployment


@dataclass(frozen=True)
class Edit:
    """A rule file that was replaced. Times in ms since 1970 UTC, as of messages."""

    rule: str
    text: str
    begun_ms: int
    """All that was written before has been matched."""
    certain_ms: int
    """What is written from here on meets the new version only: half a second passes between two looks at the files."""

    @classmethod
    def now(cls, settings: Settings, rule: str, text: str) -> Edit:
        assert settings.rules_dir is not None
        path = settings.rules_dir / f"{rule}.toml"
        begun = time.time()
        beside = path.with_name(f"{rule}.new")
        beside.write_text(text)
        beside.replace(path)
        return cls(rule, text, int(begun * 1000), int((time.time() + CHECK_S) * 1000) + 1)


def _rules(texts: Mapping[str, str]) -> RuleSet:
    return RuleSet(parse_rule(text, name) for name, text in texts.items())


async def expected_matches(
    deployment: Deployment, edit: Edit | None, texts: Mapping[str, str]
) -> tuple[set[MatchKey], list[str]]:
    """The matches that there must be; and what is wrong with the versions of those about which the edit leaves a
    choice."""
    messages = [(one.timestamp_ms, one.value) for one in await deployment.read(ENRICHED.name)]
    written = {match_key(Match.model_validate_json(one.value)) for one in await deployment.read(MATCHES.name)}
    return await asyncio.to_thread(_expected, messages, written, edit, texts)


def _expected(
    messages: Iterable[tuple[int, bytes]], written: set[MatchKey], edit: Edit | None, texts: Mapping[str, str]
) -> tuple[set[MatchKey], list[str]]:
    old = _rules(texts)
    new = old if edit is None else _rules({**texts, edit.rule: edit.text})
    known, expected, problems = set[tuple[bool, bytes]](), set[MatchKey](), list[str]()
    unclear = after = 0
    for timestamp_ms, value in messages:
        is_old = edit is None or timestamp_ms < edit.begun_ms
        if (is_old, value) in known:
            continue
        known.add((is_old, value))
        article = EnrichedArticle.model_validate_json(value)
        found = _keys(old if is_old else new, article)
        if edit is not None and edit.begun_ms <= timestamp_ms < edit.certain_ms:
            either = found | _keys(old, article)
            unclear += len(either) - len(found)
            if len(either & written) < len(found):
                problems.append(f"an article met neither version of {edit.rule}: {article.id}")
            found = either & written
        elif edit is not None and not is_old:
            after += sum(key[0] == edit.rule for key in found)
        expected |= found
    if edit is not None:
        print(f"edited rule: {unclear} articles within {CHECK_S} s of the edit, {after} after it", flush=True)
        if not after:
            problems.append("no article of the edited rule came after the edit: nothing was proven")
    return expected, problems


def _keys(rules: RuleSet, article: EnrichedArticle) -> set[MatchKey]:
    return {match_key(match) for match in rules.match(article)}
