"""Shared by the browser tests: an acquirer, a merchant's side of it, and a browser."""

import atexit
import hashlib
import html
import json
import os
import queue
import re
import shutil
import subprocess
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests
from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

HERE = Path(__file__).parent
CONFIGURATION = "200426117314086912"
KEY = "845c51f6-1cd5-4338-a586-df752e65d690"
VISA = "4000000000000002"
PATIENCE = 10

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1280,900",
]


def is_leaving(error: WebDriverException) -> bool:
    """Tells whether the error comes from a change of pages. Its text depends on the progress of the change."""
    words = ["stale element", "not belong to the document", "no such", "navigation", "execution context", "Cannot find context"]
    return any(word in str(error.msg) for word in words)


class Shop:
    """The target of shoppers' returns and of webhooks."""

    def __init__(self) -> None:
        self.webhooks = webhooks = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer("text/html", b"<!DOCTYPE html><html lang=en><title>Shop</title><h1>The shop</h1>")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                notification = json.loads(body)
                names = ["paymentJobReference", "paymentReference"]
                self.answer("application/json", json.dumps({name: notification[name] for name in names}).encode())
                webhooks.put(notification)

            def answer(self, content_type: str, body: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}"


class Acquirer:
    """The calls of a merchant's server."""

    def __init__(self, host: str) -> None:
        self.host = host

    def call(self, method: str, path: str, document: dict | None = None) -> dict:
        body = b"" if document is None else json.dumps(document).encode()
        signature = hashlib.sha512(KEY.encode() + body).hexdigest().upper()
        headers = {"ConfigurationId": CONFIGURATION, "Hash": signature}
        if body:
            headers["Content-Type"] = "application/json"
        url = f"{self.host}/api/gateway/{path}"
        answer = requests.request(method, url, data=body, headers=headers, timeout=PATIENCE)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def job(self, shop: Shop, order: str, lines: list | None = None) -> "Job":
        urls = {f"ReturnUrl{end}": f"{shop.url}/{end.lower()}?a=1" for end in ["Success", "Failed", "Cancelled"]}
        document = {
            "amountToCollect": "24.99", "currency": "GBP",
            "order": {"orderNumber": order, "orderLines": lines or []},
            "parameters": {**urls, "WebhookUrl": f"{shop.url}/webhook"},
        }
        answer = self.call("POST", "payment-jobs", document)
        return Job(answer["data"]["reference"], answer["links"]["action"]["url"])

    def payments(self, job: "Job") -> list:
        """Statuses of the payments of a job, from the merchant's API."""
        answer = self.call("GET", f"payment-jobs/{job.reference}")
        return [payment["status"] for payment in answer["data"]["payments"]]

    def charges(self) -> int:
        """Number of authorised sales in the dashboard's ledger."""
        page = requests.get(self.host, timeout=PATIENCE).text
        ledger = re.search(r'id="ledger-title"(.*?)</section>', page, re.S)[1]
        rows = [re.split(r"<td[^>]*>", row) for row in ledger.split("<tr>")[2:]]
        cells = [[html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row] for row in rows]
        return sum(row[2] == "sale" and row[6].startswith("authorised") for row in cells)

    def press(self, path: str, **fields: str) -> None:
        """Presses a button of the dashboard that is not itself under test."""
        page = requests.get(self.host, timeout=PATIENCE).text
        fields["token"] = re.search(r'name="token" value="([0-9a-f]+)"', page)[1]
        answer = requests.post(self.host + path, data=fields, timeout=PATIENCE)
        assert answer.ok and "did=refused" not in answer.url, answer.url


class Process:
    """A program that prints its address, and its output."""

    def __init__(self, *command: str, until: str) -> None:
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.said = ""
        while until not in self.said:
            line = self.process.stdout.readline()
            assert line, f"{command} ends; its output: {self.said!r}"
            self.said += line

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Job:
    def __init__(self, reference: str, link: str) -> None:
        self.reference = reference
        self.link = link


def start_browser(javascript: bool = True) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    profile = tempfile.mkdtemp(prefix="browser-")
    for flag in [*FLAGS, f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    if not javascript:
        preferences = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", preferences)
    # The browser's own messages about a page, such as violations of a policy.
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))

    def stop() -> None:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)

    atexit.register(stop)
    return driver


