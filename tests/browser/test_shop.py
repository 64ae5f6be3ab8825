"""The shop of examples/merchant, with the acquirer that it starts itself: buys items, and checks the ledger."""

import os
import re

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from support import VISA, Acquirer, BrowserTest, Process


class ShopTest(BrowserTest):
    def start(self) -> None:
        process = Process(os.environ["MERCHANT"], "--listen", "127.0.0.1:0", until="\nshop: ")
        self.addCleanup(process.stop)
        places = dict(re.findall(r"^(\w+): (http://[^/\s]+)", process.said, re.M))
        self.acquirer = Acquirer(places["dashboard"])
        self.host = places["shop"]

    def buy(self, item: int = 0, way: str = "page") -> None:
        self.open(self.host)
        article = self.find_all("article")[item]
        self.click(article.find_element(By.CSS_SELECTOR, f"button[value={way}]"))

    def assert_order(self, says: str) -> None:
        """Waits until the order's page says so: the shop retrieves the job first."""
        def said() -> bool:
            if says not in self.text():
                self.driver.refresh()
            return says in self.text()

        self.wait(said, f"the order's page never says {says!r}")
        self.assertTrue(self.driver.current_url.startswith(f"{self.host}/order/"), self.driver.current_url)

    def orders(self) -> list:
        """States of the orders in the back office."""
        self.open(f"{self.host}/office")
        return [state.text for state in self.find_all("tbody .state")]


class Buying(ShopTest):
    def test_each_of_three_things(self) -> None:
        self.open(self.host)
        self.shot("shop")
        prices = [price.text for price in self.find_all("article .price")]
        self.assertEqual(len(prices), 3)
        for count, price in enumerate(prices, 1):
            self.buy(count - 1)
            self.assertIn(price.lstrip("£"), self.text("button[value=pay]"))
            self.pay()
            self.assert_order("Thank you")
            self.assertIn(price, self.text())
            self.assertNotIn(VISA, self.driver.page_source)
            self.assertEqual(self.acquirer.charges(), count)
        self.shot("shop-paid")
        self.assertEqual(self.orders(), ["paid"] * 3)
        # Every page links to the ledger at its foot.
        self.click(self.driver.find_element(By.LINK_TEXT, "its ledger"))
        for price in prices:
            self.assert_page(f"{price.lstrip('£')} GBP")

    def test_with_a_challenge_after_a_card_that_is_declined(self) -> None:
        self.buy()
        self.pay(name="Ben Kenobi")
        self.pay(name="Han Solo")
        self.press("passed")
        self.assert_order("Thank you")
        self.assertEqual(self.acquirer.charges(), 1)

    def test_double_click_on_buy(self) -> None:
        self.open(self.host)
        ActionChains(self.driver).double_click(self.find("button[value=page]")).perform()
        self.wait(lambda: "/payment?ref=" in self.driver.current_url, "not at the payment page")
        self.pay()
        self.assert_order("Thank you")
        self.assertEqual(self.orders(), ["paid"])
        self.assertEqual(self.acquirer.charges(), 1)

    def test_reload_and_back_after_payment(self) -> None:
        self.buy()
        self.pay()
        self.assert_order("Thank you")
        self.driver.refresh()
        self.assert_order("Thank you")
        self.driver.back()
        self.driver.forward()
        self.assert_order("Thank you")
        self.assertEqual(self.acquirer.charges(), 1)

    def test_cancelled_then_ordered_again(self) -> None:
        self.buy()
        self.press("cancel")
        self.assert_order("Not paid")
        # It can still be paid, or is closed: in both cases one click leads to a payment page.
        ways = self.driver.find_elements(By.XPATH, "//main//*[self::a or self::button][.='Order it again' or .='Go to the payment page']")
        self.click(ways[0])
        self.pay()
        self.assert_order("Thank you")
        self.assertEqual(self.acquirer.charges(), 1)

    def test_by_keyboard(self) -> None:
        self.open(self.host)
        for _ in range(20):
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            if self.driver.switch_to.active_element.text == "Buy":
                break
        ActionChains(self.driver).send_keys(Keys.ENTER).perform()
        self.wait(lambda: "/payment?ref=" in self.driver.current_url, "not at the payment page")


