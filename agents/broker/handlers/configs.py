"""Settings as Kafka's tools read and change them."""

from __future__ import annotations

from agents.broker.config import describe_broker_config, describe_topic_config
from agents.broker.connection import Client
from agents.broker.context import NODE_ID, Context
from agents.broker.handlers.outcome import outcome
from agents.broker.protocol import ErrorCode, Message, RequestError

_TOPIC, _BROKER = 2, 4
"""Resource types."""
_SET, _DELETE = 0, 1
"""Operations on one setting; appending to and subtracting from lists are not supported."""
_FROM_TOPIC, _FROM_BROKER, _FROM_DEFAULTS = 1, 4, 5
"""Config sources: set on this topic, set when the broker was started, built in."""
_TYPE_STRING, _TYPE_LONG = 2, 5


async def describe_configs(ctx: Context, request: Message, client: Client) -> Message:
    """Every setting in force, or those named."""
    return {"results": [_describe(ctx, resource) for resource in request["resources"]]}


async def incremental_alter_configs(ctx: Context, request: Message, client: Client) -> Message:
    """Change settings of topics. The broker's own are given at its start."""
    dry = request["validate_only"]
    responses = []
    for resource in request["resources"]:
        error, message = outcome(_alter, ctx, resource, dry)
        responses.append(_head(resource, error, message))
    return {"responses": responses}


def _describe(ctx: Context, resource: Message) -> Message:
    configs: list[Message] = []
    error, message = outcome(lambda: configs.extend(_entries(ctx, resource)))
    wanted = resource["configuration_keys"]
    shown = [entry for entry in configs if wanted is None or entry["name"] in wanted]
    return _head(resource, error, message) | {"configs": shown}


def _head(resource: Message, error: ErrorCode, message: str | None) -> Message:
    return {
        "error_code": error,
        "error_message": message,
        "resource_type": resource["resource_type"],
        "resource_name": resource["resource_name"],
    }


def _entries(ctx: Context, resource: Message) -> list[Message]:
    if resource["resource_type"] == _TOPIC:
        topic = ctx.topics.topic(resource["resource_name"])
        values = topic.overrides | describe_topic_config(topic.config)
        return [_entry(n, v, _FROM_TOPIC if n in topic.overrides else _FROM_DEFAULTS, False) for n, v in values.items()]
    if resource["resource_type"] == _BROKER and resource["resource_name"] in ("", str(NODE_ID)):
        return [_entry(name, value, _FROM_BROKER, True) for name, value in describe_broker_config(ctx.config).items()]
    raise RequestError(ErrorCode.INVALID_REQUEST, "only topics and the one broker have settings here")


def _entry(name: str, value: str, source: int, read_only: bool) -> Message:
    return {
        "name": name,
        "value": value,
        "read_only": read_only,
        "config_source": source,
        "config_type": _TYPE_LONG if value.lstrip("-").isdecimal() else _TYPE_STRING,
        "documentation": None,
    }


def _alter(ctx: Context, resource: Message, dry: bool) -> None:
    if resource["resource_type"] != _TOPIC:
        raise RequestError(ErrorCode.INVALID_REQUEST, "only settings of topics can be changed while the broker runs")
    overrides = dict(ctx.topics.topic(resource["resource_name"]).overrides)
    for change in resource["configs"]:
        if change["config_operation"] == _SET and change["value"] is not None:
            overrides[change["name"]] = change["value"]
        elif change["config_operation"] == _DELETE:
            overrides.pop(change["name"], None)
        else:
            raise RequestError(ErrorCode.INVALID_REQUEST, f"{change['name']}: only set and delete are supported")
    if dry:
        ctx.topics.check_overrides(overrides)
    else:
        ctx.topics.configure(resource["resource_name"], overrides)
