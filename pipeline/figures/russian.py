"""Russian, at a first level: the killed, injured, missing, detained, abducted, displaced and released of plain reports.

Nouns and numerals are listed in the cases that follow a number or a bound; verbs in the past tense. Not read:
infinitives and futures (threats, plans), fiction, frames. Source: own knowledge of Russian agency style.
"""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.lexicon import Lexicon, NounWords, NumberWords, Trigger, TriggerWords
from pipeline.figures.phrases import Phrases, by_phrase, by_word, listed, sequences
from schemas.enrichment import FigureKind

_NUMERALS: Final = {
    2: "два две двух двое двоих двум", 3: "три трёх трех трое троих трём", 4: "четыре четырёх четырех четверо четверых",
    5: "пять пяти пятеро пятерых", 6: "шесть шести шестеро шестерых", 7: "семь семи семеро семерых",
    8: "восемь восьми", 9: "девять девяти", 10: "десять десяти", 11: "одиннадцать одиннадцати",
    12: "двенадцать двенадцати", 13: "тринадцать тринадцати", 14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати", 16: "шестнадцать шестнадцати", 17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати", 19: "девятнадцать девятнадцати", 20: "двадцать двадцати",
    30: "тридцать тридцати", 40: "сорок сорока", 50: "пятьдесят пятидесяти", 60: "шестьдесят шестидесяти",
    70: "семьдесят семидесяти", 80: "восемьдесят восьмидесяти", 90: "девяносто девяноста", 100: "сто ста",
    200: "двести двухсот", 300: "триста трёхсот трехсот", 400: "четыреста четырёхсот", 500: "пятьсот пятисот",
    600: "шестьсот шестисот", 700: "семьсот семисот", 800: "восемьсот восьмисот", 900: "девятьсот девятисот",
    1000: "тысяча  ",
}  # fmt: skip
_BEFORE: Final = {
    "at_least": "не менее | не меньше | как минимум | по меньшей мере | более | больше | свыше | минимум",
    "at_most": "до | не более | не больше | максимум | менее",
    "about": "около | порядка | примерно | приблизительно | почти | ориентировочно",
    "exact": "ещё | еще | все | эти | ровно | в общей сложности | всего | другие | остальные",
}
_VAGUE: Final = {
    3: "несколько | нескольких | много | многие",
    20: "десятки | десятков",
    200: "сотни | сотен",
    2_000: "тысячи | тысяч",
    20_000: "десятки тысяч | десятков тысяч",
    200_000: "сотни тысяч | сотен тысяч",
}

NUMBERS: Final = NumberWords(
    units={word: n for n, words in _NUMERALS.items() for word in words.split()},
    multipliers={
        "тысяча": 1_000, "тысячи": 1_000, "тысяч": 1_000, "тыс": 1_000, "тыс.": 1_000, "миллион": 1_000_000,
        "миллиона": 1_000_000, "миллионов": 1_000_000, "млн": 1_000_000, "десятка": 10, "десятков": 10,
    },
    inner={"один": 1, "одна": 1, "одного": 1},
    vague=Phrases(by_phrase(_VAGUE)),
    bounds_before=Phrases({p: bound for bound, phrases in _BEFORE.items() for p in listed(phrases)}),
    bounds_after=Phrases({}),
    range_words=frozenset({"-", "–"}),
    range_openers={"от": "до"},
    increments=frozenset("ещё еще".split()),
    part_pronouns=frozenset({"них"}),
)  # fmt: skip

_PARTICIPLES: Final[dict[FigureKind, str]] = {
    "killed": "убит казнен казнён расстрелян застрелен обезглавлен ликвидирован",
    "injured": "ранен травмирован",
    "detained": "задержан арестован схвачен",
    "abducted": "похищен",
    "displaced": "эвакуирован",
    "released": "освобожден освобождён отпущен",
    "hospitalised": "госпитализирован",
}
_ACTIVE: Final[dict[FigureKind, str]] = {
    "killed": "убил убила убили убило расстрелял расстреляли застрелил застрелили казнили ликвидировали уничтожили",
    "injured": "ранил ранила ранили ранило",
    "detained": "задержал задержала задержали арестовал арестовала арестовали схватили задерживает задерживают",
    "abducted": "похитил похитили  ",
    "displaced": "эвакуировали эвакуировала",
    "released": "освободил освободили отпустили",
}
_INTRANSITIVE: Final[dict[FigureKind, str]] = {
    "killed": "погиб погибла погибли погибло умер умерла умерли умерло скончался скончались утонули утонуло гибнут",
    "injured": "пострадал пострадала пострадали пострадало",
    "missing": "исчезли исчез",
    "displaced": "бежали бежало",
}
_NOUNS: Final[dict[FigureKind, str]] = {
    "killed": "погибших погибшие погибшими убитых убитые смертей трупов трупа  ",
    "injured": "раненых раненые раненными пострадавших пострадавшие",
    "casualties": "жертв жертвы",
    "missing": "пропавших",
    "detained": "задержанных арестованных задержаний арестов",
    "abducted": "похищенных  ",
    "displaced": "  переселенцев",
}
_NOMINAL: Final[dict[FigureKind, str]] = {
    "killed": "гибель гибели убийство убийства убийстве смерть смерти казнь казни расстрел",
    "detained": "задержание задержания арест аресте",
    "abducted": "похищение похищения похищении",
    "released": "освобождение освобождения",
    "displaced": "эвакуация эвакуации",
}


