"""The card is charged once, in spite of all actions in the browser."""

from selenium.webdriver.common.action_chains import ActionChains

from support import BrowserTest


class Once(BrowserTest):
    def setUp(self) -> None:
        super().setUp()
        self.job = self.new_job()

    def paid(self) -> None:
        self.open(self.job.link)
        self.pay()
        self.assert_returned("success", self.job)

    def test_double_click_on_pay(self) -> None:
        self.open(self.job.link)
        self.fill()
        ActionChains(self.driver).double_click(self.find("button[value=pay]")).perform()
        self.assert_returned("success", self.job)
        self.assert_charged(self.job, 1)

    def test_double_click_on_pass(self) -> None:
        self.open(self.job.link)
        self.pay(name="Han Solo")
        ActionChains(self.driver).double_click(self.find("button[value=passed]")).perform()
        self.assert_returned("success", self.job)
        self.assert_charged(self.job, 1)

    def test_pay_then_cancel_before_the_response(self) -> None:
        self.open(self.job.link)
        self.fill()
        self.driver.execute_script("""
            const form = document.querySelector('main form')
            form.requestSubmit(form.querySelector('[value=pay]'))
            form.requestSubmit(form.querySelector('[value=cancel]'))
        """)
        self.wait(lambda: self.driver.current_url.startswith(self.shop.url), "not at the shop")
        charged = self.acquirer.payments(self.job).count("Paid")
        self.assertIn(charged, [0, 1])
        self.assert_charged(self.job, charged)
        # A paid job stays paid. A cancelled one can still be paid, once.
        self.open(self.job.link)
        if charged:
            self.assert_page("This has been paid")
        else:
            self.pay()
            self.assert_returned("success", self.job)
        self.assert_charged(self.job, 1)

    def test_back_button_after_payment(self) -> None:
        self.paid()
        self.driver.back()
        # A browser may show an old copy of a page. Its form must have no effect then.
        if self.find_all("button[value=pay]"):
            self.pay()
            self.assert_returned("success", self.job)
        self.open(self.job.link)
        self.assert_page("This has been paid")
        self.shot("paid")
        self.assertEqual(self.find_all("main form"), [])
        self.click(self.find("main a.button"))
        self.assert_returned("success", self.job)
        self.assert_charged(self.job, 1)

    def test_back_button_after_the_challenge(self) -> None:
        self.open(self.job.link)
        self.pay(name="Han Solo")
        self.press("passed")
        self.assert_returned("success", self.job)
        for _ in range(2):
            self.driver.back()
            # A browser may show an old copy of a page. Its buttons must have no effect then.
            if self.find_all("button[value=passed]"):
                self.press("passed")
                self.assert_returned("success", self.job)
                self.driver.back()
            elif self.find_all("button[value=pay]"):
                self.pay()
                self.assert_returned("success", self.job)
            else:
                self.assert_page("This has been paid")
        self.assert_charged(self.job, 1)

    def test_reload_after_payment(self) -> None:
        self.paid()
        self.driver.refresh()
        self.assert_returned("success", self.job)
        self.open(self.job.link)
        self.assert_page("This has been paid")
        self.driver.refresh()
        self.assert_page("This has been paid")
        self.assert_charged(self.job, 1)

    def test_reload_after_a_decline_posts_nothing(self) -> None:
        self.open(self.job.link)
        self.pay(name="Ben Kenobi")
        before = len(self.acquirer.payments(self.job))
        self.driver.refresh()
        self.assertEqual(self.find("#number").get_attribute("value"), "")
        self.assertEqual(len(self.acquirer.payments(self.job)), before)

    def other_tab(self) -> str:
        self.driver.switch_to.new_window("tab")
        self.open(self.job.link)
        return self.driver.current_window_handle

    def test_two_tabs_pay(self) -> None:
        self.open(self.job.link)
        self.fill()
        other = self.other_tab()
        self.fill(number="5400100400099001")
        self.press("pay")
        self.assert_returned("success", self.job)
        self.driver.switch_to.window(self.window)
        self.press("pay")
        self.assert_returned("success", self.job)
        self.driver.switch_to.window(other)
        self.assert_charged(self.job, 1)

    def test_two_tabs_with_one_at_the_bank(self) -> None:
        self.open(self.job.link)
        self.fill()
        self.other_tab()
        self.pay(name="Han Solo")
        self.assert_page("Your bank asks")
        # The first tab's card does not replace the open challenge.
        self.driver.switch_to.window(self.window)
        self.press("pay")
        self.assert_page("Your bank asks")
        self.press("passed")
        self.assert_returned("success", self.job)
        self.assert_charged(self.job, 1)

    def test_a_tab_left_at_the_bank_does_not_affect_the_next_card(self) -> None:
        self.open(self.job.link)
        self.pay(name="Han Solo")
        self.other_tab()
        self.assert_page("Your bank asks")
        self.press("failed")
        self.pay(name="Han Solo")
        self.assert_page("Your bank asks")
        self.driver.switch_to.window(self.window)
        self.press("passed")
        self.assert_page("Your bank asks")
        self.assert_charged(self.job, 0)
        self.press("passed")
        self.assert_returned("success", self.job)
        self.assert_charged(self.job, 1)

    def test_two_tabs_at_the_bank(self) -> None:
        self.open(self.job.link)
        self.pay(name="Han Solo")
        other = self.other_tab()
        self.assert_page("Your bank asks")
        self.press("passed")
        self.assert_returned("success", self.job)
        self.driver.switch_to.window(self.window)
        self.press("failed")
        self.driver.switch_to.window(other)
        self.assert_charged(self.job, 1)
        self.open(self.job.link)
        self.assert_page("This has been paid")

    def test_one_tab_cancels_and_the_other_pays(self) -> None:
        self.open(self.job.link)
        self.fill()
        self.other_tab()
        self.press("cancel")
        self.assert_returned("cancelled", self.job)
        self.driver.switch_to.window(self.window)
        # The payment has ended, but not its job.
        self.press("pay")
        self.assert_returned("success", self.job)
        self.assert_charged(self.job, 1)
