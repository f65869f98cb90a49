"""The word lists that names are recognised by. Lower case; the readable form, one idea a list."""

from __future__ import annotations

from typing import Final

from pipeline.text.lexicon import words

TITLES: Final = words(
    "mr mr. mrs mrs. ms ms. miss mx. dr dr. prof prof. sir lord lady dame baron baroness count "
    "countess duke duchess president president-elect ex-president vice-president premier minister "
    "chancellor king queen prince princess emperor empress sultan emir sheikh sheik shaikh shah imam "
    "ayatollah mullah mufti maulana pope cardinal archbishop bishop patriarch rabbi reverend rev. "
    "pastor father saint general gen. colonel col. major maj. captain capt. lieutenant lt. sergeant "
    "sgt. corporal cpl. admiral adm. commander cmdr. commodore brigadier brig. marshal general-major "
    "senator sen. congressman congresswoman representative rep. governor gov. mayor councillor "
    "councilman alderman ambassador envoy secretary secretary-general sec. director chairman "
    "chairwoman chairperson chair chief judge justice magistrate prosecutor attorney sheriff "
    "inspector detective constable superintendent professor doctor speaker leader spokesman "
    "spokeswoman spokesperson commissioner rapporteur ombudsman treasurer deputy vice undersecretary "
    "under-secretary-general lieutenant-colonel major-general lieutenant-general brigadier-general "
    "co-chair co-founder founder ceo hojatoleslam hajj haji comrade mme. mlle. monsieur madame señor "
    "don doña herr frau hon. messrs. mp msp coach engineer envoy monsignor msgr msgr. col gen capt lt "
    "sgt maj archduke tsar czar chieftain warlord correspondent editor author analyst officer "
    "maj-gen lt-gen lt-col brig-gen maj.-gen. lt.-gen. lt.-col. brig.-gen. rear-admiral vice-admiral vice-chancellor "
    "const. cst. insp. supt. det. pte. spc. pfc. amb. cllr cllr. atty. engr. engr barrister ssp dsp "
    "smt smt. shri thiru ustad alhaji alhaja hajiya mallam malam oba otunba datuk datin tengku mzee daw maître maitre "
    "sayyid sayed"
)
"""Heads of titles: a name may follow."""

NEVER_ALONE: Final = words(
    "prime foreign defence defense interior finance health justice first former acting interim deputy vice assistant "
    "senior special grand supreme crown chief home opposition press executive managing attorney national security "
    "field rear staff"
)
"""Capitalised before a title, these belong to it."""

PORTFOLIOS: Final = words(
    "state foreign affairs defence defense interior finance health justice education trade commerce "
    "labour labor energy agriculture transport transportation information culture environment housing "
    "security homeland treasury planning industry economy economic development tourism sport sports "
    "water oil petroleum public internal external home communications science technology veterans "
    "works social welfare staff"
)
"""What a minister or secretary is "of"."""

ROLES: Final = words(
    "president minister premier chancellor king queen prince princess leader chief chairman "
    "chairwoman director manager coach captain spokesman spokeswoman spokesperson ambassador envoy "
    "senator governor mayor judge prosecutor lawyer attorney journalist reporter correspondent "
    "activist dissident blogger author writer novelist poet singer actor actress musician artist "
    "painter filmmaker producer photographer editor columnist cleric preacher imam bishop pastor "
    "priest rabbi general colonel commander warlord militant dictator candidate nominee lawmaker "
    "legislator congressman congresswoman mp politician diplomat negotiator economist analyst expert "
    "professor scientist researcher doctor surgeon engineer businessman businesswoman entrepreneur "
    "tycoon billionaire oligarch banker founder owner secretary commissioner officer policeman "
    "sergeant soldier pilot astronaut champion striker midfielder defender goalkeeper bowler batsman "
    "golfer boxer swimmer star seed player wife husband brother sister son daughter father mother "
    "uncle nephew cousin widow grandson counterpart successor predecessor rival aide adviser advisor "
    "assistant deputy named called suspect whistleblower gunman attacker defendant victim survivor "
    "resident farmer teacher student witness speaker historian philosopher composer designer "
    "director-general secretary-general president-elect vice-president co-founder ex-president "
    "ex-minister foreman pathologist virologist jockey chef winger goalscorer quarterback pitcher "
    "sprinter cyclist skier gymnast footballer cricketer referee umpire rapper drummer guitarist comedian "
    "broadcaster presenter barrister nurse firefighter fisherman shopkeeper playwright sculptor architect "
    "choreographer conductor violinist pianist dancer"
)
"""Written small directly before a name, these announce a person."""

