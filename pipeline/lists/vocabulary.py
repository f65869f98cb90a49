"""Words of names that say nothing about who is meant."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES: Final = _words(
    "al el as ash ad an ar at az us ul ud ur bin ibn bint ben binti van von der den de del della dos da das do di du "
    "la le los las y e zu ter na ould wuld walad mc st"
)
"""Articles, "son of" and the like: newsrooms keep or drop them as they please."""

HONORIFICS: Final = _words(
    "mr mrs ms miss dr doctor prof professor sir lord lady sheikh shaykh sheik shaikh cheikh haji hajji hadji hajj haj "
    "hadj alhaji mullah mulla maulavi mawlawi maulawi molvi qari ustad ustaz mufti imam ayatollah hojatoleslam "
    "hojjatoleslam sayyid sayyed sayed seyed seyyed syed sardar malik gen general maj major col colonel lt lieutenant "
    "capt captain sgt sergeant brig brigadier cmdr commander adm admiral marshal gov governor pres president minister "
    "sen senator judge justice rev reverend father bishop monsieur madame don dona herr frau engineer eng jr "
    "sr ii iii iv u daw"
)

LEGAL_FORMS: Final = _words(
    "ltd limited llc llp lp inc incorporated corp corporation co company plc gmbh ag kg sa sas sarl srl spa nv bv ab "
    "as asa oy oyj ao oao ooo zao pao pjsc ojsc cjsc jsc llp pte pty sdn bhd pvt private public joint stock society "
    "aktiengesellschaft gesellschaft mbh holding holdings group fze fzco fzc dmcc cv rl de sro doo ead ood kft zrt "
    "limitada ltda anonim sirketi as tas unipessoal eood jsco aktiebolag aktieselskab dac lda societe anonyme "
    "liability gesellschaft beschrankter haftung aktsionernoye spolka z o raspundere limitata societatea cu mit "
    "otvetstvennostyu ogranichennoi ogranichennoy obshchestvo obschestvo aktsionernoe publichnoe zakrytoe otkrytoe"
)
"""Legal forms and the words that they are spelt out with."""

LEGAL_PHRASES: Final = (
    ("open", "joint"),
    ("closed", "joint"),
    ("public", "joint"),
    ("s", "p", "a"),
    ("s", "a", "s"),
    ("s", "a"),
    ("n", "v"),
    ("a", "s"),
    ("l", "l", "c"),
    ("p", "l", "c"),
    ("s", "r", "l"),
    ("l", "p"),
    ("c", "v"),
    ("s", "c"),
    ("s", "ca"),
    ("mv",),
    ("mt",),
)
"""Words that are part of a legal form (or of a ship's prefix) together only."""

NUMBERS: Final = {
    word: str(number)
    for number, words in enumerate(
        "zero one,first,1st two,second,2nd three,third,3rd four,fourth,4th five,fifth,5th six,sixth,6th "
        "seven,seventh,7th eight,eighth,8th nine,ninth,9th ten,tenth,10th eleven twelve".split()
    )
    for word in words.split(",")
}
ROMAN: Final = _words("ii iii iv vi vii viii ix xi xii")

NICKNAMES: Final = {
    short: long
    for long, shorts in {
        "alexander": "alex sasha sandy",
        "andrew": "andy drew",
        "anthony": "tony",
        "benjamin": "ben benny",
        "charles": "charlie chuck",
        "christopher": "chris",
        "daniel": "dan danny",
        "david": "dave davey",
        "dmitry": "dima mitya",
        "edward": "ed eddie ned",
        "elizabeth": "liz beth betty",
        "francisco": "paco pancho",
        "james": "jim jimmy jamie",
        "john": "johnny jack",
        "jose": "pepe",
        "joseph": "joe joey",
        "katherine": "kate cathy katie",
        "kenneth": "ken kenny",
        "margaret": "maggie peggy meg",
        "matthew": "matt",
        "michael": "mike mick mikey",
        "nicholas": "nick nicky",
        "patrick": "paddy pat",
        "peter": "pete",
        "richard": "rick dick rich richie",
        "robert": "bob rob bobby robbie",
        "ronald": "ron ronnie",
        "samuel": "sam sammy",
        "stephen": "steve",
        "theodore": "ted teddy",
        "thomas": "tom tommy",
        "timothy": "tim timmy",
        "vladimir": "vova volodya",
        "william": "bill will billy willy",
    }.items()
    for short in shorts.split()
}

FILLERS: Final = _words("the of and for in on & und et y e i de la le du des del della di da al s")
"""Words of grammar in the names of bodies."""

COMMON_NAMES: Final = _words(
    "muhammad mohammed mohammad mohamed muhammed ahmad ahmed ali hassan hasan hussein hussain husayn hossein abdullah "
    "ibrahim omar umar khalid khaled yusuf yousef mustafa mahmoud mahmud mohsen said saeed salim salem hamid khan shah "
    "john james robert michael william david richard thomas paul mark peter george smith johnson brown jones miller "
    "williams davis wilson jose juan carlos luis maria antonio francisco manuel jorge garcia lopez martinez rodriguez "
    "gonzalez hernandez perez sanchez ramirez ramos ivan ivanov sergei sergey aleksandr alexander vladimir andrei "
    "dmitry petrov kim lee park choi chen wang li zhang liu singh kumar"
)
"""Names of so many that two of them together tell nobody."""

VARIANTS: Final = {
    spelling: usual
    for usual, spellings in {
        "alexander": "aleksandr aliaksandr oleksandr alyaksandr alexandre aleksandar aleksander alexandr alejandro",
        "andrew": "andrei andrey andrii andriy andrej andrzej andre andreas andres",
        "anna": "hanna ganna",
        "anton": "antonio anthony antony antoni",
        "dmitry": "dmitri dmitriy dmitrii dmytro dzmitry dzmitryy dimitri",
        "eugene": "evgeny evgenii evgeniy yevgeny yevgeniy yevgenii yevhen yauhen iauhen evgenij yevgeni",
        "galina": "halina halyna",
        "george": "georgy georgii georgiy heorhii georgi heorhi jorge",
        "gregory": "grigory grigorii grigoriy hryhorii ryhor hryhoriy",
        "igor": "ihor ihar",
        "john": "ivan ioan jan johann johannes ian",
        "joseph": "iosif josef jozef yosif jose josip",
        "konstantin": "kanstantsin kostiantyn constantin",
        "maxim": "maksim maksym maxime",
        "michael": "mikhail mykhailo mikhailo mihail mikhael michel miguel mikhaylo mihailo",
        "natalia": "natallia nataliia nataliya natalya natalie",
        "nicholas": "nikolai nikolay nikolaj mikalai mykola nikola nicolas mikola",
        "oleg": "oleh aleh",
        "paul": "pavel pavlo pablo pawel paolo",
        "peter": "petr pyotr piotr petro pedro pierre pjotr petar",
        "sergei": "sergey sergej serhii serhiy siarhei siarhey serge sergio sergii sergiy siargei",
        "svetlana": "sviatlana svitlana",
        "sulayman": "suleiman suleyman soliman sleiman souleymane souleiman sulaiman soleiman solaiman suliman",
        "tatiana": "tatsiana tetiana tatyana tetyana",
        "victor": "viktor viktar wiktor",
        "vladimir": "volodymyr uladzimir uladzimer wladimir vladimer",
        "vyacheslav": "viacheslav viachaslau",
        "yuri": "yury yurii yuriy iurii iury iurij jurij juri",
    }.items()
    for spelling in spellings.split()
}
"""A given name in the languages of one region, by the one that stands for all."""

SHIP_WORDS: Final = _words(
    "vessel vessels ship ships tanker tankers freighter freighters cargo carrier bulker boat boats yacht trawler "
    "ferry barge flagged imo superyacht mv mt"
)
AIRCRAFT_WORDS: Final = _words(
    "aircraft plane planes jet jets airliner airplane helicopter boeing airbus flight flights tail airline airlines"
)
SANCTION_WORDS: Final = _words(
    "sanction sanctions sanctioned sanctioning blacklist blacklisted blacklisting designated designation designate "
    "ofac embargo embargoes freeze frozen delisted delisting listed wanted terrorist terrorists terrorism militant "
    "militants insurgent insurgents narcotics trafficking traffickers launderer laundering cartel kingpin "
    "proliferation "
    "oligarch oligarchs warlord warlords"
)
"""Words that listed people are written about with."""
