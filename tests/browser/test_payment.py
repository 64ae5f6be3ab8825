"""The payment pages: every test card, every name, every way to leave them."""

import unittest

from selenium.webdriver.common.by import By

from support import VISA, BrowserTest

# Section 8 of docs/protocol/remote-auth.md.
CARDS = [
    "4510400400099005", "4510500400099002", "4510800400099006", "4000000000000002", "8400182600000009",
    "8400682600000008", "8400682600011005", "5400200400099009", "5400300400099007", "8500582600000009",
    "5400100400099001", "8500182600000008", "340000000000009",
]


class Cards(BrowserTest):
    def test_every_test_card_pays(self) -> None:
        for count, number in enumerate(CARDS, 1):
            with self.subTest(number=number):
                job = self.new_job()
                self.open(job.link)
                self.assertEqual(self.text("button[value=pay]"), "Pay 24.99 GBP")
                self.pay(number=number, cvc="1234" if number.startswith("34") else "123")
                self.assert_returned("success", job)
                self.assert_charged(job, 1, count)

    def test_a_number_that_is_no_card_number(self) -> None:
        job = self.new_job()
        self.open(job.link)
        self.pay(number="4000000000000003")
        self.assert_page("This is no card number")
        self.assert_charged(job, 0)

    def test_a_number_as_it_is_printed(self) -> None:
        job = self.new_job()
        self.open(job.link)
        self.pay(number="4000 0000 0000 0002", expiry="11 / 2030")
        self.assert_returned("success", job)
        self.assert_charged(job, 1)

    def test_a_wrong_code_then_the_right_one(self) -> None:
        job = self.new_job()
        self.open(job.link)
        self.pay(cvc="999")
        self.assertEqual(len(self.find_all("[role=alert]")), 1)
        self.assert_charged(job, 0)
        self.pay()
        self.assert_returned("success", job)
        self.assert_charged(job, 1)
        self.assertEqual(self.acquirer.payments(job), ["Declined", "Paid"])

    def test_each_field_has_its_error(self) -> None:
        job = self.new_job()
        self.open(job.link)
        self.press("pay")
        self.assert_page("Please look at what you entered")
        self.assertEqual(len(self.find_all("input[aria-invalid=true]")), 4)
        self.shot("payment-errors")
        # The summary links to the field, and entered values stay, except number and security code.
        for link in self.find_all(".problem a"):
            link.click()
            focused = self.driver.switch_to.active_element.get_attribute("id")
            self.assertEqual(link.get_attribute("href").split("#")[1], focused)
        self.pay(name="Luke Skywalker", number="4000000000000003", expiry="10/20", cvc="12")
        self.assertEqual(self.find("#name").get_attribute("value"), "Luke Skywalker")
        self.assertEqual(self.find("#number").get_attribute("value"), "")
        self.assertEqual(self.find("#cvc").get_attribute("value"), "")
        for message in ["This is no card number", "This card has expired", "3 digits, or 4"]:
            self.assert_page(message)
        self.assertNotIn("4000000000000003", self.driver.page_source)
        self.assert_charged(job, 0)


class Names(BrowserTest):
    def try_name(self, name: str):
        job = self.new_job()
        self.open(job.link)
        self.pay(name=name)
        return job

    def test_luke_is_paid_at_once(self) -> None:
        job = self.try_name("Luke Skywalker")
        self.assert_returned("success", job)
        self.assert_charged(job, 1)

    def test_names_with_a_challenge(self) -> None:
        for count, name in enumerate(["Han Solo", "Leia Skywalker", "Zoë O'Hara-Smith"], 1):
            with self.subTest(name=name):
                job = self.try_name(name)
                self.assert_page("Your bank asks")
                self.assertIn("400000******0002", self.text())
                self.assertIn(name, self.text())
                self.assert_charged(job, 0, count - 1)
                self.press("passed")
                self.assert_returned("success", job)
                self.assert_charged(job, 1, count)

    def test_names_that_fail(self) -> None:
        for count, name in enumerate(["Lando Calrissian", "Darth Maul", "Darth Vader", "Ben Kenobi"], 1):
            with self.subTest(name=name):
                job = self.try_name(name)
                self.assertEqual(len(self.find_all("[role=alert]")), 1, self.text())
                self.assert_charged(job, 0, count - 1)
                # The job stays open: another card pays it.
                self.pay()
                self.assert_returned("success", job)
                self.assert_charged(job, 1, count)

    def test_a_blank_name(self) -> None:
        job = self.try_name("   ")
        self.assert_page("Enter the name that is on the card")
        self.assert_charged(job, 0)


