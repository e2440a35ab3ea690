"""The plan of the district, as drawn: railway, lake, ridge, roads and streets.

Coordinates are metres east and north of the hub. Ends that come near another way are joined to it
by :mod:`make_sample.streets`, so they are drawn by eye.
"""

from dataclasses import dataclass, field

from make_sample.geometry import Point, curve

RAIL = curve([(-1350, -470), (-800, -400), (-300, -300), (200, -225), (700, -190), (1350, -170)])
LAKE = curve(
    [
        (-1090, 250),
        (-990, 480),
        (-810, 610),
        (-600, 630),
        (-450, 550),
        (-420, 400),
        (-510, 260),
        (-640, 160),
        (-790, 110),
        (-960, 130),
    ],
    closed=True,
)
ISLAND = curve([(-745, 405), (-700, 440), (-650, 425), (-640, 380), (-690, 355)], closed=True)
POND = curve([(-925, -600), (-915, -568), (-888, -562), (-878, -590)], closed=True)
CREST = curve([(110, 970), (300, 790), (560, 620), (850, 500), (1230, 450)])
ROAD_CLASSES = frozenset({"secondary", "tertiary", "residential", "living_street", "service"})


@dataclass(frozen=True)
class Way:
    """A way as drawn: its line, its tags, the level it runs on, and the node tags of its dead end."""

    line: list[Point]
    tags: dict[str, str]
    level: int = 0
    join_m: float = 25.0
    end_tags: dict[str, str] = field(default_factory=dict)

    @property
    def is_road(self) -> bool:
        """Whether cars use it; roads end at roads, not at the cycleway beside them."""
        return self.tags["highway"] in ROAD_CLASSES


def road(highway: str, name: str, points: list[Point], *, sv: str = "", **tags: str) -> Way:
    """Draw a street; a colon in a tag's key is written as a double underscore."""
    names = ({"name": name} if name else {}) | ({"name:fi": name, "name:sv": sv} if sv else {})
    return Way(curve(points), {"highway": highway} | names | colons(tags))


def colons(tags: dict[str, str]) -> dict[str, str]:
    """Turn keyword arguments into tags."""
    return {key.replace("__", ":"): value for key, value in tags.items()}


def dead_end(name: str, points: list[Point], **tags: str) -> Way:
    """Draw a residential street that ends in a turning circle."""
    street = road("residential", name, points, **tags)
    return Way(street.line, street.tags, end_tags={"highway": "turning_circle"})


_PAVED = {"surface": "asphalt", "lit": "yes"}
_EAST_ROAD = {"maxspeed": "50", "surface": "asphalt", "lanes": "2", "sidewalk": "left", "sv": "Östra vägen"}

ROADS = [
    road(
        "secondary",
        "Kuvitelmantie",
        [
            (-1300, -260),
            (-900, -235),
            (-500, -190),
            (-200, -130),
            (60, -95),
            (350, -70),
            (650, -40),
            (950, -10),
            (1300, 60),
        ],
        sv="Fantasivägen",
        maxspeed="50",
        lanes="2",
        **_PAVED,
    ),
    road(
        "tertiary",
        "Mallikatu",
        [(-190, -128), (-205, 0), (-190, 150), (-120, 320), (-66, 480), (-70, 660), (-140, 800), (-160, 960)],
        sv="Modellgatan",
        maxspeed="40",
        **_PAVED,
    ),
    road(
        "tertiary",
        "Harjukatu",
        [(350, -70), (345, 60), (300, 190), (190, 310), (60, 400), (-75, 450)],
        sv="Åsgatan",
        maxspeed="40",
        **_PAVED,
    ),
    # The one road over the railway: a bridge in the east, where the line lies in a cutting.
    road("secondary", "Itätie", [(950, -10), (975, -70), (986, -130)], **_EAST_ROAD),
    Way(
        [(986, -130), (994, -224)],
        road("secondary", "Itätie", [(0, 0), (1, 0)], **_EAST_ROAD).tags | {"bridge": "yes", "layer": "1"},
        level=1,
    ),
    road(
        "secondary",
        "Itätie",
        [(994, -224), (998, -300), (992, -400), (930, -600), (900, -800), (905, -960)],
        **_EAST_ROAD,
    ),
    road(
        "tertiary",
        "Radantaustankatu",
        [
            (992, -400),
            (800, -400),
            (550, -370),
            (300, -370),
            (90, -400),
            (-150, -460),
            (-400, -540),
            (-700, -620),
            (-1000, -680),
            (-1300, -700),
        ],
        maxspeed="40",
        surface="asphalt",
    ),
]

