#!/usr/bin/env python3
"""Lists the modules that each module of src uses. Arrows point down: simulator, a protocol, media, value, and secret, error, scan and
clock below. No protocol uses another. Circles are counted twice: between rooms, which are the modules of the first two levels
with all that is in their folders (`gateway::request`, `media::json`), and between single files.

A use of a name counts for the module that defines it, through all re-exports. A module that only re-exports names of its own
folder does not use them.

    tests/house/layers.py           # the circles and wrong arrows
    tests/house/layers.py --all     # each arrow
"""

import re
import sys

import source

# Fewer are better: these are today's numbers, to be lowered with each improvement. The goal is no circle between rooms.
MOST_CIRCLES = 1
MOST_ROOMS_IN_CIRCLES = 7
MOST_FILES_IN_CIRCLES = 27

LAYERS = {"simulator": 4, "remote_auth": 3, "gateway": 3, "hosted_page": 3, "media": 2, "value": 1}
LAYERS |= {"secret": 0, "error": 0, "scan": 0, "clock": 0}

USE = re.compile(r"(?:^|(?<=[\n;{}]))\s*(pub(?:\([\w: ]+\))?\s+)?use\s+([^;]+);")
DEFINED = re.compile(
    r"\b(?:struct|enum|union|trait|fn|const|static|type|macro_rules!)\s+(?:\$?)(\w+)"
)
PATH = re.compile(r"(?<![\w:])\$?(crate|self|super|[A-Za-z_]\w*)((?:::\w+)+)")


def split(text):
    """The parts of a list between commas outside braces."""
    parts, depth, part = [], 0, ""
    for character in text:
        depth += (character == "{") - (character == "}")
        if character == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += character
    return [part.strip() for part in [*parts, part] if part.strip()]


def leaves(tree, before=()):
    """Each path of a use declaration, and the name that it is bound to."""
    tree = tree.strip()
    head, brace, rest = tree.partition("{")
    if brace:
        path = before + tuple(part for part in head.replace(" ", "").split("::") if part)
        for part in split(rest.rsplit("}", 1)[0]):
            yield from leaves(part, path)
        return
    path, _, alias = tree.partition(" as ")
    path = before + tuple(path.replace(" ", "").split("::"))
    if path[-1] == "self":
        path = path[:-1]
    yield path, alias.strip() or path[-1]


class Module:
    def __init__(self, path):
        relative = path.relative_to(source.SRC).with_suffix("")
        self.path = () if relative.parts == ("lib",) else relative.parts
        text = source.code(path)
        self.uses = [(found[1] is not None, *leaf) for found in USE.finditer(text) for leaf in leaves(found[2])]
        self.body = USE.sub("\n", text)
        self.defined = set(DEFINED.findall(self.body))

    def absolute(self, path):
        """A path from the crate's root, or None if it leads elsewhere."""
        here = self.path
        if path[0] == "crate":
            return path[1:]
        if path[0] in ("self", "super"):
            while path and path[0] in ("self", "super"):
                here = here[:-1] if path[0] == "super" else here
                path = path[1:]
            return here + path
        return None