class Challenges(BrowserTest):
    def challenge(self):
        job = self.new_job()
        self.open(job.link)
        self.pay(name="Han Solo")
        self.assert_page("Your bank asks")
        return job

    def test_failed_and_unavailable(self) -> None:
        for count, result in enumerate(["failed", "unavailable"], 1):
            with self.subTest(result=result):
                job = self.challenge()
                self.shot("three-ds")
                self.press(result)
                self.assertEqual(len(self.find_all("[role=alert]")), 1, self.text())
                self.assert_charged(job, 0, count - 1)
                self.pay()
                self.assert_returned("success", job)
                self.assert_charged(job, 1, count)

    def test_cancel_at_the_bank(self) -> None:
        job = self.challenge()
        self.press("cancel")
        self.assert_returned("cancelled", job)
        self.assert_charged(job, 0)

    def test_reload_and_the_link_lead_to_the_challenge(self) -> None:
        job = self.challenge()
        self.driver.refresh()
        self.assert_page("Your bank asks")
        self.open(job.link)
        self.assert_page("Your bank asks")
        self.press("passed")
        self.assert_returned("success", job)
        self.assert_charged(job, 1)


class WaysOut(BrowserTest):
    def test_cancel_on_the_payment_page(self) -> None:
        job = self.new_job()
        self.open(job.link)
        self.press("cancel")
        self.assert_returned("cancelled", job)
        self.assert_charged(job, 0)

    def test_an_expired_link(self) -> None:
        job = self.new_job()
        self.open(job.link)
        # Six months, by the dashboard's button, in another tab.
        self.driver.switch_to.new_window("tab")
        for week in range(27):
            self.open(self.acquirer.host)
            self.click(self.find("button[name=by][value=week]"))
            self.assert_page("The clock was moved on")
        self.driver.switch_to.window(self.window)
        self.pay()
        self.assert_page("This link has expired")
        self.shot("expired")
        self.open(job.link)
        self.assert_page("This link has expired")
        self.assert_charged(job, 0)

    def test_a_link_without_a_payment(self) -> None:
        self.open(f"{self.acquirer.host}/payment?ref={'0' * 96}")
        self.assert_page("There is no such payment")

    def test_the_gateways_own_page_without_return_urls(self) -> None:
        answer = self.acquirer.call("POST", "payment-jobs", {
            "amountToCollect": "5.00", "currency": "GBP", "order": {"orderNumber": "bare-1"},
        })
        self.open(answer["links"]["action"]["url"])
        self.pay()
        self.assert_page("This has been paid")
        self.assertEqual(self.acquirer.charges(), 1)

    def test_values_are_shown_as_text(self) -> None:
        name = '<b onclick="alert(1)">Mug</b> & "saucer"'
        lines = [{"lineNumber": 1, "name": name, "quantity": "1", "unitPriceInclVat": "24.99", "totalLineAmount": "24.99"}]
        job = self.new_job(lines=lines)
        self.open(job.link)
        self.assertIn(name, self.text())
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "b"), [])
        self.shot("payment")
        # A script in a name does not run either.
        self.pay(name="<script>alert(1)</script>")
        self.assert_page("Your bank asks")
        self.assertIn("<script>alert(1)</script>", self.text())
        self.assertEqual(self.find_all("main script"), [])
        self.assertNotIn(VISA, self.driver.page_source)


if __name__ == "__main__":
    unittest.main()
