"""Bytes of a message to an `Article` whose id, observation time and source domain are filled.

Pure: the same bytes and timestamp give the same article. What cannot be read is refused with a reason that says where.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isinf
from typing import Any, Final, NoReturn

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.identity import article_id, canonical_url, domain_of
from schemas.alert import DeadLetterReason
from schemas.article import Article
from schemas.base import UnsupportedSchemaError

_BOM: Final = b"\xef\xbb\xbf"
_REPLACEMENT: Final = "\ufffd"
_UNPRINTABLE: Final = re.compile("[\ud800-\udfff\x00]")
_MAX_ID_BYTES: Final = 512
"""Elasticsearch's limit for an `_id`."""
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST_AHEAD: Final = timedelta(days=1)
"""A feed's date before 1990 or more than a day ahead of its observation is a mistake, not a date."""
_LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""An observation after it is a mistake. No clock is asked: the same message must give the same record at any time."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN_PROBLEMS: Final = 5
_INT64_DIGITS: Final = 20
"""Of 2**64 - 1, and of -2**63 with its sign."""
_JSON_NAMES: Final = {list: "array", str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}


class InvalidMessageError(Exception):
    """The message is not what its topic carries; it becomes a dead letter."""

    def __init__(self, reason: DeadLetterReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """What a message may be."""

    max_bytes: int = 2_000_000
    max_depth: int = 20
    """Nested arrays and objects; Elasticsearch's `flattened` field stops at 20."""


DEFAULT_LIMITS: Final = Limits()


def _text(raw: bytes) -> str:
    try:
        return raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        byte = raw.removeprefix(_BOM)[error.start]
        where = f"byte {error.start} (0x{byte:02x}): {error.reason}"
        raise InvalidMessageError("invalid_encoding", f"not UTF-8 at {where}") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(number: str) -> float:
    value = float(number)
    if isinf(value):
        raise ValueError("number is infinity when parsed as double")
    return value


def _bounded(number: str) -> int | float:
    """As orjson reads it: what does not fit 64 bits is a double, for no index and no reader holds more."""
    value = int(number) if len(number) <= _INT64_DIGITS else None
    return value if value is not None and -(2**63) <= value < 2**64 else _finite(number)


def _lenient_loads(text: str) -> Any:
    """Second reading, for escapes of half a surrogate pair, which orjson refuses and many serialisers write."""
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite, parse_int=_bounded)
    except json.JSONDecodeError as error:
        raise InvalidMessageError("invalid_json", str(error)) from None
    except RecursionError:
        raise InvalidMessageError("too_deep", "arrays and objects are nested too deep") from None
    except ValueError as error:
        raise InvalidMessageError("invalid_json", str(error)) from None


