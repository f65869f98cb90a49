"""What an article is, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from schemas.article import Article
from schemas.topics import ARTICLES, TOPICS, alerts_topic


@pytest.mark.parametrize("least", [{"body": "Twelve people were detained."}, {"title": "Twelve detained"}])
def test_the_least_article_is_accepted(least: dict[str, str]) -> None:
    article = Article.model_validate(least)
    assert (article.id, article.revision, article.extra) == (None, 0, {})


@pytest.mark.parametrize("blank", [{}, {"body": ""}, {"title": "  "}, {"body": "\n\t", "title": None}])
def test_a_blank_article_is_refused(blank: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="needs a title or a body"):
        Article.model_validate(blank)


def test_unknown_fields_are_kept_in_extra() -> None:
    article = Article.model_validate({"body": "x", "desk": "east", "extra": {"note": 1}})
    assert article.extra == {"desk": "east", "note": 1}
    assert Article.model_validate_json(article.model_dump_json()) == article


def test_extra_of_the_wrong_type_is_refused_unless_fields_are_unknown() -> None:
    with pytest.raises(ValidationError, match="extra"):
        Article.model_validate({"body": "x", "extra": "text"})


def test_a_later_minor_version_is_read() -> None:
    assert Article.model_validate({"schema_version": "1.9", "body": "x", "mood": "calm"}).extra == {"mood": "calm"}


@pytest.mark.parametrize("version", ["2.0", "0.9", "one", ""])
def test_another_major_version_is_refused(version: str) -> None:
    with pytest.raises(ValidationError, match="not supported"):
        Article.model_validate({"schema_version": version, "body": "x"})


def test_times_become_utc() -> None:
    given = {"body": "x", "published_at": "2026-03-01T12:00:00+02:00", "observed_at": "2026-03-01T12:00:00"}
    article = Article.model_validate(given)
    assert article.published_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert article.observed_at == datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_what_is_not_an_object_is_refused() -> None:
    with pytest.raises(ValidationError):
        Article.model_validate(["body"])


def test_topics_have_distinct_names_and_a_prefix() -> None:
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
    assert ARTICLES.prefixed("desk") == "desk.articles"
    assert alerts_topic("security").prefixed("tocsin") == "tocsin.alerts.security"
