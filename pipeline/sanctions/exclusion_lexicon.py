"""Words that tell that a measure is none of a state against another. Data only."""

from __future__ import annotations

from typing import Final

#: What is sanctioned in the sense of approved.
APPROVED: Final = frozenset(
    "purchase funds fund loan loans bridge plan plans project projects posts post leave use deployment strike "
    "raid operation mission construction budget scheme merger demonstration rally march event fight bout race "
    "tournament match marriage union release payment grant money crore lakh rupees amount increase transfer "
    "appointment prosecution sale spending invasion war killing killings attack assassination torture violence "
    "move visit expansion extension creation installation deal agreement treaty law contract building hospital "
    "school road compensation pension allowance study trial experiment".split()
)

#: Who approves or disciplines without being a state that acts against others.
APPROVERS: Final = frozenset(
    "parliament senate court judge board school federation association league committee university bishop church "
    "council cabinet governor mayor bank ministry assembly lawmakers commission regulator club employer college".split()
)

#: Who and what is put under sanctions.
TARGET_NOUNS: Final = frozenset(
    "oligarch oligarchs official officials businessman businessmen businesswoman tycoon tycoons billionaire "
    "general generals commander commanders leader leaders minister ministers senator president ally allies "
    "company companies firm firms bank banks entity entities individual individuals person persons people vessel "
    "vessels ship ships tanker tankers yacht group groups network networks organisation organisations "
    "organization organizations oil crude goods gold regime judge judges politician politicians lawmaker "
    "lawmakers lawmaker broker brokers trader traders airline airlines exchange mercenary mercenaries militia "
    "militias warlord warlords trafficker traffickers country countries state economy chief supplier suppliers "
    "manufacturer manufacturers subsidiary operatives operative members member governor mayor colonel officer "
    "officers figures figure executive executives relatives widow son daughter wife brother family propagandist "
    "propagandists broadcaster broadcasters conglomerate producer producers hackers hacker gang gangs cartel "
    "magnate changer smuggler smugglers financier financiers lender lenders insurer refinery refineries port "
    "ports aircraft plane journalists activist".split()
)

#: Who is kept out of a country as a sanction; ordinary travellers are not.
DIGNITARIES: Final = frozenset(
    "official officials minister ministers politician politicians lawmaker lawmakers commander commanders judge "
    "judges general generals leader leaders officer officers oligarch oligarchs senator senators prosecutor "
    "prosecutors mp mps individuals businessmen ruler rulers president propagandist propagandists cronies "
    "relatives associates diplomat diplomats figures".split()
)

#: A word right before the measure that settles it.
MODIFIERS: Final[dict[str, str]] = {
    **dict.fromkeys(("disciplinary", "professional", "academic", "administrative"), "discipline"),
    **dict.fromkeys(
        ("criminal", "penal", "legal", "civil", "judicial", "court", "custodial", "non-custodial"), "domestic law"
    ),
    **dict.fromkeys(("benefit", "benefits", "welfare", "jobseeker", "unemployment"), "welfare rules"),
    **dict.fromkeys(("employer", "labour", "labor", "workplace", "union"), "labour law"),
    **dict.fromkeys(
        ("church", "canonical", "religious", "ecclesiastical", "tribal", "traditional", "customary"), "church or custom"
    ),
    **dict.fromkeys(("sporting", "doping", "ncaa", "transfer", "touchline", "league", "football"), "sport"),
    **dict.fromkeys(
        ("moral", "social", "informal", "divine", "official", "royal", "parental"), "no measure of a state"
    ),
    **dict.fromkeys(("tax", "driving", "traffic", "parking", "licensing", "fiscal"), "domestic law"),
    **dict.fromkeys(("press", "news", "media", "publication", "review"), "press embargo"),
    **dict.fromkeys(("muslim",), "immigration rules"),
}

#: Words anywhere in the sentence, by field; two fields of evidence are not needed, a state's own act outweighs them
#: (`exclusions.py`).
FIELDS: Final[dict[str, frozenset[str]]] = {
    "sport": frozenset(
        "fifa uefa ioc wada iaaf fia nhra ncaa nfl nba mlb nhl icc fiba olympics olympic paralympic athlete "
        "athletes sprinter cyclist footballer football soccer cricket rugby tennis league club clubs coach "
        "referee match matches tournament championship championships doping season striker goalkeeper midfielder "
        "team-mate stadium fans second-division boxing bout player players batsman driver relegation premiership "
        "sport sports sporting racing".split()
    ),
    "labour law": frozenset("labour-court undocumented employers payroll workplace".split()),
    "traffic law": frozenset("drivers speeding motorists motorist parking cyclists drink-driving".split()),
    "court": frozenset(
        "contempt attorney lawyer lawyers judge plaintiff plaintiffs defendant litigation lawsuit courtroom".split()
    ),
    "penal law": frozenset(
        "penal theft offense offenses offence offences offender offenders misdemeanour misdemeanor burglary".split()
    ),
    "welfare rules": frozenset("jobseekers jobcentre claimants claimant welfare".split()),
    "discipline": frozenset(
        "students student pupils pupil university college teachers teacher faculty campus "
        "barrister councillor councillors plagiarism disciplinary".split()
    ),
    "church or custom": frozenset(
        "bishop bishops priest priests parish vatican canon elders elder tribal customary clan diocese clergy".split()
    ),
    "health or weather rules": frozenset(
        "pandemic covid covid-19 coronavirus virus variant omicron delta quarantine vaccinated vaccination "
        "passengers tourists tourist ebola outbreak snow blizzard storm storms winter weather motorists vehicles "
        "roads measles zika flu lockdown".split()
    ),
    "press embargo": frozenset(
        "midnight newsroom newsrooms journalists press publication journal embargoed gmt edt".split()
    ),
    "consumer prices": frozenset(
        "household households energy bills bill regulator regulators ofgem tenants rent rents prescription "
        "insulin drug drugs tickets consumers groceries grocery food retailers supermarkets".split()
    ),
    "food or mail": frozenset("spam e-mail email domain server restaurant restaurants critics diners wine".split()),
    "immigration rules": frozenset("refugees refugee immigrants immigrant immigration asylum muslims muslim".split()),
}

#: Words that settle it whoever acts.
DECISIVE: Final[dict[str, str]] = {
    **dict.fromkeys(("anti-trust", "antitrust", "anti-competitive", "anti-dumping", "antidumping"), "competition law"),
    **dict.fromkeys(("doping", "anti-doping"), "sport"),
}

#: Bodies of sport: they act like issuers, and none of what they impose is a measure of a state.
SPORT_BODIES: Final = frozenset(
    "fifa uefa ioc wada iaaf fia nhra ncaa nfl nba icc fiba caf concacaf conmebol itf atp usada".split()
)

#: Which fields can tell against which kind of measure.
SUSPECT: Final[dict[str, tuple[str, ...]]] = {
    "sanctions": (
        "sport", "labour law", "traffic law", "court", "penal law", "welfare rules", "discipline", "church or custom",
    ),
    "travel_ban": ("health or weather rules", "sport", "immigration rules", "court", "penal law"),
    "flight_ban": ("health or weather rules", "sport"),
    "trade_embargo": ("press embargo", "sport", "health or weather rules"),
    "price_cap": ("consumer prices",),
    "designation": ("food or mail", "sport", "discipline"),
    "asset_freeze": ("court", "welfare rules"),
    "export_control": ("health or weather rules",),
}  # fmt: skip
