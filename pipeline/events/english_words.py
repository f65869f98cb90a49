"""English words that stand around the triggers of events, or change what an event is worth."""

from __future__ import annotations

from typing import Final

FIGHTERS: Final = frozenset(
    """gunmen gunman militants militant rebels rebel insurgents insurgent terrorists terrorist guerrillas bomber
        bombers attackers
    attacker soldiers troops army military police convoy checkpoint militia militiamen jihadists separatists killed
    killing wounded
    injured dead injuring wounding casualties bomb bombs rocket rockets armed village""".split()
)
CAPTIVES: Final = frozenset(
    """pupils students schoolgirls girls teachers villagers worshippers passengers travellers farmers aid worker workers
    journalist journalists priest priests tourists engineers hostages ransom kidnappers bandits gang gangs men people
    civilians""".split()
)
FOREIGN: Final = frozenset(
    """russian-led russia-led us-led american-led nato-led french-led saudi-led foreign peacekeeping peacekeepers
        alliance nato csto
    coalition allied un u.n. russian american french british chinese turkish iranian ethiopian rwandan eritrean
    african ecowas kenyan
    ugandan burundian syrian cuban u.s. us wagner mercenaries neighbouring neighboring saudi emirati indian
    pakistani""".split()
)
STATESMEN: Final = frozenset(
    """ministers ministerial minister leaders presidents president envoys diplomats heads council eu un nato g7 g20
        summit foreign
    government cabinet officials negotiators delegations premier chancellor commissioners ambassadors""".split()
)

CROWD: Final = frozenset(
    """opposition supporters anti-government activists demands banners square police chanting peaceful thousands
        demonstrators
    protesters""".split()
)

PITCH: Final = frozenset(
    """half midfield striker keeper goalkeeper goal goals innings scrum kick-off kickoff touchline equaliser equalizer
    winger derby transfer league fixture semifinal semi-final playoff""".split()
)
HOUSEHOLD: Final = frozenset(
    """chef chefs restaurant kitchen recipe wardrobe bathroom bedroom hairdresser bakery menu dessert publisher
    novelist gallery boutique fashion""".split()
)
PERMISSION: Final = frozenset(
    """authorise authorised authorises authorising authorize authorized authorizes authorizing order ordered orders
    ordering permit permitted permits allow allowed allows approve approved approves instructed told cleared
    permission authorisation authorization licence""".split()
)

GAME: Final = frozenset(
    """wolf wolves bear bears dog dogs boar boars deer elephant elephants lion lions tiger tigers leopard crocodile
    crocodiles bird birds geese pigeons cow cows cattle bull bulls buffalo horse horses camel camels kangaroos fox foxes
    badgers shark sharks monkeys animal animals pigs hippo hippos snakes livestock film films scene scenes movie video
    videos photo photos photographs portrait pictures footage wedding advert commercial documentary penalty penalties
    basket goal down drone drones balloon aircraft plane planes helicopter missile missiles""".split()
)
"""What is shot with a rifle on a hunt, with a camera, at a goal or out of the sky: no people."""
STATE: Final = frozenset(
    """president government army military soldiers soldier troops generals colonel colonels junta minister ministers
    parliament cabinet police governor governors country nation capital mayor province provinces regime rebels
    constitution decree authorities king""".split()
)
"""Words with which a state, not a kitchen or a club, is spoken of, whatever else is."""

SCHEDULED: Final = frozenset(
    "will to-be-held upcoming scheduled planned next plan plans due hosting hosts shall".split()
)
HEDGED: Final = frozenset(
    """reportedly alleged allegedly may might could possibly suspected unconfirmed would threatened feared fears
        possible rumoured rumored
    speculation if""".split()
)
JOKED: Final = frozenset("joked joke jokes joking jokingly quipped kidding jested prank parody satirical".split())
"""Words with which nothing in the sentence is asserted."""
YEAR_OPENER: Final = "in"
DENIED: Final = frozenset("no not never without denied denies deny denying".split())
NEGATION_REACH: Final = 4
"""Words before a trigger in which a negation governs it."""
