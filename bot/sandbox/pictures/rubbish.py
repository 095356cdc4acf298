"""What lies about and should not. Each thing is drawn around its foot (x, y)."""

import math

from PIL import Image, ImageDraw

from bot.sandbox.pictures.canvas import SCALE, Canvas, Colour, shade

RUBBER: Colour = (44, 44, 49)
PLANK: Colour = (146, 98, 58)
PAPERS: tuple[Colour, ...] = ((250, 249, 242), (255, 236, 130), (255, 190, 200), (190, 232, 190), (182, 218, 248))


def lying_tyre(c: Canvas, x: float, y: float, r: float) -> None:
    """A tyre that lies flat; several make a stack."""
    height, flat = r * 0.5, r * 0.36
    c.ellipse(x, y, r, flat, shade(RUBBER, 0.7))
    c.box(x - r, y - height, x + r, y, RUBBER)
    for step in range(-6, 7):
        c.line(
            [(x + r * math.sin(step / 4.4), y - height + flat * 0.4), (x + r * math.sin(step / 4.4), y)],
            (30, 30, 34),
            3,
        )
    c.ellipse(x, y - height, r, flat, (70, 70, 76))
    c.ellipse(x, y - height, r * 0.86, flat * 0.86, (54, 54, 60))
    c.ellipse(x, y - height, r * 0.52, flat * 0.52, (92, 92, 98))
    c.ellipse(x, y - height + 3, r * 0.5, flat * 0.5, (14, 14, 16))
    c.arc(x, y - height, r * 0.94, flat * 0.94, (190, 300), (118, 118, 124), 3)


def standing_tyre(c: Canvas, x: float, y: float, r: float, ground: Colour) -> None:
    """A tyre that leans, seen from the side; one looks through it at the `ground`."""
    c.shadow(x + r * 0.2, y, r * 0.9, r * 0.18, 0.6)
    middle = y - r
    for step in range(30):
        angle = step * math.tau / 30
        c.ellipse(x + r * 0.97 * math.cos(angle), middle + r * 0.97 * math.sin(angle), r * 0.07, r * 0.07, RUBBER)
    c.ellipse(x, middle, r * 0.98, r * 0.98, RUBBER)
    c.ellipse(x, middle, r * 0.82, r * 0.82, (64, 64, 70))
    c.arc(x, middle, r * 0.7, r * 0.7, (200, 300), (104, 104, 110), r * 0.05)
    c.ellipse(x, middle, r * 0.56, r * 0.56, (24, 24, 27))
    c.ellipse(x + r * 0.03, middle + r * 0.02, r * 0.47, r * 0.47, shade(ground, 0.72))


def bag(c: Canvas, x: float, y: float, r: float, colour: Colour) -> None:
    """A full rubbish bag, tied at the top."""
    c.shadow(x, y, r * 1.1, r * 0.25)
    c.ellipse(x, y - r * 0.75, r, r * 0.8, colour)
    c.box(x - r * 0.9, y - r * 0.6, x + r * 0.9, y, shade(colour, 0.86), r * 0.4)
    for fold in (-0.5, 0.0, 0.45):
        c.line([(x + fold * r * 0.4, y - r * 1.4), (x + fold * r, y - r * 0.5)], shade(colour, 1.35), r * 0.05)
    c.polygon([(x - r * 0.2, y - r * 1.75), (x + r * 0.24, y - r * 1.7), (x, y - r * 1.35)], shade(colour, 1.15))


