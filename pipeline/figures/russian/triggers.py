"""Russian words and phrases that say what happened to people."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import Form, Kinded, Trigger, TriggerWords
from pipeline.figures.phrases import Phrases, joined, listed
from schemas.enrichment import FigureKind

_PARTICIPLES: Final[dict[FigureKind, str]] = {
    "killed": "убит казнен казнён расстрелян застрелен обезглавлен ликвидирован зарезан",
    "injured": "ранен травмирован",
    "detained": "задержан арестован схвачен",
    "abducted": "похищен",
    "displaced": "эвакуирован",
    "released": "освобожден освобождён отпущен выпущен",
    "hospitalised": "госпитализирован",
}
"""Short forms, which are never adjectives before a noun, and need no auxiliary."""
_ACTIVE: Final[dict[FigureKind, str]] = {
    "killed": """убил убила убили убило убивает убивают расстрелял расстреляли убив расстреляв застрелив застрелил
        застрелила застрелили казнил
        казнила казнили ликвидировали уничтожили зарезал""",
    "injured": "ранил ранила ранили ранило ранив травмировал травмировала",
    "detained": """задержал задержала задержали задерживает задерживают арестовал арестовала арестовали арестовало
        задержало
        схватили арестовывают""",
    "abducted": "похитил похитила похитили похитило",
    "displaced": "эвакуировали эвакуировала эвакуировал эвакуировало",
    "released": "освободил освободила освободили освободило отпустил отпустила отпустили",
    "hospitalised": "госпитализировали",
}
_INTRANSITIVE: Final[dict[FigureKind, str]] = {
    "killed": """погиб погибла погибли погибло умер умерла умерли умерло скончался скончалась скончались скончалось
        утонул
        утонули утонуло гибнут сгорели задохнулись""",
    "injured": "пострадал пострадала пострадали пострадало",
    "missing": "исчезли исчез исчезла",
    "displaced": "бежали бежало",
}
_NOUNS: Final[dict[FigureKind, str]] = {
    "killed": "погибших погибшие погибшими убитых убитые смертей трупов трупа",
    "injured": "раненых раненые ранеными пострадавших пострадавшие пострадавшими",
    "casualties": "жертв жертвы жертвах",
    "missing": "пропавших",
    "detained": "задержанных арестованных задержаний арестов задержаниях",
    "abducted": "похищенных",
    "displaced": "переселенцев",
}
_HAPPENINGS: Final[dict[FigureKind, str]] = {
    "killed": "убийств убийства казней",
    "detained": "задержания ареста",
    "abducted": "похищений похищения",
    "missing": "исчезновений исчезновения",
}
"""Counted, besides the nouns."""
_BODIES: Final = "тел тела"
_FOUND: Final = "нашли найдены найдено обнаружены обнаружено обнаружили извлекли извлечены извлечено подняли достали"
_NOMINAL: Final[dict[FigureKind, str]] = {
    "killed": "гибель гибели убийство убийства убийстве убийству смерть смерти казнь казни расстрел расстрела",
    "detained": "задержание задержания задержании арест аресте ареста",
    "abducted": "похищение похищения похищении",
    "released": "освобождение освобождения освобождении",
    "displaced": "эвакуация эвакуации эвакуацию",
}
_DISASTERS: Final = """взрыва | взрывов | обстрела | обстрелов | землетрясения | наводнения | наводнений | пожара
    | пожаров | аварии | теракта | терактов | нападения | нападений | атаки | удара | ударов | катастрофы
    | авиакатастрофы | дтп | стрельбы | крушения | оползня | урагана | тайфуна | столкновения | столкновений | паводка
    | бомбардировки | бомбардировок | давки | эпидемии | лавины | перестрелки | циклона | цунами"""
_HARMED: Final[dict[FigureKind, str]] = {
    "casualties": "жертвах",
    "killed": "погибших",
    "injured": "пострадавших | раненых",
}
"""Of what nobody reports."""


def _words() -> dict[str, Trigger]:
    words = {noun: Trigger(kind, "toll") for kind, nouns in _NOUNS.items() for noun in nouns.split()}
    for kind, stems in _PARTICIPLES.items():
        words |= {stem + end: Trigger(kind, "intransitive") for stem in stems.split() for end in ("", "а", "о", "ы")}
    words |= {verb: Trigger(kind, "active") for kind, verbs in _ACTIVE.items() for verb in verbs.split()}
    words |= {verb: Trigger(kind, "intransitive") for kind, verbs in _INTRANSITIVE.items() for verb in verbs.split()}
    return words


def _weak() -> frozenset[str]:
    """Verbs of which flights, accounts, villages, ships and fires are the object as often."""
    stems = "задержан арестован эвакуирован освобожден освобождён отпущен выпущен ликвидирован схвачен"
    verbs = " ".join(_ACTIVE[kind] for kind in ("detained", "displaced", "released"))
    return frozenset(
        [*(stem + end for stem in stems.split() for end in ("", "а", "о", "ы")), *verbs.split(), "ликвидировали",
         "уничтожили", "сгорели", "пострадали", "пострадало", "исчезли"]
    )  # fmt: skip


_COUNTS: Final = "число | количество"
_FORMS: Final[dict[tuple[FigureKind, Form], tuple[str, ...]]] = {
    ("killed", "toll"): joined(_COUNTS, "погибших | жертв | убитых | погибших в результате | смертей"),
    ("injured", "toll"): joined(_COUNTS, "раненых | пострадавших"),
    ("detained", "toll"): joined(_COUNTS, "задержанных | арестованных"),
    ("missing", "toll"): joined(_COUNTS, "пропавших | пропавших без вести"),
    ("displaced", "toll"): joined(_COUNTS, "беженцев | переселенцев | эвакуированных"),
    ("killed", "intransitive"): listed("лишились жизни | расстались с жизнью | были найдены мертвыми"),
    ("killed", "active"): (
        *joined("жертвами | жертвой", _DISASTERS, "стали | стал | стала | стало"),
        *listed("жертвами стали | потеряли убитыми"),
    ),
    ("injured", "intransitive"): joined(
        "получили | получил | получила | получило", "ранения | травмы | ожоги | увечья | ранение | осколочные ранения"
        " | тяжелые ранения | тяжёлые ранения | различные травмы"
    ),
    ("injured", "active"): joined("ранения | травмы | ожоги", "получили | получил | получила"),
    ("missing", "intransitive"): (
        *joined("пропали | пропал | пропала | пропало", "без вести"),
        *joined("числятся | считаются | остаются | числится | считается", "пропавшими без вести | пропавшими"
                " | пропавшим без вести | пропавшей без вести"),
        *joined("пропавшими без вести", "числятся | считаются | остаются"),
    ),
    ("missing", "active"): joined("без вести", "пропали | пропал | пропало | пропала"),
    ("displaced", "intransitive"): (
        *joined("покинули | были вынуждены покинуть | вынуждены покинуть | вынуждены были покинуть",
                "свои дома | дома | зону боевых действий | страну | родные места | место жительства"),
        *listed("""остались без крова | вынуждены были бежать | были вынуждены бежать | остались без жилья
            | стали беженцами | стали вынужденными переселенцами | стали внутренне перемещенными лицами"""),
    ),
    ("displaced", "active"): joined("без крова | без жилья", "остались | осталось"),
    ("abducted", "intransitive"): listed("взяты в заложники | захвачены в заложники"),
    ("abducted", "active"): listed("взял в заложники | взяли в заложники | захватили в заложники"),
    ("detained", "intransitive"): (
        *joined("взяты | заключены | помещены | взят | заключен | заключён | взята", "под стражу"),
        *joined("отправлены | помещены | отправлен", "в сизо | под домашний арест | под арест"),
        *joined("находятся | остаются | содержатся", "под арестом | под стражей | в сизо | в заключении"),
        *listed("взяты в плен | взят в плен"),
    ),
    ("detained", "active"): (
        *listed("под стражу взяты | под стражу взят | взяли под стражу | взяли в плен"),
        *joined("под арестом | под стражей | в сизо", "находятся | остаются | содержатся"),
    ),
    ("released", "intransitive"): (
        *joined("вышли | вышел | вышла", "на свободу"), *listed("обрели свободу | вернулись из плена"),
    ),
    ("released", "active"): listed("на свободу вышли | на свободу вышел | из плена вернулись | вышли на свободу"),
    ("hospitalised", "intransitive"): joined(
        "доставлены | доставлен | доставлена | попали | доставлено", "в больницу | в больницы | в стационар"
    ),
    ("hospitalised", "active"): joined(
        "в больницу | в больницы", "доставлены | доставлен | попали | доставлено | доставили"
    ),
}  # fmt: skip
_PHRASES: Final[dict[str, Trigger | Kinded | str]] = {
    **{phrase: Trigger(kind, form) for (kind, form), phrases in _FORMS.items() for phrase in phrases},
    **dict.fromkeys(listed("в том числе | в их числе | среди них | из них | включая | в числе которых"), "u"),
    **dict.fromkeys(listed("а также | вместе с"), "c"),
    **dict.fromkeys(listed("в результате | во время | в ходе | по данным | на западе | на востоке"), "p"),
    **dict.fromkeys(
        joined("унес | унёс | унесла | унесли | унесло", "жизни | жизнь"), Trigger("killed", "active")
    ),
    **dict.fromkeys(listed("без жертв | обошлось без жертв"), Kinded("z", "casualties")),
    **dict.fromkeys(listed("без пострадавших | обошлось без пострадавших"), Kinded("z", "injured")),
    **dict.fromkeys(listed("без погибших | обошлось без погибших"), Kinded("z", "killed")),
    "не пострадал никто": Kinded("z", "injured"),
    "тела": "L",
    **{
        phrase: Kinded("z", kind, "no report")
        for kind, nouns in _HARMED.items()
        for phrase in (
            *joined("информации о | данных о | сообщений о | сведений о", nouns,
                    "нет | не поступало | пока нет | пока не поступало | не поступали"),
            *joined("о", nouns, "не сообщается | не сообщалось | пока не сообщается"),
        )
    },
}  # fmt: skip

TRIGGERS: Final = TriggerWords(
    words=_words(),
    nominal={noun: kind for kind, nouns in _NOMINAL.items() for noun in nouns.split()},
    phrases=Phrases(_PHRASES),
    events={noun: kind for table in (_NOUNS, _HAPPENINGS) for kind, nouns in table.items() for noun in nouns.split()}
    | dict.fromkeys(_BODIES.split(), "killed"),
    guarded_events={noun: frozenset(_FOUND.split()) for noun in _BODIES.split()},
    toll_links=frozenset(
        """до на : составило составила достигло достигла превысило превысила составляет увеличилось выросло
        возросло""".split()
    ),
    exceeding=frozenset("превысило превысила превышает".split()),
    weak=_weak(),
    body_words=frozenset({"тела"}),
    judicial=frozenset("суд приговор приговору".split()),
)