class Crate:
    def __init__(self):
        self.modules = {module.path: module for module in map(Module, source.files())}

    def resolve(self, path, seen=()):
        """The module that defines the path's item, or None if the path is a module or of another crate."""
        at = ()
        while path and at + path[:1] in self.modules:
            at, path = at + path[:1], path[1:]
        if not path or (at, path) in seen:
            return None
        module, seen = self.modules[at], (*seen, (at, path))
        if path[0] in module.defined:
            return at
        for _, used, name in module.uses:
            target = module.absolute(used) or (at + used if at + used[:1] in self.modules else None)
            if target is None:
                continue
            if name == path[0]:
                return self.resolve(target + path[1:], seen)
            if name == "*" and used[-1] == "*" and (found := self.resolve(target[:-1] + path, seen)):
                if path[0] in self.modules[found].defined:
                    return found
        return at

    def arrows(self, module):
        """The modules that a module uses, with the paths."""
        names = {}
        for is_public, used, name in module.uses:
            target = module.absolute(used)
            if target is None and module.path + used[:1] in self.modules:
                target = module.path + used
            if target is None:
                continue
            names[name] = target
            is_own = target[: len(module.path)] == module.path
            if name == "*":
                inner = self.modules.get(target[:-1])
                if inner and not (is_public and is_own) and inner.path != module.path[:-1]:
                    yield inner.path, target
            elif not (is_public and is_own) and (found := self.resolve(target)) is not None:
                yield found, target
        for found in PATH.finditer(module.body):
            path = (found[1], *found[2].strip(":").split("::"))
            if path[0] in names:
                target = names[path[0]] + path[1:]
            elif module.path + path[:1] in self.modules:
                target = module.path + path
            else:
                target = module.absolute(path)
            # `Type::CONSTANT` belongs to the type.
            while target and (defines := self.resolve(target)) is None and target not in self.modules:
                target = target[:-1]
            if target and target not in self.modules:
                yield defines, target

    def graph(self):
        graph = {}
        for module in self.modules.values():
            used = {}
            for target, name in self.arrows(module):
                if target is not None and target not in (module.path, ()):
                    used.setdefault(target, "::".join(name))
            graph[module.path] = used
        return graph


def circles(graph):
    """The strongly connected components of more than one module."""
    index, low, stack, on, found = {}, {}, [], set(), []

    def visit(module):
        index[module] = low[module] = len(index)
        stack.append(module)
        on.add(module)
        for target in graph[module]:
            if target not in index:
                visit(target)
                low[module] = min(low[module], low[target])
            elif target in on:
                low[module] = min(low[module], index[target])
        if low[module] == index[module]:
            component = []
            while not component or component[-1] != module:
                component.append(stack.pop())
                on.discard(component[-1])
            if len(component) > 1:
                found.append(sorted(component))

    for module in graph:
        if module not in index:
            visit(module)
    return found


def main():
    sys.setrecursionlimit(10_000)
    graph = Crate().graph()
    shown = lambda path: "::".join(path) or "crate"
    wrong = []
    for module, used in graph.items():
        for target, name in used.items():
            if "--all" in sys.argv:
                print(f"{shown(module)} -> {shown(target)} ({name})")
            if not module or module[0] == target[0]:
                continue
            above, below = LAYERS[module[0]], LAYERS[target[0]]
            if above < below:
                wrong.append(f"{shown(module)} uses {shown(target)}, which is above it ({name})")
            elif above == below == LAYERS["gateway"]:
                wrong.append(f"{shown(module)} uses {shown(target)}, another protocol ({name})")
    rooms = {}
    for module, used in graph.items():
        rooms.setdefault(module[:2], set()).update({target[:2] for target in used} - {module[:2]})
    print(*wrong, sep="\n", end="\n" if wrong else "")
    found = circles(rooms)
    in_circles = []
    for what, components in (("rooms", found), ("files", circles(graph))):
        for component in components:
            print(f"circle of {len(component)} {what}: {', '.join(map(shown, component))}")
        in_circles.append(sum(map(len, components)))
    print(f"{sum(map(len, graph.values())):5} arrows between {len(graph)} modules")
    print(f"{len(wrong):5} of them lead up, or to another protocol, of none")
    print(f"{len(found):5} circles between rooms, of at most {MOST_CIRCLES}")
    print(f"{in_circles[0]:5} rooms in circles, of at most {MOST_ROOMS_IN_CIRCLES}")
    print(f"{in_circles[1]:5} files in circles, of at most {MOST_FILES_IN_CIRCLES}")
    limits = (MOST_CIRCLES, MOST_ROOMS_IN_CIRCLES, MOST_FILES_IN_CIRCLES)
    return not wrong and all(count <= most for count, most in zip((len(found), *in_circles), limits))


if __name__ == "__main__":
    sys.exit(not main())
