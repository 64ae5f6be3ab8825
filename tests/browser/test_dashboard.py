"""The dashboard: it shows all events and no secret of the shopper's, and its buttons work."""

import re

from selenium.webdriver.common.by import By

from support import BrowserTest

CARD = "4510400400099005"


class Dashboard(BrowserTest):
    def paid_job(self):
        job = self.new_job()
        self.open(job.link)
        self.pay(name="Luke Skywalker", number=CARD)
        self.assert_returned("success", job)
        return job

    def test_a_payment_is_shown_without_its_secrets(self) -> None:
        job = self.paid_job()
        declined = self.new_job()
        self.open(declined.link)
        self.pay(name="Ben Kenobi", number=CARD)
        self.open(self.acquirer.host)
        self.shot("dashboard")
        row = self.driver.find_element(By.LINK_TEXT, "01S00000001").find_element(By.XPATH, "./ancestor::tr")
        for part in ["sale", "24.99 GBP", "pending", "authorised", "451040******9005"]:
            self.assertIn(part, row.text)

        places = {self.acquirer.host, f"{self.acquirer.host}/dashboard/jobs/{job.reference}"}
        seen = set()
        while places - seen:
            place = (places - seen).pop()
            seen.add(place)
            self.open(place)
            source = self.driver.page_source
            for secret in [CARD, CARD[6:], CARD[:12], "Skywalker", "Kenobi"]:
                self.assertNotIn(secret, source, place)
            self.assertNotRegex(self.text(), r"(?<![\d.:№])\b123\b(?![\d.:])", place)
            links = [link.get_attribute("href") for link in self.find_all("a[href]")]
            places |= {link for link in links if link.startswith(f"{self.acquirer.host}/dashboard")}
        self.assertGreater(len(seen), 6, seen)

    def test_a_transaction_has_its_history(self) -> None:
        job = self.paid_job()
        self.acquirer.call("PATCH", f"payment-jobs/{job.reference}/payments/200000000000000001/cancel")
        self.open(self.acquirer.host)
        self.assertIn("voided", self.text("tbody tr:nth-child(2)"))
        self.click(self.driver.find_element(By.LINK_TEXT, "01S00000001"))
        self.assert_page("01V00000002")
        self.assertIn(job.reference, self.text())
        self.shot("transaction")

    def test_new_events_are_shown_without_a_reload(self) -> None:
        self.open(self.acquirer.host)
        self.assert_page("Nothing has been paid yet")
        self.driver.execute_script("window.kept = true")
        self.driver.switch_to.new_window("tab")
        self.paid_job()
        self.driver.switch_to.window(self.window)
        self.assert_page("01S00000001")
        self.assertTrue(self.driver.execute_script("return window.kept"), "the page was loaded anew")

    def test_the_next_card_is_declined(self) -> None:
        self.open(self.acquirer.host)
        self.click(self.find("button[name=fault][value=decline]"))
        self.assert_page("The next such request will go wrong as you said.")
        job = self.new_job()
        self.open(job.link)
        self.pay()
        self.assertEqual(len(self.find_all("[role=alert]")), 1, self.text())
        self.assert_charged(job, 0)
        # Only the next one.
        self.pay()
        self.assert_returned("success", job)
        self.assert_charged(job, 1)

    def test_the_clock_settles_the_day(self) -> None:
        self.paid_job()
        self.open(self.acquirer.host)
        self.assertIn("pending", self.text("tbody tr"))
        self.click(self.find("button[name=by][value=tomorrow]"))
        self.assert_page("The clock was moved on")
        self.assertIn("settled", self.text("tbody tr"))
        self.assertRegex(self.text("#clock"), r"moved on by")

    def test_a_webhook_is_sent_again(self) -> None:
        job = self.paid_job()
        first = self.shop.webhooks.get(timeout=10)
        self.assertEqual(first["paymentJobReference"], job.reference)
        self.open(f"{self.acquirer.host}/dashboard/webhooks")
        self.assert_page("acknowledged")
        self.shot("webhooks")
        self.click(self.find("button[name=resend]"))
        self.assertEqual(self.shop.webhooks.get(timeout=10), first)
        self.wait(lambda: self.resent(), "the second attempt is not shown")

    def resent(self) -> bool:
        self.driver.refresh()
        return re.search(r"acknowledged\s+2, the last: 200", self.text("tbody tr")) is not None

    def test_a_form_of_another_site_has_no_effect(self) -> None:
        """Another site posts to the dashboard and to a payment page, with the shopper's browser."""
        job = self.new_job()
        for place, fields in [
            (f"{self.acquirer.host}/dashboard/clock", {"by": "week"}),
            (job.link, {"do": "cancel"}),
        ]:
            self.open(f"{self.shop.url}/")
            self.driver.execute_script("""
                const form = document.createElement('form')
                form.method = 'post'
                form.action = arguments[0]
                for (const [name, value] of Object.entries(arguments[1])) {
                    const input = document.createElement('input')
                    input.name = name
                    input.value = value
                    form.append(input)
                }
                document.body.append(form)
                form.submit()
            """, place, fields)
            self.assert_page("Nothing was done")
        self.open(self.acquirer.host)
        self.assertNotIn("moved on", self.text("#clock"))
        self.assertEqual(self.acquirer.payments(job), ["Pending"])