class BrowserTest(unittest.TestCase):
    """A test with a fresh acquirer and a shop, in one browser for all."""

    javascript = True
    maxDiff = None
    drivers: dict = {}

    def setUp(self) -> None:
        if self.javascript not in self.drivers:
            self.drivers[self.javascript] = start_browser(self.javascript)
        self.driver = self.drivers[self.javascript]
        self.start()
        self.window = self.driver.current_window_handle
        self.driver.get_log("browser")
        self.job_count = 0

    def start(self) -> None:
        self.shop = Shop()
        process = Process(os.environ["LOOPBACK"], "0", until="\n")
        self.addCleanup(process.stop)
        self.acquirer = Acquirer(f"http://127.0.0.1:{process.said.strip()}")

    def tearDown(self) -> None:
        for other in self.driver.window_handles:
            if other != self.window:
                self.driver.switch_to.window(other)
                self.driver.close()
        self.driver.switch_to.window(self.window)
        complaints = [entry["message"] for entry in self.driver.get_log("browser") if "favicon" not in entry["message"]]
        complaints = [message for message in complaints if not re.search(r"status of (4\d\d)", message)]
        self.assertEqual(complaints, [], "the browser complains")
        self.driver.get("about:blank")

    def shot(self, name: str) -> None:
        """A screenshot, which git ignores."""
        folder = HERE / "screenshots"
        folder.mkdir(exist_ok=True)
        self.driver.save_screenshot(str(folder / f"{name}.png"))

    # The merchant's side

    def new_job(self, **more) -> Job:
        self.job_count += 1
        return self.acquirer.job(self.shop, f"cart-{self.job_count}", **more)

    def assert_charged(self, job: Job, times: int, all_charges: int | None = None) -> None:
        """Checks both the merchant's API and the dashboard."""
        self.assertEqual(self.acquirer.payments(job).count("Paid"), times, "payments of the job")
        self.assertEqual(self.acquirer.charges(), times if all_charges is None else all_charges, "charges in the ledger")

    # The shopper's side

    def find(self, selector: str):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def find_all(self, selector: str) -> list:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str = "body") -> str:
        """The visible text, read in one step of the browser: an element found in an earlier step may be gone by now."""
        return self.driver.execute_script("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def wait(self, condition, what: str):
        try:
            return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05).until(lambda _: self.unless_leaving(condition))
        except TimeoutException:
            self.fail(f"{what}; {self.driver.current_url} shows {self.unless_leaving(self.text)!r}")

    def unless_leaving(self, condition):
        """The condition's result, or None during a change of pages."""
        try:
            return condition()
        except WebDriverException as error:
            if is_leaving(error):
                return None
            raise

    def open(self, url: str) -> None:
        self.driver.get(url)

    def fill(self, name: str = "Luke Skywalker", number: str = VISA, expiry: str = "11/30", cvc: str = "123") -> None:
        for field, value in [("name", name), ("number", number), ("expiry", expiry), ("cvc", cvc)]:
            element = self.find(f"#{field}")
            element.clear()
            element.send_keys(value)

    def press(self, what: str) -> None:
        """Presses a button of a page's form, and waits for the next page."""
        self.click(self.find(f"button[name=do][value={what}]"))

    def is_gone(self, element) -> bool:
        try:
            element.is_enabled()
            return False
        except WebDriverException as error:
            if is_leaving(error):
                return True
            raise

    def click(self, element) -> None:
        """Clicks on an element that leads to another page, and waits for that page."""
        element.click()
        self.wait(lambda: self.is_gone(element), "the page does not change after a click")
        self.wait(lambda: self.driver.execute_script("return document.readyState") == "complete", "the page never ends")

    def pay(self, **card: str) -> None:
        self.fill(**card)
        self.press("pay")

    def assert_returned(self, end: str, job: Job) -> None:
        """The browser is at the shop, with the documented parameters after the shop's own."""
        self.wait(lambda: self.driver.current_url.startswith(self.shop.url), "not at the shop")
        url = urlsplit(self.driver.current_url)
        self.assertEqual(url.path, f"/{end}")
        query = parse_qs(url.query)
        self.assertEqual(query["a"], ["1"])
        self.assertEqual(query["paymentjobref"], [job.reference])
        self.assertEqual(len(query["paymentref"][0]), 18)
        self.assertTrue(query["ordernumber"][0].startswith("cart-"))
        self.assertEqual(query.get("status"), ["cancelled"] if end == "cancelled" else None)

    def assert_page(self, says: str) -> None:
        self.wait(lambda: says in self.text(), f"no {says!r}")

    # Accessibility

    def emulate(self, command: str, **parameters) -> None:
        self.driver.execute_cdp_cmd(f"Emulation.{command}", parameters)

    def assert_fits(self, width: int) -> None:
        """The page is no wider than the screen."""
        self.assertEqual(self.driver.execute_script("return window.innerWidth"), width)
        self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), width)

    def assert_accessible(self) -> None:
        """axe-core finds no violation."""
        self.driver.execute_script((HERE / "node_modules/axe-core/axe.min.js").read_text())
        found = self.driver.execute_async_script("""
            const done = arguments[arguments.length - 1]
            axe.run(document).then((results) => done(results), (error) => done({ error: String(error) }))
        """)
        self.assertNotIn("error", found)
        self.assertGreater(len(found["passes"]), 5)
        wrong = [f"{rule['id']}: {node['target']} {node['failureSummary']}"
                 for rule in found["violations"] for node in rule["nodes"]]
        self.assertEqual(wrong, [])
