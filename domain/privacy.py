"""Telephone and identity numbers in what people write: seen by the office alone, masked for everyone else.

Digits may be of full width, as Chinese keyboards type them.
"""

import re

_NUMBER = re.compile(
    r"(?<!\d)(?:"
    r"\d{6}[- ]?\d{8}[- ]?\d{3}[\dXxＸｘ]"  # identity card
    r"|(?:(?:\+|00)?86[- ]?)?[1１][3-9３-９]\d(?:(?:[- ]?\d{4}){2}|\d[- ]\d{3}[- ]\d{4})"  # mobile
    r"|[0０]\d{2,3}\)?[- ]?\d{3,4}[- ]?\d{4}"  # landline with area code
    r")(?!\d)"
)


def masked(text: str) -> str:
    """The text with such numbers reduced to their first three and last two characters."""
    return _NUMBER.sub(lambda match: f"{match[0][:3]}****{match[0][-2:]}", text)
