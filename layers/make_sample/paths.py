"""The ways of people on foot and on bicycles, as drawn: paths, steps, the underpass, the station."""

from make_sample.geometry import Point, curve, offset
from make_sample.plan import LAKE, ROADS, STREETS, Way, colons, road

_CYCLEWAY = {"highway": "cycleway", "foot": "designated", "bicycle": "designated"}


def _beside(street: Way, metres: float, **tags: str) -> Way:
    return Way(offset(street.line, metres), colons(tags), join_m=30.0)


def _foot(points: list[Point], **tags: str) -> Way:
    return Way(curve(points), {"highway": "footway"} | colons(tags), join_m=30.0)


def _cycle(points: list[Point], **tags: str) -> Way:
    return Way(curve(points), _CYCLEWAY | colons(tags), join_m=30.0)


def _path(points: list[Point], **tags: str) -> Way:
    return Way(curve(points), {"highway": "path"} | colons(tags), join_m=30.0)


def _steps(points: list[Point], **tags: str) -> Way:
    return Way(list(points), {"highway": "steps"} | colons(tags), join_m=0.0)


_MAIN, _WEST, _EAST, _, _, _, _SOUTH = ROADS
# Where the way from the underpass to the hub crosses the main road.
SIGNALS: Point = (60, -95)
_LIT = {"lit": "yes", "surface": "asphalt"}

CYCLEWAYS = [
    _beside(_MAIN, 10.0, **_CYCLEWAY, segregated="no", **_LIT),
    _beside(_WEST, 9.0, **_CYCLEWAY, segregated="yes", **_LIT),
    _beside(_EAST, -9.0, **_CYCLEWAY, segregated="no"),
    _beside(_SOUTH, -9.0, **_CYCLEWAY, surface="asphalt"),
    # The one way under the railway.
    _cycle([(58, -70), (60, -95), (64, -150), (68, -220)], **_LIT, winter_service="yes"),
    Way(
        [(68, -220), (74, -268)],
        _CYCLEWAY | {"tunnel": "yes", "layer": "-1", "lit": "yes", "surface": "asphalt", "width": "3.5"},
        level=-1,
    ),
    _cycle([(74, -268), (82, -320), (90, -400)], **_LIT, winter_service="yes"),
    _cycle([(-66, 500), (20, 510), (105, 470)], surface="asphalt"),
    _cycle([(540, 160), (500, 60), (510, -55)], name="Polkupyöräraitti", surface="asphalt"),
    _cycle([(-700, -620), (-760, -500), (-700, -440), (-520, -400), (-300, -360), (-60, -330), (78, -300)]),
]

_SIDEWALK = {"highway": "footway", "footway": "sidewalk"}
_BY_NAME = {street.tags.get("name"): street for street in STREETS}

SIDEWALKS = [
    _beside(_BY_NAME[name], metres, **_SIDEWALK)
    for name, metres in [
        ("Rantatie", -7.5),
        ("Rinnetie", -7.5),
        ("Unelmakatu", 7.5),
        ("Satukatu", -7.0),
        ("Haavetie", 7.0),
        ("Apilatie", -7.0),
        ("Heinätie", 7.0),
    ]
]

CENTRE_WALKS = [
    # The pedestrian street past the hub, and the ways to it.
    _foot([(-214, 22), (-150, 8), (-110, -6)], **_LIT),
    Way(
        curve([(-110, -6), (-50, -12), (0, -10), (50, -14), (130, -2)]),
        {
            "highway": "pedestrian",
            "name": "Keksintöaukio",
            "name:fi": "Keksintöaukio",
            "name:sv": "Påhittstorget",
            "surface": "paving_stones",
            "lit": "yes",
            "winter_service": "yes",
        },
        join_m=30.0,
    ),
    _foot([(130, -2), (230, 12), (342, 38), (360, 42)], **_LIT),
    _foot([(58, -82), (52, -52), (46, -14)], **_LIT, winter_service="yes"),
    _foot([(50, -14), (62, 60), (72, 150)], **_LIT),
    _foot([(63, 66), (0, 66), (-60, 78), (-66, 130)], surface="paving_stones"),
    _foot([(-50, -12), (-66, 30), (-60, 78)]),
    _foot([(75, 200), (-10, 205), (-70, 200)]),
    _foot([(30, 320), (50, 360), (60, 400)]),
    _foot([(-100, 360), (-60, 410), (-75, 450)]),
    _foot([(172, 122), (200, 60), (190, 8)]),
    _foot([(-98, -62), (-120, -40), (-150, 8)]),
    _foot([(262, 240), (200, 270), (120, 300)], surface="gravel"),
    _foot([(70, 240), (120, 250), (170, 250)]),
    _foot([(345, 60), (410, 10), (430, -62)], surface="asphalt"),
    # The station: its platform north of the line, steps and a ramp down to the underpass.
    _foot([(66, -190), (90, -200), (104, -224)], surface="asphalt", incline="6%", width="2"),
    _steps(
        [(68, -220), (104, -224)],
        name="Asemaportaat",
        step_count="8",
        incline="up",
        handrail="yes",
        ramp="no",
        lit="yes",
    ),
    _foot([(104, -224), (160, -217), (240, -209)], name="Laituri", public_transport="platform", **_LIT),
    _foot([(240, -209), (280, -150), (298, -76), (300, -56)], surface="asphalt"),
]

