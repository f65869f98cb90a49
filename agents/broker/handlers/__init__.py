"""The answers to requests: `HANDLERS` is the whole dispatch table, API key -> function (context, request, client)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from agents.broker.connection import Client
from agents.broker.context import Context
from agents.broker.handlers import admin, configs, data, group_admin, groups, metadata
from agents.broker.protocol import Message

ContextHandler = Callable[[Context, Message, Client], Awaitable[Message | None]]

HANDLERS: dict[int, ContextHandler] = {
    0: data.produce,
    1: data.fetch,
    2: data.list_offsets,
    3: metadata.metadata,
    8: groups.offset_commit,
    9: groups.offset_fetch,
    10: metadata.find_coordinator,
    11: groups.join_group,
    12: groups.heartbeat,
    13: groups.leave_group,
    14: groups.sync_group,
    15: group_admin.describe_groups,
    16: group_admin.list_groups,
    18: metadata.api_versions,
    19: admin.create_topics,
    20: admin.delete_topics,
    22: metadata.init_producer_id,
    32: configs.describe_configs,
    37: admin.create_partitions,
    42: group_admin.delete_groups,
    44: configs.incremental_alter_configs,
    47: group_admin.offset_delete,
}
