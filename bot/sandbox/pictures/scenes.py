"""The five scenes. Each paints the same place twice: as it was found, and put right."""

from bot.sandbox.pictures import backdrops
from bot.sandbox.pictures.canvas import HEIGHT, WIDTH, Canvas, shade
from bot.sandbox.pictures.rubbish import (
    bag,
    bin_,
    leaflet,
    litter,
    lying_tyre,
    old_sofa,
    rubble,
    standing_tyre,
)
from bot.sandbox.pictures.street import (
    CLOTHES,
    bench,
    carton,
    flowers,
    fruit_crate,
    grass,
    scooter,
    tree,
    walker,
)


def tyres(c: Canvas, tidy: bool) -> None:
    """Old tyres piled up along a road."""
    verge = (112, 148, 76) if tidy else (142, 132, 92)
    backdrops.road_with_verge(c, verge)
    for _ in range(60):
        y = c.chance.uniform(470, HEIGHT)
        grass(c, c.chance.uniform(0, 820 - y * 0.32), y, 10 + (y - 400) * 0.05, shade(verge, 0.8))
    if tidy:
        flowers(c, 60, 420, 700, 46)
        flowers(c, 30, 470, 760, 56)
        return
    _tyre_pile(c, verge)


def _tyre_pile(c: Canvas, verge: tuple[int, int, int]) -> None:
    c.shadow(330, 800, 400, 70, 0.55)
    for x, y, r, count in (
        (560, 600, 66, 3),
        (400, 620, 84, 5),
        (220, 650, 92, 4),
        (70, 690, 96, 5),
        (500, 740, 98, 3),
        (320, 790, 108, 4),
    ):
        for layer in range(count):
            lying_tyre(c, x + c.chance.uniform(-10, 10), y - layer * r * 0.5, r)
    standing_tyre(c, 150, 880, 112, verge)
    standing_tyre(c, 560, 860, 96, verge)
    lying_tyre(c, 380, 930, 120)


def bins(c: Canvas, tidy: bool) -> None:
    """Rubbish bins that nobody has emptied."""
    c.box(0, 0, WIDTH, 560, (208, 200, 184) if tidy else (184, 178, 166))
    c.box(0, 470, WIDTH, 560, (150, 146, 140))
    for joint in range(0, WIDTH, 160):
        c.line([(joint, 0), (joint, 470)], (170, 164, 152), 2)
    backdrops.tiles(c, 560, HEIGHT, (168, 166, 160) if tidy else (142, 138, 132))
    if not tidy:
        for _ in range(7):
            x, y = c.chance.uniform(120, 1150), c.chance.uniform(700, 900)
            c.ellipse(x, y, c.chance.uniform(60, 150), c.chance.uniform(12, 30), (108, 102, 94))
    colours = ((44, 120, 76), (58, 98, 160), (84, 88, 92))
    for index, colour in enumerate(colours):
        bin_(c, 290 + index * 350, 760, 400, colour, full=not tidy)
    if tidy:
        flowers(c, 40, 150, 720, 50)
        flowers(c, 1150, 1260, 720, 50)
        return
    for _ in range(46):
        litter(c, c.chance.uniform(30, 1250), c.chance.uniform(760, 940), c.chance.uniform(16, 34))
    for x, y, r in (
        (150, 800, 84),
        (250, 850, 66),
        (480, 830, 76),
        (650, 870, 90),
        (800, 830, 70),
        (1010, 850, 86),
        (1150, 800, 92),
    ):
        bag(c, x, y, r, c.vary(c.chance.choice(((40, 42, 50), (208, 210, 208), (64, 92, 136), (176, 66, 60)))))


def leaflets(c: Canvas, tidy: bool) -> None:
    """A wall pasted over with advertisements."""
    backdrops.brick_wall(c, 800)
    backdrops.tiles(c, 800, HEIGHT, (158, 156, 150))
    c.shadow(WIDTH / 2, 806, 760, 20, 0.5)
    if tidy:
        _notice_board(c)
        return
    for row in range(4):
        for column in range(9):
            x, y = 90 + column * 138 + c.chance.uniform(-40, 40), 120 + row * 170 + c.chance.uniform(-40, 40)
            leaflet(c, x, y, c.chance.uniform(86, 136))
    for _ in range(14):
        litter(c, c.chance.uniform(40, 1240), c.chance.uniform(836, 930), 26)


