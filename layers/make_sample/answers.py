"""What the invented respondents say and where: troubles, wishes and praise in three languages.

A few texts hold what must never be published (contact details, markup): all of it made up.
"""

from make_sample.geometry import Point

Texts = dict[str, list[str]]

# Place, reason, texts by language, severity, and how many are troubled by it.
BARRIERS: list[tuple[Point, str, Texts, int, int]] = [
    (
        (71, -244),
        "Pimeys",
        {
            "fi": ["Alikulussa pelottaa iltaisin", "Alikulun valot sammuvat yöksi"],
            "sv": ["Tunneln känns otrygg på kvällen"],
            "en": ["The underpass feels unsafe after dark"],
        },
        4,
        6,
    ),
    (
        (410, 610),
        "Jyrkkä mäki",
        {
            "fi": ["Harjulle ei pääse lastenvaunujen kanssa", "Mummo ei jaksa tätä nousua"],
            "sv": ["Backen är för brant för min rullator"],
            "en": ["Too steep with a pram"],
        },
        4,
        4,
    ),
    (
        (480, 547),
        "Portaat",
        {
            "fi": ["Portaiden vierestä puuttuu luiska", "Portaat auraamatta koko tammikuun"],
            "sv": ["Trapporna saknar räcke på ena sidan"],
            "en": ["No ramp beside the steps"],
        },
        3,
        3,
    ),
    (
        (60, -95),
        "Vilkas liikenne",
        {
            "fi": ["Autot eivät pysähdy koululaisille", "Vihreä palaa liian lyhyen ajan"],
            "sv": ["Bilarna kör för fort förbi centrum"],
            "en": ["Cars do not stop at the crossing"],
        },
        4,
        5,
    ),
    (
        (-66, 530),
        "Ei suojatietä",
        {
            "fi": ["Niittykadulta ei pääse tien yli turvallisesti"],
            "sv": ["Här borde finnas ett övergångsställe"],
            "en": ["A zebra crossing is missing here"],
        },
        3,
        3,
    ),
    (
        (-530, 215),
        "Huono pinta",
        {
            "fi": ["Polulla seisoo vesi joka kevät", "Juuret nousseet pintaan"],
            "sv": ["Stigen är full av rötter"],
            "en": ["Muddy whenever it rains"],
        },
        2,
        3,
    ),
    (
        (-660, 690),
        "Pimeys",
        {
            "fi": ["Metsän halki pitäisi saada lamput"],
            "sv": ["Ingen belysning på skogsstigen"],
            "en": ["No lights on this path"],
        },
        3,
        2,
    ),
    (
        (300, 420),
        "Liukkaus",
        {
            "fi": ["Rinnetie on jäässä marraskuusta lähtien", "Hiekoitus tulee aina myöhässä"],
            "sv": ["Hal backe hela vintern"],
            "en": ["Icy slope, nobody grits it"],
        },
        4,
        3,
    ),
    (
        (90, -210),
        "Portaat",
        {
            "fi": ["Laiturille on vaikea päästä pyörätuolilla"],
            "sv": ["Svårt att nå perrongen med rullstol"],
            "en": ["Hard to reach the platform in a wheelchair"],
        },
        4,
        3,
    ),
    (
        (990, -180),
        "Vilkas liikenne",
        {
            "fi": ["Sillalla ei ole tilaa pyöräilijälle"],
            "sv": ["Ingen plats för cyklister på bron"],
            "en": ["No room for bicycles on the bridge"],
        },
        3,
        2,
    ),
]
LINKS: list[tuple[list[Point], Texts]] = [
    (
        [(520, -300), (525, -200), (530, -60)],
        {
            "fi": ["Toinen alitus säästäisi monelta kiertotien", "Bussille pääsisi viidessä minuutissa"],
            "sv": ["En till väg under järnvägen behövs"],
            "en": ["A second way under the railway"],
        },
    ),
    (
        [(-520, -400), (-500, -300), (-490, -195)],
        {
            "fi": ["Siirtolapuutarhalta ei pääse suoraan Keksirantaan"],
            "sv": ["Genväg till stranden"],
            "en": ["A shortcut to the lake"],
        },
    ),
    (
        [(200, 650), (130, 660), (70, 640)],
        {
            "fi": ["Kujien päät pitäisi yhdistää", "Naapuriin joutuu kiertämään"],
            "sv": ["Gränderna borde bindas ihop"],
            "en": ["Join the two dead ends"],
        },
    ),
]
# Where people like to be, or would like to.
SPOTS: list[Point] = [(-20, -8), (105, 10), (-410, 470), (430, 690), (-20, 380), (-300, -430), (190, -120), (-90, -195)]
THEMES = [
    "Nuorille tekemistä",
    "Yritys- ja palvelukehitys",
    "Innovatiiviset väylät",
    "Tiedotus ja viestintä",
    "Yhdessä tekeminen",
]
PLACE_TEXTS: Texts = {
    "fi": [
        "Tähän sopisi kesäteatteri",
        "Uimarannalle sauna",
        "Aukiolle pöytiä shakin pelaajille",
        "Harjulta näkee koko järven",
        "Lisää varjoa torille",
    ],
    "sv": ["En scen för sommarkonserter", "Fin utsikt över sjön"],
    "en": ["A good spot for a small market", "Lovely view over the lake"],
}
AREA_TEXTS: Texts = {
    "fi": ["Puisto kaipaa vesipistettä", "Kentälle luistelurata talveksi", "Aukio vihreämmäksi"],
    "sv": ["Plantera fler träd här"],
    "en": ["Make this square greener"],
}
FEEDBACK: Texts = {
    "fi": [
        "Kiva kun saa sanoa mielipiteensä",
        'Naapuri sanoo aina "ei kuulu minulle" ja kävelee ohi',
        'Toivon "keskustan", jossa on penkkejä, puita ja rauhaa',
        "Voitte soittaa numeroon 040 000 0000",
        "Kirjoittakaa osoitteeseen kuvitelma@example.org",
        "<b>Enemmän</b> valoa poluille",
        "Asun Rantatie 7:ssä ja lapset kulkevat alikulun kautta",
    ],
    "sv": ["Bra att ni frågar", 'Min dotter kallar tunneln "grottan"'],
    "en": ["Please plough the paths first", 'The bus stop called "A" is hard to find'],
}