BLOCK_WALKS = [
    _foot([(-300, -40), (-290, -90), (-280, -140)]),
    _foot([(-300, -40), (-240, -30), (-204, -10)], surface="gravel"),
    _foot([(-575, -90), (-570, -150), (-565, -212)]),
    _foot([(-575, -90), (-600, -60)]),
    _foot([(-660, -120), (-690, -150), (-755, -150)], surface="gravel"),
    _foot([(-660, -120), (-650, -160), (-640, -212)]),
    _foot([(-360, 200), (-290, 195), (-196, 165), (-176, 160)], surface="asphalt", lit="yes"),
    _foot([(-215, 350), (-160, 360), (-112, 345)]),
    _foot([(-325, 380), (-270, 370), (-215, 350)]),
    _foot([(-230, 455), (-220, 520), (-180, 575)], surface="asphalt"),
    _foot([(-390, 690), (-430, 720), (-400, 770)]),
    _foot([(-390, 690), (-410, 640)]),
    _foot([(-330, 860), (-280, 830)]),
    _foot([(-420, 890), (-330, 920), (-240, 870)], surface="ground"),
    _foot([(-300, 740), (-250, 730), (-190, 730)]),
    _foot([(-175, 770), (-150, 790), (-135, 792)]),
    _foot([(30, 740), (-30, 740), (-108, 735)], surface="gravel"),
    _foot([(60, 600), (20, 560), (-68, 540)]),
    _foot([(180, 430), (150, 400), (110, 372)]),
    _foot([(240, 370), (300, 330), (430, 290)], surface="gravel"),
    _foot([(552, 215), (630, 200), (700, 255)]),
    _foot([(800, 40), (760, 0), (760, -28)]),
    _foot([(800, 40), (740, 60), (680, 40)]),
    _foot([(830, 90), (900, 80), (1000, 90)], surface="ground"),
    _foot([(560, 10), (600, -10), (610, -44)]),
    _foot([(560, 10), (560, 80), (500, 90)]),
    _foot([(640, -730), (560, -700), (460, -700), (420, -650)], surface="ground"),
    _foot([(460, -830), (330, -840), (220, -800), (130, -800)]),
    _foot([(800, -680), (840, -700), (912, -700)]),
    _foot([(40, -700), (100, -680), (170, -660)]),
    _foot([(40, -700), (-40, -690), (-150, -700)]),
    _foot([(290, -460), (200, -440), (95, -450)], surface="asphalt", lit="yes"),
    _foot([(690, -520), (700, -460), (690, -390)], surface="asphalt"),
    _foot([(470, -440), (450, -400), (450, -368)]),
    _foot([(-140, -540), (-260, -560), (-390, -600)]),
    _foot([(-300, -740), (-280, -820), (-150, -810)]),
    _foot([(-640, -690), (-650, -780), (-520, -800), (-350, -790), (-290, -790)], surface="ground"),
    _foot([(350, -670), (370, -560), (400, -470)], surface="gravel", access="private"),
]