class PaymentLink(ShopTest):
    def test_paid_elsewhere_without_a_return(self) -> None:
        self.buy(way="link")
        self.assert_page("Pay by this link")
        self.shot("shop-link")
        picture = "return document.querySelector('img').naturalWidth"
        self.wait(lambda: self.driver.execute_script(picture) > 0, "the QR code is not shown")
        link = self.text(".url a")
        self.assertEqual(link, self.find(".url a").get_attribute("href"))
        self.driver.switch_to.new_window("tab")
        self.open(link)
        self.pay()
        self.driver.close()
        self.driver.switch_to.window(self.window)
        self.assert_order("Thank you")
        self.assertEqual(self.acquirer.charges(), 1)


class Trust(ShopTest):
    def test_a_return_proves_nothing(self) -> None:
        self.buy()
        number = re.search(r"order ([0-9a-f-]{36})", self.text())[1]
        self.open(f"{self.host}/return?paymentjobref=100000000000000001&paymentref=200000000000000001&ordernumber={number}")
        self.assertIn("Not paid", self.text())
        self.assertEqual(self.acquirer.charges(), 0)

    def test_another_site_cannot_order(self) -> None:
        self.open(self.acquirer.host)
        self.open(f"data:text/html,<form method=post action='{self.host}/buy'><input name=key "
                  "value=01a217bf-6686-7736-90be-1c74dbc7a618><input name=item value=notebook>"
                  "<button name=way value=page>Win</button></form>")
        self.click(self.find("button"))
        self.assertEqual(self.orders(), [])


class BackOffice(ShopTest):
    def test_refunds(self) -> None:
        self.buy()
        self.pay()
        self.assert_order("Thank you")
        place = self.driver.current_url
        self.acquirer.press("/dashboard/clock", by="tomorrow")
        self.open(place.replace("/order/", "/office/"))
        self.find("#amount").send_keys("1.00")
        self.click(self.find("form[action$=refund] button"))
        self.assert_page("£1.00 – completed")
        self.click(self.find("form[action$=refund] button"))
        self.open(place)
        self.assert_order("Refunded")
        self.assertEqual(self.acquirer.charges(), 1)
        self.open(self.acquirer.host)
        self.assertIn("0.00", self.text(".figures"))


class ForEverybody(ShopTest):
    def every_page(self):
        self.open(self.host)
        yield "shop"
        self.buy(way="link")
        yield "payment link"
        place = self.driver.current_url
        self.open(self.text(".url a"))
        self.pay()
        self.assert_order("Thank you")
        yield "order"
        self.open(f"{self.host}/office")
        yield "back office"
        self.open(place.replace("/order/", "/office/"))
        yield "back office, one order"
        self.open(f"{self.host}/order/none")
        yield "no order"

    def test_narrow_screen(self) -> None:
        self.emulate("setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
        self.addCleanup(self.emulate, "clearDeviceMetricsOverride")
        for page in self.every_page():
            with self.subTest(page=page):
                self.assert_fits(390)
                self.shot(f"narrow-shop-{page.replace(' ', '-').replace(',', '')}")

    def test_checker(self) -> None:
        for page in self.every_page():
            with self.subTest(page=page):
                self.assert_accessible()

    def test_checker_in_the_dark(self) -> None:
        self.emulate("setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.addCleanup(self.emulate, "setEmulatedMedia", features=[])
        for page in self.every_page():
            with self.subTest(page=page):
                self.assert_accessible()


class WithoutJavaScript(ShopTest):
    javascript = False

    def test_buy(self) -> None:
        self.buy()
        self.pay()
        self.assert_order("Thank you")
        self.assertEqual(self.acquirer.charges(), 1)
