"""English event rules, as data: trigger phrases and what may stand near."""

from __future__ import annotations

from typing import Final

from pipeline.events.english_disasters import DISASTER_RULES
from pipeline.events.english_offices import OFFICE_RULES
from pipeline.events.english_words import (
    CAPTIVES,
    CROWD,
    FIGHTERS,
    FOREIGN,
    GAME,
    HOUSEHOLD,
    PERMISSION,
    PITCH,
    STATESMEN,
)
from pipeline.events.model import Codes, EventRule

RULES: Final = (
    EventRule(
        "demonstration",
        "protest",
        """protest | protests | protesters | protestors | demonstration | demonstrations | demonstrators | sit-in |
            sit-ins
        | took to the streets | take to the streets | taking to the streets | mass rally | mass rallies | peaceful
        rallies
        | opposition rally | opposition rallies | street protests | protest march | demonstrated against | rallied
        against
        | protested | protested against | protesting | marched through | marched against""",
        "Thousands of pensioners took to the streets of the capital.",
        "Technology shares rallied on Tuesday.",
        unless=frozenset("product cooking technology note formal letter diplomatic".split()),
    ),
    EventRule(
        "rally",
        "protest",
        "rally | rallies | march | marches | marched",
        "Opposition supporters held a rally in the main square.",
        "Shares began to rally in late trade.",
        near=CROWD,
        unless=frozenset("stocks shares markets market oil prices january february april may".split()),
        never_after=frozenset("in on since last early late of by until".split()),
        confidence=0.7,
    ),
    EventRule(
        "strike",
        "protest",
        "general strike | nationwide strike | hunger strike | strikers | walkout | workers went on strike",
        "Unions called a general strike over the pension law.",
        "The general struck a confident note.",
        codes=Codes("143", "PROTEST"),
    ),
    EventRule(
        "unrest",
        "unrest",
        """unrest | riot | riots | rioting | rioters | rioted | looting | looters | civil disorder | civil strife |
            street battles
        | crackdown | violent clashes | clashes broke out | clashes erupted | violence erupted | violence broke
        out""",
        "Riots broke out in two suburbs after the verdict.",
        "The fans were a laugh riot.",
        unless=frozenset("laugh tax".split()),
        never_before=frozenset("gear police policemen squad squads shield shields helmets control".split()),
    ),
    EventRule(
        "mass_arrests",
        "mass_detention",
        """mass arrests | mass arrest | mass detentions | mass detention | wave of arrests | sweeping arrests | mass
            roundups""",
        "Rights groups condemned the mass arrests.",
        "The mass was said by the bishop.",
    ),
    EventRule(
        "arrest",
        "arrest",
        """arrested | was detained | were detained | have detained | has detained | detained | arrests | arresting
        | taken into custody | rounded up | detention of | arrest of""",
        "Police arrested a union leader at the border.",
        "The arrested development of the port worries planners.",
        unless=frozenset("cardiac development warrant heart school".split()),
    ),
    EventRule(
        "curfew",
        "administrative_sanctions",
        "curfew | curfews",
        "The governor imposed a curfew on the port.",
        "The midnight deadline passed quietly.",
        unless=frozenset("lift lifted lifting ended lifts ending end".split()),
        never_with=HOUSEHOLD | PITCH,
        codes=Codes("1723", "COERCE"),
    ),
    EventRule(
        "ban_on_parties",
        "administrative_sanctions",
        "banned | outlawed | bans | outlaws | dissolved | banning | outlawing",
        "The court banned two opposition parties.",
        "The club banned a fan for life.",
        near=frozenset("party parties movement movements opposition union unions candidates".split()),
        reach=5,
        only_after=True,
        codes=Codes("1722", "COERCE"),
        confidence=0.8,
    ),
    EventRule(
        "curb_on_rights",
        "administrative_sanctions",
        """internet shutdown | internet blackout | shut down the internet | blocked access | banned rallies
        | banned protests
        | banned demonstrations | ban on rallies | ban on protests | ban on demonstrations | revoked the licence
        | revoked the license | suspended the newspaper | closed the newspaper | travel ban | travel bans | asset freeze
        | froze the assets | house arrest""",
        "The ministry announced a ban on protests.",
        "The ministry announced a plan for parks.",
    ),
    EventRule(
        "trade_embargo",
        "embargo",
        """arms embargo | oil embargo | trade embargo | embargo on | embargo against | naval blockade
        | economic blockade
        | imposed sanctions | impose sanctions | imposes sanctions | imposing sanctions | sanctions were imposed
        | economic boycott | trade ban | export ban | import ban | banned imports | banned exports""",
        "The council agreed an arms embargo on both sides.",
        "The report is under embargo until noon.",
        unless=frozenset("lifted lifting ended lifts ending end lift press".split()),
    ),
    EventRule(
        "bombing",
        "attack",
        """suicide bombing | suicide bombings | suicide bomber | suicide attack | car bomb | car bombs | car bombing
            | truck bomb
        | bombing | bombings | roadside bomb | bomb attack | bomb attacks | bomb blast | bomb exploded | bomb went off
        | blew himself up | blew herself up""",
        "A car bomb exploded outside the ministry.",
        "The film bombed at the box office.",
        unless=frozenset("threat hoax".split()),
        codes=Codes("183", "ASSAULT"),
    ),
    EventRule(
        "air_strike",
        "attack",
        """air strike | air strikes | airstrike | airstrikes | air raid | air raids | drone strike | drone strikes |
            drone attack
        | drone attacks | missile strike | missile strikes | missile attack | bombardment | shelling | shelled |
        rocket attack
        | rocket attacks | mortar attack | artillery fire""",
        "Shelling damaged a clinic in the old town.",
        "Volunteers spent the day shelling peas.",
        unless=frozenset("peas nuts prawns out".split()),
        codes=Codes("195", "ASSAULT"),
    ),
    EventRule(
        "shooting",
        "attack",
        """opened fire | open fire on | gunned down | shot dead | mass shooting | gun attack | armed attack | armed
            attacks
        | armed aggression | ambush | ambushed | terrorist attack | terrorist attacks | terror attack | terror
        attacks | massacre
        | massacred | assassination | assassinated | stabbing attack | knife attack | beheaded | stormed the""",
        "Gunmen ambushed a patrol near the border.",
        "The minister opened fire on her critics in a speech.",
        unless=frozenset("critics character".split()),
        codes=Codes("190", "ASSAULT"),
    ),
    EventRule(
        "armed_attack",
        "attack",
        "attack | attacks | attacked | attackers | raid | raids | raided",
        "Rebels attacked an army convoy.",
        "The striker suffered a heart attack.",
        near=FIGHTERS,
        reach=10,
        unless=frozenset("heart panic asthma verbal cyber personal midfield counter anxiety".split()),
        confidence=0.7,
    ),
    EventRule(
        "emergency_rule",
        "state_of_emergency",
        "state of emergency | martial law | state of siege | emergency rule | state of exception",
        "Martial law was declared in three provinces.",
        "The emergency ward was full.",
        unless=frozenset("lift lifted lifting ended lifts ending end".split()),
        never_with=HOUSEHOLD | PITCH,
    ),
    EventRule(
        "order_to_shoot",
        "lethal_force_order",
        """shoot-to-kill order | shoot-to-kill orders | shoot-to-kill | shoot-on-sight | shoot-on-sight order |
            shoot-on-sight orders
        | ordered to shoot | orders to shoot | order to shoot | orders to open fire | ordered to open fire | order to
        open fire
        | orders to fire on | ordered to fire | shoot to kill | shoot on sight | fire without warning | use of lethal
        force
        | authorised lethal force | authorized lethal force | open fire without warning | authorised to use lethal
        force
        | authorized to use lethal force | shoot without warning""",
        "The governor ordered police to shoot to kill.",
        "The hunter was ordered to shoot the wolf.",
        unless=GAME,
    ),
    EventRule(
        "shooting_permitted",
        "lethal_force_order",
        "live ammunition | live rounds | live bullets | live fire",
        "The ministry authorised riot squads to use live rounds.",
        "Riot squads fired live rounds.",
        near=PERMISSION,
        reach=9,
        unless=frozenset("exercise exercises drill drills training range without".split()),
        confidence=0.8,
    ),
    EventRule(
        "shooting_on_sight",
        "lethal_force_order",
        "on sight",
        "The mayor told guards to shoot arsonists on sight.",
        "She knew him on sight.",
        near=frozenset("shoot kill".split()),
        reach=5,
        confidence=0.8,
    ),
    EventRule(
        "foreign_troops",
        "troop_deployment",
        "troops | soldiers | peacekeepers | forces | peacekeeping force | contingent | paratroopers | mercenaries",
        "Foreign troops arrived in the capital overnight.",
        "Troops returned to their barracks.",
        near=FOREIGN,
        reach=7,
        unless=frozenset("special security police market labour labor".split()),
        confidence=0.7,
    ),
    EventRule(
        "vote",
        "election",
        """election | elections | referendum | went to the polls | go to the polls | polling stations | presidential
            vote
        | parliamentary vote | runoff vote""",
        "Voters went to the polls on Sunday.",
        "The jury elected a foreman.",
        unless=frozenset("election-night".split()),
        never_before=frozenset("official officials commission commissioner law laws board".split()),
    ),
    EventRule(
        "seizure_of_power",
        "coup",
        """coup | coups | coup d'état | coup d'etat | putsch | military takeover | seized power | overthrew the |
            overthrown
        | toppled the government | toppled president""",
        "Soldiers seized power in a predawn putsch.",
        "Hiring the chef was a coup for the hotel.",
        unless=frozenset("diplomatic publicity for marketing".split()),
        never_with=HOUSEHOLD | PITCH,
    ),
    EventRule(
        "junta",
        "coup",
        "junta",
        "The junta removed President Vell from power.",
        "The junta said schools would open on Monday.",
        near=frozenset("removed ousted toppled overthrew deposed seized seizing took power".split()),
        reach=6,
        only_after=True,
        confidence=0.8,
    ),
    *DISASTER_RULES,
    EventRule(
        "abduction",
        "attack",
        "abducted | abducting | abducts | kidnapped | kidnapping of | abduction of | took hostage | taken hostage",
        "Gunmen abducted nine teachers near the dam.",
        "The kidnapped heiress is played by a newcomer.",
        near=FIGHTERS | CAPTIVES,
        unless=frozenset("film novel played".split()),
        codes=Codes("181", "ASSAULT"),
        confidence=0.8,
    ),
    *OFFICE_RULES,
    EventRule(
        "officials_meet",
        "meeting",
        "meeting | summit | talks | conference | extraordinary session | emergency session | negotiations",
        "Foreign ministers will hold a meeting in Vienna on 3 May.",
        "The club has a meeting of its book circle.",
        near=STATESMEN,
        reach=10,
        unless=frozenset("press news video".split()),
        confidence=0.8,
    ),
)
