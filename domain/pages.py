"""Long lists, page by page: which piece of a list is shown, and the buttons that turn to the others."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.option import Option


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 0, of a list of `count` things, `size` of them to a page."""

    number: int
    count: int
    size: int

    @property
    def pages(self) -> int:
        """How many there are; an empty list has one."""
        return max(-(-self.count // self.size), 1)

    @property
    def offset(self) -> int:
        """How many things stand on the pages before."""
        return self.number * self.size

    def turns(self, verb: str, argument: Callable[[int], str] = str) -> tuple[Option, ...]:
        """上一页 and 下一页, where there is one; `argument` says what a button needs besides for another page."""
        before = (Option(verb, argument(self.number - 1), label="previous"),) if self.number > 0 else ()
        after = (Option(verb, argument(self.number + 1), label="next"),) if self.number + 1 < self.pages else ()
        return (*before, *after)


def turned_to(number: int, count: int, size: int) -> Page:
    """That page of a list; the last one when the list has become shorter meanwhile."""
    pages = Page(0, count, size).pages
    return Page(min(max(number, 0), pages - 1), count, size)
