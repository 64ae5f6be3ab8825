"""Reads the sources of the crate: files, lines of code, doc lines, comments."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"


def files():
    """The paths of all sources that are not tests."""
    paths = sorted(SRC.rglob("*.rs"))
    tests = {path for parent in paths for path in test_files(parent)}
    return [path for path in paths if path not in tests]


def test_files(path):
    """The files of a source's modules of tests."""
    folder = path.parent if path.name in ("lib.rs", "mod.rs") else path.with_suffix("")
    for name in re.findall(r"#\[cfg\(test\)\]\n(?:pub(?:\(\w+\))? )?mod (\w+);", path.read_text()):
        yield folder / f"{name}.rs"
        yield from (folder / name).rglob("*.rs")


def lines(path):
    """The lines of a source, numbered, without its modules of tests."""
    text = path.read_text().splitlines()
    end, number = None, 0
    while number < len(text):
        line = text[number]
        if line.strip() == "#[cfg(test)]" and number + 1 < len(text):
            module = re.match(r"(\s*)(?:pub(?:\(\w+\))? )?mod \w+( \{|;)$", text[number + 1])
            if module:
                end = module[1] + "}" if module[2] == " {" else text[number + 1]
                while text[number] != end:
                    number += 1
                number += 1
                continue
        yield number + 1, line
        number += 1


def is_code(line):
    stripped = line.strip()
    return bool(stripped) and not stripped.startswith("//")


def comment(line):
    """The text of a comment line of any kind, or None."""
    found = re.match(r"\s*//[/!]?\s?(.*)", line)
    return found and found[1]


def doc_lines(path):
    """The doc lines of a source, numbered, without the code in them."""
    in_code = False
    for number, line in lines(path):
        found = re.match(r"\s*//(?:/(?!/)|!)\s?(.*)", line)
        if not found:
            in_code = False
        elif found[1].lstrip().startswith("```"):
            in_code = not in_code
        elif not in_code:
            yield number, found[1]


def code(path):
    """The code of a source as one text: comments and the contents of strings are blanks."""
    text = "\n".join(line for _, line in lines(path))
    kept, at = [], 0
    token = re.compile(
        r"//[^\n]*|/\*.*?\*/|b?r(#*)\".*?\"\1|b?\"(?:\\.|[^\"\\])*\"|b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^'\\])'", re.S
    )
    for found in token.finditer(text):
        kept.append(text[at : found.start()])
        kept.append(" " if found[0].startswith("/") else '""')
        at = found.end()
    return "".join(kept) + text[at:]