def _notice_board(c: Canvas) -> None:
    c.shadow(650, 330, 300, 190, 0.4)
    c.box(370, 140, 910, 500, (38, 106, 78), 14)
    c.box(392, 162, 888, 478, (236, 232, 220), 6)
    for index in range(3):
        left = 420 + index * 156
        c.box(left, 190, left + 132, 450, (252, 252, 250), 4)
        c.box(left + 12, 204, left + 120, 232, ((206, 58, 52), (48, 98, 164), (56, 132, 84))[index], 3)
        for line in range(7):
            c.box(left + 14, 250 + line * 26, left + (118 if line % 3 else 90), 260 + line * 26, (160, 162, 164))
    flowers(c, 120, 1160, 812, 54)


def pavement(c: Canvas, tidy: bool) -> None:
    """A pavement on which nobody can walk."""
    backdrops.shop_fronts(c, 430)
    backdrops.tiles(c, 430, 780, (188, 182, 172))
    backdrops.guide_strip(c, 590, 56)
    c.box(0, 780, WIDTH, 812, (206, 204, 198))
    c.gradient(812, HEIGHT, (88, 90, 96), (108, 110, 116))
    for dash in range(0, WIDTH, 220):
        c.box(dash + 20, 906, dash + 150, 920, (236, 236, 228))
    if tidy:
        walker(c, 420, 660, 300, CLOTHES[0])
        walker(c, 560, 640, 270, CLOTHES[2])
        walker(c, 1000, 670, 310, CLOTHES[1])
        return
    _blocked(c)
    walker(c, 640, 940, 300, CLOTHES[0])


def _blocked(c: Canvas) -> None:
    for x, fruit in ((90, (226, 70, 54)), (250, (240, 160, 50)), (410, (120, 176, 70))):
        fruit_crate(c, x, 540, 150, fruit)
        fruit_crate(c, x + 12, 620, 170, fruit)
    for x, y, w, h in ((620, 560, 130, 110), (760, 570, 120, 90), (690, 640, 150, 120), (700, 520, 120, 100)):
        carton(c, x + c.chance.uniform(-12, 12), y, w, h)
    for x, y, colour in ((860, 690, (186, 54, 50)), (1160, 690, (44, 92, 150)), (1010, 730, (230, 230, 226))):
        scooter(c, x, y, 250, c.vary(colour))
    for x, y in ((150, 750), (340, 740), (520, 756)):
        carton(c, x + c.chance.uniform(-14, 14), y, 120, 86, (176, 132, 84))
    scooter(c, 430, 770, 240, (70, 140, 110))


def yard(c: Canvas, tidy: bool) -> None:
    """The yard of an old block of flats."""
    wall = (226, 206, 168) if tidy else (172, 164, 150)
    backdrops.old_block(c, 560, wall, shabby=not tidy)
    if tidy:
        _tended(c)
    else:
        _neglected(c)


def _tended(c: Canvas) -> None:
    backdrops.tiles(c, 560, HEIGHT, (198, 188, 172))
    c.polygon([(0, 600), (420, 600), (330, 800), (0, 860)], backdrops.GREEN)
    c.polygon([(1280, 600), (880, 600), (980, 800), (1280, 860)], backdrops.GREEN)
    flowers(c, 20, 410, 620, 44)
    flowers(c, 890, 1270, 620, 44)
    tree(c, 160, 760, 430)
    tree(c, 1130, 750, 400)
    bench(c, 640, 720, 300)
    flowers(c, 0, 330, 850, 60)
    flowers(c, 980, 1280, 850, 60)


def _neglected(c: Canvas) -> None:
    c.gradient(560, HEIGHT, (132, 112, 84), (108, 90, 66))
    for _ in range(7):
        x, y = c.chance.uniform(100, 1180), c.chance.uniform(680, 930)
        rx = c.chance.uniform(70, 150)
        c.ellipse(x, y, rx, rx * 0.2, (92, 78, 60))
        c.ellipse(x, y - 3, rx * 0.9, rx * 0.16, (128, 142, 150))
    for _ in range(70):
        y = c.chance.uniform(575, HEIGHT)
        grass(c, c.chance.uniform(0, WIDTH), y, 18 + (y - 560) * 0.08, (124, 122, 62))
    for _ in range(34):
        litter(c, c.chance.uniform(20, 1260), c.chance.uniform(640, 940), c.chance.uniform(14, 28))
    tree(c, 1080, 700, 440, bare=True)
    rubble(c, 270, 780, 210)
    old_sofa(c, 720, 800, 380)
    standing_tyre(c, 1020, 860, 84, (112, 94, 70))
    for x, y in ((480, 890), (930, 920)):
        bag(c, x, y, 62, c.vary((44, 46, 54)))