SAID: Final = words(
    "said says told tells added adds explained argued insisted noted stated warned wrote writes "
    "tweeted replied recalled admitted acknowledged testified resigned smiled laughed died married "
    "born declared claimed denied urged asked thinks thought believes believed joked shouted "
    "commented"
)
"""Verbs whose subject speaks or lives: mostly a person, sometimes a body."""

PERSON_AFTER: Final = words("who whose himself herself")

ORG_HEADS: Final = words(
    "ministry department agency authority council committee commission court parliament assembly "
    "senate congress union party front army navy force forces guard guards brigade brigades battalion "
    "battalions division regiment corps command police movement organisation organization association "
    "federation confederation league alliance coalition institute institution university college "
    "academy school hospital bank fund foundation trust company corporation corp corp. inc inc. ltd "
    "ltd. co. plc llc llp group holdings holding airlines airways airline industries motors news "
    "times post journal herald tribune gazette daily weekly press magazine radio television tv "
    "network broadcasting bureau office service services administration board tribunal secretariat "
    "embassy consulate church initiative forum society club fc cabinet treasury brotherhood jihad "
    "observatory chamber directorate taskforce partnership programme program conference cooperation "
    "enterprises systems technologies studios pictures records entertainment laboratories labs "
    "partners associates securities insurance telecom petroleum observer reserve exchange watch "
    "international militia legion cartel mafia mission committees councils workers veterans rangers "
    "patrol constabulary academy bundesliga orchestra ensemble choir band rifles infantry artillery "
    "squadron fleet airforce aviation consortium syndicate collective campaign lobby congregation "
    "diocese synod caliphate emirate politburo directorate inspectorate universities hospitals "
    "brothers bros bros. sons software pharmaceuticals chemicals mining steel foods stores "
    "restaurants hotels resorts media communications publishing publishers books "
    "university-affiliated parliament's democrats knesset duma bundestag taliban journalists lawyers "
    "engineers physicians athletics united wanderers rovers hotspur fighters martyrs liberation"
)
"""A capitalised run that ends in one of these names an organisation."""

WEAK_ORG_HEADS: Final = words(
    "force forces guard guards command workers veterans rangers brothers sons books records media "
    "international watch campaign martyrs fighters united post times mission exchange conference band "
    "school hospital church service program programme liberation cooperation stores greens steel "
    "works network systems office group club"
)
"""Heads that on their own, without a word before them, are no name."""

ALONE_ORG: Final = words(
    "parliament congress senate knesset duma bundestag treasury taliban vatican army navy cabinet "
    "kremlin pentagon interpol politburo reuters army navy cabinet nato unicef hamas hezbollah"
)
"""Bodies that one capitalised word names."""

OF_HEADS: Final = words(
    "ministry department bank university college council court house office organisation organization "
    "institute institution academy association federation union league party front army commission "
    "committee bureau board church society chamber parliament assembly congress embassy "
    "republic-guard school faculty centre center museum bishopric fund guild order brotherhood "
    "movement agency authority directorate service secretariat tribunal conference alliance coalition "
    "confederation community forum forces corps club group friends doctors sons daughters knights "
    "soldiers companies voice foundation trust ministries departments campaign mission network "
    "partnership initiative programme program archdiocese diocese banks battalion brigade"
)
"""Heads that take "of", "for" or "on" and more capitalised words."""

PLACE_HEADS: Final = words(
    "province region state county district city town village river lake sea ocean gulf bay strait "
    "straits island islands isle isles peninsula mountain mountains mount valley desert canal dam "
    "airport port street avenue road square bridge park border coast hills hill plateau plains strip "
    "oblast krai prefecture governorate municipality republic territory territories kingdom forest "
    "cape basin delta camp base stadium cathedral mosque palace prison highway crossing airfield "
    "creek falls glacier beach boulevard lane plaza township canyon ridge reservoir volcano heights "
    "harbour harbor borough parish neighbourhood neighborhood suburb checkpoint shrine temple castle "
    "tower arena archipelago channel raion voivodeship canton emirates airbase oilfield gate drive "
    "way railway station cemetery ranch island's reef"
)
"""A capitalised run that ends in one of these names a place."""

SMALL_PLACE_HEADS: Final = words(
    "province region oblast governorate prefecture district county peninsula valley municipality raion"
)
"""Written small after a name these say that it is a division's; they are no part of it: "Mangystau region"."""

