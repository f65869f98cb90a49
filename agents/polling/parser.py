"""Parsing a feed in a process of its own, bounded in memory and time: parsers have been made to eat gigabytes.

python -m agents.polling.parser CONTENT_TYPE URL < feed > entries as JSON
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import sys
from typing import Final

from pydantic import TypeAdapter

from pipeline.feeds import FeedError, ParsedFeed, parse_feed

TIMEOUT_S: Final = 20.0
MEMORY: Final = 1_073_741_824
"""Address space, bytes; the largest feed that is fetched needs a tenth of it."""
_NO_FEED: Final = 65
_PARSED: Final = TypeAdapter(ParsedFeed)


async def parse_apart(content: bytes, content_type: str, url: str) -> ParsedFeed:
    """As `parse_feed`, bounded.

    Raises:
        FeedError: it is no feed, or reading it took too long or too much memory.
    """
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "agents.polling.parser", content_type, url]
    child = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        async with asyncio.timeout(TIMEOUT_S):
            said, complained = await child.communicate(content)
    except TimeoutError:
        raise FeedError(f"it cannot be parsed within {TIMEOUT_S:g} s") from None
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if child.returncode == _NO_FEED:
        raise FeedError(complained.decode("utf-8", "replace").strip())
    if child.returncode != 0:
        raise FeedError(f"its parser ended with {child.returncode} (limit {MEMORY // 2**20} MiB)")
    return _PARSED.validate_json(said)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(TIMEOUT_S), int(TIMEOUT_S)))
    content_type, url = sys.argv[1:3]
    try:
        parsed = parse_feed(sys.stdin.buffer.read(), content_type=content_type, url=url)
    except FeedError as error:
        sys.stderr.write(str(error))
        return _NO_FEED
    sys.stdout.buffer.write(_PARSED.dump_json(parsed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
