"""English settings in which words of harm and custody mean something else."""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import Frame

_CUSTODY: Final = frozenset(
    """captive captives captivity hostage hostages prisoner prisoners jail jails jailed prison prisons custody detained
    detainee detainees detention kidnapped abducted arrest arrested arrests police cell cells bail siege ransom court
    gunmen rebels militants captors kidnappers""".split()
)
_HARM: Final = frozenset(
    """crash crashed collision bus coach plane flight bomb bombing blast explosion explosions gunmen gunman shooting
    shot stabbed attack attacked attackers fire blaze earthquake quake flood avalanche landslide collapse collapsed
    stampede crush riot riots grenade missile rocket shelling war hospital hospitals police killed dead died""".split()
)

_FLIGHT: Final = frozenset({"fled", "flee"})
_RUNAWAYS: Final = frozenset(
    """attackers attacker gunmen gunman assailants robbers suspects militants rebels fighters insurgents terrorists
    soldiers troops policemen police officers guards inmates prisoners detainees convicts bandits hijackers kidnappers
    thieves protesters demonstrators rioters students workers drivers players fans capital investors""".split()
)

_FORCES: Final = frozenset(
    """army armies military navy police battalion regiment brigade militia militias rebels militants insurgents
    fighters troops soldiers forces guerrillas paratroopers marines war battle battles fighting clashes ambush
    offensive""".split()
)
_LAW: Final = frozenset(
    """police army soldiers troops security gendarmes agents officers intelligence authorities immigration militia
    forces constables raid raids""".split()
)

FRAMES: Final = (
    Frame(reason="loss", kinds=frozenset({"killed"}), triggers=frozenset({"lost"}), unless=_FORCES),
    Frame(reason="lift", kinds=frozenset({"detained"}), triggers=frozenset({"picked up"}), unless=_LAW),
    Frame(
        reason="flight of those who did it, or from custody",
        kinds=frozenset({"displaced"}),
        triggers=_FLIGHT,
        nouns=_RUNAWAYS,
        unless=frozenset(),
    ),
    Frame(
        reason="flight from a scene",
        kinds=frozenset({"displaced"}),
        triggers=_FLIGHT,
        words=frozenset(
            """scene foot custody prison jail motorcycle motorbike car vehicle van taxi shop store stadium nightclub
            club mall building police officers airport hotel theatre theater room hall
            gold bonds shares stocks dollar""".split()
        ),
        unless=frozenset(),
    ),
    Frame(
        reason="flight of a few",
        kinds=frozenset({"displaced"}),
        triggers=_FLIGHT | {"took refuge", "taken refuge"},
        few=50,
        unless=frozenset("""villagers residents families civilians refugees households inhabitants""".split()),
    ),
    Frame(
        reason="room for so many",
        kinds=frozenset({"detained"}),
        triggers=frozenset({"holding"}),
        unless=_CUSTODY | _LAW | frozenset("fighters insurgents militia militias pirates guards charge".split()),
    ),
    Frame(
        reason="rescue",
        kinds=frozenset({"displaced"}),
        triggers=frozenset("evacuate evacuates evacuated evacuating".split()),
        nouns=frozenset(
            """workers worker miners miner employees staff crew crewmembers sailors seamen passengers passenger
            casualties soldiers troops officers policemen firefighters climbers hikers skiers""".split()
        ),
        unless=frozenset(),
    ),
    Frame(
        reason="sport",
        kinds=frozenset({"injured", "missing", "released"}),
        nouns=frozenset(
            """players player footballers footballer strikers striker defenders midfielders goalkeepers keepers batsmen
            bowlers quarterbacks forwards wingers athletes athlete cricketers golfers starters""".split()
        ),
        unless=_HARM | _CUSTODY,
    ),
    Frame(
        reason="employment",
        kinds=frozenset({"released"}),
        subjects=frozenset(
            """club clubs bank banks company firm firms franchise label studio employer retailer airline manufacturer
            maker carmaker automaker team start-up startup supplier corporation chain""".split()
        ),
        unless=_CUSTODY,
    ),
    Frame(
        reason="school detention",
        kinds=frozenset({"detained"}),
        subjects=frozenset("school schools teacher teachers headmaster headmistress headteacher principal".split()),
        unless=frozenset("police soldiers troops officers army cell cells jail prison".split()),
    ),
    Frame(
        reason="markets",
        kinds=frozenset({"injured"}),
        words=frozenset("markets market shares stocks stock bonds investors traders equities prices".split()),
        nouns=frozenset("sellers buyers investors bulls bears traders speculators holders shareholders".split()),
        unless=_HARM,
    ),
)
