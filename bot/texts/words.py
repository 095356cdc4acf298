"""From a notice to its words in a language."""

import html
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from bot.texts import catalog
from bot.texts.blanks import Derive, Entry
from bot.texts.derived import DERIVED
from bot.texts.files import as_json
from domain.facts import Fact
from domain.messages import Action, Attachment, Notice, Toast

LANGUAGES = ("zh", "en")

Escape = Callable[[str], str]


def _html(text: str) -> str:
    return html.escape(text, quote=False)


def _plain(text: str) -> str:
    return text


class Words:
    """The words of one channel: its way of escaping is HTML's, `entry` makes its links.

    `now` is the product's clock, since "today" in a rehearsal is the rehearsal's. Then every message is marked as one.
    """

    def __init__(
        self, *, now: Callable[[], datetime], zone: Callable[[], tzinfo], entry: Entry, rehearsal: bool
    ) -> None:
        self._catalogs = {language: catalog.load(language) for language in LANGUAGES}
        self._now = now
        self._zone = zone
        self._entry = entry
        self._rehearsal = rehearsal

    def text(self, notice: Notice, language: str) -> str:
        """The notice as HTML; whatever people typed is escaped."""
        return self.marked(self._say(notice.kind, notice.facts, language, _html), language)

    def label(self, action: Action, language: str) -> str:
        """What stands on a button, plain."""
        facts = {name: str(value) for name, value in action.facts.items()}
        return catalog.fill(self._table("button", language)[action.label], facts)

    def file(self, attachment: Attachment) -> bytes:
        """What is in a file that goes along with a notice."""
        return as_json(attachment.facts, self._zone())

    def phrase(self, key: str, language: str, /, **facts: Fact) -> str:
        """A fixed phrase by its full key such as `command.my`, or one of the table `phrase`. Plain."""
        table, _, name = key.rpartition(".")
        template = self._table(table or "phrase", language)[name]
        return catalog.fill(template, {blank: str(value) for blank, value in facts.items()})

    def toast(self, toast: Toast, language: str) -> str:
        """The answer to a press, plain."""
        return self.marked(self._say(toast.kind, toast.facts, language, _plain, table="toast"), language)

    def marked(self, text: str, language: str) -> str:
        """A text of ours, marked as part of a rehearsal where it is one."""
        return self._table("phrase", language)["rehearsal"] + text if self._rehearsal else text

    def _say(self, kind: str, facts: Mapping[str, Fact], language: str, escape: Escape, table: str = "notice") -> str:
        words = self._catalogs[_known(language)]
        derive = Derive(DERIVED, words, facts, self._now(), self._zone(), escape, self._entry)
        return catalog.fill(_template(words, kind, facts, table), derive)

    def _table(self, table: str, language: str) -> Mapping[str, str]:
        return self._catalogs[_known(language)][table]


def _known(language: str) -> str:
    return language if language in LANGUAGES else "zh"


def _template(words: catalog.Catalog, kind: str, facts: Mapping[str, Fact], table: str) -> str:
    """A refusal has one sentence wherever it is shown; a question may have words of its own for a verb."""
    if kind.startswith("refused_"):
        return words["refused"][kind.removeprefix("refused_")]
    special = f"{kind}_{facts.get('verb')}"
    return words[table].get(special) or words[table][kind]
