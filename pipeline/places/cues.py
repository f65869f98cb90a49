"""Words that tell the role of a place. Lower case, every form listed that news uses."""

from __future__ import annotations

from typing import Final

from pipeline.text.lexicon import words


def _forms(stems: str) -> frozenset[str]:
    """Regular forms of verbs and nouns: protest, protests, protested, protesting; seize, seizes, seized, seizing."""
    found: set[str] = set()
    for stem in stems.split():
        base = stem.removesuffix("e")
        found |= {stem, stem + ("es" if stem.endswith(("s", "sh", "ch", "x")) else "s"), base + "ed", base + "ing"}
        if stem.endswith("y") and stem[-2] not in "aeiou":
            found |= {stem[:-1] + "ies", stem[:-1] + "ied"}
    return frozenset(found)


EVENTS: Final = (
    _forms(
        "protest demonstrate riot clash attack bomb shell raid ambush assault storm strike explode detonate blast "
        "kill murder wound injure shoot fire arrest detain jail abduct kidnap capture seize loot torch burn flood "
        "collapse erupt crash sink drown derail displace evacuate flee fight battle rescue loom rampage march "
        "rally stab execute torture evict patrol surround besiege overthrow topple vote poll elect quake "
        "landslide outbreak infect quarantine massacre invade bombard pound crack curb mourn gun hijack collide "
        "overturn rape assassinate behead poison disappear sabotage block wildfire blockade mutiny die perish "
        "swelter blaze mobilise mobilize deploy intervene occupy annex"
    )
    | words(
        "protests protesters demonstrations demonstration demonstrators rioters rioting riots unrest violence "
        "crackdown repression crisis coup putsch uprising revolt rebellion insurgency insurgents war conflict "
        "fighting shelling airstrike airstrikes air-strike bombing bombings explosion explosions shooting "
        "shootings gunfire shot gunmen gunman militants militias rebels jihadists massacre killing killings "
        "killed murders dead deaths death toll casualties victims wounded injured hostages hostage abduction "
        "kidnapping arrests detention detentions curfew emergency earthquake quake tremor flood floods flooding "
        "hurricane cyclone typhoon tornado storm storms landslide landslides mudslide avalanche drought famine "
        "heatwave degrees fire fires wildfires eruption tsunami epidemic outbreak cholera ebola crash collision "
        "derailment sank stampede disaster accident rockslide election elections referendum vote voters ballot "
        "polls marched marchers marches rallies rally tear-gas tear gas cannon teargas bullets rockets missile "
        "missiles drone drones checkpoint siege offensive invasion troops soldiers police riot genocide "
        "atrocities clashed shot struck hit fought fled burst broke drowned stormed seized power ambushed looting "
        "strike strikes suicide bomber terrorism terrorist lockdown blackout outage sirens eviction evictions "
        "trial sentenced jailed convicted drought collapsed rounded round-up roundup ousted sweep raids crackdowns "
        "displacement refugees evacuations blasts attackers looters shootout kidnappings abductions rescuers"
    )
) - words("fires gun guns power fire curb die")
"""Something happened: violence, protest, disaster, detention, election."""

HITS: Final = _forms(
    "attack bomb shell raid strike pound storm ravage devastate rock shake batter flood bombard invade annex "
    "capture seize besiege blanket rattle patrol enter leave occupy liberate recapture retake overrun engulf "
    "target surround quit lash swamp jolt"
) | words("patrolled hit struck shook hits shaken overran swept sweeping retook")
"""Verbs whose object is where it happens."""

VENUES: Final = _forms("meet host gather convene negotiate confer debate") | words(
    "met meeting meetings summit summits talks conference conferences forum negotiations congress session "
    "sessions ceremony gathering symposium hearing seminar workshop assembly expo festival convention"
)
"""People meet."""

ORIGINS: Final = words(
    "native natives born citizen citizens national nationals refugee refugees migrant migrants immigrant "
    "immigrants resident residents asylum-seekers expatriates student students fighters mercenaries"
)
"""Somebody is from there."""

UNITS: Final = words(
    "km kilometres kilometers miles mile far away metres meters yards hours minutes distance apart live"
)

GOVERNMENTS: Final = words(
    "government governments leadership leaders leader regime authorities officials rulers ruler policymakers "
    "lawmakers diplomats ministry ministers administration cabinet powers power decision-makers allies backers "
    "patrons"
)
"""Who governs: "the leadership in Minsk"."""

AFFAIRS: Final = words(
    "talks relations ties tensions tension war deal agreement dispute row rift alliance negotiations cooperation "
    "dialogue rapprochement standoff trade differences contacts policy position stance decision demands allies "
    "ally envoy envoys ambassador relationship partnership accord pact summit response claim claims offer "
    "proposal interests influence support"
)
"""What governments have with each other."""

ACTS: Final = _forms(
    "reject recall accuse warn call urge insist deny want hope back support condemn vow agree announce impose "
    "plan refuse offer demand propose sign claim declare summon expel threaten welcome criticise criticize blame "
    "consider expect respond react seek pledge promise differ oppose approve ban lift suspend extend allow decide "
    "fear stress argue believe signal maintain dismiss protest retaliate intend pursue push press view regard "
    "recognise recognize accept confirm admit"
) | words(
    "said says say saying told tells will would could may might must should has have is wants sought sees saw "
    "sent sends made makes withdrew denied denies gave gives took takes kept keeps cut cuts held sets put puts "
    "won't did does"
)
"""What governments do; only the verb right behind a capital counts."""

STATE_ACTS: Final = _forms(
    "reject recall accuse warn urge insist condemn vow announce propose summon expel criticise criticize blame pledge "
    "oppose welcome dismiss retaliate recognise recognize stress deplore denounce protest veto abstain ratify sanction "
    "ask call claim agree refuse declare"
) - words("protests protest") | words("said says denied denies withdrew vetoed")
"""What a country's name does when it stands for its government."""

SEATS: Final = frozenset(
    {
        "Kremlin",
        "White House",
        "Downing Street",
        "Whitehall",
        "Pentagon",
        "Capitol Hill",
        "Elysee Palace",
        "European Union",
        "The Hague",
    }
)
"""Names that stand for a government although they are no capital."""