def bin_(c: Canvas, x: float, y: float, size: float, colour: Colour, *, full: bool) -> None:
    """A wheeled bin; a full one stands open and spills over."""
    half, height = size * 0.36, size
    c.shadow(x, y, half * 1.4, size * 0.1, 0.6)
    top = y - height
    if full:
        c.polygon(
            [
                (x - half * 1.1, top),
                (x + half * 1.1, top),
                (x + half, top - size * 0.34),
                (x - half, top - size * 0.34),
            ],
            shade(colour, 0.7),
        )
    c.polygon(
        [(x - half * 1.1, top), (x + half * 1.1, top), (x + half * 0.85, y - 8), (x - half * 0.85, y - 8)], colour
    )
    c.polygon(
        [(x + half * 0.6, top), (x + half * 1.1, top), (x + half * 0.85, y - 8), (x + half * 0.5, y - 8)],
        shade(colour, 0.84),
    )
    c.box(x - half * 1.18, top - 4, x + half * 1.18, top + size * 0.07, shade(colour, 0.8), 6)
    c.box(x - half * 0.5, top + size * 0.25, x + half * 0.4, top + size * 0.5, (238, 240, 236), 8)
    c.polygon(_triangle(x - half * 0.05, top + size * 0.37, size * 0.09), shade(colour, 0.9))
    for side in (-0.6, 0.6):
        c.ellipse(x + half * side, y - 6, size * 0.075, size * 0.075, (30, 30, 32))
        c.ellipse(x + half * side, y - 6, size * 0.03, size * 0.03, (150, 150, 150))
    if full:
        for step in range(5):
            spread = (step - 2) * half * 0.42
            bag(
                c,
                x + spread,
                top + size * 0.06 - (step % 2) * size * 0.06,
                size * 0.16,
                c.vary(((42, 44, 52), (214, 216, 214), (70, 98, 140))[step % 3]),
            )
    else:
        c.box(x - half * 1.2, top - size * 0.1, x + half * 1.2, top + size * 0.02, shade(colour, 1.12), 12)
        c.box(x - half * 0.4, top - size * 0.14, x + half * 0.4, top - size * 0.09, shade(colour, 0.75), 6)


def _triangle(x: float, y: float, r: float) -> list[tuple[float, float]]:
    return [(x + r * math.sin(turn * math.tau / 3), y - r * math.cos(turn * math.tau / 3)) for turn in range(3)]


def litter(c: Canvas, x: float, y: float, size: float) -> None:
    """A scrap of paper, a bottle, a tin or a peel."""
    turn = c.chance.random() * math.tau
    kind = c.chance.randrange(3)
    if kind == 0:
        corners = [
            (x + size * math.cos(turn + k) * c.chance.uniform(0.6, 1.1), y + size * 0.5 * math.sin(turn + k))
            for k in (0, 1.5, 3.1, 4.6)
        ]
        c.polygon([(px + 3, py + 4) for px, py in corners], (70, 70, 70))
        c.polygon(corners, c.vary(c.chance.choice(PAPERS)))
    elif kind == 1:
        tip = (x + size * math.cos(turn), y + size * 0.4 * math.sin(turn))
        c.line([(x, y + 3), (tip[0], tip[1] + 3)], (60, 66, 66), size * 0.42)
        c.line([(x, y), tip], c.chance.choice(((120, 190, 150), (150, 200, 220), (200, 70, 60))), size * 0.4)
        c.ellipse(*tip, size * 0.13, size * 0.13, (250, 250, 250))
    else:
        c.ellipse(x, y + 3, size * 0.5, size * 0.24, (50, 50, 50))
        c.ellipse(
            x, y, size * 0.5, size * 0.24, c.vary(c.chance.choice(((226, 150, 60), (226, 206, 90), (150, 110, 70))))
        )