PLACE_PREFIXES: Final = words(
    "mount lake mt. fort port camp cape san santa saint st. gulf isle bay strait río rio el puerto"
)

FORMER_PLACES: Final = frozenset(
    {"soviet union", "ottoman empire", "roman empire", "british empire", "east germany", "west germany", "green zone",
     "far east", "eastern bloc", "iron curtain", "holy land", "third reich", "austria-hungary", "persian empire"}
)  # fmt: skip
"""Places that no gazetteer of today has, and that look like bodies."""

UNITS: Final = words(
    "division brigade battalion regiment corps army fleet squadron infantry wing group company "
    "platoon airborne cavalry marine armoured armored fighter mechanized mountain"
)
"""An ordinal before these belongs to the name: "101st Airborne Division"."""

DIRECTIONS: Final = words(
    "north south east west northern southern eastern western central upper lower greater inner outer new"
)

PLACE_JOINERS: Final = frozenset({"and", "of", "&"})
"""Small words that names of places have inside: "Bosnia and Herzegovina"."""

PLACE_BEFORE: Final = words(
    "in at near from outside inside around across throughout within toward towards into through via "
    "between above downtown central northern southern eastern western northeastern northwestern "
    "southeastern southwestern north south east west northeast northwest southeast southwest nearby "
    "neighbouring neighboring visit visited visiting left"
)
"""Before a name, these announce a place."""

SURE_PLACE_BEFORE: Final = words(
    "in near outside inside across throughout within downtown central northern southern eastern western northeastern "
    "northwestern southeastern southwestern nearby neighbouring neighboring"
)
"""Of those, the words that hardly ever stand before a person."""

THING_HEADS: Final = words(
    "agreement agreements accord accords treaty pact convention conventions protocol declaration act "
    "war wars revolution cup championship championships open marathon festival prize award awards "
    "fever flu virus syndrome disease games olympics prix derby index massacre genocide spring "
    "consensus process plan law laws criteria principles"
)
"""After a place these name a treaty, an event or a disease: neither the place nor a body."""

AILMENTS: Final = words("virus fever flu syndrome disease encephalitis")
"""After a name, small or not, these make it a disease's: "Lassa fever"."""

SHIPS: Final = words("uss usns hms hmas hmcs hmnzs rms mv m/v uscgc rfa")
"""Before a name these make it a ship: "USS Carney"."""

STORMS: Final = words("hurricane typhoon cyclone storm")
"""Before a name these make it a storm: "Cyclone Gabrielle"."""

DISHES: Final = words(
    "pie pies cake cakes pudding puddings brioche cheesesteak cheesesteaks omelet omelets omelette omelettes sandwich "
    "sandwiches sprouts pizza pizzas chowder stew curry dressing cheesecake schnitzel goulash"
)
"""After a place, or after one word more, these name a dish: "Boston cream pie"."""

CAR_MAKERS: Final = words(
    "chevrolet toyota nissan hyundai kia honda mazda subaru suzuki mitsubishi volkswagen audi bmw mercedes-benz "
    "peugeot renault citroen citroën fiat volvo skoda škoda lexus buick cadillac chrysler pontiac porsche ferrari opel"
)
"""Before a name these make it a model of car: "Chevrolet Malibu". Makers that are common surnames are left out."""

CLUB_PREFIXES: Final = words(
    "real sporting atletico atlético inter bayern borussia dynamo dinamo spartak lokomotiv zenit "
    "shakhtar olympique fc ac cska partizan rapid racing deportivo athletic hapoel maccabi crvena "
    "eintracht hertha fortuna steaua torpedo"
)
"""Before a city these name a football club."""

PLACE_NOUNS: Final = words(
    "city town village province region district capital county port island state country river suburb neighbourhood"
)
"""`in the city of X`, `the town of X`."""

GIVEN_COUNTRIES: Final = words("israel jordan georgia chad kenya")
"""Countries whose names are given to children so often that a surname after them makes a person."""

ORG_BEFORE: Final = words(
    "group groups company firm giant maker automaker carmaker retailer newspaper magazine broadcaster "
    "agency network station party organisation organization charity movement militia airline bank "
    "website site publisher operator rival militants insurgents rebels startup brand subsidiary label "
    "tribe clan"
)
"""Written small directly before a name, these announce an organisation."""

