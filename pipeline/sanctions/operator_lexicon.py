"""Words that bend the stage told by a governing word. Data only; `operators.py` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from pipeline.sanctions.phrases import PhraseTable

Operator = Literal["deny", "could", "would", "discuss", "propose", "threaten"]


def _table(rows: Mapping[Operator, str]) -> PhraseTable[Operator]:
    """Words and phrases (joined by "_") by operator, turned round."""
    return PhraseTable({phrase.replace("_", " "): operator for operator, row in rows.items() for phrase in row.split()})


#: What a word to the left of the governing word does with its stage (`operators.operate`).
OPERATORS: Final = _table(
    {
        "deny": (
            "not never n't without neither nor cannot refuse_to refuses_to refused_to refusing_to decline_to "
            "declines_to declined_to declining_to fail_to fails_to failed_to failing_to refusal_to failure_to "
            "reluctant_to reluctance_to unwilling_to hesitant_to unlikely_to reject rejects rejected rejecting oppose "
            "opposes opposed opposing block blocks blocked blocking veto vetoed resist resists rule_out rules_out "
            "ruled_out ruling_out stop_short_of stops_short_of stopped_short_of stopping_short_of deny denies denied "
            "against opposition_to dismiss dismisses dismissed objection objections "
            "no_plans_to no_plans_of no_intention_to no_intention_of"
        ),
        "could": (
            "right power powers authority ability able authorise authorises authorised authorising authorize "
            "authorizes authorized authorizing allow allows allowing empower empowers enable enables could may might "
            "possibly perhaps can"
        ),
        "would": ("would will shall 'll 'd"),
        "discuss": (
            "yet_to close_to near_to nearing offer_to offers_to offered_to offering_to "
            "discuss discusses discussed discussing consider considers considered considering mull mulls mulled "
            "mulling weigh weighs weighed weighing debate debates debated debating explore exploring study studying "
            "whether how examine examining contemplate contemplating review reviewing talks discussions possibility "
            "prospect open"
        ),
        "propose": (
            "should must ought plan plans planned planning propose proposes proposed proposing proposal proposals "
            "prepare prepares prepared preparing urge urges urged urging call calls called calling ask asks asked "
            "asking want wants wanted demand demands demanded demanding seek seeks sought seeking push pushes pushed "
            "pushing recommend recommended bill legislation resolution draft motion appeal appealed press pressed "
            "pressing lobby lobbied hope hopes hoped aim aims aimed aiming intend intends intended expect expected "
            "expects due set poised likely bid pressure back backs backed backing support supports supported favour "
            "favours favor favors advocate advocates advocated negotiate negotiating need needs time encourage "
            "encourages encouraging encouraged lobbying petition petitioned try tries tried trying process procedure"
        ),
        "threaten": (
            "face faces faced facing risk risks risking "
            "prevent prevents preventing avoid avoids avoiding avert averts averting forestall escape threaten "
            "threatens threatened threatening threat threats warn warns warned warning vow vows vowed pledge pledged "
            "pledges ready prepared willing promise promises promised ultimatum"
        ),
    }
)

#: Law enforcement: turns breaches, evasion and measures in force into "enforced".
PROSECUTION: Final = frozenset(
    "fine fined fines fining probe probes probed probing prosecutors prosecutor prosecuted prosecution charged "
    "charges indicted indictment convicted conviction jailed imprisoned sentenced arrested arrest guilty seized "
    "seize seizes seizure seizing confiscated impounded impound penalty penalties settle settled settlement "
    "investigate investigating raided raid intercepted investigation customs detained".split()
)
PROSECUTED_STAGES: Final = frozenset({"evaded", "enforced", "in_force"})
CONDITIONS: Final = frozenset({"if", "unless", "otherwise", "should", "until", "before", "once"})
OPENERS: Final = frozenset({"if", "unless", "until", "once"})
"""Words whose clause has not come true."""
IRREGULAR_PAST: Final = frozenset({"put", "hit", "took", "taken", "brought", "kept", "withdrew", "broke", "sought"})
REPORTS: Final = frozenset("report reports claim claims rumour rumours rumor rumors suggestion suggestions".split())
UNTRUE: Final = frozenset("false untrue fake fabricated baseless unfounded bogus".split())
DENYING: Final = frozenset({"denied", "denies", "deny", "denying"})
ANNOUNCERS: Final = frozenset({"announced", "announces", "decided", "confirmed"})
ADVERBS: Final = frozenset(
    {"not", "never", "now", "also", "yet", "soon", "again", "still", "even", "ever", "no", "longer", "jointly"}
)
NOMINAL_ENDINGS: Final = ("ion", "ions", "al", "iver", "lief")
NOMINALS: Final = frozenset(
    "end halt round talks idea possibility prospect options proposal proposals plan plans threat threats bid".split()
)
"""Nouns of acting ("the imposition of", "an end to"): like gerunds they hang on what stands further left."""
