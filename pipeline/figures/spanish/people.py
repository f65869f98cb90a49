"""Spanish nouns: whom a number counts, what it counts else, and who does it to people."""

from __future__ import annotations

from typing import Final

from pipeline.figures.lexicon import AgentWords, NounWords
from pipeline.figures.phrases import Phrases, by_phrase, by_word

_PEOPLE: Final = """personas hombres mujeres niños niñas jóvenes menores adultos ancianos ancianas civiles soldados
    militares policías agentes guardias manifestantes estudiantes campesinos trabajadores trabajadoras obreros mineros
    periodistas migrantes refugiados refugiadas turistas pasajeros habitantes vecinos vecinas pobladores residentes
    aldeanos rebeldes guerrilleros insurgentes terroristas yihadistas milicianos pistoleros sicarios rehenes presos
    presas reclusos prisioneros internos opositores opositoras activistas dirigentes líderes defensores defensoras
    médicos enfermeros enfermeras maestros profesores sacerdotes monjas religiosos indígenas comuneros familias
    familiares parientes hermanos hermanas hijos hijas padres madres ciudadanos extranjeros bomberos rescatistas
    socorristas brigadistas pescadores conductores choferes tripulantes empleados funcionarios jueces fiscales
    combatientes efectivos uniformados paramilitares marineros marinos marines sospechosos acusados imputados
    procesados secuestradores delincuentes pandilleros bebés infantes muchachos muchachas adolescentes gente
    comerciantes peregrinos fieles camioneros motociclistas ciclistas peatones esquiadores guías leñadores tejedores
    alumnos alumnas escolares docentes taxistas colonos reporteros comunicadores abogados abogadas pacientes
    integrantes miembros hinchas aficionados venezolanos cubanos haitianos palestinos israelíes ucranianos rusos
    colombianos mexicanos hondureños salvadoreños guatemaltecos supervivientes sobrevivientes"""
_PERSON: Final = """hombre mujer niño niña joven menor anciano anciana civil soldado militar policía agente guardia
    manifestante estudiante campesino campesina trabajador trabajadora obrero minero periodista migrante turista
    pasajero pasajera vecino vecina rebelde guerrillero persona líder lideresa médico médica enfermera enfermero
    maestro maestra profesor profesora sacerdote monja juez jueza fiscal alcalde alcaldesa concejal diputado diputada
    senador gobernador ministro candidato candidata abogado abogada conductor chofer taxista empleado bebé muchacho
    muchacha adolescente dirigente activista opositor defensor pescador leñador hermano hermana hijo hija padre madre
    esposo esposa sobrino sobrina nieto nieta abuelo abuela tío tía primo prima comandante coronel capitán sargento
    teniente guardaespaldas escolta bombero funcionario comerciante ciudadano ciudadana extranjero peatón ciclista
    motociclista alumno alumna paciente sospechoso pistolero sicario terrorista reportero"""
_THINGS: Final = {
    "duration": "años año meses mes semanas semana días día horas hora minutos minuto segundos décadas siglos noches",
    "distance": "kilómetros kilómetro km metros metro millas centímetros",
    "measure": "toneladas kilos kilogramos gramos litros barriles hectáreas grados paquetes dosis",
    "money": "dólares dólar euros euro pesos soles bolívares colones quetzales pesetas libras",
    "votes": "votos escaños puntos goles partidos medallas diputaciones",
    "projectiles": """disparos balas tiros bombas misiles granadas cohetes proyectiles explosiones minas drones
        artefactos""",
    "buildings": "casas viviendas edificios escuelas hospitales iglesias locales tiendas puentes cárceles templos",
    "vehicles": """vehículos autos coches camiones autobuses buses aviones avionetas helicópteros motocicletas motos
        barcos lanchas embarcaciones trenes vuelos""",
    "animals": """vacas ovejas cabras caballos perros gatos cerdos aves gallinas pollos reses animales tortugas peces
        ejemplares delfines ballenas toros monos loros""",
    "plants": "árboles plantas",
    "places": "países provincias departamentos municipios ciudades pueblos aldeas distritos barrios regiones",
    "organisations": "empresas partidos grupos organizaciones equipos batallones bandas",
    "happenings": """ataques atentados enfrentamientos operaciones operativos protestas incidentes veces reuniones
        viajes accidentes incendios bombardeos allanamientos redadas""",
    "charges": "cargos delitos casos denuncias órdenes obras decretos sentencias proyectos",
    "percentage": "%",
}

_ADJECTIVAL: Final = """militares civiles rusos ucranianos palestinos israelíes venezolanos cubanos haitianos
        colombianos
    mexicanos hondureños salvadoreños guatemaltecos indígenas religiosos médicos extranjeros rebeldes paramilitares
    menores jóvenes adultos familiares marinos mineros terroristas yihadistas insurgentes guerrilleros internos
    opositores sospechosos"""

NOUNS: Final = NounWords(
    modifiers=frozenset(
        """presuntos presuntas supuestos supuestas nuevos nuevas jóvenes pequeños pequeñas antiguos altos altas primeros
        primeras últimos últimas principales""".split()
    ),
    adjectival=frozenset(_ADJECTIVAL.split()),
    people=frozenset(_PEOPLE.split()),
    person=frozenset(_PERSON.split()),
    people_suffixes=("istas", "eros", "adores"),
    unlisted_suffixes=("ores", "antes", "entes", "icos"),
    general=frozenset({"personas"}),
    things=by_word(_THINGS),
)

AGENTS: Final = AgentWords(
    collectives=frozenset(
        "policía ejército guerrilla gobierno autoridades fuerzas tropas militares banda pandilla cártel milicia".split()
    ),
    modifiers=frozenset("fuerzas".split()),
    relatives=frozenset({"quien", "quienes"}),
    past_suffix="aron",
    present_suffix="ando",
    attacks=frozenset("ataque ataques atentado emboscada asalto tiroteo redada bombardeo masacre".split()),
    blames=Phrases(by_phrase({"before": "reivindicado por | reivindicada por | atribuido a | atribuida a"})),
)
