"""Words that name a sanctions measure. Data only; `measures.py` reads them."""

from __future__ import annotations

from typing import Final

#: Noun phrases that always name a measure of a state (exclusions still apply), with the kind of measure.
NOUNS: Final[dict[str, str]] = {
    "sanctions": "sanctions",
    "economic/financial/trade/oil/sectoral/targeted/international sanction": "sanctions",
    "sanctions committee": "sanctions",
    "counter-sanctions/countersanctions/counter-sanction": "counter_sanctions",
    "retaliatory/retaliation/counter/reciprocal/tit-for-tat sanctions": "counter_sanctions",
    "secondary sanctions": "secondary_sanctions",
    "restrictive measures": "restrictive_measures",
    "embargo/embargoes/embargos": "trade_embargo",
    "arms/weapons/military embargo/embargoes/embargos": "arms_embargo",
    "arms/weapons ban": "arms_embargo",
    "ban on arms/weapons/military sales/exports/supplies": "arms_embargo",
    "oil/gas/crude/fuel/energy/trade/economic/grain/food/coal/diamond/timber/commercial embargo/embargoes/embargos": (
        "trade_embargo"
    ),
    "economic/trade blockade": "trade_embargo",
    "import/export/trade/oil/gold/diamond/steel/coal/timber ban/bans": "trade_embargo",
    "import/imports/trade restrictions": "trade_embargo",
    "ban on imports/exports/oil/trade/trading": "trade_embargo",
    "asset/assets freeze/freezes/freezing": "asset_freeze",
    "asset-freeze/assets-freeze": "asset_freeze",
    "freeze/freezes on/of/over assets/accounts/funds": "asset_freeze",
    "freeze/freezes on/of/over the assets/accounts/funds": "asset_freeze",
    "freezing of assets/accounts/funds": "asset_freeze",
    "frozen assets/funds/reserves/accounts": "asset_freeze",
    "travel ban/bans/restrictions": "travel_ban",
    "visa ban/bans/restrictions/blacklist": "travel_ban",
    "entry ban/bans": "travel_ban",
    "flight ban/bans": "flight_ban",
    "no-fly zone/zones/list": "flight_ban",
    "export controls/control/curbs/restrictions": "export_control",
    "technology export/exports ban/bans": "export_control",
    "price cap/caps/ceiling": "price_cap",
    "magnitsky act/law/laws/legislation/list/bill/regime/powers/sanctions": "sanctions",
    "magnitsky-style sanctions/law/legislation/regime": "sanctions",
    "specially designated nationals/national": "designation",
    "sdn list": "designation",
    "entity list": "designation",
    "trade/export/sanctions/treasury/terror/terrorism/terrorist blacklist/blacklists": "designation",
    "sanction/sanctions list/lists": "designation",
    "sanction regime/regimes/package/packages": "sanctions",
}

#: Verbs and participles that name the measure themselves; which sense they have is for `verbs.py`.
SANCTION_VERBS: Final = frozenset({"sanction", "sanctioned", "sanctioning"})
DESIGNATE_VERBS: Final = frozenset(
    {"designate", "designates", "designated", "designating", "designation", "designations"}
)
BLACKLIST_VERBS: Final = frozenset({"blacklist", "blacklists", "blacklisted", "blacklisting", "black-listed"})
DELIST_VERBS: Final = frozenset({"delist", "delists", "delisted", "delisting", "de-listed", "de-listing", "de-list"})
FREEZE_VERBS: Final = frozenset({"freeze", "freezes", "froze", "frozen", "freezing"})
UNFREEZE_VERBS: Final = frozenset({"unfreeze", "unfreezes", "unfroze", "unfrozen", "unfreezing"})
BAR_VERBS: Final = frozenset(
    "bar bars barred barring ban bans banned banning deny denies denied denying prohibit prohibits prohibited".split()
)
REVOKE_VERBS: Final = frozenset("revoke revokes revoked revoking cancel cancels cancelled canceled cancelling".split())
CUT_OFF_VERBS: Final = frozenset(
    "cut cuts cutting exclude excludes excluded excluding remove removes removed removing disconnect disconnects "
    "disconnected disconnecting ban bans banned banning bar bars barred expel expels expelled expelling kick "
    "kicked eject ejected sever severed block blocks blocked suspend suspended exclusion removal expulsion".split()
)
ASSETS: Final = frozenset("assets asset accounts account funds property properties holdings reserves".split())
LISTING_VERBS: Final = frozenset(
    "add adds added adding put puts putting place places placed placing include includes included including".split()
)
DELISTING_VERBS: Final = frozenset(
    "remove removes removed removing take takes took taken taking drop drops dropped strike struck delete "
    "deleted".split()
)
GOODS: Final = frozenset(
    "imports exports oil crude gas gold coal diamonds steel timber uranium copper fish seafood grain wheat aluminium "
    "aluminum nickel caviar beef".split()
)
FINANCIAL_NETWORK: Final = frozenset({"swift"})

#: One of these words must be in a sentence before any rule for explicit measures looks at it; words that contain
#: "sanction" or "embargo" count too.
TRIGGERS: Final = frozenset(
    {
        *SANCTION_VERBS, *DESIGNATE_VERBS, *BLACKLIST_VERBS, *DELIST_VERBS, *FREEZE_VERBS, *UNFREEZE_VERBS, *BAR_VERBS,
        *REVOKE_VERBS,
        *FINANCIAL_NETWORK, "sanctions", "ban", "bans", "freezes", "restrictions", "restrictive", "controls", "curbs",
        "cap", "caps", "ceiling", "no-fly", "magnitsky", "specially", "sdn", "entity", "blockade", "asset-freeze",
        "magnitsky-style", "blacklists", "control", "package",
    }
)  # fmt: skip