def _words() -> dict[str, Trigger]:
    words = {noun: Trigger(kind, "toll") for kind, nouns in _NOUNS.items() for noun in nouns.split()}
    for kind, stems in _PARTICIPLES.items():
        words |= {stem + end: Trigger(kind, "participle") for stem in stems.split() for end in ("", "а", "о", "ы")}
    words |= {verb: Trigger(kind, "active") for kind, verbs in _ACTIVE.items() for verb in verbs.split()}
    words |= {verb: Trigger(kind, "intransitive") for kind, verbs in _INTRANSITIVE.items() for verb in verbs.split()}
    return words


_PHRASES: Final[dict[str, Trigger | str]] = {
    **dict.fromkeys(
        listed("""число погибших | количество погибших | число жертв | количество жертв | число убитых
            | число погибших в результате"""),
        Trigger("killed", "toll"),
    ),
    **dict.fromkeys(
        listed("число раненых | число пострадавших | количество раненых | количество пострадавших"),
        Trigger("injured", "toll"),
    ),
    **dict.fromkeys(listed("число задержанных | количество задержанных"), Trigger("detained", "toll")),
    **dict.fromkeys(listed("лишились жизни | расстались с жизнью"), Trigger("killed", "intransitive")),
    **dict.fromkeys(
        listed(
            "получили ранения | получили травмы | получил ранения | получил травмы | получили ожоги | получило травмы"
        ),
        Trigger("injured", "intransitive"),
    ),
    **dict.fromkeys(
        listed("пропали без вести | пропал без вести | пропало без вести | числятся пропавшими без вести"),
        Trigger("missing", "intransitive"),
    ),
    **dict.fromkeys(
        listed("покинули свои дома | покинули дома | остались без крова | вынуждены были бежать"),
        Trigger("displaced", "intransitive"),
    ),
    **dict.fromkeys(
        listed("взяты в заложники | взял в заложники | взяли в заложники"), Trigger("abducted", "participle")
    ),
    **dict.fromkeys(listed("в том числе | в их числе | среди них | из них | включая"), "u"),
    **dict.fromkeys(listed("а также | вместе с"), "c"),
    **dict.fromkeys(listed("в результате | во время | в ходе | по данным | на западе | на востоке"), "p"),
    **dict.fromkeys(listed("без жертв | без пострадавших | обошлось без жертв | обошлось без пострадавших"), "z"),
    **dict.fromkeys(listed("не пострадал никто"), "z"),
}

TRIGGERS: Final = TriggerWords(
    words=_words(),
    nominal={noun: kind for kind, nouns in _NOMINAL.items() for noun in nouns.split()},
    phrases=Phrases(_PHRASES),
    events={noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()},
    toll_links=frozenset("до на : составило достигло превысило составляет увеличилось выросло".split()),
    weak=frozenset("освободил освободили отпустили уничтожили".split()),
    judicial=frozenset("суд приговор приговору".split()),
)

_PEOPLE: Final = """человек человека людей люди детей ребенка ребёнка женщин женщины мужчин мужчины девочек мальчиков
    подростков подростка жителей жителя граждан гражданина военных военнослужащих военнослужащего
    солдат солдата офицеров офицера
    полицейских полицейского милиционеров сотрудников сотрудника боевиков боевика террористов террориста повстанцев
    повстанца демонстрантов протестующих митингующих активистов активиста журналистов журналиста студентов студента
    школьников школьника учителей врачей врача медиков рабочих шахтёров шахтеров горняков горняка рыбаков рыбака
    туристов туриста пассажиров пассажира водителей беженцев мигрантов заложников заложника пленных
    заключенных заключённых
    священников священника монахов крестьян фермеров пожарных спасателей спасателя миротворцев чиновников депутатов
    судей матросов моряков лётчиков летчиков иностранцев россиян украинцев семей родственников паломников
    лесорубов лесоруба ткачей добровольцев пенсионеров младенцев подозреваемых участников участника пастухов поваров
    повара боевики солдаты полицейские жители дети военные журналисты студенты активисты повстанцы террористы шахтеры"""
_PERSON: Final = """мужчина женщина ребенок ребёнок солдат офицер полицейский военнослужащий журналист активист студент
    водитель боевик житель жительница гражданин подросток девочка мальчик врач учитель священник рыбак шахтер депутат"""
