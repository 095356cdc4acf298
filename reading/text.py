"""Text made comparable: what people type, without the differences that mean nothing.

Everything in this room looks at squeezed text, and every list of words is squeezed in the same way.
"""

import unicodedata

_INVISIBLE = dict.fromkeys((0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFE0F, 0xFEFF))


def squeeze(text: str) -> str:
    """The text in one width and case, without spaces and invisible characters. Line ends stay: they separate."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_INVISIBLE)
    return "\n".join("".join(line.split()) for line in plain.splitlines())


def clause_numbers(text: str) -> list[int]:
    """For each character the number of its clause. Whatever is neither letter nor digit ends a clause."""
    numbers, number = [], 0
    for character in text:
        number += not character.isalnum()
        numbers.append(number)
    return numbers
