"""French nouns: whom a number counts, what it counts else, and who does it to people."""

from __future__ import annotations

from typing import Final

from pipeline.figures.french.triggers import elided
from pipeline.figures.lexicon import AgentWords, NounWords
from pipeline.figures.phrases import Phrases, by_phrase, by_word

_PEOPLE: Final = """personnes hommes femmes enfants filles fillettes garçons jeunes mineurs adultes civils soldats
    militaires policiers policières agents gendarmes gardes manifestants manifestantes étudiants étudiantes élèves
    écoliers lycéens paysans ouvriers travailleurs journalistes migrants exilés réfugiés touristes passagers habitants
    riverains résidents villageois rebelles insurgés terroristes djihadistes jihadistes miliciens combattants
    mercenaires otages prisonniers détenus opposants militants militantes activistes défenseurs dirigeants responsables
    médecins infirmiers soignants enseignants enseignantes professeurs prêtres religieuses moines familles proches
    frères sœurs fils parents membres ressortissants citoyens étrangers pompiers secouristes sauveteurs pêcheurs
    chauffeurs conducteurs automobilistes cyclistes piétons employés salariés fonctionnaires juges élus paramilitaires
    marins matelots suspects accusés assaillants ravisseurs bébés nourrissons vieillards gens commerçants pèlerins
    fidèles skieurs alpinistes randonneurs guides bûcherons tisserands patients survivants adolescents
    adolescentes avocats reporters diplomates éleveurs bergers casques supporters ados orpailleurs creuseurs
    palestiniens israéliens ukrainiens russes français maliens burkinabè nigériens syriens afghans"""
_PERSON: Final = """homme femme enfant fille fillette garçon garçonnet civil soldat militaire policier policière agent
    gendarme garde manifestant manifestante étudiant étudiante élève écolier lycéen paysan ouvrier journaliste migrant
    touriste passager passagère habitant habitante villageois rebelle milicien otage prisonnier militant militante
    opposant médecin infirmier infirmière enseignant enseignante professeur prêtre juge maire député députée ministre
    gouverneur avocat avocate chauffeur conducteur conductrice employé employée bébé nourrisson adolescent adolescente
    pêcheur bûcheron dirigeant personne frère sœur père mère fils époux épouse mari neveu nièce oncle tante
    sexagénaire septuagénaire octogénaire quinquagénaire quadragénaire trentenaire cycliste piéton motard automobiliste
    pompier sauveteur suspect ressortissant général colonel capitaine commandant sergent caporal adjudant brigadier"""
_THINGS: Final = {
    "duration": "ans an années année mois semaines semaine jours jour heures heure minutes secondes siècles décennies",
    "distance": "kilomètres kilomètre km mètres milles centimètres",
    "measure": "tonnes kilos kilogrammes grammes litres barils hectares degrés doses",
    "money": "dollars dollar euros euro francs livres",
    "votes": "voix sièges points buts matches matchs médailles",
    "projectiles": "balles tirs bombes missiles grenades roquettes obus explosions mines drones engins",
    "buildings": "maisons habitations immeubles écoles hôpitaux églises bâtiments magasins ponts logements prisons",
    "vehicles": """véhicules voitures camions autobus bus avions hélicoptères motos bateaux trains vols navires chars
        blindés pirogues embarcations""",
    "animals": """vaches moutons chèvres chevaux chiens chats porcs poules canards oies volailles bovins sangliers loups
        bêtes animaux oiseaux poissons tortues éléphants""",
    "plants": "arbres plants",
    "places": "pays provinces départements communes villes villages districts quartiers régions localités",
    "organisations": "entreprises partis groupes organisations équipes bataillons",
    "happenings": """attaques attentats affrontements opérations manifestations incidents fois réunions visites
        accidents
        incendies frappes raids perquisitions travaux""",
    "charges": "chefs délits plaintes ordres contrats",
    "percentage": "%",
}
_ADJECTIVAL: Final = """militaires civils mineurs étrangers jeunes adultes rebelles terroristes djihadistes jihadistes
    insurgés proches palestiniens israéliens ukrainiens russes français maliens burkinabè nigériens syriens afghans
    responsables paramilitaires suspects religieuses fidèles"""

NOUNS: Final = NounWords(
    people=frozenset([*_PEOPLE.split(), *elided(_PEOPLE, ("d'",))]),
    person=frozenset(_PERSON.split()),
    people_suffixes=("istes",),
    unlisted_suffixes=("eurs", "ants", "iers", "iens"),
    general=frozenset({"personnes"}),
    modifiers=frozenset(
        """présumés présumées jeunes nouveaux nouvelles anciens anciennes petits petites hauts premiers premières
        derniers principaux""".split()
    ),
    adjectival=frozenset(_ADJECTIVAL.split()),
    things=by_word(_THINGS),
)

AGENTS: Final = AgentWords(
    collectives=frozenset(
        "police armée gendarmerie gouvernement autorités forces troupes milice régime groupe".split()
    ),
    modifiers=frozenset("forces".split()),
    past_suffix="é",
    present_suffix="ant",
    attacks=frozenset("attaque attaques attentat embuscade assaut raid bombardement fusillade massacre".split()),
    blames=Phrases(by_phrase({"before": "revendiqué par | revendiquée par | attribué à | attribuée à | attribué aux"})),
)
