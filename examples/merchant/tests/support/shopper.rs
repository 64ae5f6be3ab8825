//! A shopper, with a browser that follows redirects only on request.

#![allow(dead_code, reason = "each test uses a part")]

use cashflows_codec::simulator::gateway::{Authentication, EnteredCard, Next, Page};
use merchant::shop::order::State;
use merchant::wanted::OrderId;

use crate::support::{CARD, Running, Shop};

/// A page, or a redirect.
#[derive(Clone, Debug)]
pub struct Seen {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: String,
}

impl Seen {
    /// The target of the redirect.
    pub fn location(&self) -> &str {
        self.headers.get("location").unwrap_or_else(|| panic!("leads nowhere: {self:?}")).to_str().unwrap()
    }

    /// The page reference of the payment page in the redirect.
    pub fn payment_page(&self) -> String {
        page_reference(self.location())
    }

    /// The number of the order in the redirect or page.
    pub fn order(&self) -> OrderId {
        let text = self.headers.get("location").map_or(self.body.as_str(), |to| to.to_str().unwrap());
        let (_, number) = text.split_once("/order/").unwrap_or_else(|| panic!("no order: {self:?}"));
        number.get(..36).unwrap().parse().unwrap()
    }
}

pub fn page_reference(url: &str) -> String {
    url.split_once("/payment?ref=").unwrap_or_else(|| panic!("no payment page: {url}")).1.to_owned()
}

impl Running {
    pub fn open(&self, path: &str) -> Seen {
        seen(self.browser().get(self.at(path)).call().unwrap())
    }

    pub fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        seen(self.browser().post(self.at(path)).send_form(fields.iter().copied()).unwrap())
    }

    /// Posts a form like a page of another site.
    pub fn submit_from(&self, site: &str, path: &str, fields: &[(&str, &str)]) -> Seen {
        let request = self.browser().post(self.at(path)).header("Sec-Fetch-Site", site);
        seen(request.send_form(fields.iter().copied()).unwrap())
    }

    /// Opens a page under another name of this machine.
    pub fn open_as(&self, host: &str, path: &str) -> Seen {
        seen(self.browser().get(self.at(path)).header("Host", host).call().unwrap())
    }

    pub fn notify(&self, body: &str) -> Seen {
        let request = self.browser().post(self.at("/webhook")).header("Content-Type", "application/json");
        seen(request.send(body).unwrap())
    }

    /// Buys a notebook, and is redirected to the payment page.
    pub fn buy(&self, key: &str) -> Seen {
        self.buy_by(key, "page")
    }

    pub fn buy_by(&self, key: &str, way: &str) -> Seen {
        self.submit("/buy", &[("key", key), ("item", "notebook"), ("way", way)])
    }

    /// Waits until an order is in a state.
    pub fn wait_for_order(&self, shop: &Shop, number: OrderId, state: State) {
        let is_so = |shop: &Shop| shop.shop_order(number).0 == state.as_str();
        shop.wait_until(&format!("{state:?}"), is_so);
    }

    fn at(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) }
    }

    fn browser(&self) -> ureq::Agent {
        ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
    }
}

impl Shop {
    /// Pays on the payment page. Returns the browser's next address.
    pub fn pay_page(&self, page: &str, holder: &str) -> Next {
        let card = EnteredCard::new(
            CARD.parse().unwrap(),
            "1130".parse().unwrap(),
            "123".parse().unwrap(),
            holder.parse().unwrap(),
        );
        let now = self.acquirer.now();
        self.acquirer.simulator().pay(now, page, card)
    }

    pub fn authenticate(&self, page: &str, result: Authentication) -> Next {
        let now = self.acquirer.now();
        let mut acquirer = self.acquirer.simulator();
        let Page::ThreeDs(shown) = acquirer.page(now, page) else { panic!("there is no 3-D Secure page") };
        acquirer.authenticate(now, page, shown.payment(), result)
    }

    pub fn cancel_page(&self, page: &str) -> Next {
        let now = self.acquirer.now();
        self.acquirer.simulator().cancel_page(now, page)
    }

    /// Posts a form to a service that dies meanwhile.
    pub fn post_and_be_cut_off(&self, path: &str, form: &str) {
        let request = ureq::post(format!("http://{}{path}", self.listen));
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        assert!(request.send(form).is_err(), "it was not cut off");
    }

    /// Number of times that the money for an order was taken.
    pub fn charged(&self, number: OrderId) -> usize {
        self.acquirer.simulator().job_charges(&number.to_string()).count()
    }

    /// State and job of an order, from the database.
    pub fn shop_order(&self, number: OrderId) -> (String, Option<i64>) {
        let query = "SELECT state, job FROM shop_orders WHERE number = ?";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.read().query_row(query, [number.to_string()], read).unwrap()
    }

    pub fn newest_order(&self) -> OrderId {
        let query = "SELECT number FROM shop_orders ORDER BY number DESC LIMIT 1";
        let number: String = self.read().query_row(query, [], |row| row.get(0)).unwrap();
        number.parse().unwrap()
    }

    /// A number from the database.
    pub fn count(&self, query: &str) -> i64 {
        self.read().query_row(query, [], |row| row.get(0)).unwrap()
    }

    fn read(&self) -> rusqlite::Connection {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        rusqlite::Connection::open_with_flags(self.database(), flags).unwrap()
    }
}

fn seen(mut response: ureq::http::Response<ureq::Body>) -> Seen {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Seen { status, headers, body: response.body_mut().read_to_string().unwrap() }
}
