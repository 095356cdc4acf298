"""`python -m tests.crash`: kill the bot again and again while a town is in full swing, and count what became of it.

People report, work, check and rate against the Telegram at home. The bot, a process (on PostgreSQL two), is killed at
random moments, some of them while a request is under way, and started again at once; on PostgreSQL connections are cut
and the server restarts as well. In the end the people stop, the bot comes to rest, and what must hold is compared with
what the Telegram at home knows (`account.py`).

From the seed follow the people's choices and the killer's plan. How fast the processes are does not, so what stands in
a chat when somebody chooses can differ, and a run is repeated in its decisions, not to the letter.
"""

import argparse
import asyncio
import secrets
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pprint import pformat
from random import Random

from tests.crash import report
from tests.crash.misfortune import Misfortune
from tests.crash.run import Run

STORES = ("sqlite", "postgres")


def main() -> int:
    """The command line. Returns 1 when something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__.partition("\n")[0])
    parser.add_argument("--store", choices=(*STORES, "both"), default="both")
    parser.add_argument("--kills", type=int, default=100, help="on each store (default: 100)")
    parser.add_argument("--seed", type=int, default=None, help="repeats an earlier run's decisions")
    parser.add_argument("--people", type=int, default=16, help="residents; officers come on top (default: 16)")
    options = parser.parse_args()
    seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    stores = STORES if options.store == "both" else (options.store,)
    return max([_run(store, seed, options.kills, options.people) for store in stores])


def _run(store: str, seed: int, kills: int, people: int) -> int:
    command = f"python -m tests.crash --store {store} --kills {kills} --seed {seed} --people {people}"
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    print(f"{store}: seed {seed}", file=sys.stderr, flush=True)
    try:
        with _opened(store, folder, Random(f"{seed}/misfortune"), kills) as (url, misfortune):
            processes = 1 if store == "sqlite" else 2
            result = asyncio.run(Run(url, seed, kills, people, folder / "var", misfortune, processes).go())
    except BaseException:
        print(f"kept: {folder}\nagain: {shlex.join(shlex.split(command))}", file=sys.stderr)
        raise
    print(report.table(result), flush=True)
    if result.wrong:
        (folder / "known.txt").write_text(pformat(result.known, width=200), "utf-8")
        (folder / "kept.txt").write_text(pformat(result.kept.tables, width=200), "utf-8")
        print(report.complaint(result, command, str(folder)), flush=True)
        return 1
    shutil.rmtree(folder)
    return 0


@contextmanager
def _opened(store: str, folder: Path, rng: Random, kills: int) -> Iterator[tuple[str, Misfortune]]:
    """A store to itself, and what else befalls those at work there."""
    if store == "sqlite":
        yield f"sqlite:///{folder / 'var' / 'bot.db'}", Misfortune(rng, kills)
        return
    from tests.postgres import server

    with server(None) as started:
        url = started.create(durable=True)
        yield url, Misfortune(rng, kills, url, started.restart)


if __name__ == "__main__":
    sys.exit(main())