CENTRE = [
    road(
        "residential",
        "Satukatu",
        [(-197, 118), (-60, 130), (80, 150), (190, 195), (262, 240)],
        sv="Sagogatan",
        maxspeed="30",
        oneway="yes",
        oneway__bicycle="no",
        **_PAVED,
    ),
    road("residential", "Esimerkinkatu", [(80, 150), (70, 240), (30, 320), (-100, 360)], sv="Exempelgatan"),
    road("residential", "Kokeilukuja", [(190, 195), (170, 250), (120, 300), (30, 320)]),
    road("living_street", "Leikkipiha", [(-60, 130), (-70, 200), (-130, 260)], maxspeed="20"),
    road("service", "", [(-100, -117), (-98, -62), (-40, -58), (40, -52), (110, -48), (130, -88)]),
    road("service", "", [(-98, -62), (-110, -30)], service="parking_aisle"),
    road("service", "", [(-40, -58), (-44, -34)], service="parking_aisle", access="customers"),
    road("service", "", [(200, 200), (170, 120), (120, 80), (75, 100)], service="alley"),
    road("service", "", [(345, 60), (280, 70), (230, 60), (190, 90), (172, 122)]),
]

LAKESIDE = [
    road(
        "residential",
        "Rantatie",
        [
            (-420, -172),
            (-430, -40),
            (-385, 90),
            (-360, 200),
            (-325, 310),
            (-325, 430),
            (-365, 550),
            (-450, 660),
            (-560, 720),
            (-660, 745),
        ],
        sv="Strandvägen",
    ),
    road("residential", "Laiturikatu", [(-380, 105), (-300, 100), (-192, 75)], sv="Bryggatan"),
    road("residential", "Aaltokatu", [(-335, 285), (-240, 270), (-148, 262)]),
    road("residential", "Kaislatie", [(-328, 460), (-230, 455), (-150, 475), (-66, 500)]),
    road("residential", "Ulappakuja", [(-240, 270), (-215, 350), (-230, 455)]),
    dead_end("Airokuja", [(-300, 100), (-280, 30), (-300, -40)]),
    dead_end("Poijukuja", [(-427, -60), (-520, -55), (-575, -90)]),
    road(
        "residential",
        "Ruohotie",
        [(-760, -222), (-755, -120), (-690, -20), (-580, 25), (-480, 50), (-395, 60)],
    ),
    road(
        "residential",
        "Heinätie",
        [(-752, -110), (-860, -110), (-945, -60), (-925, 30), (-830, 55), (-740, 20), (-690, -20)],
    ),
    road("residential", "Ojatie", [(-945, -60), (-1045, -80), (-1090, -150), (-1090, -247)]),
    dead_end("Sarakuja", [(-1045, -80), (-1110, -20), (-1120, 60)]),
    road("residential", "Kortekuja", [(-860, -110), (-880, -180), (-760, -180)]),
    dead_end("Vihviläkuja", [(-590, 22), (-600, -60), (-660, -120)]),
]

NORTH = [
    road(
        "residential",
        "Niittykatu",
        [(-62, 565), (-180, 575), (-275, 640), (-300, 760), (-240, 870), (-152, 885)],
        sv="Änggatan",
    ),
    road("residential", "Apilatie", [(-302, 740), (-400, 770), (-500, 790), (-600, 800), (-660, 745)]),
    road("residential", "Päivänkakkarakuja", [(-180, 575), (-200, 680), (-175, 770), (-225, 872)]),
    road("residential", "Kissankellokuja", [(-75, 690), (-130, 690), (-198, 670)]),
    dead_end("Kedonkuja", [(-272, 632), (-340, 650), (-390, 690)]),
    dead_end("Timoteikuja", [(-500, 790), (-480, 860), (-420, 890)]),
    dead_end("Puna-apilankuja", [(-400, 770), (-370, 830), (-330, 860)]),
]

