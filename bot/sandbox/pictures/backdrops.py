"""What stands behind: sky, streets, walls, house fronts, ground."""

import math

from bot.sandbox.pictures.canvas import HEIGHT, WIDTH, Canvas, Colour, mix, shade
from bot.sandbox.pictures.street import CLOTHES, tree

GREEN: Colour = (116, 150, 78)


def sky(c: Canvas, horizon: float) -> None:
    """A bright day with a few clouds."""
    c.gradient(0, horizon, (112, 168, 222), (214, 232, 244))
    for _ in range(3):
        x, y = c.chance.uniform(80, WIDTH - 80), c.chance.uniform(40, horizon * 0.45)
        for puff in range(5):
            c.ellipse(x + (puff - 2) * 44, y - 12 * (2 - abs(puff - 2)), 56, 22, (240, 245, 249))


def skyline(c: Canvas, horizon: float) -> None:
    """Blocks of flats far away."""
    x = -20.0
    while x < WIDTH:
        width, height = c.chance.uniform(70, 130), c.chance.uniform(80, 210)
        wall = mix((196, 190, 186), (160, 174, 190), c.chance.random())
        c.box(x, horizon - height, x + width, horizon, wall)
        for row in range(int(height // 24)):
            for column in range(int(width // 22)):
                c.box(
                    x + 7 + column * 22,
                    horizon - height + 9 + row * 24,
                    x + 17 + column * 22,
                    horizon - height + 21 + row * 24,
                    shade(wall, 0.72),
                )
        x += width + c.chance.uniform(-6, 20)


def road_with_verge(c: Canvas, verge: Colour) -> None:
    """A road that runs away to the right, a kerb, and a verge on the left with trees."""
    horizon = 390.0
    sky(c, horizon)
    skyline(c, horizon)
    c.gradient(horizon, HEIGHT, shade(verge, 1.12), shade(verge, 0.86))
    c.polygon([(806, horizon), (884, horizon), (1760, HEIGHT), (640, HEIGHT)], (104, 106, 112))
    c.polygon([(800, horizon), (808, horizon), (648, HEIGHT), (570, HEIGHT)], (186, 184, 178))
    c.polygon([(800, horizon), (801, horizon), (586, HEIGHT), (570, HEIGHT)], (140, 138, 132))
    for dash in range(9):
        near, far = (0.12 + dash * 0.1) ** 1.7, (0.165 + dash * 0.1) ** 1.7
        c.polygon([_on_lane(far, -1), _on_lane(far, 1), _on_lane(near, 1), _on_lane(near, -1)], (238, 238, 230))
    for step in range(5):
        near = (0.16 + step * 0.13) ** 1.3
        tree(c, 770 - near * 1150, horizon + near * 320, 90 + near * 520)


def _on_lane(near: float, side: int) -> tuple[float, float]:
    """A point of the broken line in the middle of the road, from far (0) to near (1)."""
    return 846 + near * 330 + side * (1.5 + near * 12), 390 + near * 570


def brick_wall(c: Canvas, bottom: float) -> None:
    """A wall of bricks across the picture."""
    c.box(0, 0, WIDTH, bottom, (186, 172, 158))
    for row in range(math.ceil(bottom / 30)):
        for column in range(-1, 20):
            x = column * 70 + (row % 2) * 35
            c.box(x, row * 30, x + 66, row * 30 + 26, c.vary((172, 92, 70), 0.12), 2)


def tiles(c: Canvas, top: float, bottom: float, colour: Colour) -> None:
    """Paving seen in perspective."""
    c.gradient(top, bottom, shade(colour, 0.92), shade(colour, 1.06))
    for column in range(-24, 25):
        c.line([(WIDTH / 2 + column * 52, top), (WIDTH / 2 + column * 110, bottom)], shade(colour, 0.82), 2)
    for row in range(7):
        y = top + (bottom - top) * (row / 6) ** 1.4
        c.line([(0, y), (WIDTH, y)], shade(colour, 0.82), 2)


def guide_strip(c: Canvas, y: float, height: float) -> None:
    """The yellow strip with ridges that leads the blind."""
    c.box(0, y, WIDTH, y + height, (232, 186, 64))
    for ridge in range(4):
        c.box(0, y + height * (0.12 + ridge * 0.22), WIDTH, y + height * (0.2 + ridge * 0.22), (206, 158, 44))
    for joint in range(0, WIDTH, 64):
        c.line([(joint, y), (joint, y + height)], (190, 146, 44), 2)


def shop_fronts(c: Canvas, bottom: float) -> None:
    """Three shops with awnings and windows."""
    c.box(0, 0, WIDTH, bottom, (206, 196, 182))
    for index, colour in enumerate(((178, 60, 54), (56, 112, 96), (52, 88, 148))):
        left = index * 430 - 10
        c.box(left + 10, 20, left + 420, 110, shade(colour, 0.9), 6)
        for block in range(4):
            c.box(left + 100 + block * 62, 42, left + 146 + block * 62, 90, (250, 240, 214), 5)
        c.box(left + 24, 170, left + 272, bottom - 12, (84, 104, 116), 4)
        c.polygon(
            [(left + 40, 180), (left + 120, 180), (left + 60, bottom - 30), (left + 30, bottom - 30)], (122, 144, 156)
        )
        c.box(left + 290, 180, left + 400, bottom, shade(colour, 0.62), 4)
        c.box(left + 304, 196, left + 386, bottom - 60, (112, 134, 146), 4)
        for stripe in range(10):
            x, paint = left + 10 + stripe * 41, colour if stripe % 2 else (244, 240, 232)
            c.polygon([(x, 116), (x + 41, 116), (x + 47, 196), (x + 6, 196)], paint)
            c.ellipse(x + 26, 196, 20.5, 12, shade(paint, 0.94))


def old_block(c: Canvas, bottom: float, wall: Colour, *, shabby: bool) -> None:
    """The front of an old block of flats; a shabby one has lost plaster and its windows are dull."""
    sky(c, bottom)
    c.box(40, 40, WIDTH - 40, bottom, wall)
    c.box(20, 24, WIDTH - 20, 52, shade(wall, 0.7))
    for row in range(3):
        for column in range(6):
            _window(c, 88 + column * 196, 84 + row * 158, wall, shabby=shabby)
    if shabby:
        for _ in range(9):
            _scar(c, c.chance.uniform(80, WIDTH - 80), c.chance.uniform(90, bottom - 30), wall)
    for pipe in (40, WIDTH - 54):
        c.box(pipe, 44, pipe + 14, bottom, (112, 112, 112))


def _window(c: Canvas, x: float, y: float, wall: Colour, *, shabby: bool) -> None:
    frame = (196, 192, 184) if shabby else (250, 250, 248)
    c.box(x - 8, y - 8, x + 128, y + 108, shade(wall, 0.84))
    c.box(x, y, x + 120, y + 100, frame)
    for pane in (8, 64):
        c.box(x + pane, y + 8, x + pane + 48, y + 92, c.vary((88, 104, 112) if shabby else (120, 172, 204), 0.14))
        c.polygon(
            [(x + pane + 6, y + 12), (x + pane + 24, y + 12), (x + pane + 8, y + 60)],
            (150, 166, 174) if shabby else (196, 226, 240),
        )
    c.box(x - 12, y + 102, x + 132, y + 112, shade(wall, 0.7))
    if shabby and c.chance.random() < 0.5:
        for sheet in range(3):
            c.box(
                x + 8 + sheet * 38,
                y + 112,
                x + 38 + sheet * 38,
                y + 112 + c.chance.uniform(20, 38),
                c.vary(c.chance.choice(CLOTHES), 0.2),
            )
    if not shabby:
        for leaf in range(6):
            c.ellipse(x + 14 + leaf * 19, y + 98, 12, 9, c.vary((92, 144, 74), 0.2))


def _scar(c: Canvas, x: float, y: float, wall: Colour) -> None:
    corners = [
        (x + 46 * math.cos(k) * c.chance.uniform(0.5, 1.2), y + 30 * math.sin(k) * c.chance.uniform(0.5, 1.2))
        for k in (0, 1, 2, 3, 4, 5.2)
    ]
    c.polygon([(px - 3, py - 3) for px, py in corners], shade(wall, 0.68))
    c.polygon(corners, (166, 112, 90))
