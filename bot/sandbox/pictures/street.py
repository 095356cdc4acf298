"""What stands, grows and walks in a street. Each thing is drawn around its foot (x, y)."""

import math

from bot.sandbox.pictures.canvas import Canvas, Colour, mix, shade

CLOTHES: tuple[Colour, ...] = ((196, 62, 58), (52, 96, 160), (240, 180, 60), (90, 130, 92))
CARTON: Colour = (190, 146, 96)
WOOD: Colour = (146, 98, 58)


def carton(c: Canvas, x: float, y: float, width: float, height: float, colour: Colour = CARTON) -> None:
    """A cardboard box with tape across it."""
    side = width * 0.28
    c.shadow(x + side / 2, y, width * 0.7, height * 0.12)
    c.polygon(
        [
            (x + width / 2, y - height),
            (x + width / 2 + side, y - height - side * 0.5),
            (x + width / 2 + side, y - side * 0.5),
            (x + width / 2, y),
        ],
        shade(colour, 0.72),
    )
    c.polygon(
        [
            (x - width / 2, y - height),
            (x + width / 2, y - height),
            (x + width / 2 + side, y - height - side * 0.5),
            (x - width / 2 + side, y - height - side * 0.5),
        ],
        shade(colour, 1.12),
    )
    c.box(x - width / 2, y - height, x + width / 2, y, colour)
    c.box(x - width * 0.06, y - height, x + width * 0.06, y, shade(colour, 1.18))
    c.box(x - width * 0.4, y - height * 0.35, x - width * 0.15, y - height * 0.15, shade(colour, 0.6))


def fruit_crate(c: Canvas, x: float, y: float, width: float, fruit: Colour) -> None:
    """A crate of fruit that stands where people should walk."""
    height = width * 0.42
    c.shadow(x, y, width * 0.6, height * 0.25)
    c.box(x - width / 2, y - height, x + width / 2, y, WOOD)
    for board in range(3):
        c.box(
            x - width / 2,
            y - height + board * height / 3,
            x + width / 2,
            y - height + (board + 0.75) * height / 3,
            shade((196, 150, 96), 1 - board * 0.06),
        )
    for step in range(9):
        c.ellipse(
            x - width * 0.42 + step * width * 0.105,
            y - height - (step % 2) * 8,
            width * 0.08,
            width * 0.08,
            c.vary(fruit, 0.14),
        )


