"""English rules for disasters of nature and accidents with many victims."""

from __future__ import annotations

from typing import Final

from pipeline.events.model import EventRule

DISASTER_RULES: Final = (
    EventRule(
        "natural_disaster",
        "disaster",
        """earthquake | earthquakes | quake | flood | floods | flooding | flash floods | hurricane | cyclone |
            typhoon | tsunami
        | landslide | landslides | mudslide | mudslides | wildfire | wildfires | forest fire | forest fires | tornado
        | avalanche
        | volcanic eruption | drought | famine""",
        "A landslide buried part of the village.",
        "The team won by a landslide.",
        unless=frozenset("victory political win won inbox".split()),
    ),
    EventRule(
        "accident",
        "disaster",
        """plane crash | train crash | bus crash | train derailment | mine collapse | building collapse | building
            collapsed
        | ferry sank | boat capsized | ferry capsized | ferry disaster | dam burst | factory fire | shipwreck""",
        "A factory fire trapped the night shift.",
        "The market crash cost him his savings.",
    ),
    EventRule(
        "capsizing",
        "disaster",
        "capsized | capsizes | capsizing",
        "A boat carrying 60 migrants capsized off the cape.",
        "The scandal capsized his campaign.",
        near=frozenset(
            """ferry ferries boat boats canoe dinghy vessel ship raft passengers sailors fishermen migrants lake river
            sea coast waves""".split()
        ),
        reach=15,
    ),
)