ORG_AFTER: Final = words(
    "group militants militant fighters fighter rebels rebel insurgents insurgency movement party "
    "shares stock spokesman spokeswoman officials stronghold strongholds guerrillas militia officers "
    "executives employees airlines airline magazine newspaper television"
)
"""Written small directly after a name, these announce an organisation."""

MONTHS_AND_DAYS: Final = words(
    "january february march april may june july august september october november december jan. feb. "
    "mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. feb apr aug sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday mon. tue. wed. thu. fri. sat."
)

FUNCTION_WORDS: Final = words(
    "i i'm i've i'd i'll the a an this that these those he she it its we they you his her our your my "
    "their who what when where why how which there here then than and or but nor so yet if as at by "
    "for from in into of off on onto out over to up with without within not no yes all any both each "
    "either neither some such same other another more most many few much own only just also even ever "
    "never now once still too very well again almost already always often while since until because "
    "although though unless whether before after during between against among about above below under "
    "through across along around behind beside besides beyond despite except inside near outside past "
    "per round toward towards upon via versus vs. is are was were be been being am do does did done "
    "have has had having can could may might must shall should will would let's please thanks ok okay "
    "etc. e.g. i.e. mr mrs amid meanwhile however moreover"
)
"""Words of grammar."""

NEVER_NAMES: Final = (
    MONTHS_AND_DAYS
    | FUNCTION_WORDS
    | words(
        "christmas easter ramadan eid hanukkah diwali thanksgiving halloween god allah internet web "
        "english gmt utc est edt pst bst am pm a.m. p.m. ad bc bce ce tv dvd cd pc ok ceo cfo pm mp "
        "mps gdp aids hiv dna rna covid covid-19 coronavirus omicron ebola sars h1n1 h5n1 usd eur gbp "
        "vip ied ieds rpg rpgs ak-47 wmd uav gps cctv suv phd ph.d. q&a faq diy m.a. b.a. b.sc. m.sc. "
        "dj mc ep lp id ko tba fyi asap rsvp html pdf usb sms http url rss edu km kg mph kph bbl ngo "
        "ngos igo iii ii iv vi vii viii ix xii xiii xiv xv idp idps pow pows no. nos. jr. sr. "
        "islam christianity judaism buddhism hinduism communism nazi nazis marxist marxism quran "
        "koran bible torah muslim muslims christian christians jew jews jewish buddhist buddhists "
        "hindu hindus sikh sikhs sunni sunnis shia shias shiite shiites shi'ite shi'ites catholic "
        "catholics protestant protestants orthodox islamic islamist islamists jihadist jihadists "
        "salafi wahhabi republican democrat democratic conservative tory olympics olympic wi-fi "
        "maoist maoists baathist communist communists leninist western westerners easterners "
        "northerners southerners federal national omg lol wtf btw imo imho smh tbh lmao"
    )
)
"""Capitalised, these are no names of persons, bodies or places."""

ETHNIC: Final = words(
    "arab arabs arabic kurd kurds kurdish african africans european europeans asian asians latin "
    "latino latinos hispanic hispanics american-led uighur uighurs uyghur uyghurs tatar tatars "
    "chechen chechens roma romani gypsy pashtun pashtuns tamil tamils sinhalese tutsi tutsis hutu "
    "hutus yazidi yazidis druze alawite alawites berber berbers bedouin tuareg rohingya tibetan "
    "tibetans hazara hazaras baloch baluch punjabi punjabis sindhi bengali bengalis yoruba igbo hausa "
    "zulu xhosa oromo amhara tigrayan tigrayans inuit maya mayan cherokee navajo apache sioux maori "
    "caucasian slavic slav slavs scandinavian nordic balkan soviet persian persians ottoman mongol "
    "flemish walloon basque basques catalan catalans sicilian bavarian scottish scots welsh english "
    "cornish corsican siberian crimean abkhaz ossetian transnistrian gazan gazans"
)
"""Peoples and adjectives without a country of their own."""

PARTICLES: Final = words(
    "de la del da do dos das di du van von der den bin ibn al el ul ur abu ben bint y ter le zu af ould mac della "
    "ten wa ag bte binte binti"
)
"""Small words inside names of persons and places."""

SURNAME_ENDINGS: Final = (
    "bayev", "baev", "yev", "ov", "ova", "eva", "enko", "vich", "sky", "ski", "skiy", "ska", "shvili", "adze", "idze",
    "yan", "oglu", "sson", "ovic", "ević", "ović", "escu", "zadeh", "poulos", "chuk", "uulu", "kyzy", "nejad",
)  # fmt: skip
"""Endings that mark a surname in some language."""
