"""A merchant's day at the gateway with Python's requests: runs the steps of a table, webhooks included.

    python3 gateway.py gateway-day.tsv http://127.0.0.1:PORT
"""

import hashlib
import json
import queue
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

CONFIGURATION = "200426117314086912"
KEY = "845c51f6-1cd5-4338-a586-df752e65d690"
TIMEOUT = 10


class Receiver:
    """Receives webhooks: refuses the first, and acknowledges every other."""

    def __init__(self) -> None:
        self.heard = queue.Queue()
        count = 0
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                nonlocal count
                count += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                notification = json.loads(body)
                names = ["paymentJobReference", "paymentReference"]
                answer = json.dumps({name: notification[name] for name in names}).encode()
                self.send_response(500 if count == 1 else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
                heard.put(notification)

            def log_message(self, *_) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}/webhook"

    def hear(self, seconds: float) -> dict | None:
        try:
            return self.heard.get(timeout=seconds)
        except queue.Empty:
            return None


class Day:
    def __init__(self, host: str) -> None:
        self.host = host
        self.session = requests.Session()
        self.receiver = Receiver()
        self.known = {"webhook": self.receiver.url, "host": host}

    def filled(self, text: str) -> str:
        return re.sub(r"\{([a-z]+)\}", lambda found: self.known[found[1]], text)

    def step(self, line: str) -> None:
        name, method, path, signature, status, body, *checks = line.split("\t")
        path, body = self.filled(path), self.filled(body)
        step = f"{name}: {method} {path}"
        if method == "PRESS":
            answer = self.press(path, body)
        elif method == "PAGE":
            answer = self.session.get(path, timeout=TIMEOUT)
        elif method == "HEAR":
            answer = self.hear(step)
        elif method == "SILENCE":
            notification = self.receiver.hear(float(body))
            assert notification is None, f"{step}: {notification} came"
            return
        else:
            answer = self.call(method, path, signature, body)
        if method != "HEAR":
            assert str(answer.status_code) == status, f"{step}: {answer.status_code} is not {status}: {answer.text}"
            answer = answer.text
        for check in checks:
            self.check(step, answer, self.filled(check))

    def call(self, method: str, path: str, signature: str, body: str) -> requests.Response:
        document = None if body == "-" else json.loads(body)
        request = requests.Request(method, self.host + path, json=document).prepare()
        key = "wrong" if signature == "wrong" else KEY
        digest = hashlib.sha512(key.encode() + (request.body or b"")).hexdigest()
        request.headers["ConfigurationId"] = CONFIGURATION
        request.headers["Hash"] = digest if signature == "lower" else digest.upper()
        return self.session.send(request, timeout=TIMEOUT)

    def press(self, path: str, body: str) -> requests.Response:
        """Presses a button of the dashboard, whose forms have a token."""
        page = self.session.get(self.host + "/", timeout=TIMEOUT).text
        token = re.search(r'name="token" value="([0-9a-f]+)"', page)[1]
        name, value = body.split("=")
        form = {"token": token, name: value}
        return self.session.post(self.host + path, data=form, timeout=TIMEOUT, allow_redirects=False)

    def hear(self, step: str) -> str:
        notification = self.receiver.hear(TIMEOUT)
        assert notification is not None, f"{step}: nothing came"
        return json.dumps(notification)

    def check(self, step: str, answer: str, check: str) -> None:
        pointer, kind, expected = re.fullmatch(r"([^=>#!~]*)([=>#!~])(.*)", check).groups()
        if kind == "~":
            assert expected in answer, f"{step}: no {expected} in {answer}"
            return
        value = json.loads(answer)
        for name in pointer.split("/")[1:]:
            value = value[int(name)] if isinstance(value, list) else value.get(name)
            if value is None:
                break
        if kind == "!":
            assert value is None, f"{step}: {pointer} is {value!r}"
        elif kind == "#":
            assert str(len(value)) == expected, f"{step}: {pointer} has {len(value)} items, not {expected}"
        elif kind == ">":
            assert isinstance(value, str), f"{step}: {pointer} is {value!r}, which is no text"
            self.known[expected] = value
        else:
            found = value if isinstance(value, str) else json.dumps(value)
            assert found == expected, f"{step}: {pointer}: {found!r} is not {expected!r}"


def main(table: str, host: str) -> None:
    lines = [line for line in Path(table).read_text().splitlines() if not line.startswith("#")]
    day = Day(host)
    for line in lines:
        day.step(line)
    print(f"python requests: {len(lines)} steps of {Path(table).stem}")


main(*sys.argv[1:])
