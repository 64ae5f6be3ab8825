#!/usr/bin/env python3
"""Checks that a half-made parameter is found. In a copy of the tree, adds a row to each table of parameters, and leaves out
each further step in turn. The compiler or a test must name the parameter, and must report no error if no step is left out.
Takes minutes.

    tests/house/half_made.py            # every case
    tests/house/half_made.py gateway    # those of one table
"""

import os
import re
import shutil
import subprocess
import sys
import time

import source

COPY = source.ROOT / "target/half-made"
TREE = COPY / "tree"


def after(anchor, added):
    """Adds lines after each match."""
    pattern = re.compile(rf"^( *){anchor}$", re.M)
    return lambda text: pattern.subn(lambda found: f"{found[0]}\n{found[1]}{added.replace(chr(10), chr(10) + found[1])}", text)


def replaced(old, new):
    """Replaces each match."""
    return lambda text: re.subn(old, new, text)


# A table: the names of the new parameter, of which errors must name one; and the steps, each with its changes of files.
# The first step is the row. Each change must find its place, so that this list stays in step with the code.
TABLES = {
    "gateway": (
        ("PayerPhone", "payer_phone"),
        {
            "row": [
                (
                    "src/gateway/request/parameter.rs",
                    after("SimulatedStatus +simulated_status .*;", "PayerPhone payer_phone FreeText Open O O O O O O O O I;"),
                )
            ],
            "field": [
                (
                    "src/gateway/request/job.rs",
                    after(r"pub simulated_status: .*,", "/// A telephone number.\npub payer_phone: Option<FreeText>,"),
                ),
                ("src/gateway/request/job.rs", after("simulated_status: None,", "payer_phone: None,")),
            ],
            "reading": [
                ("src/gateway/request/read/kind.rs", after("simulated_status,", "payer_phone,")),
                (
                    "src/gateway/request/read/kind.rs",
                    after(r"pub\(super\) simulated_status: .*,", "pub(super) payer_phone: Option<FreeText>,"),
                ),
                (
                    "src/gateway/request/read/job.rs",
                    after(r"simulated_status: common\.simulated_status,", "payer_phone: common.payer_phone,"),
                ),
            ],
            "writing": [
                ("src/gateway/request/write.rs", after("simulated_status,", "payer_phone,")),
                (
                    "src/gateway/request/write.rs",
                    after(r"simulated_status: simulated_status\.as_ref\(\),", "payer_phone: payer_phone.as_ref(),"),
                ),
            ],
            "sample": [
                ("src/gateway/request/parameter/tests.rs", after('P::SimulatedStatus => "Paid",', 'P::PayerPhone => "1",'))
            ],
        },
    ),
    "remote_auth": (
        ("tran_channel", "TranChannel"),
        {
            "row": [
                ("src/remote_auth/parameter.rs", after("gateway_id_mc .*;", "tran_channel TranChannel MpgId Open O O O I I O;"))
            ],
            "field": [
                (
                    "src/remote_auth/request/payment.rs",
                    after(r"pub recipient: .*,", "/// A channel.\npub tran_channel: Option<MpgId>,"),
                ),
                ("src/remote_auth/request/payment.rs", replaced("recipient: None,", r"\g<0> tran_channel: None,")),
                ("src/remote_auth/request/payment.rs", replaced("MerchantReference, Options", "MerchantReference, MpgId, Options")),
            ],
            "reading": [
                (
                    "src/remote_auth/wire/form/operation.rs",
                    replaced("description, recipient, options }", "tran_channel: self.values.tran_channel, description, recipient, options }"),
                )
            ],
            "writing": [
                (
                    "src/remote_auth/wire/form/encode.rs",
                    replaced("description, recipient, options }", "description, recipient, options, tran_channel }"),
                ),
                (
                    "src/remote_auth/wire/form/encode.rs",
                    after(
                        r"self\.set_some\(P::TranDesc, .*;",
                        "self.set_some(P::TranChannel, tran_channel.as_ref().map(AsRef::as_ref));",
                    ),
                ),
            ],
            "secrecy": [("tests/secrecy/printed.rs", replaced(r"acs_xid gateway_id_mc", r"\g<0> tran_channel"))],
            "sample and page": [
                (
                    "docs/protocol/remote-auth.md",
                    after(
                        r"\| an MPG id that is none .*",
                        "| a channel that is none | `sale tran_channel=1` | --- tran_channel must be 11 digits | ours |",
                    ),
                ),
                (
                    "tests/support/requests.rs",
                    after(
                        r"payment\.recipient = .*;",
                        "payment.tran_channel = $source.maybe(|source| digits(source, 11, 11));",
                    ),
                )
            ],
        },
    ),
}


def apply(steps):
    """Changes the copy, and returns the files that differ from the tree."""
    changed = {}
    for step, changes in steps.items():
        for name, change in changes:
            text = changed.get(name) or (source.ROOT / name).read_text()
            changed[name], count = change(text)
            if not count:
                sys.exit(f"{step}: its place in {name} is not there: mend tests/house/half_made.py")
    for name, text in changed.items():
        (TREE / name).write_text(text)
    return changed


def cargo(*words):
    environment = os.environ | {"CARGO_TARGET_DIR": str(COPY / "target"), "CARGO_PROFILE_DEV_DEBUG": "0"}
    run = subprocess.run(["cargo", *words], cwd=TREE, env=environment, capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def verdict(names):
    """The source of the error that names the parameter: the compiler, a test, or nothing; and its output."""
    status, said = cargo("check", "--all-features", "--lib")
    if status or "warning" in said:
        return ("compiler" if any(name in said for name in names) else "another error"), said
    status, said = cargo(
        "test", "--all-features", "--lib", "--test", "remote_auth", "--test", "secrecy", "--", "parameter", "request"
    )
    if status:
        return ("test" if any(name in said for name in names) else "another error"), said
    return "nothing", said


def main():
    started, good = time.monotonic(), True
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=source.ROOT, capture_output=True, text=True)
    wanted = [name for name in files.stdout.splitlines() if not name.startswith(("examples/merchant", "examples/archive"))]
    shutil.rmtree(TREE, ignore_errors=True)
    for name in wanted:
        if (source.ROOT / name).is_file():
            (TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source.ROOT / name, TREE / name)
    tables = {table: TABLES[table] for table in sys.argv[1:] or TABLES}
    whole = {(table, step): changes for table, (_, steps) in tables.items() for step, changes in steps.items()}
    cases = [("all steps", (), whole)]
    for table, (names, steps) in tables.items():
        cases.append((f"{table}, the row alone", names, {"row": steps["row"]}))
        for left in [step for step in steps if step != "row"]:
            some = {step: changes for step, changes in steps.items() if step != left}
            cases.append((f"{table}, without the {left}", names, some))
    for case, names, steps in cases:
        changed = apply(steps)
        found, said = verdict(names)
        for name in changed:
            (TREE / name).write_text((source.ROOT / name).read_text())
        right = found in ("compiler", "test") if names else found == "nothing"
        print(f"{case:41} {found}" + ("" if right else "  WRONG"), flush=True)
        if not right:
            print("\n".join(line for line in said.splitlines() if re.match(r"error|warning|.*panicked| *-->", line))[:2000])
        good &= right
    print(f"{time.monotonic() - started:.0f} s")
    return good


if __name__ == "__main__":
    sys.exit(not main())
