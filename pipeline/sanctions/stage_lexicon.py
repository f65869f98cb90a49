"""Words that govern a measure and tell its stage. Data only; `stage.py` reads them.

The subject of an "issuer" word acts ("the EU imposed"), that of a "target" word is acted against ("Iran faces");
of the rest
nothing follows ("Hungary rejected").
"""

from __future__ import annotations

from typing import Final

from pipeline.sanctions.model import Cue
from pipeline.sanctions.phrases import PhraseTable, forms


def _verbs(verbs: str) -> str:
    """All forms of regular verbs as one slash-separated part."""
    return "/".join(forms(verb) for verb in verbs.split())


_ADOPT: Final = (
    _verbs(
        "impose slap+ adopt introduce announce unveil levy approve apply enact issue place reimpose re-impose "
        "reactivate re-activate "
        "restore reinstate launch enforce declare endorse pass order institute agree implement decree "
        "activate trigger punish retaliate respond sign mirror replicate join target clamp hand start initiate "
        "authorise authorize"
    )
    + "/put/puts/putting/hit/hits/hitting/imposition/introduction/adoption/reimposition/agreeing/announcement/snapback"
    + "/slap/took"
)
_AMEND: Final = (
    _verbs(
        "extend renew tighten widen broaden expand toughen strengthen prolong update amend escalate intensify "
        "reinforce increase stiffen deepen harden modify double"
    )
    + "/extension/renewal/tightening/expansion/widening/prolongation/strengthening/toughening"
)
_LIFT: Final = (
    _verbs(
        "lift ease suspend waive relax remove end drop+ scrap+ revoke cancel terminate rescind loosen soften "
        "abolish repeal unfreeze release dismantle reverse abandon discontinue delist withdraw shelve exempt "
        "moderate halt pause annul+ quash nullify invalidate void"
    )
    + "/withdrew/withdrawn/removal/suspension/repeal/cancellation/relaxation/waiver/waivers/exemption/exemptions"
    + "/annulment"
)
_DISCUSS: Final = (
    _verbs("discuss consider mull weigh debate ponder contemplate study examine explore assess review evaluate eye")
    + "/discussion/discussions/talks/consideration/deliberations/possibility/prospect/prospects/idea/options"
)
_PROPOSE: Final = (
    _verbs(
        "propose urge draft prepare plan+ demand recommend request advocate suggest support back favour favor "
        "want pursue table press push champion float circulate ready"
    )
    + "/seek/seeks/sought/seeking/proposal/proposals/drafting/plea/pleas/appeal/appeals/bid/pushed"
    + "/motion/bill/legislation/resolution"
)
_THREATEN: Final = _verbs("threaten warn vow pledge") + "/threat/threats/warning/warnings/ultimatum"
_EVADE: Final = (
    _verbs("evade circumvent skirt bust flout dodge bypass sidestep elude undermine duck defy")
    + "/evasion/circumvention/evaders/workaround/workarounds/loophole/loopholes"
)
_BREACH: Final = _verbs("violate breach contravene infringe") + (
    "/violation/violations/breaches/broke/broken/breaking/contravention/infringement/violators"
)
_OPPOSE: Final = (
    _verbs(
        "reject veto oppose block resist dismiss condemn denounce criticise criticize slam+ decry protest "
        "thwart stall delay obstruct overturn challenge"
    )
    + "/vetoes/vetoed/veto/rejection/against"
)
_KEEP: Final = _verbs("maintain retain preserve") + "/keep/keeps/kept/keeping/uphold/upholds/upheld"
_SUFFER: Final = _verbs("suffer endure weather withstand survive") + "/under/amid/amidst/despite/underwent"

