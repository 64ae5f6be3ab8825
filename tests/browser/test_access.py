"""Accessibility: without JavaScript, by keyboard, on a narrow screen, and by axe-core."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from support import BrowserTest


class Pages(BrowserTest):
    """Opens every kind of page, one after the other."""

    def every_page(self):
        host = self.acquirer.host
        self.open(host)
        yield "empty dashboard"
        job = self.new_job(lines=[{"lineNumber": 1, "name": "A mug with a rather long name that goes on and on",
                                   "quantity": "1", "unitPriceInclVat": "24.99", "totalLineAmount": "24.99"}])
        self.open(job.link)
        yield "payment"
        self.press("pay")
        yield "payment with errors"
        self.pay(name="Ben Kenobi")
        yield "payment declined"
        self.pay(name="Han Solo")
        yield "3-D Secure"
        self.press("passed")
        self.assert_returned("success", job)
        self.open(job.link)
        yield "paid"
        self.open(f"{host}/payment?ref=0")
        yield "no such payment"
        self.acquirer.press("/dashboard/faults", target="card", fault="lose-answer")
        for place in ["", "dashboard/jobs", f"dashboard/jobs/{job.reference}", "dashboard/webhooks",
                      "dashboard/requests", "dashboard/requests/1", "dashboard/transactions/01S00000001",
                      "dashboard/nowhere"]:
            self.open(f"{host}/{place}")
            yield place or "dashboard"


class NarrowScreen(Pages):
    def test_no_page_scrolls_sideways(self) -> None:
        self.emulate("setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
        self.addCleanup(self.emulate, "clearDeviceMetricsOverride")
        for page in self.every_page():
            with self.subTest(page=page):
                self.assert_fits(390)
                self.shot(f"narrow-{page.replace('/', '-').replace(' ', '-')}")


class Checker(Pages):
    def check(self) -> None:
        for page in self.every_page():
            with self.subTest(page=page):
                self.assert_accessible()

    def test_light(self) -> None:
        self.check()

    def test_dark(self) -> None:
        self.emulate("setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.addCleanup(self.emulate, "setEmulatedMedia", features=[])
        self.check()
        self.open(self.acquirer.host)
        self.shot("dashboard-dark")


class Keyboard(BrowserTest):
    def key(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self):
        return self.driver.switch_to.active_element

    def tab_to(self, selector: str) -> None:
        """Presses Tab until an element has the focus, visibly."""
        wanted = self.find(selector)
        for _ in range(80):
            if self.focused() == wanted:
                style = "const style = getComputedStyle(arguments[0]); return style.outlineStyle + style.boxShadow"
                self.assertNotEqual(self.driver.execute_script(style, wanted), "nonenone", f"no focus on {selector}")
                return
            self.key(Keys.TAB)
        self.fail(f"the tabulator never comes to {selector}")

    def test_a_payment_with_a_challenge(self) -> None:
        job = self.new_job()
        self.open(job.link)
        for field, value in [("number", "4000 0000 0000 0002"), ("expiry", "1130"), ("cvc", "123"), ("name", "Han Solo")]:
            self.tab_to(f"#{field}")
            self.key(value)
        self.key(Keys.ENTER)
        self.assert_page("Your bank asks")
        self.tab_to("button[value=passed]")
        self.key(Keys.SPACE)
        self.assert_returned("success", job)
        self.assert_charged(job, 1)

    def test_first_error_has_the_focus(self) -> None:
        job = self.new_job()
        self.open(job.link)
        self.tab_to("button[value=pay]")
        self.key(Keys.ENTER)
        self.assert_page("Please look at what you entered")
        self.assertEqual(self.focused().get_attribute("aria-invalid"), "true")

    def test_a_cancelled_payment(self) -> None:
        job = self.new_job()
        self.open(job.link)
        self.tab_to("button[value=cancel]")
        self.key(Keys.ENTER)
        self.assert_returned("cancelled", job)

    def test_the_dashboard(self) -> None:
        self.open(self.acquirer.host)
        self.key(Keys.TAB)
        self.assertEqual(self.focused().text, "Skip to the content")
        self.key(Keys.ENTER)
        self.tab_to("button[name=by][value=tomorrow]")
        self.key(Keys.SPACE)
        self.assert_page("The clock was moved on")


class WithoutJavaScript(BrowserTest):
    javascript = False

    def test_javascript_is_off(self) -> None:
        self.open("data:text/html,<p id=p>off</p><script>document.getElementById('p').textContent = 'on'</script>")
        self.assertEqual(self.text(), "off")

    def test_a_payment_and_the_dashboard(self) -> None:
        job = self.new_job()
        self.open(job.link)
        self.pay(name="Han Solo")
        self.press("failed")
        self.pay(name="Leia Skywalker")
        self.press("passed")
        self.assert_returned("success", job)
        self.assert_charged(job, 1)

        self.open(self.acquirer.host)
        self.click(self.driver.find_element(By.LINK_TEXT, "01S00000001"))
        self.assert_page("400000******0002")
        self.open(self.acquirer.host)
        self.click(self.find("button[name=by][value=tomorrow]"))
        self.assert_page("The clock was moved on")
        self.click(self.find("button[name=fault][value=decline]"))
        self.assert_page("The next such request will go wrong as you said.")
        self.open(f"{self.acquirer.host}/dashboard/webhooks")
        self.click(self.find("button[name=resend]"))
        self.assertEqual(self.shop.webhooks.get(timeout=10)["paymentJobReference"], job.reference)
        # Controls for scripts only are absent.
        self.assertFalse(self.find("#pause").is_displayed())
