"""Pictures of few colours as a PDF, a page each: written page by page, without loss, a few dozen kilobytes a page.

Pillow writes such pictures a hundred times larger, and every other way it has holds all pages in memory.
"""

import zlib
from types import TracebackType
from typing import BinaryIO, Self

from PIL import Image

_CATALOG, _PAGES = 1, 2
_POINTS = 72
"""To the inch: what a PDF measures in."""


class PictureBook:
    """A PDF in the making; complete once its `with` block is left."""

    def __init__(self, file: BinaryIO, dpi: int) -> None:
        self._file = file
        self._dpi = dpi
        self._offsets = {_CATALOG: 0, _PAGES: 0}
        self._pages: list[int] = []

    def __enter__(self) -> Self:
        self._file.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if kind is None:
            self._close()

    def add(self, picture: Image.Image) -> None:
        """One more page, as large as the picture at this resolution. The picture has a palette (mode P)."""
        width, height = (side * _POINTS / self._dpi for side in picture.size)
        image = self._object(_image_of(picture))
        drawing = f"{width:.2f} 0 0 {height:.2f} 0 0 cm /I Do".encode()
        content = self._object(_stream(b"", drawing))
        self._pages.append(
            self._object(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R "
                b"/Resources << /XObject << /I %d 0 R >> >> >>" % (_PAGES, width, height, content, image)
            )
        )

    def _object(self, body: bytes, number: int | None = None) -> int:
        number = number or len(self._offsets) + 1
        self._offsets[number] = self._file.tell()
        self._file.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def _close(self) -> None:
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._object(b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(self._pages)), _PAGES)
        self._object(b"<< /Type /Catalog /Pages %d 0 R >>" % _PAGES, _CATALOG)
        start, count = self._file.tell(), len(self._offsets) + 1
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count):
            self._file.write(b"%010d 00000 n \n" % self._offsets[number])
        self._file.write(b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (count, _CATALOG))
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % start)


def _image_of(picture: Image.Image) -> bytes:
    palette = bytes(picture.getpalette() or ())
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 " % picture.size
    colours = b"/ColorSpace [/Indexed /DeviceRGB %d <%b>] " % (len(palette) // 3 - 1, palette.hex().encode())
    return _stream(head + colours, picture.tobytes())


def _stream(head: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< %b/Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (head, len(packed), packed)
