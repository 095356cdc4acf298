"""Words for the tests: short, plain, and telling what they were made from."""

import html

from domain.facts import Fact
from domain.messages import Action, Attachment, Notice


class ShortWords:
    """What a notice says is its fact `say`, escaped, in bold when it also has `bold`."""

    def text(self, notice: Notice, language: str) -> str:
        said = html.escape(str(notice.facts.get("say", f"{notice.kind}/{language}")))
        return f"<b>{said}</b>" if notice.facts.get("bold") else said

    def label(self, action: Action, language: str) -> str:
        return f"{action.label}" if language == "zh" else f"{action.label} (en)"

    def marked(self, text: str, language: str) -> str:  # noqa: ARG002 - no rehearsal here
        return text

    def phrase(self, key: str, language: str, /, **facts: Fact) -> str:
        return f"{key}/{language}" if not facts else f"{key}/{language}/{sorted(facts)}"

    def file(self, attachment: Attachment) -> bytes:
        return repr(dict(attachment.facts)).encode()