#: Words whose object is the measure: they stand before it, or after it in the passive.
GOVERNORS: Final[PhraseTable[Cue]] = PhraseTable(
    {
        _ADOPT: Cue("adopted", "issuer"),
        "place/places/placed/placing/put/puts/putting/come/comes/came under": Cue("adopted", "issuer"),
        "agree/agrees/agreed/agreeing on/upon": Cue("adopted", "issuer"),
        "vote/votes/voted/voting for": Cue("adopted", "issuer"),
        "hit/hits/slapped/slap/target/targeted/punished/punish/retaliated/responded with": Cue("adopted", "issuer"),
        "announce/announces/announced/announcing": Cue("adopted", "issuer"),
        "bring/brings/brought/bringing in": Cue("adopted", "issuer"),
        "hit/hits/hitting/strike/strikes/struck/fight/fights/fought back with": Cue("adopted", "issuer"),
        _AMEND: Cue("amended", "issuer"),
        "step/steps/stepped/stepping/ramp/ramps/ramped/ramping up": Cue("amended", "issuer"),
        "roll/rolls/rolled/rolling over": Cue("amended", "issuer"),
        "add/adds/added/adding to": Cue("amended", "issuer"),
        "align/aligns/aligned/aligning with": Cue("adopted", "issuer"),
        "align/aligns/aligned/aligning itself/themselves with": Cue("adopted", "issuer"),
        _LIFT: Cue("lifted", "issuer"),
        "roll/rolls/rolled/rolling back": Cue("lifted", "issuer"),
        "strike/strikes/struck/striking down": Cue("lifted", "neither"),
        "throw/throws/threw/thrown/throwing out": Cue("lifted", "neither"),
        "set/sets/setting aside": Cue("lifted", "neither"),
        "relief/respite/reprieve/exempt/exempted from": Cue("lifted", "neither"),
        "end/halt/relief to/from": Cue("lifted", "neither"),
        "lifting/easing/suspending/loosening of": Cue("lifted", "neither"),
        _DISCUSS: Cue("discussed", "issuer"),
        "look/looks/looked/looking at/into": Cue("discussed", "issuer"),
        "taken/reached on": Cue("discussed", "neither"),
        "talk/talks/talked/talking about/on/of/over": Cue("discussed", "issuer"),
        "think/thinks/thinking about/of": Cue("discussed", "issuer"),
        "open to": Cue("discussed", "issuer"),
        "decision/vote/talks/debate/meeting/consultations/deliberations on/over": Cue("discussed", "issuer"),
        _PROPOSE: Cue("proposed", "issuer"),
        "call/calls/called/calling for/on": Cue("proposed", "issuer"),
        "push/pushes/pushed/pushing/press/pressed/pressing/lobby/lobbied/lobbying/campaign/campaigned for": Cue(
            "proposed", "issuer"
        ),
        "work/works/worked/working on": Cue("proposed", "issuer"),
        "plead/pleads/pleaded/pleading for": Cue("proposed", "issuer"),
        "in favour/favor of": Cue("proposed", "neither"),
        _THREATEN: Cue("threatened", "issuer"),
        "face/faces/faced/facing/risk/risks/risked/risking/incur/incurring": Cue("threatened", "target"),
        "trigger/triggering/avoid/avoids/avoiding/avert/averting": Cue("threatened", "target"),
        "threat/threats/risk/risks/danger/spectre/specter of": Cue("threatened", "neither"),
        "prevent/prevents/preventing/escape/escaping": Cue("threatened", "target"),
        _EVADE: Cue("evaded", "target"),
        "get/gets/got/getting round/around": Cue("evaded", "target"),
        _BREACH: Cue("enforced", "neither"),
        "in breach/violation/defiance of": Cue("enforced", "neither"),
        "crack/cracks/cracked/cracking down on": Cue("enforced", "issuer"),
        "police/polices/policing/policed": Cue("enforced", "issuer"),
        _OPPOSE: Cue("opposed", "neither"),
        "opposition/opponents to/of": Cue("opposed", "neither"),
        "rule/rules/ruled/ruling out": Cue("opposed", "neither"),
        "stop/stops/stopped/stopping short of": Cue("opposed", "issuer"),
        "rail/railed/railing against": Cue("opposed", "neither"),
        "vote/votes/voted/voting against": Cue("opposed", "neither"),
        "vote/votes/voted/voting down": Cue("opposed", "neither"),
        "put/puts/putting off": Cue("opposed", "neither"),
        "hold/holds/held/holding off on": Cue("opposed", "neither"),
        "back/backs/backed/backing away from": Cue("opposed", "neither"),
        "shy/shies/shied/shying away from": Cue("opposed", "neither"),
        _KEEP: Cue("in_force", "issuer"),
        _SUFFER: Cue("in_force", "target"),
        "hit/hits/hurt/crippled/battered/squeezed/weakened/isolated/targeted/affected/strained/strangled by": Cue(
            "in_force", "target"
        ),
        "hit/hurt hard by": Cue("in_force", "target"),
        "hard hit by": Cue("in_force", "target"),
        "subject/subjected to": Cue("in_force", "target"),
        "because of": Cue("in_force", "target"),
        "due to": Cue("in_force", "target"),
        "result of": Cue("in_force", "target"),
        "comply/complies/complied/complying with": Cue("in_force", "neither"),
        "effect/effects/impact/bite/pain/weight of": Cue("in_force", "neither"),
    }
)

