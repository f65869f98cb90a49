"""What each rule of the package says, in words: for people who ask why a name was taken for what it is."""

from __future__ import annotations

from typing import Final

FOUND: Final = {
    "names.acronym": "a word of capitals that nothing else explains",
    "names.after_preposition": 'a preposition of place stands before it ("in", "near")',
    "names.announced_organisation": 'a word beside it announces a body ("group", "newspaper")',
    "names.announced_person": "a role stands before it, or it does what persons do",
    "names.announced_place": "the gazetteer knows it, and a word before it announces a place",
    "names.arabic_surname": "an Arabic article begins it",
    "names.body_alone": "a word that is a body's name by itself",
    "names.articled_paper": 'a town or river after a capital "The" inside a sentence: a newspaper',
    "names.bracketed_acronym": "capitals in brackets after a longer name",
    "names.car_maker": "a maker of cars, before the name of a model",
    "names.family": "the plural of a surname that the article has in a full name",
    "names.gazetteer": "the gazetteer knows it as a place that needs no other evidence",
    "names.gazetteer_check": "the gazetteer knows it, and it is no person's name, or the text says where it is",
    "names.given_name": "a given name or an initial begins it",
    "names.inside_it": "something is said to be in it, and no person of the article has this name",
    "names.known_as": "a person is said to be known as this",
    "names.known_organisation": "it is in the table of well-known bodies",
    "names.legal_form": 'a comma and the legal form of a firm follow it (", Inc.")',
    "names.listed_name": "it is in the lists of personal names",
    "names.listed_place": "it is listed beside a place, and the gazetteer knows it",
    "names.majority": "most mentions of these words in the article are of this type",
    "names.ministry_of_country": '"ministry of" a country',
    "names.name_shape": "two to four capitalised words that look like a person's name",
    "names.namesake_of_place": "a person of the article has this name, and nothing speaks for the place",
    "names.nationality": "it is a people, or the adjective of a country",
    "names.organisation_head": 'a word in it is a body\'s ("Ministry", "Front", "Inc.")',
    "names.place_head": 'a word in it is a place\'s ("Province", "Lake")',
    "names.surname": "a full name of the article has this surname",
    "names.surname_form": "it has the ending of a surname",
    "names.tagger": "the trained tagger reads it so",
    "names.team": "a place that plays: a team",
    "names.title": 'a title stands before it ("President", "Gen.")',
}
"""Rules that find a mention and give it its type."""

JOINED: Final = {
    "names.acronym_in_brackets": "stands in brackets behind the name",
    "names.body_of_country": "every state has such a body; the article is about this one's country",
    "names.demonym": "people or adjective of the country",
    "names.head_of_body": "the only body of the article with this word",
    "names.initials": "the name with initials",
    "names.initials_of_body": "the initials of the only body they fit",
    "names.known_alias": "a known other name of the body",
    "names.noun_of_latest": "a noun that can mean only this one of those named before it",
    "names.part_of_name": "a part of the full name",
    "names.same_words": "the same words",
    "names.shorter_name": "the name without some of its words",
    "names.surname": "the surname of the full name",
}
"""Rules that join a mention to an entity. With `_of_latest` behind it: of several such persons the one named last."""

COUNTRIES: Final = {
    "names.country_beside": "the country is named beside it",
    "names.country_in_name": "the name has the country in it",
    "names.main_country": "every state has such a body, and the article names this country most",
    "names.office_of_country": "the article speaks of this country's holder of the office without a name",
    "names.office_of_main_country": "head of state or government in an article about this country only",
}
"""Rules that tell whose country a person or body is."""

_LATEST: Final = "_of_latest"


def meaning(rule: str) -> str:
    """What *rule* says, in words; the id itself for one that is not of this package."""
    for table in (FOUND, JOINED, COUNTRIES):
        if rule in table:
            return table[rule]
    if rule.endswith(_LATEST):
        return f"{meaning(rule.removesuffix(_LATEST))}; of several such, the one named last"
    return rule


def join_meaning(rule: str) -> str:
    """What *rule* says of a mention that it joined to an entity."""
    base = rule.removesuffix(_LATEST)
    latest = "; of several such, the one named last" if base != rule and rule not in JOINED else ""
    return JOINED.get(rule, JOINED.get(base, rule)) + latest
