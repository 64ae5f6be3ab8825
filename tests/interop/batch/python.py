"""Reads our batch bodies with Python's email package and writes the same parts with it.

    python3 python.py DIRECTORY

For each case in DIRECTORY/ours, see tests/batch/interop.rs. Any difference is an error.
"""

import email
import json
import sys
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import HTTP
from pathlib import Path


def read(content_type: str, body: bytes) -> list:
    header = b"Content-Type: " + content_type.encode() + b"\r\n\r\n"
    message = email.message_from_bytes(header + body, policy=HTTP)
    parts = list(message.iter_parts()) if message.is_multipart() else [message]
    defects = [defect for part in (message, *parts) for defect in part.defects]
    assert not defects, defects
    return [
        {
            "type": part.get_content_type(),
            "file_name": part.get_filename(),
            "data": part.get_payload(decode=True).decode(),
        }
        for part in parts
    ]


def write(parts: list) -> tuple[str, bytes]:
    message = MIMEMultipart("x-vcg-remote-api", policy=HTTP)
    for part in parts:
        node = MIMENonMultipart(*part["type"].split("/"), policy=HTTP)
        if part["file_name"]:
            node.add_header("Content-Disposition", "attachment", filename=part["file_name"])
        node.set_payload(part["data"])
        message.attach(node)
    headers, body = message.as_bytes(policy=HTTP).split(b"\r\n\r\n", 1)
    # Without folding, so that the header is one line.
    return message["Content-Type"], body


def main(directory: Path) -> None:
    theirs = directory / "python"
    theirs.mkdir(exist_ok=True)
    cases = sorted((directory / "ours").glob("*.json"))
    assert cases, "tests/interop/run writes the cases first"
    for case in cases:
        expected = json.loads(case.read_text())
        found = read(case.with_suffix(".type").read_text(), case.with_suffix(".body").read_bytes())
        assert found == expected, f"{case.stem}: {found} is not {expected}"
        content_type, body = write(expected)
        (theirs / case.stem).with_suffix(".type").write_text(content_type)
        (theirs / case.stem).with_suffix(".body").write_bytes(body)
    print(f"python: {len(cases)} bodies read and written")


main(Path(sys.argv[1]))
