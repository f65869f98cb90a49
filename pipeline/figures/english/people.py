"""English nouns for people, and for what is counted but is not people."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import NounWords
from pipeline.figures.phrases import sequences

_PEOPLE: Final = frozenset(
    """
    people persons men women children boys girls babies infants toddlers teenagers teens youths youngsters kids
    minors adults males females adolescents pensioners elders elderly youth folk folks individuals civilians
    villagers residents citizens inhabitants locals townspeople peasants farmers herders shepherds fishermen
    miners workers labourers laborers employees staff staffers traders merchants vendors shopkeepers shoppers
    commuters passengers pedestrians motorists drivers riders cyclists tourists holidaymakers visitors
    travellers travelers pilgrims worshippers worshipers mourners guests wedding-goers spectators fans
    supporters followers sympathizers sympathisers onlookers bystanders passers-by passersby witnesses
    neighbours neighbors families relatives brothers sisters sons daughters parents mothers fathers wives
    husbands cousins siblings twins couples friends households members leaders officials politicians lawmakers
    deputies senators ministers mayors governors councillors councilmen councilors candidates delegates
    activists campaigners militants dissidents opponents critics unionists trade-unionists organisers organizers
    protesters protestors demonstrators marchers rioters strikers picketers looters students pupils
    schoolchildren schoolgirls schoolboys teachers professors lecturers academics scientists researchers
    engineers technicians doctors nurses medics paramedics physicians patients surgeons rescuers firefighters
    firemen volunteers lifeguards journalists reporters correspondents cameramen photographers editors
    broadcasters bloggers writers artists musicians dancers singers actors lawyers judges prosecutors
    magistrates clerics priests nuns bishops monks missionaries imams pastors preachers jesuits catholics
    christians muslims jews hindus sikhs shiites sunnis kurds yazidis rohingya soldiers troops servicemen
    conscripts recruits cadets officers policemen policewomen police constables gendarmes guards guardsmen
    bodyguards peacekeepers marines sailors airmen pilots crewmen crew crewmembers paratroopers commandos
    rangers agents detectives inspectors troopers militiamen militia paramilitaries reservists veterans
    personnel sergeants captains lieutenants colonels generals commanders corporals fighters combatants rebels
    insurgents guerrillas guerillas terrorists extremists jihadists separatists gunmen attackers assailants
    bombers hijackers kidnappers robbers bandits gangsters criminals suspects accomplices smugglers traffickers
    dealers pirates hooligans thieves murderers convicts offenders infiltrators intruders raiders militias
    prisoners inmates detainees captives hostages refugees migrants asylum-seekers immigrants evacuees deportees
    exiles returnees victims survivors miners climbers hikers skiers mountaineers swimmers divers players
    athletes diplomats ambassadors consuls envoys executives managers directors businessmen businesspeople
    bankers contractors consultants foreigners nationals expatriates expats americans britons brits frenchmen
    spaniards dutchmen germans israelis palestinians iraqis iranians afghans pakistanis indians chinese japanese
    koreans russians ukrainians turks syrians lebanese egyptians libyans sudanese salvadorans hondurans
    guatemalans nicaraguans colombians peruvians chileans bolivians cubans mexicans filipinos burmese nigerians
    somalis kenyans ethiopians canadians australians italians poles greeks serbs croats bosnians albanians
    kazakhs uzbeks widows orphans brides adherents partisans comrades colleagues companions associates
    assistants secretaries employers owners landowners ranchers cattlemen planters growers pickers drivers
    operators attendants waiters cooks maids servants elements subversives extraditables narcos mercenaries
    contras sandinistas cadres combatants irregulars occupants crewmates poachers hunters loggers porters guides
    monitors observers inspectors experts advisers advisors aides sailors seamen seafarers boatmen truckers
    bus-drivers taxi-drivers partygoers revellers revelers concertgoers churchgoers students-teachers graders
    freshmen sophomores undergraduates graduates scholars lepers addicts homosexuals transvestites prostitutes
    facilitators financiers financers emplacers subcommanders sub-commanders couriers propagandists operatives
    subordinates henchmen ringleaders masterminds planners makers instructors preachers welders carpenters
    plumbers electricians bakers butchers barbers tailors weavers nannies caretakers janitors interpreters
    translators firefighters arsonists stowaways travelers passengers gamblers bartenders barmaids jurors
    commissioners chieftains sheikhs mullahs legislators congressmen spies informants informers collaborators
    deserters defectors snipers gunners bomb-makers sympathiser referees jockeys
    beggars vagrants masons orderlies deacons tailors clerks cashiers sellers buyers investors shareholders
    jawans naxals naxalites cops ultras jihadis fedayeen vigilantes herdsmen settlers bikers motorcyclists trekkers
    devotees bathers picnickers grandchildren grandsons granddaughters newborns octogenarians farmhands dockworkers
    cleaners helpers crew-members bedouins trainees apprentices mercenaries
    thais nepalis nepalese bangladeshis lankans vietnamese cambodians indonesians malaysians singaporeans danes swedes
    norwegians finns portuguese belgians swiss austrians hungarians czechs slovaks romanians bulgarians georgians
    armenians azerbaijanis tajiks kyrgyz turkmens belarusians moldovans lithuanians latvians estonians algerians
    moroccans tunisians jordanians saudis yemenis emiratis kuwaitis qataris cypriots congolese rwandans burundians
    ugandans tanzanians zambians zimbabweans malawians mozambicans angolans namibians africans ghanaians ivorians
    senegalese malians nigeriens chadians cameroonians gabonese togolese liberians guineans gambians mauritanians
    eritreans brazilians argentines argentinians uruguayans paraguayans ecuadorians ecuadoreans venezuelans
    panamanians haitians dominicans jamaicans arabs tamils sinhalese uighurs uyghurs tibetans hazaras pashtuns chechens
    tatars druze copts alawites houthis maoists islamists
    """.split()
)
_SUFFIXES: Final = tuple(
    "ists icians men people -goers keepers workers employees fighters hunters ians icans speakers".split()
)
_NOT_SINGULAR: Final = frozenset(
    """
    guide monitor general attendant operator second minor captive follower elder guest local male
    national militia expert critic element family household kurd contra member folk dead marine pole ally female
    executive youth dealer partisan ultra helper cleaner
    """.split()
)
"""Plurals of people whose form without "s" means something else, or is rather an adjective."""
_PERSON: Final = frozenset(
    """
    man woman child boy girl baby infant toddler apprentice trainee recruit teenager youth person wife husband
    policeman policewoman fisherman fireman cameraman businessman businesswoman congressman congresswoman
    councilman councilwoman serviceman crewman gunman militiaman clergyman spokesman spokeswoman salesman
    bodyguard nun priest bishop archbishop mayor minister governor judge lawyer president senator deputy
    ambassador consul skipper journalist student teacher soldier officer guard driver civilian peasant worker passenger
    passerby passer-by bystander member leader guerrilla rebel police-officer secretary missionary chauffeur
    sergeant lieutenant captain colonel corporal major suspect bomber prisoner inmate hostage migrant refugee
    tourist pilot copilot co-pilot commander national frenchman magistrate prosecutor congressperson politician
    cleric imam rabbi monk pastor photographer professor dean rector engineer technician nurse doctor medic
    patient victim pensioner widow orphan shopkeeper vendor cousin nephew niece uncle aunt grandmother
    grandfather mother father brother sister son daughter couple-member neighbor neighbour resident villager mp
    lawmaker protester demonstrator activist dissident unionist candidate militant insurgent terrorist extremist
    separatist congressman legislator grandchild mercenary
    """.split()
)


def _singulars() -> frozenset[str]:
    plurals = (word for word in _PEOPLE if word.endswith("s") and not word.endswith(("ss", "ies", "ves")))
    return frozenset(word[:-1] for word in plurals) - _NOT_SINGULAR


_THINGS: Final = {
    "duration": """
        years year months month weeks week days day hours hour minutes minute seconds second decades decade
        centuries nights year-long
    """,
    "distance": """
        kilometres kilometers kilometre kilometer km kms miles mile metres meters metre meter m yards feet foot
        inches cm mm nm
    """,
    "measure": """
        tonnes tons kilos kilograms kilogrammes kg grams pounds lbs litres liters gallons barrels degrees acres
        hectares kilowatts megawatts knots kilometers-per-hour mph kph volts square cubic
    """,
    "percentage": "percent % per-cent pct percentage",
    "money": """
        dollars dollar euros euro pounds-sterling rubles roubles rupees yen yuan pesos colones intis cruzados
        pesetas bolivars quetzales dinars francs marks lira cents
    """,
    "votes": """
        votes vote ballots seats seat points point goals goal sets runs wickets games matches wins victories
        defeats medals rounds laps tries
    """,
    "sentence of a court": "terms sentences sentence lashes strokes",
    "charges": """
        counts count charges charge offences offenses crimes indictments cases case lawsuits warrants complaints
        violations
    """,
    "projectiles": """
        gunshots gunshot bullets bullet shots cartridges shells shell rockets rocket missiles missile grenades
        grenade bombs bomb mortars mines mine explosives charges-of detonators rounds-of stabs wounds blows
        sticks arrows drones warheads bomblets projectiles explosions explosion blasts blast
    """,
    "weapons": """
        rifles rifle pistols guns gun weapons weapon revolvers machineguns ak-47s m-16s knives machetes carbines
        magazines
    """,
    "buildings": """
        houses house homes home buildings building shops shop stores apartments flats dwellings schools school
        churches mosques hospitals hotels offices bridges towers tower pylons villages village towns town cities
        city huts shacks tents rooms windows doors camps bases base posts outposts stations units-of barracks
        banks bank farms factories plants warehouses pylon installations facilities headquarters embassies
    """,
    "vehicles": """
        cars car trucks truck vehicles vehicle buses bus trains train planes plane aircraft helicopters
        helicopter boats boat ships ship ferries motorcycles motorcycle tanks tank ambulances jeeps vans
        carriages taxis bicycles bikes convoys lorries vessels jets airplanes aeroplanes pickups wagons
    """,
    "animals": """
        cattle cows sheep goats pigs horses chickens birds dogs animals livestock elephants whales fish camels
        donkeys bulls buffaloes poultry turkeys ducks hens tigers lions rhinos dolphins head
        wolves foxes deer bears boars badgers seals sharks crocodiles snakes rats mice monkeys gorillas swans geese
        eagles otters beavers salmon bees wasps hamsters spiders lobsters panthers leopards vipers
    """,
    "places": """
        countries country provinces province regions region districts district states state counties departments
        municipalities neighborhoods neighbourhoods places sites areas locations points-of cantons streets
        blocks islands continents nations governorates prefectures villages-of cemeteries graves grave
    """,
    "organisations": """
        companies firms parties party groups group organisations organizations agencies battalions battalion
        brigades brigade companies-of divisions division units unit teams team clubs unions gangs cells factions
        rivals banks-of jobs job posts-of squads squad platoons platoon columns regiments institutions
        newspapers governments delegations commissions committees families-of
    """,
    "unit name": "commando commandos-of corps infantry regiment squadron fleet army precinct ward",
    "imaginary beings": """
        demons zombies orcs monsters goblins dragons vampires trolls aliens elves ghosts droids cyborgs bosses
        minions undead
    """,
    "happenings": """
        attacks attack incidents incident clashes operations raids raid times time strikes strike protests
        demonstrations marches rallies meetings sessions visits flights flight accidents accident earthquakes
        floods fires fire storms battles wars ambushes massacres-of bombings shootings assaults actions measures
        steps reasons ways attempts checkpoints roadblocks elections events cycles occasions
    """,
    "things": """
        specimen regimen abdomen talisman ottoman documents reports report statements articles article
        resolutions pages books films songs items things copies letters calls messages bags packages boxes kinds
        types parts factors issues questions proposals bills laws decrees agreements treaties plans projects
        programmes programs contracts deals tickets passports photographs pictures computers hectares-of plots
        trees crops crosses flags candles coffins samples tests doses studies data records minutes-of barricades
    """,
    "time of day": "a.m. p.m. am pm o'clock gmt hrs local-time est utc cet",
}
"""Why a number before the noun is refused -> nouns. A noun belongs to the first reason that lists it."""


def _things() -> dict[str, str]:
    table: dict[str, str] = {}
    for reason, words in _THINGS.items():
        table |= {word: reason for word in words.split() if word not in table}
    return table


_UNLISTED_SUFFIXES: Final = tuple(
    """ers ors ars ists ians ans ees eers ants ents ards ites mates wives wrights smiths
    folk lads""".split()
)
"""Ends of nouns in no list that may well be people: "welders", "abseilers"."""

_MODIFIERS: Final = frozenset(
    "suspected alleged presumed confirmed known reported accused convicted unconfirmed".split()
)

NOUNS: Final = NounWords(
    people=_PEOPLE,
    person=_PERSON | _singulars(),
    people_suffixes=_SUFFIXES,
    person_suffixes=("man", "woman", *(f"-of-{n}" for n in "one two three four five six seven eight nine ten".split())),
    unlisted_suffixes=_UNLISTED_SUFFIXES,
    parents=frozenset(
        "mother father parent parents mothers fathers grandmother grandfather grandparents mum mom dad".split()
    ),
    captives=frozenset({"hostages", "hostage", "captives", "captive"}),
    general=frozenset("people persons individuals others victims civilians passengers relatives members".split()),
    modifiers=_MODIFIERS,
    aboard=sequences("aboard | on board"),
    carrying=frozenset("carrying carried transporting".split()),
    things=_things(),
)