def scooter(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """An electric scooter, seen from the side."""
    c.shadow(x, y, size * 0.7, size * 0.1)
    for side in (-0.5, 0.5):
        c.ellipse(x + side * size, y - size * 0.17, size * 0.17, size * 0.17, (28, 28, 30))
        c.ellipse(x + side * size, y - size * 0.17, size * 0.09, size * 0.09, (180, 182, 186))
    c.polygon(
        [
            (x - size * 0.62, y - size * 0.34),
            (x - size * 0.1, y - size * 0.36),
            (x - size * 0.05, y - size * 0.18),
            (x - size * 0.4, y - size * 0.2),
        ],
        colour,
    )
    c.box(x - size * 0.15, y - size * 0.24, x + size * 0.3, y - size * 0.16, shade(colour, 0.75), 6)
    c.polygon(
        [
            (x + size * 0.24, y - size * 0.2),
            (x + size * 0.42, y - size * 0.66),
            (x + size * 0.5, y - size * 0.62),
            (x + size * 0.4, y - size * 0.16),
        ],
        colour,
    )
    c.line(
        [(x + size * 0.5, y - size * 0.2), (x + size * 0.4, y - size * 0.72), (x + size * 0.3, y - size * 0.78)],
        (40, 40, 44),
        size * 0.045,
    )
    c.box(x - size * 0.55, y - size * 0.44, x + size * 0.0, y - size * 0.35, (36, 36, 40), 8)
    c.box(x - size * 0.72, y - size * 0.58, x - size * 0.48, y - size * 0.36, shade(colour, 0.85), 6)
    c.ellipse(x + size * 0.5, y - size * 0.58, size * 0.05, size * 0.06, (255, 244, 190))


def walker(c: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """Somebody on the way, seen from the front."""
    c.shadow(x, y, size * 0.2, size * 0.04, 0.6)
    trousers, skin, hair = (52, 54, 66), (232, 186, 152), (40, 34, 32)
    c.line(
        [(x - size * 0.05, y - size * 0.46), (x - size * 0.09, y - size * 0.22), (x - size * 0.1, y)],
        trousers,
        size * 0.09,
    )
    c.line(
        [(x + size * 0.05, y - size * 0.46), (x + size * 0.06, y - size * 0.24), (x + size * 0.1, y - size * 0.03)],
        shade(trousers, 1.2),
        size * 0.09,
    )
    for side in (-1, 1):
        c.line(
            [(x + side * size * 0.1, y - size * 0.74), (x + side * size * 0.17, y - size * 0.46)],
            shade(colour, 0.8),
            size * 0.07,
        )
        c.ellipse(x + side * size * 0.17, y - size * 0.44, size * 0.035, size * 0.035, skin)
    c.box(x - size * 0.035, y - size * 0.86, x + size * 0.035, y - size * 0.76, shade(skin, 0.88))
    c.box(x - size * 0.125, y - size * 0.8, x + size * 0.125, y - size * 0.42, colour, size * 0.06)
    c.ellipse(x, y - size * 0.94, size * 0.085, size * 0.09, hair)
    c.ellipse(x, y - size * 0.915, size * 0.072, size * 0.085, skin)


def tree(c: Canvas, x: float, y: float, size: float, *, bare: bool = False) -> None:
    """A tree in the street or in a yard; a bare one has been neglected."""
    c.shadow(x, y, size * 0.3, size * 0.05)
    c.polygon(
        [
            (x - size * 0.05, y),
            (x + size * 0.05, y),
            (x + size * 0.025, y - size * 0.6),
            (x - size * 0.02, y - size * 0.6),
        ],
        (96, 72, 52),
    )
    if bare:
        for turn in (-1.0, -0.55, -0.1, 0.4, 0.9):
            tip = (x + turn * size * 0.32, y - size * (0.98 - abs(turn) * 0.2))
            c.line([(x, y - size * 0.5), (x + turn * size * 0.14, y - size * 0.7), tip], (86, 68, 54), size * 0.02)
        return
    for _ in range(34):
        angle, far = c.chance.random() * math.tau, math.sqrt(c.chance.random())
        green = mix((46, 104, 52), (130, 176, 78), c.chance.random() * (1 - far * math.sin(angle)) / 2)
        c.ellipse(
            x + size * 0.32 * far * math.cos(angle),
            y - size * 0.78 + size * 0.28 * far * math.sin(angle),
            size * 0.11,
            size * 0.1,
            green,
        )


def grass(c: Canvas, x: float, y: float, size: float, colour: Colour = (84, 116, 56)) -> None:
    """A tuft of grass or weeds."""
    for blade in range(7):
        lean = (blade - 3) / 3
        c.line(
            [(x + lean * size * 0.15, y), (x + lean * size * 0.5, y - size * c.chance.uniform(0.6, 1))],
            c.vary(colour, 0.2),
            max(1.5, size * 0.05),
        )


def flowers(c: Canvas, left: float, right: float, y: float, size: float) -> None:
    """A row of flowers in green leaves."""
    x = left
    while x < right:
        c.ellipse(x, y - size * 0.4, size * 0.5, size * 0.42, c.vary((64, 124, 62), 0.16))
        x += size * 0.55
    x = left
    while x < right:
        petal = c.chance.choice(((236, 84, 96), (250, 200, 70), (246, 240, 244), (214, 110, 190)))
        c.ellipse(x + c.chance.uniform(-6, 6), y - size * c.chance.uniform(0.4, 0.85), size * 0.17, size * 0.16, petal)
        x += size * 0.32


def bench(c: Canvas, x: float, y: float, width: float) -> None:
    """A wooden bench."""
    c.shadow(x, y, width * 0.55, width * 0.07)
    for side in (-0.4, 0.4):
        c.box(x + side * width - 7, y - width * 0.22, x + side * width + 7, y, (70, 72, 76), 3)
    for board in range(3):
        c.box(
            x - width / 2,
            y - width * (0.48 - board * 0.085),
            x + width / 2,
            y - width * (0.42 - board * 0.085),
            c.vary((176, 118, 66)),
            4,
        )
    c.box(x - width / 2, y - width * 0.22, x + width / 2, y - width * 0.15, (188, 128, 74), 4)
