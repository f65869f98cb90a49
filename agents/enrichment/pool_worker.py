"""One enrichment process: `python -m agents.enrichment.pool_worker`. Articles come in on standard input, answers leave
on standard output; it ends when its input ends.

It is meant to be killed: a crash or a hang in here costs the pool one process and the article its place.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Final

from agents.enrichment.frames import LENGTH, Enriched, Job, pack_answer, pack_ready, unpack_job
from agents.lists.folder import CurrentLists
from agents.outcomes import Refused
from pipeline.articles import InvalidMessageError, Limits, decode_article
from pipeline.names.backends import BackendError, open_backend
from schemas.article import Article
from schemas.enrichment import EnrichedArticle, Mode

OUT_OF_MEMORY: Final = 71
_PR_SET_PDEATHSIG: Final = 1
_MAX_DETAIL: Final = 4_000
_MAX_TRACEBACK: Final = 16_000

Enrich = Callable[..., EnrichedArticle]
"""Called with article and mode, and with a screener where there are lists."""


def _find(name: str) -> Enrich:
    """The function that *name* (`module:function`) names."""
    module, _, function = name.partition(":")
    found: Enrich = getattr(import_module(module), function)
    return found


def _tagging(enrich: Enrich, chosen: str) -> Enrich:
    """*enrich* with the tagger of names that *chosen* names; the process ends with its complaint when there is none."""
    try:
        return partial(enrich, tagger=open_backend(chosen))
    except BackendError as error:
        sys.exit(f"TOCSIN_NAMES_BACKEND: {error}")


def screening(enrich: Enrich, lists: CurrentLists) -> Enrich:
    """*enrich* with the lists of the moment; they change between two articles only."""

    def enrich_and_screen(article: Article, mode: Mode) -> EnrichedArticle:
        screener = lists.screener()
        return enrich(article, mode) if screener is None else enrich(article, mode, screener)

    return enrich_and_screen


def _die_with_parent() -> None:
    """Linux only. Elsewhere `_serve`'s alarm ends an orphan that computes, and the end of input one that waits."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, under private numbers: a library that prints must not write into an answer."""
    source, sink = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def answer(job: Job, enrich: Enrich, limits: Limits) -> Enriched | Refused:
    """Decode, enrich, serialise.

    Raises:
        MemoryError: the process is no longer to be trusted.
    """
    try:
        article = decode_article(job.raw, timestamp_ms=job.timestamp_ms, limits=limits)
        record = enrich(article, job.mode)
        return Enriched(key=(article.id or "").encode(), value=record.model_dump_json().encode())
    except InvalidMessageError as error:
        return Refused(error.reason, error.detail[:_MAX_DETAIL])
    except MemoryError:
        raise
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:_MAX_DETAIL]
        return Refused("enrichment_failed", detail, traceback.format_exc()[-_MAX_TRACEBACK:])


def _serve(source: BinaryIO, sink: BinaryIO, enrich: Enrich, limits: Limits, deadline: float) -> None:
    while header := source.read(LENGTH.size):
        (size,) = LENGTH.unpack(header)
        job = unpack_job(source.read(size))
        # The pool's own deadline comes first; the alarm, whose default is death, is for when the pool is gone.
        signal.setitimer(signal.ITIMER_REAL, deadline * 2)
        frame = pack_answer(answer(job, enrich, limits))
        signal.setitimer(signal.ITIMER_REAL, 0)
        sink.write(frame)
        sink.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m agents.enrichment.pool_worker")
    parser.add_argument("--function", required=True)
    parser.add_argument("--max-bytes", type=int, required=True)
    parser.add_argument("--memory", type=int, required=True)
    parser.add_argument("--deadline", type=float, required=True)
    parser.add_argument("--lists", type=Path)
    parser.add_argument("--tagger")
    return parser.parse_args()


def main() -> None:
    arguments = _arguments()
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides when we stop
    source, sink = _take_pipes()
    resource.setrlimit(resource.RLIMIT_AS, (arguments.memory, arguments.memory))
    enrich = _find(arguments.function)
    if arguments.tagger is not None:
        enrich = _tagging(enrich, arguments.tagger)
    if arguments.lists is not None:
        enrich = screening(enrich, CurrentLists(arguments.lists))
    limits = Limits(max_bytes=arguments.max_bytes)
    answer(Job(b'{"body": "Warm up."}', 0, "live"), enrich, limits)  # loads what is loaded on first use
    gc.collect()
    gc.freeze()  # tables and caches live as long as the process: walking over them again costs 6 % of each article
    try:
        sink.write(pack_ready())
        sink.flush()
        _serve(source, sink, enrich, limits, arguments.deadline)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