def _loads(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if "depth" in str(error) or "ecursion" in str(error):  # older and newer orjson
            raise InvalidMessageError("too_deep", "arrays and objects are nested too deep") from None
        if "surrogate" in str(error) or "\\ud" in text.lower():
            return _lenient_loads(text)
        raise InvalidMessageError("invalid_json", str(error)) from None


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        return iter(value.values())
    return iter(value if isinstance(value, list) else ())


def _check_depth(value: Any, max_depth: int) -> None:
    """Level by level, so that depth costs no stack."""
    level, depth = [value], 0
    while level:
        level = [child for parent in level for child in _children(parent) if isinstance(child, (dict, list))]
        depth += 1
        if depth > max_depth:
            raise InvalidMessageError("too_deep", f"arrays and objects are nested deeper than {max_depth} levels")


def _clean_string(text: str) -> str:
    """One code point for one, so that offsets hold: halves of surrogate pairs and NUL cannot be stored or printed."""
    return _UNPRINTABLE.sub(_REPLACEMENT, text)


def _clean(value: Any) -> Any:
    """Depth is bounded by `_check_depth` before."""
    if isinstance(value, str):
        return _clean_string(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean_string(key): _clean(item) for key, item in value.items()}
    return value


def _parse(raw: bytes, limits: Limits) -> dict[str, Any]:
    if len(raw) > limits.max_bytes:
        raise InvalidMessageError("too_large", f"{len(raw)} bytes; the limit is {limits.max_bytes}")
    text = _text(raw)
    if not text.strip():
        raise InvalidMessageError("invalid_json", "the message is empty")
    data = _loads(text)
    _check_depth(data, limits.max_depth)
    if not isinstance(data, dict):
        raise InvalidMessageError("invalid_record", f"expected a JSON object, found {_JSON_NAMES[type(data)]}")
    return _clean(data) if "\\u0000" in text or "\\ud" in text.lower() else data


def _said(problem: ErrorDetails) -> str:
    return problem["msg"].removeprefix("Value error, ")


def _explain(error: ValidationError) -> InvalidMessageError:
    problems = error.errors(include_url=False, include_input=False)
    for problem in problems:
        if isinstance(problem.get("ctx", {}).get("error"), UnsupportedSchemaError):
            return InvalidMessageError("unsupported_schema", str(problem["ctx"]["error"]))
    shown = [f"{'.'.join(map(str, problem['loc'])) or 'article'}: {_said(problem)}" for problem in problems]
    more = f"; and {len(shown) - _SHOWN_PROBLEMS} more" if len(shown) > _SHOWN_PROBLEMS else ""
    return InvalidMessageError("invalid_record", "; ".join(shown[:_SHOWN_PROBLEMS]) + more)


def _validate(data: dict[str, Any]) -> Article:
    try:
        return Article.model_validate(data)
    except ValidationError as error:
        raise _explain(error) from None


def _written(timestamp_ms: int | None) -> datetime | None:
    """When the message was written; None when Kafka does not say, or says what cannot be."""
    with suppress(OverflowError):
        return _possible(None if timestamp_ms is None else _EPOCH + timedelta(milliseconds=timestamp_ms))
    return None


def _possible(moment: datetime | None) -> datetime | None:
    return moment if moment and _EARLIEST <= moment < _LAST else None


def _observed(article: Article, timestamp_ms: int | None) -> datetime:
    """The observation time orders revisions: one at the end of time would keep every later revision out for ever."""
    return _possible(article.observed_at) or _written(timestamp_ms) or _possible(article.published_at) or _EPOCH


def _plausible(published_at: datetime | None, observed_at: datetime) -> bool:
    return published_at is None or _EARLIEST <= published_at <= max(observed_at, _EARLIEST) + _LATEST_AHEAD


def _filled(article: Article, timestamp_ms: int | None) -> Article:
    observed_at = _observed(article, timestamp_ms)
    updates: dict[str, Any] = {"observed_at": observed_at}
    extra = dict(article.extra)
    if article.observed_at not in (None, observed_at):
        extra["refused_observed_at"] = str(article.observed_at)
    if not _plausible(article.published_at, observed_at):
        updates["published_at"] = None
        extra["refused_published_at"] = str(article.published_at)
    if article.url is not None and canonical_url(article.url) is None:
        updates["url"] = None
        extra["refused_url"] = article.url
    url = updates.get("url", article.url)
    if article.source.domain is None and url is not None:
        updates["source"] = article.source.model_copy(update={"domain": domain_of(url)})
    if article.id is None:
        source = article.source.id or article.source.domain or article.source.name
        updates["id"] = article_id(url=url, source=source, guid=article.guid, title=article.title, body=article.body)
    return article.model_copy(update=updates | {"extra": extra})


def decode_article(raw: bytes, *, timestamp_ms: int | None, limits: Limits = DEFAULT_LIMITS) -> Article:
    """Read one message of `articles` or `articles.backfill`.

    Args:
        raw: the message's value.
        timestamp_ms: the Kafka timestamp, ms since 1970 UTC; it is the observation time of an article that states none.
            None means the message had none; then the publication time counts.
        limits: the largest size and depth.

    Returns:
        The article with `id`, `observed_at` and `source.domain` filled. A publication time before 1990 or more than a
        day after the observation is taken out (kept as `extra.refused_published_at`), and so is a `url` that is not
        http or https (`extra.refused_url`). An observation time that cannot be is replaced (kept as
        `extra.refused_observed_at`). Half surrogate pairs and NUL became U+FFFD, one for one.

    Raises:
        InvalidMessageError: the message cannot be an article; `reason` and `detail` say why and where.
    """
    article = _filled(_validate(_parse(raw, limits)), timestamp_ms)
    if len((article.id or "").encode()) > _MAX_ID_BYTES:
        raise InvalidMessageError("invalid_record", f"id: longer than {_MAX_ID_BYTES} bytes of UTF-8")
    return article
