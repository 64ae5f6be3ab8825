"""A merchant's day with Python: sends every request of day.tsv, then a batch release.

    python3 merchant.py urllib|requests http://127.0.0.1:PORT

urllib encodes forms with urllib.parse and batches with the email package; requests does both itself.
"""

import hashlib
import sys
import time
import urllib.parse
import urllib.request
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import HTTP
from pathlib import Path

FIELDS = ["status", "transaction id", "CVV/AVS", "code", "message", "extra", "extra"]
BATCH_TYPE = "multipart/x-vcg-remote-api"
LOGIN = {"profile_id": "1234567", "profile_pass": "secret"}


class Urllib:
    def form(self, url: str, parameters: dict) -> str:
        body = urllib.parse.urlencode(parameters).encode()
        return self._post(urllib.request.Request(url, body))[1]

    def batch(self, url: str, form: dict, csv: str | None) -> tuple[str, str]:
        message = MIMEMultipart("x-vcg-remote-api", policy=HTTP)
        message.attach(self._part("application/x-www-form-urlencoded", urllib.parse.urlencode(form)))
        if csv is not None:
            part = self._part("text/csv", csv)
            part.add_header("Content-Disposition", "attachment", filename="releaseRefs.csv")
            message.attach(part)
        _, body = message.as_bytes(policy=HTTP).split(b"\r\n\r\n", 1)
        headers = {"Content-Type": message["Content-Type"]}
        return self._post(urllib.request.Request(url, body, headers))

    def _part(self, media_type: str, data: str) -> MIMENonMultipart:
        part = MIMENonMultipart(*media_type.split("/"), policy=HTTP)
        part.set_payload(data)
        return part

    def _post(self, request: urllib.request.Request) -> tuple[str, str]:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.headers["Content-Type"], reply.read().decode()


class Requests:
    def __init__(self) -> None:
        import requests

        self.requests = requests

    def form(self, url: str, parameters: dict) -> str:
        return self.requests.post(url, data=parameters, timeout=10).text

    def batch(self, url: str, form: dict, csv: str | None) -> tuple[str, str]:
        files = {"form": (None, urllib.parse.urlencode(form), "application/x-www-form-urlencoded")}
        if csv is not None:
            files["refs"] = ("releaseRefs.csv", csv, "text/csv")
        request = self.requests.Request("POST", url, files=files).prepare()
        media_type = request.headers["Content-Type"].replace("multipart/form-data", BATCH_TYPE)
        request.headers["Content-Type"] = media_type
        reply = self.requests.Session().send(request, timeout=10)
        return reply.headers["Content-Type"], reply.text


def digest(parameters: dict) -> str:
    signed = ["tran_type", "tran_amount", "tran_currency", "tran_orig_id", "tran_ref"]
    sections = [parameters[name] for name in signed if name in parameters]
    return hashlib.sha256(":".join([*sections, "credit-secret"]).encode()).hexdigest()


def steps() -> list:
    lines = (Path(__file__).parent / "day.tsv").read_text().splitlines()
    for line in (line for line in lines if not line.startswith("#")):
        answer, *pairs = line.split("\t")
        parameters = dict(pair.replace("\\n", "\n").split("=", 1) for pair in pairs)
        if parameters.get("security_hash") == "?":
            parameters["security_hash"] = digest(parameters)
        yield answer, parameters


def check(what: str, found: str, expected: str) -> None:
    assert found == expected, f"{what}: {found!r} is not {expected!r}"


def pay(client, url: str) -> int:
    count = 0
    for expected, parameters in steps():
        found = client.form(url, parameters).split("|")
        step = f"{parameters['tran_type']} {parameters.get('tran_ref', '')}"
        check(f"{step}: number of fields", str(len(found)), str(len(expected.split("|"))))
        for name, field, right in zip(FIELDS, found, expected.split("|")):
            check(f"{step}: {name}", field, right)
        count += 1
    return count


def release(client, url: str) -> None:
    references = "01S0000000B\r\n01S00000001\r\n01S000000FF"
    submit = {**LOGIN, "attached_type": "onhold_v0", "batch_op": "onhold-release-submit"}
    _, body = client.batch(url, submit, references)
    report = dict(urllib.parse.parse_qsl(body))
    check("upload", str(report), str({"result": "release_report", "batch_id": "1", "batch_status": "pending"}))

    query = {**LOGIN, "batch_id": "1", "batch_op": "onhold-release-query"}
    for _ in range(100):
        media_type, body = client.batch(url, query, None)
        if media_type.startswith("multipart/"):
            break
        time.sleep(0.1)
    boundary = media_type.split("boundary=")[1].strip('"')
    form, csv = [part.split("\r\n\r\n", 1)[1] for part in body.split(f"--{boundary}")[1:3]]
    report = dict(urllib.parse.parse_qsl(form.strip()))
    expected = {"batch_status": "complete", "item_count": "3", "item_succ": "1", "item_fail": "2"}
    for name, right in expected.items():
        check(name, report[name], right)
    rows = ["01S0000000B,batchrel_ok", "01S00000001,batchrel_notonhold", "01S000000FF,batchrel_invalref"]
    check("rows", str(csv.split()), str(rows))


def main(library: str, host: str) -> None:
    client = {"urllib": Urllib, "requests": Requests}[library]()
    count = pay(client, f"{host}/gateway/remote_auth")
    release(client, f"{host}/admin/remote_batch")
    print(f"python {library}: {count} payments and a batch")


main(*sys.argv[1:])
