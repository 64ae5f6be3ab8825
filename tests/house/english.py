#!/usr/bin/env python3
"""Counts the doc lines of src that begin with a relative or interrogative word, and the comment lines with "nobody" or
"nothing". A doc line begins with a noun, or with a verb in the third person.

    tests/house/english.py          # the numbers, and the files with most
    tests/house/english.py --all    # each line
"""

import re
import sys

import source

# Fewer are better: these are today's numbers, to be lowered with each improvement. The goals are 20 (0.3 % of all) and
# 40.
MOST_RIDDLES = 8
MOST_NOBODIES = 216

RIDDLE = re.compile(r"(?:[-*] )?(?:What|Who|Whose|Where|Which|Whether|By what|In which|Of what|That)\b")
NOBODY = re.compile(r"\b(?:nobody|nothing)\b", re.I)


def report(what, found, most):
    by_file = {}
    for path, number, text in found:
        by_file.setdefault(path, []).append((number, text))
    worst = sorted(by_file.items(), key=lambda entry: -len(entry[1]))
    print(f"{len(found):5} {what}, of at most {most}")
    for path, lines in worst if "--all" in sys.argv else worst[:8]:
        print(f"{len(lines):9} {path}")
        if "--all" in sys.argv:
            print(*(f"{'':12}{number}: {text}" for number, text in lines), sep="\n")
    return len(found) <= most


def main():
    docs, riddles, nobodies = 0, [], []
    for path in source.files():
        name = path.relative_to(source.ROOT)
        for number, text in source.doc_lines(path):
            docs += 1
            if RIDDLE.match(text.strip()):
                riddles.append((name, number, text))
        for number, line in source.lines(path):
            text = source.comment(line)
            if text and NOBODY.search(text):
                nobodies.append((name, number, text))
    share = 100 * len(riddles) / docs
    good = report(f'doc lines of {docs} ({share:.1f} %) begin with "What", "Who" and the like', riddles, MOST_RIDDLES)
    return report('comment lines with "nobody" or "nothing"', nobodies, MOST_NOBODIES) and good


if __name__ == "__main__":
    sys.exit(not main())