SLOPE = [
    road(
        "residential",
        "Rinnetie",
        [
            (-68, 610),
            (60, 600),
            (180, 520),
            (300, 420),
            (420, 335),
            (560, 275),
            (700, 255),
            (850, 240),
            (970, 190),
            (1000, 90),
            (985, -2),
        ],
        sv="Sluttningsvägen",
    ),
    road(
        "residential",
        "Alarinne",
        [(296, 195), (420, 200), (540, 160), (640, 100), (680, 30), (690, -36)],
    ),
    road("residential", "Kivikuja", [(420, 335), (440, 265), (420, 200)]),
    road("residential", "Kalliokuja", [(560, 275), (552, 215), (540, 160)]),
    road("residential", "Käpytie", [(60, 400), (105, 470), (180, 520)]),
    road("residential", "Männikkötie", [(190, 310), (240, 370), (300, 420)]),
    road("residential", "Havukuja", [(105, 470), (180, 430), (240, 370)]),
    road("residential", "Kanervatie", [(640, 100), (720, 130), (800, 150), (855, 238)]),
    dead_end("Jäkäläkuja", [(800, 150), (830, 90), (800, 40)]),
    road("residential", "Harjunlaita", [(310, 412), (350, 490), (440, 490), (520, 400), (545, 280)]),
    dead_end("Kuusikuja", [(1000, 90), (1090, 130), (1150, 210)]),
    dead_end("Mäntykuja", [(180, 520), (220, 580), (200, 650)]),
    dead_end("Sammalkuja", [(60, 600), (70, 680), (30, 740)]),
    road("residential", "Varpukuja", [(345, 60), (430, 70), (500, 110), (540, 160)]),
    dead_end("Puolukkakuja", [(430, 70), (470, 20), (560, 10)]),
]

SOUTH = [
    road(
        "residential",
        "Unelmakatu",
        [(550, -370), (560, -500), (500, -610), (350, -670), (180, -650), (95, -550), (90, -400)],
        sv="Drömgatan",
    ),
    road(
        "residential",
        "Haavetie",
        [(95, -550), (-60, -600), (-170, -690), (-150, -810), (0, -850), (130, -800), (180, -650)],
    ),
    road("residential", "Tarinatie", [(-150, -460), (-140, -540), (-60, -600)]),
    road("residential", "Runotie", [(560, -500), (690, -520), (810, -500), (955, -525)]),
    dead_end("Loruilukuja", [(690, -520), (710, -640), (640, -730)]),
    road("residential", "Arvoituskatu", [(-400, -540), (-385, -650), (-300, -740), (-170, -700)]),
    road("residential", "Pulmatie", [(-385, -650), (-520, -710), (-640, -690), (-700, -620)]),
    road("residential", "Vitsikuja", [(180, -650), (230, -540), (290, -460), (300, -370)]),
    road("residential", "Kaskukuja", [(95, -520), (160, -500), (240, -530)]),
    dead_end("Kehyskuja", [(350, -670), (380, -780), (460, -830)]),
    dead_end("Viitekuja", [(810, -500), (820, -600), (800, -680)]),
    road("residential", "Riimikuja", [(500, -610), (600, -620), (705, -600)]),
    dead_end("Sananlaskukuja", [(0, -850), (10, -760), (40, -700)]),
    road("residential", "Ongelmakuja", [(-520, -710), (-480, -620), (-400, -580)]),
    road("residential", "Säekuja", [(300, -460), (400, -470), (470, -440), (552, -440)]),
]

STREETS = [*ROADS, *CENTRE, *LAKESIDE, *NORTH, *SLOPE, *SOUTH]
