"""Russian function words, and the words around a number that change what it means."""

from __future__ import annotations

from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.phrases import Phrases, by_word, joined, listed, sequences
from pipeline.figures.plain_frames import plain_frames

_CLASSES: Final = {
    "n": "не нет",
    "B": "был была были было будут оказался оказались",
    "m": "мог могли может могут должен должны",
    "o": "из",
    "c": "и или а но ни",
    "W": "который которая которые которых что кто",
    "w": "когда пока где после   если так потому хотя",
    "p": """в во на с со у к ко по при под над за от для о об через между   вчера сегодня понедельник вторник среду
        четверг пятницу субботу воскресенье января февраля марта апреля мая июня июля августа сентября октября ноября
        декабря здесь там""",
    "s": "сообщил сообщила сообщили сообщает заявил заявила заявили рассказал отметил уточнил подтвердил говорит",
    "v": "атаковали вошли открыли стреляли протестовали напали вышли прошли",
    "j": "также уже только тоже пока",
}
_YEARS_PAST: Final = tuple(map(str, range(1991, 2036)))
_MONTHS: Final = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()

_INTENTS: Final = {
    "demand": """требует требуют потребовал потребовала потребовали требовали добиваются призвал призвала призвали
        призывают просят попросили""",
    "intention": "обещал пообещали обещают",
}

CONTEXT: Final = ContextWords(
    classes=by_word(_CLASSES),
    either=frozenset({"или"}),
    singular_verbs=frozenset("был была".split()),
    be_forms=frozenset("был была были было".split()),
    adverbs=frozenset("тяжело легко серьезно серьёзно жестоко временно".split()),
    adverb_suffix="\x00",
    nobody=frozenset("никто никого".split()),
    negations=frozenset("не нет никто ни".split()),
    small_months=True,
    months={name: n for n, name in enumerate(_MONTHS, start=1)},
    weekdays={
        name: n for n, name in enumerate("понедельник вторник среду четверг пятницу субботу воскресенье".split())
    },
    relative_days={"сегодня": 0, "вчера": 1},
    period_openers=sequences("с начала | за последние | с момента | за последний"),
    units_of_time=frozenset("день месяц неделю год час ночь сутки".split()),
    long_units=frozenset("месяц месяца месяцев год года лет".split()),
    plural_units_of_time=frozenset({"лет", "года"}),
    intents={word: reason for reason, words in _INTENTS.items() for word in words.split()},
    frames=plain_frames(
        flight=("бежали", "бежало", "бежал"),
        runaways="""заключённых заключенных осуждённых осужденных арестантов нападавших подозреваемых преступников
            грабителей боевиков задержанных""",
        scenes="тюрьмы колонии сизо места автомобиле машине магазина",
        dwellers="жителей семей беженцев граждан мирных",
        players="футболистов футболиста футболисты хоккеистов хоккеиста игроков игрока спортсменов спортсмена",
        games="тренер матч матче матча лига лиги чемпионате чемпионата турнира",
        not_games="полиция взрыв взрыва теракт давка давки давке погибли болельщиков болельщики",
    ),
    modals=frozenset(_CLASSES["m"].split()),
    conditionals=frozenset({"если"}),
    hedges=frozenset("предположительно вероятно возможно якобы видимо".split()),
    denials=frozenset(
        "опроверг опровергла опровергли опровергло опровергает опровергают отрицает отрицают отрицал отрицали".split()
    ),
    withdrawals=frozenset("ложной недостоверной".split()),
    cumulative=Phrases(
        dict.fromkeys(
            (
                *listed("""с начала | на данный момент | за последние | с момента | за последний | в этом году
                    | на сегодняшний день"""),
                *joined("с", " | ".join((*_MONTHS, *_YEARS_PAST))),
            )
        )
    ),
    rate_openers=frozenset({"каждый", "каждую"}),
    rate_words=frozenset("ежедневно ежегодно среднем".split()),
    ago=sequences("спустя"),
    background=sequences("лет назад | года назад | год назад | в прошлом году | годы войны"),
    background_nouns=frozenset("годовщина годовщину годовщины памяти".split()),
    said=frozenset(
        """сообщил сообщила сообщили сообщает заявил заявила заявили рассказал отметил уточнил подтвердил говорит
        утверждает утверждают опроверг опровергла опровергли опровергло опровергает отрицает отрицают насчитали
        подтвердила подтвердили рассказала рассказали отметили уточнили заявляет заявляют""".split()
    ),
    according=Phrases(dict.fromkeys(listed("по словам | по данным | по информации | как сообщает | по сообщению"))),
    age_units=frozenset("лет года год месяцев".split()),
    age_endings=(
        "-летний", "-летняя", "-летнего", "-летнюю", "-летней", "-летние", "-летних", "-месячный", "-месячная",
        "-месячного",
    ),
    number_labels=by_word({"flight number": "рейс", "article of law": "статья статьи закон", "label": "№ страница"}),
    money=frozenset("$ € ₽ ₴".split()),
    percent=sequences("% | процентов | процента"),
    ratio_word="из",
    ratio_wholes=frozenset({10, 100, 1000}),
    of_the=frozenset({"из"}),
    among=frozenset({"среди"}),
    ratio_links=sequences("из | из каждых"),
    year_prepositions=frozenset("в с до после".split()),
    joiners_of_days=frozenset("и или по , - –".split()),
)  # fmt: skip
