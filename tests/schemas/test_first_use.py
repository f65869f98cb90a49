"""A record's validator is built when its first record is read, which may be in several threads at once."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

# In a process of its own, since validators are built once in each.
_CODE: Final = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from schemas.enrichment import EnrichedArticle

THREADS = 8
begin = Barrier(THREADS)
sys.setswitchinterval(1e-5)
raw = (
    b'{"id":"a","body":"Two died.","colour":"red","enrichment":{"provenance":{"pipeline":"1"},"claims":'
    b'[{"speaker":"police","verb":"said","span":{"start":0,"end":3}}]}}'
)

def read(_):
    begin.wait()
    return EnrichedArticle.model_validate_json(raw).model_dump_json()

with ThreadPoolExecutor(THREADS) as pool:
    written = set(pool.map(read, range(THREADS)))
(one,) = written
assert EnrichedArticle.model_validate_json(one).extra == {"colour": "red"}
print(one)
"""


def test_threads_that_read_the_first_record_at_once_read_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"speaker":"police"' in done.stdout
