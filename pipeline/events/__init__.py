"""Events in the news, each with its trigger, whether it is asserted or only claimed, and its PLOVER and CAMEO codes.

>>> from pipeline.findings import Document, Findings
>>> from pipeline.text import analyse
>>> document = Document(analyse("", "title"), analyse("Martial law was declared, the army said."))
>>> [(event.type, event.factuality, event.claimed_by) for event in find_events(document, Findings()).events]
[('state_of_emergency', 'claimed', 'the army')]
"""

from __future__ import annotations

from pipeline.events.find import find_events

__all__ = ["find_events"]
