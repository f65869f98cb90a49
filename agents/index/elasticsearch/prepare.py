"""What one collection needs on the server, for `tocsin setup`: template, index, aliases; made, compared, mended.

The template is a belt: whoever makes an index of that name (a stray client, a restored node), it gets our mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from elasticsearch import AsyncElasticsearch

from agents.index.elasticsearch.client import open_client, translated
from agents.index.elasticsearch.document import index_mapping
from agents.index.elasticsearch.setup import (
    absent_fields,
    changed_fields,
    check_strangers,
    find_indices,
    searched_index,
    set_up_index,
    wanted_settings,
)
from agents.index.elasticsearch.target import Target, target_of
from agents.settings import Settings
from agents.setup.part import Part
from schemas.collections import Collection

PRIORITY: Final = 500
"""Above the templates of the server itself (100 to 200), so that none of them decides instead of ours."""


async def prepare(
    settings: Settings, collection: Collection, *, dry_run: bool = False, apply: bool = False
) -> list[Part]:
    """Create what is missing and compare the rest; with *apply* also set what can be set on an index that is in use.

    Raises:
        IndexSchemaError: what stands there is not ours.
        IndexUnavailableError: the server cannot be reached, or refuses.
    """
    target = target_of(settings, collection)
    async with open_client(settings) as client:
        with translated(settings.index_url):
            before = await find_indices(client, target)
            check_strangers(before, target)
            template = await _template(client, settings, target, dry_run=dry_run)
            changed = changed_fields(before[target.index]["mappings"], target) if target.index in before else []
            if not (dry_run or changed):
                await set_up_index(client, settings, target)
            index = _index(before, settings, target, changed, dry_run=dry_run)
            if apply and not dry_run and index.state == "differs":
                index = await _applied(client, settings, target, index)
            return [template, index, _alias(before, target, dry_run=dry_run)]


def template_body(settings: Settings, target: Target) -> dict[str, Any]:
    """Pure: the index template."""
    return {
        "index_patterns": [target.index],
        "priority": PRIORITY,
        "template": {
            "settings": {"index": wanted_settings(settings, target)},
            "mappings": index_mapping(target.collection),
        },
        "_meta": {"made_by": "tocsin setup"},
    }


async def _template(client: AsyncElasticsearch, settings: Settings, target: Target, *, dry_run: bool) -> Part:
    body = template_body(settings, target)
    answer = await client.options(ignore_status=404).indices.get_index_template(name=target.index)
    there = [one["index_template"] for one in answer.body.get("index_templates", [])]
    part = Part(kind="template", name=target.index, state="ok", said=f"for {target.index}")
    if there and _is_same(there[0], body):
        return part
    if dry_run:
        return replace(part, state="differs" if there else "missing", mend="`tocsin setup` puts it" if there else "")
    await client.indices.put_index_template(
        name=target.index,
        index_patterns=body["index_patterns"],
        priority=PRIORITY,
        template=body["template"],
        meta=body["_meta"],
    )
    return part.after("replaced" if there else "created")


def _is_same(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """The server gives mappings back as they were put, and settings as strings."""
    found, body = there.get("template", {}), wanted["template"]
    same_settings = _strings(found.get("settings", {}).get("index", {})) == _strings(body["settings"]["index"])
    return (
        found.get("mappings") == body["mappings"]
        and same_settings
        and there.get("index_patterns") == wanted["index_patterns"]
        and there.get("priority") == PRIORITY
    )


def _strings(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _strings(inner) for name, inner in value.items()}
    return [_strings(inner) for inner in value] if isinstance(value, list) else str(value)


def _index(before: Mapping[str, Any], settings: Settings, target: Target, changed: list[str], *, dry_run: bool) -> Part:
    wanted = wanted_settings(settings, target)
    shape = f"{wanted['number_of_shards']} shards, {wanted['number_of_replicas']} replicas"
    part = Part(kind="index", name=target.index, state="ok", said=shape)
    if target.index not in before:
        return replace(part, state="missing") if dry_run else part.after("created")
    if changed:
        said = f"made by another version of Tocsin: it maps {', '.join(changed)} otherwise"
        return replace(part, state="wrong", said=said, mend="stop the indexers, then `tocsin reindex --rebuild`")
    absent = sorted(absent_fields(before[target.index]["mappings"], target))
    if absent and dry_run:
        said = f"lacks the fields {', '.join(absent)}"
        return replace(part, state="differs", said=said, mend="`tocsin setup` adds them")
    part = replace(part, done=f"fields added: {', '.join(absent)}" if absent else "")
    return _compared(part, before[target.index]["settings"]["index"], wanted)


def _compared(part: Part, there: Mapping[str, Any], wanted: Mapping[str, Any]) -> Part:
    """With what is to differ: shards are for the life of an index, the rest can be set."""
    said, mends = [], []
    for name in ("number_of_shards", "number_of_replicas", "refresh_interval"):
        if str(there.get(name)) != str(wanted[name]):
            said.append(f"{name} is {there.get(name)} instead of {wanted[name]}")
            fixed = name == "number_of_shards"
            mends.append("shards are for life: they change with the next version" if fixed else _APPLY)
    if there.get("query", {}).get("default_field") != wanted["query"]["default_field"]:
        said.append("words without a field are looked for elsewhere")
        mends.append(_APPLY)
    if not said:
        return part
    return replace(part, state="differs", said="; ".join(said), mend="; ".join(dict.fromkeys(mends)))


_APPLY: Final = "`tocsin setup --apply` sets it"


async def _applied(client: AsyncElasticsearch, settings: Settings, target: Target, part: Part) -> Part:
    wanted = wanted_settings(settings, target)
    kept = {name: wanted[name] for name in ("number_of_replicas", "refresh_interval")}
    fields = {"query.default_field": wanted["query"]["default_field"]}
    await client.indices.put_settings(index=target.index, settings={"index": kept | fields})
    there = (await client.indices.get_settings(index=target.index))[target.index]["settings"]["index"]
    after = _compared(replace(part, state="ok", said="", mend=""), there, wanted)
    return replace(after, done="settings set")


def _alias(before: Mapping[str, Any], target: Target, *, dry_run: bool) -> Part:
    part = Part(kind="alias", name=target.alias, state="ok", said=f"searches find {target.index}")
    searched = searched_index(before, target)
    if searched is None:
        return replace(part, state="missing") if dry_run else part.after("created")
    if searched != target.index:
        said = f"searches find {searched}, this release writes {target.index}"
        return replace(part, state="differs", said=said, mend="`tocsin reindex`")
    return part
