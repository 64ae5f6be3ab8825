"""Writes credit-digests.tsv: known answers of the credit digest, by Python's hashlib."""

import hashlib
import pathlib

CASES = [
    # amount, currency, original id or None, reference, secret
    ("9.99", "GBP", "01S0001234", "win-1", "secret"),
    ("9.99", "GBP", None, "win-1", "secret"),
    ("0.01", "EUR", "05P00001724", "r\u00e9f-\u21161", "\u043f\u0430\u0440\u043e\u043b\u044c"),
    ("184467440737095516.15", "USD", None, "x" * 255, "\u00e9" * 256),
    ("20.15", "GBP", "01S0135F74D", "a b&c=d+e%20|f", "s e+c&r=e%t|"),
]

lines = [
    "# amount\tcurrency\toriginal\treference\tsecret\tsha-256, by Python's hashlib (tests/data/credit-digests.py)"
]
for amount, currency, original, reference, secret in CASES:
    sections = ["credit", amount, currency, *([original] if original else []), reference, secret]
    digest = hashlib.sha256(":".join(sections).encode()).hexdigest()
    lines.append("\t".join([amount, currency, original or "-", reference, secret, digest]))

target = pathlib.Path(__file__).with_suffix(".tsv")
target.write_text("\n".join(lines) + "\n", encoding="utf-8")
