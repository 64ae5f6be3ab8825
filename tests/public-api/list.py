"""Lists the public API from rustdoc's JSON, one item a line. Fails if a signature names a type of a hidden crate."""

import json
import sys

ALLOWED = {"cashflows_codec", "core", "alloc", "std", "bytes", "http"}
# Traits that types implement for users who store them. No signature has them.
ALLOWED_TRAITS = ALLOWED | {"serde", "serde_core"}

doc = json.load(open(sys.argv[1]))
index, paths, crates = doc["index"], doc["paths"], doc["external_crates"]
lines, foreign, listed = set(), set(), {}


def crate(id_):
    path = paths.get(str(id_))
    if path is None or path["crate_id"] == 0:
        return "cashflows_codec"
    return crates[str(path["crate_id"])]["name"]


def named(node, where, allowed=ALLOWED):
    """The words of a signature, each type by the end of its path. Foreign types are recorded."""
    if isinstance(node, list):
        for value in node:
            yield from named(value, where, allowed)
    if not isinstance(node, dict):
        return
    if "id" in node and "path" in node:
        if crate(node["id"]) not in allowed:
            foreign.add(f"{where} names {crate(node['id'])}::{node['path']}")
        yield node["path"].split("::")[-1]
        node = {"args": node.get("args")}
    for key, value in node.items():
        if key in ("generic", "primitive", "lifetime") and isinstance(value, str):
            yield value
            continue
        if key == "borrowed_ref":
            yield "&mut" if value["is_mutable"] else "&"
        elif key in ("slice", "tuple", "array", "impl_trait"):
            yield key
        elif key == "output":
            yield "->"
        if key == "inputs":
            # Functions have names here, closures have none.
            value = [named_type[-1] if isinstance(named_type, list) else named_type for named_type in value]
        yield from named(value, where, allowed)


def add(kind, path, signature=None):
    words = " ".join(named(signature, path)) if signature is not None else ""
    lines.add(f"{kind} {path} {words}".rstrip())


def implementations(ids, path):
    traits = set()
    for impl in (index[str(id_)]["inner"]["impl"] for id_ in ids if str(id_) in index):
        if impl["is_synthetic"] or impl["blanket_impl"]:
            continue
        if impl["trait"]:
            traits.add(" ".join(named(impl["trait"], path, ALLOWED_TRAITS)))
            continue
        for id_ in impl["items"]:
            item = index[str(id_)]
            for kind, inner in item["inner"].items():
                signature = inner.get("sig") if kind == "function" else inner
                add(kind, f"{path}::{item['name']}", [signature, inner.get("generics")])
    if traits := traits - {"StructuralPartialEq"}:
        lines.add(f"impl {path}: {', '.join(sorted(traits))}")


def walk(id_, path):
    item = index.get(str(id_))
    if item is None:
        return
    ((kind, inner),) = item["inner"].items()
    if kind == "use":
        name = inner["name"]
        target = index.get(str(inner["id"]))
        if target is None:
            named_path = "::".join(paths[str(inner["id"])]["path"])
            add("use", f"{path}::{name} = {named_path}")
        elif inner["is_glob"]:
            for child in target["inner"]["module"]["items"]:
                walk(child, path)
        else:
            walk_named(target, f"{path}::{name}")
    else:
        walk_named(item, f"{path}::{item['name']}" if path else item["name"])


def walk_named(item, path):
    ((kind, inner),) = item["inner"].items()
    if kind == "module":
        for child in inner["items"]:
            walk(child, path)
    elif item["id"] in listed:
        add("use", f"{path} = {listed[item['id']]}")
    elif kind in ("struct", "enum", "trait", "union"):
        listed[item["id"]] = path
        add(kind, path, inner.get("generics"))
        for id_ in inner.get("variants", []):
            variant = index[str(id_)]
            add("variant", f"{path}::{variant['name']}", fields(variant["inner"]["variant"]))
        add_fields(inner, path)
        implementations(inner.get("impls", []), path)
    elif kind == "function":
        add(kind, path, [inner["sig"], inner["generics"]])
    else:
        add(kind, path, inner)


def ids_of(shape):
    """The fields of a struct or variant of any shape."""
    if not isinstance(shape, dict):
        return []
    fields = shape["tuple"] if "tuple" in shape else next(iter(shape.values()))["fields"]
    return [id_ for id_ in fields if id_ is not None]


def fields(variant):
    return [index[str(id_)]["inner"] for id_ in ids_of(variant["kind"]) if str(id_) in index]


def add_fields(inner, path):
    for id_ in ids_of(inner.get("kind")):
        if (field := index.get(str(id_))) and field["visibility"] in ("public", "default"):
            add("field", f"{path}::{field['name']}", field["inner"])


walk(doc["root"], "")
print("\n".join(sorted(lines)))
if foreign:
    sys.exit("\n".join(["the public API names types of other crates:", *sorted(foreign)]))
