"""Write the classes of words that the tagger uses, from the Brown clusters of `spacy-lookups-data`.

    pip download --no-deps spacy-lookups-data==1.0.5
    python -m deploy.tagger.clusters spacy_lookups_data-1.0.5-py2.py3-none-any.whl

Needed only when the tables change: `pipeline/names/data/clusters.bin` is committed. A word is left out when the reader
finds the same class for it by its small form.
"""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from pathlib import Path
from typing import Final

from deploy.tagger.sources import ROOT
from pipeline.names.tagger.clusters import FILE, encode

_TABLE: Final = "spacy_lookups_data/data/en_lexeme_cluster.json.gz"
_LONGEST: Final = 24
"""Characters; longer words are addresses and shouting."""


def read_table(wheel: Path) -> dict[str, int]:
    """Bits of the class by word; words of no class are left out."""
    with zipfile.ZipFile(wheel) as packed:
        table: dict[str, int] = json.loads(gzip.decompress(packed.read(_TABLE)))
    return {word: bits for word, bits in table.items() if bits}


def select(table: dict[str, int]) -> dict[str, int]:
    """The words to keep, with classes numbered from 1 in the order of their bits."""
    number = {bits: n for n, bits in enumerate(sorted(set(table.values())), 1)}
    kept = {}
    for word, bits in table.items():
        small = word.lower()
        usual = len(word) <= _LONGEST and any(c.isalpha() for c in word)
        if usual and (word == small or table.get(small) != bits):
            kept[word] = number[bits]
    return kept


def main(wheel: str) -> int:
    data = encode(select(read_table(Path(wheel))))
    path = ROOT / "pipeline" / "names" / "data" / FILE
    path.write_bytes(data)
    print(f"{path.relative_to(ROOT)}: {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
