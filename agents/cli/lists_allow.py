"""`tocsin lists allow add|list|remove`: decisions that a match is not the listed one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from agents.cli.context import JsonFlag, out, print_json, run_async, settings_of
from agents.cli.lists_show import load_store, version_in_use
from agents.errors import UsageError

if TYPE_CHECKING:
    from agents.settings import Settings
    from schemas.lists import AllowDecision

app = typer.Typer(help="Decisions that a match is not the listed one.", no_args_is_help=True)


@app.command("add")
def allow_add(
    context: typer.Context,
    list_id: Annotated[str, typer.Argument(metavar="LIST")],
    entry_id: Annotated[str, typer.Argument(metavar="ENTRY", help="Id of the entry that is not meant.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the decision.")],
    by: Annotated[str, typer.Option(help="Person or desk that decides.")],
    name: Annotated[str | None, typer.Option(help="Only for the name printed so; default: whatever the name.")] = None,
    json: JsonFlag = False,
) -> None:
    """Decide that a match is not the listed one.

    Later matches show the decision and do not alert.
    """
    from agents.lists.store import decision_id
    from schemas.lists import AllowDecision

    if not reason.strip() or not by.strip():
        raise UsageError("--reason and --by must say something")
    decision = AllowDecision(
        id=decision_id(list_id, entry_id, name),
        list=list_id,
        entry_id=entry_id,
        name=name,
        decided_by=by,
        decided_at=datetime.now(UTC),
        reason=reason,
    )
    run_async(_decide(settings_of(context), decision))
    _show_decision(decision, json=json)


async def _decide(settings: Settings, decision: AllowDecision) -> None:
    from agents.lists.store import load_lists, save_decision
    from pipeline.lists.versions import unpack

    store = await load_lists(settings)
    version = version_in_use(store, decision.list)
    if not any(entry.id == decision.entry_id for entry in unpack(store.parts_of(version))):
        raise UsageError(
            f"the list {decision.list} has no entry {decision.entry_id!r}; "
            f"`tocsin lists show {decision.list} --find NAME` finds it"
        )
    await save_decision(settings, decision)


@app.command("list")
def allow_list(context: typer.Context, json: JsonFlag = False) -> None:
    """Show the decisions."""
    decisions = run_async(load_store(settings_of(context))).decisions
    for decision in decisions.values():
        _show_decision(decision, json=json)
    if not decisions and not json:
        out.print("no decision was taken; `tocsin lists allow add LIST ENTRY --by WHO --reason WHY` takes one")


@app.command("remove")
def allow_remove(
    context: typer.Context, decision_id: Annotated[str, typer.Argument(metavar="DECISION")], json: JsonFlag = False
) -> None:
    """Take a decision back: matches alert again."""
    decision = run_async(_take_back(settings_of(context), decision_id))
    if json:
        print_json({"removed": decision.id})
    else:
        out.print(f"decision {decision.id} on {decision.list} {decision.entry_id} is taken back", markup=False)


async def _take_back(settings: Settings, decision_id: str) -> AllowDecision:
    from agents.lists.store import load_lists, remove_decision

    store = await load_lists(settings)
    found = next((one for one in store.decisions.values() if one.id == decision_id), None)
    if found is None:
        raise UsageError(f"no decision {decision_id!r}; `tocsin lists allow list` shows those there are")
    await remove_decision(settings, found)
    return found


def _show_decision(decision: AllowDecision, *, json: bool) -> None:
    if json:
        print_json(decision.model_dump(mode="json"))
        return
    named = f" as {decision.name!r}" if decision.name else ""
    out.print(
        f"{decision.id}  {decision.list} {decision.entry_id}{named} is not meant: {decision.reason} "
        f"({decision.decided_by}, {decision.decided_at:%Y-%m-%d %H:%M})",
        markup=False,
    )
