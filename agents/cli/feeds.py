"""`tocsin feeds add|remove|list|poll|run`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError
from rich.text import Text

from agents.cli.context import JsonFlag, counted, out, print_entry, print_json, run_async, settings_of
from agents.errors import UsageError
from agents.settings import Settings
from schemas.feed import Feed

if TYPE_CHECKING:
    from agents.polling.poller import Polled
    from agents.polling.store import FeedStore

app = typer.Typer(
    help="Feeds that the poller reads: `tocsin feeds run`, or `tocsin up` with TOCSIN_POLL_FEEDS=true, polls them.",
    no_args_is_help=True,
)


@app.command("add")
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Address of an RSS or Atom feed.")],
    feed_id: Annotated[str, typer.Option("--id", help="Short name: lower case, digits, dots, dashes.")],
    name: Annotated[str | None, typer.Option(help="Name for readers; default: the feed's own title.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of publication, two letters.")] = None,
    language: Annotated[str | None, typer.Option(help="Two letters; default: detected per article.")] = None,
    interval: Annotated[int, typer.Option(min=30, help="Seconds between two polls.")] = 600,
    json: JsonFlag = False,
) -> None:
    """Add a feed, or change the one with this id."""
    from agents.polling.fetch import FetchError, check_url

    settings = settings_of(context)
    try:
        check_url(url, settings.fetch_allow_hosts)
        feed = Feed(id=feed_id, url=url, name=name, country=country, language=language, interval_seconds=interval)
    except FetchError as error:
        raise UsageError(str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise UsageError(f"{first['loc'][0]}: {first['msg']}") from None
    run_async(_save(settings, feed))
    if json:
        print_json(feed.model_dump(mode="json"))
    else:
        out.print(f"feed {feed.id} is saved; try it with: tocsin feeds poll {feed.id}", markup=False)


async def _save(settings: Settings, feed: Feed) -> None:
    from agents.kafka import open_producer
    from agents.polling.store import save_feed
    from agents.topics import ensure_topics

    await ensure_topics(settings)
    async with open_producer(settings) as producer:
        await save_feed(producer, settings, feed)


@app.command("remove")
def remove(
    context: typer.Context,
    feed_id: Annotated[
        str, typer.Argument(metavar="FEED", help="Id of a feed that was added with `tocsin feeds add`.")
    ],
    json: JsonFlag = False,
) -> None:
    """Take out a feed that was added. One that stands in the feeds file too is again as the file has it."""
    settings = settings_of(context)
    run_async(_remove(settings, feed_id))
    if json:
        print_json({"removed": feed_id})
    else:
        out.print(f"feed {feed_id} is removed; a running poller takes note within half a minute", markup=False)


async def _remove(settings: Settings, feed_id: str) -> None:
    from agents.kafka import open_producer
    from agents.polling.store import drop_feed, load_added

    if feed_id not in (await load_added(settings)).feeds:
        raise UsageError(f"no feed {feed_id!r} was added; those of the file (setting feeds_file) are taken out there")
    async with open_producer(settings) as producer:
        await drop_feed(producer, settings, feed_id)


@app.command("list")
def list_feeds(context: typer.Context, json: JsonFlag = False) -> None:
    """Print the feeds and how their last poll went."""
    from agents.polling.store import load_store

    store = run_async(load_store(settings_of(context)))
    if json:
        for feed in store.feeds.values():
            polled = store.state_of(feed.id).model_dump(mode="json", exclude={"seen"})
            print_json(feed.model_dump(mode="json") | {"state": polled})
        return
    for feed in store.feeds.values():
        state = store.state_of(feed.id)
        last = f"last success {state.last_success_at:%Y-%m-%d %H:%M}" if state.last_success_at else "never polled yet"
        failed = (
            f", {counted(state.failures, 'failure')} since: {state.last_error or 'unknown'}" if state.failures else ""
        )
        country = f" ({feed.country})" if feed.country else ""
        print_entry(Text(feed.id + country), feed.url, f"every {feed.interval_seconds} s; {last}{failed}")
    out.print(counted(len(store.feeds), "feed"), style="dim")


@app.command("poll")
def poll(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(help="Feeds to poll; default: all.")] = None,
    json: JsonFlag = False,
) -> None:
    """Poll feeds now, due or not, and send what is fresh; exit 1 when one fails."""
    settings = settings_of(context)
    results = run_async(_poll(settings, ids or []))
    for polled in results:
        said = polled.error or ("unchanged" if polled.unchanged else f"{len(polled.articles)} fresh articles")
        if json:
            print_json({"feed": polled.feed.id, "articles": len(polled.articles), "error": polled.error})
        else:
            out.print(Text(f"{polled.feed.id}: {said}", style="red" if polled.error else ""))
    if any(polled.error for polled in results):
        raise typer.Exit(1)


async def _poll(settings: Settings, ids: list[str]) -> list[Polled]:
    from agents.polling.poller import poll_feeds
    from agents.polling.store import load_store
    from agents.topics import ensure_topics

    await ensure_topics(settings)
    store = await load_store(settings)
    return await poll_feeds(settings, store, _chosen(store, ids))


def _chosen(store: FeedStore, ids: list[str]) -> list[Feed]:
    if unknown := [feed_id for feed_id in ids if feed_id not in store.feeds]:
        raise UsageError(f"no feed {unknown[0]!r}; `tocsin feeds list` shows those there are")
    return [store.feeds[feed_id] for feed_id in ids] if ids else list(store.feeds.values())


@app.command("run")
def run(context: typer.Context) -> None:
    """Poll feeds when they are due, beside a broker that runs already, until Ctrl-C.

    `tocsin up` does the same beside everything else where TOCSIN_POLL_FEEDS=true.
    """
    from agents.logs import configure_logging
    from agents.supervision.poller_process import poll_until_stopped

    settings = settings_of(context)
    configure_logging(settings)
    poll_until_stopped(settings)