LAKE_WALK = [
    Way(
        offset(LAKE, 16.0)[:-1] + offset(LAKE, 16.0)[:1],
        {"highway": "path", "name": "Rantapolku", "foot": "designated", "surface": "fine_gravel"},
    ),
    _path([(-385, 90), (-440, 160), (-530, 215)]),
    _path([(-335, 285), (-380, 310), (-440, 330)]),
    _path([(-328, 460), (-370, 460), (-418, 455)]),
    _path([(-450, 660), (-480, 620), (-500, 592)]),
    _path([(-660, 745), (-660, 690), (-650, 645)]),
    _path([(-830, 55), (-830, 80), (-830, 98)]),
    _path([(-480, 50), (-560, 90), (-620, 140)]),
    _path([(-1120, 60), (-1110, 140), (-1085, 210)], surface="ground"),
    _path([(-660, 745), (-800, 740), (-950, 650), (-1010, 500)], surface="ground", lit="no"),
    _path([(-800, 740), (-900, 800), (-1050, 760), (-1150, 600), (-1160, 400), (-1100, 270)]),
    # On the island, and so reached by nobody on foot.
    _path([(-720, 400), (-690, 420), (-660, 405)], surface="ground"),
    _path([(-690, 420), (-680, 385)]),
]

RIDGE_WALKS = [
    _path(
        [(118, 960), (300, 790), (430, 704), (560, 620), (850, 500), (1100, 462)],
        name="Harjupolku",
        surface="ground",
        width="1.2",
    ),
    # Straight up the slope: the steep way, and the steps beside it.
    _path(
        [(350, 490), (385, 560), (430, 640), (470, 676)],
        name="Jyrkkäpolku",
        surface="ground",
        incline="up",
        smoothness="bad",
        lit="no",
    ),
    _foot([(440, 490), (460, 520)]),
    _steps(
        [(460, 520), (500, 574)],
        name="Harjuportaat",
        step_count="64",
        incline="up",
        handrail="yes",
        ramp="yes",
        ramp__stroller="yes",
        ramp__wheelchair="no",
    ),
    _foot([(500, 574), (540, 632)]),
    _path([(200, 650), (240, 700), (300, 790)], surface="ground"),
    _path([(30, 740), (80, 830), (118, 960)], surface="ground"),
    _path([(700, 255), (720, 340), (740, 440), (760, 535)], surface="ground", mtb__scale="1"),
    _path([(970, 190), (1020, 300), (1060, 380), (1080, 466)], surface="dirt"),
    _path([(1150, 210), (1160, 320), (1100, 462)]),
    _path([(520, 400), (600, 420), (720, 340), (840, 330), (1020, 300)], surface="ground", width="0.6"),
    _path([(200, 650), (290, 600), (385, 560)], surface="ground", width="0.8"),
    _path([(300, 790), (400, 860), (560, 840), (700, 740), (850, 680), (1000, 640), (1100, 462)], lit="no"),
    _path([(560, 620), (580, 720), (560, 840)], surface="ground", mtb__scale="2"),
    _path([(850, 500), (840, 590), (850, 680)], surface="ground"),
    _path([(700, 740), (760, 840), (900, 830), (1000, 640)]),
    _path([(560, 840), (620, 900), (760, 840)]),
    _path([(118, 960), (250, 900), (400, 860)], width="0.5"),
    _path([(-152, 885), (-60, 870), (80, 830)], name="Metsäpolku", surface="fine_gravel", lit="no"),
]

SOUTH_FOREST = [
    _path([(-700, -620), (-740, -700), (-850, -760), (-1000, -760), (-1050, -690)]),
    _path([(-850, -760), (-800, -850), (-640, -860), (-520, -800)], surface="ground"),
    _path([(-760, -500), (-840, -520), (-930, -540), (-960, -620), (-1000, -680)], surface="ground"),
    _path([(-840, -520), (-860, -610), (-940, -620)], width="0.6"),
    _path([(640, -730), (700, -800), (800, -860), (902, -850)]),
    _path([(460, -830), (560, -870), (700, -800)], surface="ground"),
]

BUILDING_SITES = [
    Way(
        curve([(300, -370), (380, -310), (520, -290), (690, -300)]),
        {"highway": "construction", "construction": "cycleway", "name": "Tuleva raitti"},
    ),
    road("proposed", "Ehkätie", [(-1120, 60), (-1200, 0), (-1240, -120)], proposed="residential"),
]

WALKS = [
    *CYCLEWAYS,
    *SIDEWALKS,
    *CENTRE_WALKS,
    *BLOCK_WALKS,
    *LAKE_WALK,
    *RIDGE_WALKS,
    *SOUTH_FOREST,
    *BUILDING_SITES,
]
