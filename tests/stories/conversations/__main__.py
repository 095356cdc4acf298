"""`python -m tests.stories.conversations` writes `docs/conversations.md` and the README's transcript anew."""

import asyncio
import sys
import tempfile
from pathlib import Path

from storage.district.files import Files, read
from tests.stories.conversations import DOCUMENT, played
from tests.stories.conversations.book import ROOT
from tests.stories.conversations.transcript import README, readme, told
from tests.stories.town import town


async def _write(files: Files) -> None:
    DOCUMENT.write_text((await played(files)).text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder), files) as place:
            README.write_text(readme(await told(place)), encoding="utf-8")


asyncio.run(_write(read(ROOT / "districts" / "ximing")))
sys.stdout.write(f"wrote {DOCUMENT.relative_to(ROOT)} and {README.relative_to(ROOT)}\n")