_THINGS: Final = {
    "duration": "лет года год месяцев месяца недель недели дней дня часов часа минут минуты секунд суток",
    "distance": "километров километра км метров метра миль сантиметров",
    "measure": "тонн тонны килограммов граммов литров гектаров градусов",
    "money": "долларов доллара евро рублей рубля гривен гривны тенге долл.",
    "votes": "голосов мандатов очков голов матчей матча медалей баллов",
    "projectiles": "выстрелов пуль бомб ракет ракеты гранат снарядов взрывов мин дронов беспилотников",
    "buildings": "домов дома зданий здания школ больниц церквей магазинов мостов квартир",
    "vehicles": "автомобилей автомобиля машин машины грузовиков автобусов самолётов самолетов вертолётов лодок танков",
    "animals": "коров овец коз лошадей собак кур животных  ",
    "places": "стран областей районов городов городах посёлков сёл деревень регионов",
    "organisations": "компаний партий групп организаций команд батальонов",
    "happenings": "атак нападений столкновений операций протестов раз встреч поездок боёв",
    "charges": "дел обвинений",
    "percentage": "процентов процента %",
}

_CLASSES: Final = {
    "n": "не нет",
    "B": "был была были было будут оказался оказались",
    "m": "мог могли может могут должен должны",
    "c": "и или а но ни",
    "W": "который которая которые которых что кто",
    "w": "когда пока где после   если так потому хотя",
    "p": """в во на с со у к ко по при под над за из от для о об через между   вчера сегодня понедельник вторник среду
        четверг пятницу субботу воскресенье января февраля марта апреля мая июня июля августа сентября октября ноября
        декабря здесь там""",
    "s": "сообщил сообщила сообщили сообщает заявил заявила заявили рассказал отметил уточнил подтвердил говорит",
    "v": "атаковали вошли открыли стреляли протестовали напали вышли прошли",
    "j": "также уже только тоже",
}
_MONTHS: Final = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()

CONTEXT: Final = ContextWords(
    classes=by_word(_CLASSES),
    either=frozenset({"или"}),
    singular_verbs=frozenset("был была".split()),
    be_forms=frozenset("был была были было".split()),
    adverbs=frozenset("тяжело легко серьезно серьёзно жестоко временно".split()),
    adverb_suffix="\x00",
    nobody=frozenset("никто никого".split()),
    negations=frozenset("не нет никто ни".split()),
    months={name: n for n, name in enumerate(_MONTHS, start=1)},
    weekdays={
        name: n for n, name in enumerate("понедельник вторник среду четверг пятницу субботу воскресенье".split())
    },
    relative_days={"сегодня": 0, "вчера": 1},
    period_openers=sequences("с начала | за последние | с момента | за последний"),
    units_of_time=frozenset("день месяц неделю год час ночь сутки".split()),
    long_units=frozenset("месяц месяца месяцев год года лет".split()),
    plural_units_of_time=frozenset({"лет"}),
    modals=frozenset(_CLASSES["m"].split()),
    conditionals=frozenset({"если"}),
    hedges=frozenset("предположительно вероятно возможно якобы видимо".split()),
    denials=frozenset("опроверг опровергла опровергли отрицает отрицают опровергает".split()),
    withdrawals=frozenset("ложной недостоверной".split()),
    cumulative=sequences("с начала | на данный момент | за последние | с момента | за последний"),
    rate_openers=frozenset({"каждый", "каждую"}),
    rate_words=frozenset("ежедневно ежегодно среднем".split()),
    background=sequences("лет назад | года назад | год назад | в прошлом году | годы войны"),
    background_nouns=frozenset("годовщина годовщину годовщины памяти".split()),
    said=frozenset(
        """сообщил сообщила сообщили сообщает заявил заявила заявили рассказал отметил уточнил подтвердил говорит
        утверждает утверждают опроверг""".split()
    ),
    according=Phrases(dict.fromkeys(listed("по словам | по данным | по информации | как сообщает | по сообщению"))),
    number_labels=by_word({"flight number": "рейс", "article of law": "статья статьи закон", "label": "№ страница"}),
    money=frozenset("$ € ₽ ₴".split()),
    percent=sequences("% | процентов | процента"),
    ratio_word="из",
    ratio_links=sequences("из | из каждых"),
    year_prepositions=frozenset("в с до после".split()),
    joiners_of_days=frozenset("и или , - –".split()),
)

NOUNS: Final = NounWords(
    people=frozenset(_PEOPLE.split()),
    person=frozenset(_PERSON.split()),
    unlisted_suffixes=("ников", "телей", "истов", "цев"),
    things=by_word(_THINGS),
)

LEXICON: Final = Lexicon(
    numbers=NUMBERS,
    triggers=TRIGGERS,
    nouns=NOUNS,
    context=CONTEXT,
    grammar=frozenset({"verb_first", "negation_last", "genitive"}),
)
