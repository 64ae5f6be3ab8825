#!/usr/bin/env python3
"""Counts the public types and functions in tests/public-api/listing.txt, and the names shared by several types.

    tests/house/names.py
"""

import sys

import source

# Fewer are better: these are today's numbers, to be lowered with each improvement.
MOST_TYPES = 398
MOST_FUNCTIONS = 1176
MOST_SHARED = 18

# Shared names that stay, with the reasons: each is one concept of several protocols, told apart by its module.
REASONS = {
    "Credentials": "each protocol has its own",
    "DecodedRequest": "each protocol reads requests",
    "Environment": "each protocol has its own addresses",
    "Finding": "each protocol reports what is malformed",
    "Response": "each protocol has responses",
}


def main():
    types, functions = {}, 0
    for line in (source.ROOT / "tests/public-api/listing.txt").read_text().splitlines():
        kind, path = line.split()[:2]
        if kind in ("struct", "enum", "union", "trait"):
            types.setdefault(path.rsplit("::", 1)[1], []).append(path)
        functions += kind == "function"
    count = sum(map(len, types.values()))
    shared = {name: paths for name, paths in types.items() if len(paths) > 1}
    without = [name for name in sorted(shared) if name not in REASONS]
    unused = [name for name in REASONS if name not in shared]
    for name, paths in sorted(shared.items()):
        modules = ", ".join(path.removeprefix("cashflows_codec::").rsplit("::", 1)[0] for path in paths)
        print(f"  {name}: {modules}" + (f" ({REASONS[name]})" if name in REASONS else ""))
    print(f"{count:5} public types and traits, of at most {MOST_TYPES}")
    print(f"{functions:5} public functions, of at most {MOST_FUNCTIONS}")
    print(f"{len(without):5} names of several types without a reason, of at most {MOST_SHARED}")
    if unused:
        print(f"reasons for what no longer stands twice: {', '.join(unused)}")
    return count <= MOST_TYPES and functions <= MOST_FUNCTIONS and len(without) <= MOST_SHARED and not unused


if __name__ == "__main__":
    sys.exit(not main())