def old_sofa(c: Canvas, x: float, y: float, width: float) -> None:
    """A sofa nobody wants, torn open."""
    cloth = (150, 78, 66)
    c.shadow(x, y, width * 0.6, width * 0.08, 0.6)
    c.box(x - width * 0.5, y - width * 0.46, x + width * 0.5, y - width * 0.1, shade(cloth, 0.86), 18)
    for side in (-1, 0):
        c.box(
            x + side * width * 0.4 + 4,
            y - width * 0.28,
            x + side * width * 0.4 + width * 0.4 - 4,
            y - width * 0.1,
            c.vary(cloth),
            14,
        )
    c.box(x - width * 0.54, y - width * 0.34, x - width * 0.4, y, shade(cloth, 0.74), 16)
    c.box(x + width * 0.4, y - width * 0.34, x + width * 0.54, y, shade(cloth, 0.74), 16)
    c.box(x - width * 0.42, y - width * 0.12, x + width * 0.42, y - width * 0.02, shade(cloth, 0.6), 4)
    c.polygon(
        [
            (x - width * 0.25, y - width * 0.4),
            (x - width * 0.05, y - width * 0.36),
            (x - width * 0.12, y - width * 0.26),
            (x - width * 0.24, y - width * 0.3),
        ],
        (222, 204, 160),
    )


def rubble(c: Canvas, x: float, y: float, size: float) -> None:
    """Broken bricks, planks and plaster in a heap."""
    c.shadow(x, y, size, size * 0.16, 0.6)
    for layer in range(60):
        high = layer / 60
        px = x + c.chance.uniform(-1, 1) * size * (1 - high)
        py = y - high * size * 0.5 + c.chance.uniform(-4, 10)
        r = c.chance.uniform(0.05, 0.11) * size
        colour = c.vary(c.chance.choice(((168, 84, 62), (196, 190, 180), (142, 138, 132), (120, 92, 66))), 0.15)
        corners = [(px + r * math.cos(k), py + r * 0.7 * math.sin(k)) for k in (0.3, 1.7, 3.2, 4.9)]
        c.polygon([(cx + 2, cy + 4) for cx, cy in corners], shade(colour, 0.5))
        c.polygon(corners, colour)
    for lean in (-0.6, 0.25):
        c.line(
            [(x + lean * size, y - size * 0.1), (x + lean * size + size * 0.5, y - size * 0.62)],
            c.vary(PLANK),
            size * 0.06,
        )


def leaflet(c: Canvas, x: float, y: float, width: float) -> None:
    """An advertisement pasted where none should be: a headline, grey lines, a telephone number, often torn."""
    colour = c.chance.choice(PAPERS)
    w, h = round(width * SCALE), round(width * c.chance.uniform(1.2, 1.5) * SCALE)
    paper = Image.new("RGBA", (w + 8, h + 8), (0, 0, 0, 0))
    pen = ImageDraw.Draw(paper)
    pen.rectangle((8, 8, w + 8, h + 8), (20, 20, 20, 90))
    pen.rectangle((0, 0, w, h), (*c.vary(colour, 0.05), 255))
    head = c.chance.choice(((206, 40, 40), (30, 70, 170), (24, 24, 24), (20, 120, 70)))
    pen.rectangle((w * 0.08, h * 0.07, w * 0.92, h * 0.24), (*head, 255))
    for block in range(5):
        pen.rectangle((w * (0.14 + block * 0.15), h * 0.11, w * (0.24 + block * 0.15), h * 0.2), (*colour, 255))
    for row in range(5):
        pen.rectangle(
            (w * 0.1, h * (0.32 + row * 0.08), w * c.chance.uniform(0.6, 0.9), h * (0.35 + row * 0.08)),
            (96, 96, 100, 255),
        )
    for digit in range(9):
        pen.rectangle((w * (0.1 + digit * 0.09), h * 0.78, w * (0.16 + digit * 0.09), h * 0.88), (*head, 255))
    if c.chance.random() < 0.4:
        torn = c.chance.uniform(0.25, 0.5)
        pen.polygon(
            [
                (w + 8, h * (1 - torn)),
                (w + 8, h + 8),
                (w * (1 - torn), h + 8),
                (w * (1 - torn * 0.4), h * (1 - torn * 0.6)),
            ],
            (0, 0, 0, 0),
        )
    c.patch(x, y, paper, c.chance.uniform(-13, 13))