#: Words that say something of a measure that is their subject ("sanctions remain", "the embargo expired").
PREDICATES: Final[PhraseTable[Cue]] = PhraseTable(
    {
        "expire/expires/expired/expiring/lapse/lapses/lapsed/lapsing/ended/end/ends": Cue("lifted", "neither"),
        "fell/fall/falls away": Cue("lifted", "neither"),
        "remain/remains/remained/remaining/stay/stays/stayed/persist/persists/continue/continues/continued": Cue(
            "in_force", "neither"
        ),
        "in place/force/effect": Cue("in_force", "neither"),
        "bite/bites/biting/bit/cripple/cripples/crippled/hurt/hurts/strangle/devastated/isolated": Cue(
            "in_force", "neither"
        ),
        "took/take/takes/taking effect": Cue("adopted", "neither"),
        "came/come/comes/coming/entered/enter/enters/entering/went/go/goes into force/effect": Cue(
            "adopted", "neither"
        ),
        "entry into force": Cue("adopted", "neither"),
        "snap/snaps/snapped back": Cue("adopted", "neither"),
        "loom/looms/loomed/looming": Cue("threatened", "neither"),
        "on the table": Cue("discussed", "neither"),
        "on the agenda": Cue("discussed", "neither"),
        "under discussion/consideration/review": Cue("discussed", "neither"),
        "an option": Cue("discussed", "neither"),
        "a/real/distinct possibility": Cue("discussed", "neither"),
        "is/are/was/were/be possible/likely": Cue("discussed", "neither"),
        "off the table": Cue("opposed", "neither"),
        "out of the question": Cue("opposed", "neither"),
    }
)

#: Nouns right after the measure that carry the stage ("sanctions relief", "embargo violations").
HEADS: Final[dict[str, Cue]] = {
    "relief": Cue("lifted", "neither"),
    "waiver": Cue("lifted", "neither"),
    "waivers": Cue("lifted", "neither"),
    "exemption": Cue("lifted", "neither"),
    "exemptions": Cue("lifted", "neither"),
    "evasion": Cue("evaded", "target"),
    "circumvention": Cue("evaded", "target"),
    "busting": Cue("evaded", "target"),
    "busters": Cue("evaded", "target"),
    "evaders": Cue("evaded", "target"),
    "dodging": Cue("evaded", "target"),
    "violation": Cue("enforced", "neither"),
    "violations": Cue("enforced", "neither"),
    "breach": Cue("enforced", "neither"),
    "breaches": Cue("enforced", "neither"),
    "breaking": Cue("enforced", "neither"),
    "enforcement": Cue("enforced", "neither"),
    "bill": Cue("proposed", "issuer"),
    "proposal": Cue("proposed", "issuer"),
    "proposals": Cue("proposed", "issuer"),
    "plan": Cue("proposed", "issuer"),
    "threat": Cue("threatened", "issuer"),
    "threats": Cue("threatened", "issuer"),
    "warning": Cue("threatened", "issuer"),
    "talks": Cue("discussed", "issuer"),
    "debate": Cue("discussed", "issuer"),
    "extension": Cue("amended", "issuer"),
    "renewal": Cue("amended", "issuer"),
}
#: Nouns after the measure that add nothing to it ("sanctions package against").
CARRIERS: Final = frozenset(
    "package packages regime regimes list lists measures order orders rules programme program law".split()
)

#: Adjectives before the measure that set the stage when no verb does.
ADJECTIVES: Final[dict[str, Cue]] = {
    **dict.fromkeys(("possible", "potential", "eventual"), Cue("discussed", "issuer")),
    **dict.fromkeys(("proposed", "planned", "draft"), Cue("proposed", "issuer")),
    **dict.fromkeys(("threatened", "looming"), Cue("threatened", "issuer")),
    "imminent": Cue("threatened", "issuer"),
}
