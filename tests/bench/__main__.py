"""`python -m tests.bench`: what of ours is faster than the plain way, and by how much.

Each pair is measured side by side in one run; the table shows the medians and their ratio.
"""

import argparse
import asyncio
import os
import sys
import warnings
from collections.abc import Awaitable, Callable, Sequence

from tests.bench import ground, memory, pipeline, units, wire
from tests.bench.rounds import Ratio, table

PAIRS: dict[str, Callable[[], Awaitable[list[Ratio]]]] = {
    "units": units.measure,
    "wire": wire.measure,
    "pipeline": pipeline.measure,
    "ground": ground.measure,
    "memory": memory.measure,
}


async def measure(names: Sequence[str]) -> list[Ratio]:
    """The lines of these pairs."""
    return [line for name in names for line in await PAIRS[name]()]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("pairs", nargs="*", metavar="pair", help=f"only these of {', '.join(PAIRS)} (default: all)")
    names = parser.parse_args().pairs or list(PAIRS)
    if unknown := set(names) - PAIRS.keys():
        parser.error(f"there is no pair {', '.join(sorted(unknown))}")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    warnings.simplefilter("ignore")
    sys.stdout.write(table(asyncio.run(measure(names))))


if __name__ == "__main__":
    main()
