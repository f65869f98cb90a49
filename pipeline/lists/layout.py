"""The compiled form of all lists: one file that processes map and share.

    magic | u32 header length | header (JSON: sections, lists) | sections, each aligned to eight bytes

words    u64 hash of each skeleton, rising        word_counts  u32 in how many names it occurs
keys     u64 sum of a name's word hashes, rising  key_names    u32 number of the name
pairs    u64 sum of two of its words, rising      pair_names   u32 number of the name
names    u32 entry, u32 offset in texts, u32 length, u32 kind     entries  u32 offset in texts, u32 length
texts    UTF-8: names as printed; entries as JSON

A sum does not know the order of its words, which is how "Kalderi Orvo" finds "Orvo Kalderi".
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Final

from schemas.lists import EntryType, NameKind

MAGIC: Final = b"TOCSIN-LISTS-2\n\0"
SECTIONS: Final = (
    ("words", "Q"),
    ("word_counts", "I"),
    ("keys", "Q"),
    ("key_names", "I"),
    ("pairs", "Q"),
    ("pair_names", "I"),
    ("names", "I"),
    ("entries", "I"),
    ("texts", "B"),
)
NAME_COLUMNS: Final = 4
ENTRY_COLUMNS: Final = 2
KINDS: Final[tuple[NameKind, ...]] = ("primary", "alias", "weak")
TYPES: Final[tuple[EntryType, ...]] = ("person", "organisation", "vessel", "aircraft")
MASK: Final = (1 << 64) - 1


@lru_cache(maxsize=65_536)
def word_hash(key: str) -> int:
    """64 bits of a skeleton; the same in every process."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
