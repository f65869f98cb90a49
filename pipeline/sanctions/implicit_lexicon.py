"""Words of hints at sanctions. Data only; `implicit.py` reads them."""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.phrases import PhraseTable

#: Nouns for measures that are not named, with the stage they speak of when no verb says another.
MEASURES: Final = PhraseTable(
    {
        "package of measures": "discussed",
        "all/possible/further/other/additional options": "discussed",
        "options": "discussed",
        "measures": "discussed",
        "steps": "discussed",
        "take/taking/takes/further/concrete/joint/collective/decisive action": "discussed",
        "tough/tougher/strong/stronger action": "discussed",
        "tough/tougher/strong/stronger/firm/robust/joint/collective/united/common response": "discussed",
        "discuss/discusses/discussed/consider/considers response/action": "discussed",
        "weigh/weighs/weighing/mull/mulls/debate/debates response/action": "discussed",
        "consequences": "threatened",
        "repercussions": "threatened",
        "costs": "threatened",
        "a/serious/high/severe/heavy cost": "threatened",
        "pay/paying/pays a/the/heavy price": "threatened",
        "pay/paying/pays a heavy/high/steep/serious price": "threatened",
        "a heavy/high/steep/serious price": "threatened",
        "penalties": "threatened",
    }
)

#: What the measures answer to, in words of reaction; the weak ones (False) need the event in their own sentence.
REACTIONS: Final = PhraseTable(
    {
        "responsible for": False,
        "action/measures/steps against/over": False,
        "pressure on": False,
        "consequences/costs/repercussions/price/penalties/cost for/over": False,
    }
    | dict.fromkeys(
        (
            "respond/responds/responded/responding/response/react/reacts/reacting/reaction/reply to",
            "send/sends/sending/sent a/the message/signal",
            "send/sends/sending/sent a/the clear/strong/firm/tough/powerful/unequivocal/unmistakable message/signal",
            "hold/holds/holding/held accountable/responsible",
            "accountable/unpunished/unanswered/accountability",
            "hold/holds/holding to account",
            "to account for",
            "punish/punishes/punishing/punished/penalise/penalize/punishment",
            "condemn/condemns/condemning/condemned",
            "pay/pays/paying a/the price",
            "price/cost/penalty for",
            "warn/warns/warned/warning of",
            "will/would not accept/tolerate",
            "retaliation for",
        ),
        True,
    )
)

#: What happened: without one of these there is nothing that sanctions would answer.
EVENTS: Final = frozenset(
    "crackdown crackdowns repression crush crushed crushing violence coup putsch annex annexes annexed annexing "
    "annexation invasion invade invades invaded invading incursion occupation massacre massacres killing killings "
    "genocide atrocities abuses abuse torture poisoning persecution oppression shelling bombing bombardment "
    "bloodshed aggression offensive hijacking hijack hijacked landing interference assassination murder "
    "ethnic-cleansing cleansing war-crimes crimes imprisonment jailing arrest arrests detention detentions "
    "suppression executions execution power-grab takeover sham brutality beatings disappearance disappearances "
    "famine-blockade escalation provocation provocations".split()
)
#: An election counts only when it is called into question.
BALLOTS: Final = frozenset("election elections vote poll polls ballot referendum".split())
DOUBTS: Final = frozenset(
    "stolen rigged disputed fraudulent fraud flawed sham falsified contested illegitimate discredited tainted".split()
)
TESTS: Final = frozenset("test tests launch launches".split())
WEAPONS: Final = frozenset("nuclear missile missiles ballistic".split())

#: A word before the noun, or near it, that tells other business.
OTHER_BUSINESS: Final = frozenset(
    "security safety austerity health preventive precautionary military humanitarian police policing emergency "
    "rescue relief confidence-building economic fiscal monetary anti-inflation sanitary hygiene covid-19 "
    "coronavirus pandemic virus legal industrial class judicial affirmative climate transport housing medical "
    "living curfew anti-terror counter-terrorism crowd-control border".split()
)

PUSHING: Final = frozenset(
    "want wants wanted urge urges urged urging call calls called calling demand demands demanded demanding "
    "propose proposes proposed push pushes pushed pushing should must recommend recommended seek seeks petition".split()
)
WARNING: Final = frozenset(
    "warn warns warned warning threaten threatens threatened threatening vow vows vowed promised".split()
)
THREATENING: Final = WARNING | frozenset(
    "will would 'll face faces facing pay paying promise promises promising vowing pledged must should shall "
    "impose".split()
)
SUFFERING: Final = frozenset("face faces facing pay pays paying suffer suffers".split())
"""Verbs whose subject is the accused."""
ACCUSING: Final = frozenset(
    "punish punishing hold holding condemn condemning condemned penalise penalize against warn warned warns "
    "warning".split()
)
"""Words whose object is the accused."""
OFFICIALS: Final = frozenset(
    "authorities government generals officials regime junta leadership leaders rulers forces police military army "
    "president minister ministers".split()
)

TRIGGERS: Final = frozenset(
    "measures steps options action response consequences repercussions costs cost price penalties".split()
)
