//! The shopper's pages as HTML.

use std::fmt::Display;

use cashflows_codec::simulator::gateway::{Authentication, ClosedPage, PageEnd, PayPage, ThreeDsPage};
use maud::{Markup, html};

use super::card::Fields;
use super::sheet::{CardForm, Purchase, card_page, sheet};
use super::{CARD, Shown, THREE_DS, at};

/// Title and content.
pub(super) type Titled = (String, Markup);

/// What is paid for on one of the gateway's pages.
macro_rules! purchase {
    ($page:expr) => {{
        let page = $page;
        let amount = |amount: &dyn Display| format!("{amount} {}", page.currency());
        Purchase {
            number: page.order_number().map(str::to_owned),
            amount: amount(&page.amount()),
            lines: page
                .lines()
                .map(|(name, total)| (name.to_owned(), total.map(|total| amount(&total))))
                .collect(),
        }
    }};
}

/// The page that asks for the card.
pub(super) fn pay(page: &PayPage, fields: &Fields, shown: &Shown<'_>) -> Titled {
    card_page(
        &purchase!(page),
        page.last_error(),
        fields,
        &CardForm { names_decide: true, ..shown.form(CARD) },
    )
}

/// The page of 3-D Secure: what the cardholder's bank would ask.
pub(super) fn three_ds(page: &ThreeDsPage, shown: &Shown<'_>) -> Titled {
    let words = |result| match result {
        Authentication::Passed => "Yes, it is me",
        Authentication::Failed => "No, it is not me",
        Authentication::Unavailable => "My bank is away",
    };
    let content = html! {
        (purchase!(page).shown("3-D Secure"))
        div.body {
            h2 { "Your bank asks: is it you who pays?" }
            dl.facts {
                div { dt { "Card" } dd.code { (page.card()) } }
                @if let Some(holder) = page.holder() { div { dt { "Name" } dd { (holder.as_str()) } } }
            }
            form method="post" action=(at(THREE_DS, shown.reference)) {
                input type="hidden" name="token" value=(shown.token);
                input type="hidden" name="payment" value=(page.payment());
                div.acts {
                    @for result in Authentication::ALL {
                        button.primary[*result == Authentication::Passed] type="submit" name="do" value=(result) {
                            (words(*result)) " (" (result) ")"
                        }
                    }
                    button.plain type="submit" name="do" value="cancel" { "Cancel and go back" }
                }
            }
        }
    };
    ("3-D Secure".to_owned(), sheet(content))
}

/// A page on which nothing can be paid: why, and the way back.
pub(super) fn closed(page: &ClosedPage, with_link: bool) -> Titled {
    let back = with_link.then_some(page.return_url());
    ended(&purchase!(page), page.end(), back)
}

/// Why nothing can be paid, and the way back, if there is one.
pub(super) fn ended(purchase: &Purchase, end: PageEnd, back: Option<&str>) -> Titled {
    let (class, sign, title, text) = match end {
        PageEnd::Paid => {
            ("good", "✓", "This has been paid", "Your payment was made. Nothing else is to be done.")
        }
        PageEnd::Processing => (
            "",
            "…",
            "Your payment is on its way",
            "It is not known yet how it ends. The shop will tell you.",
        ),
        PageEnd::Cancelled => ("", "–", "This payment was cancelled", "Nothing was charged."),
        PageEnd::Expired => {
            ("", "–", "This link has expired", "Nothing was charged. Ask the shop for a new link.")
        }
        PageEnd::Failed => {
            ("bad", "!", "The payment failed", "Nothing was charged. The shop can offer another way to pay.")
        }
    };
    let content = html! {
        (purchase.shown("Payment"))
        div.body.end {
            p class={ "sign " (class) } aria-hidden="true" { (sign) }
            h2 { (title) }
            p { (text) }
            @if let Some(back) = back {
                div.acts { a.button href=(back) rel="noreferrer" { "Back to the shop" } }
            }
        }
    };
    (title.to_owned(), sheet(content))
}

/// The gateway's own page for a shopper who has given up.
pub(super) fn not_paid(back: &str) -> Titled {
    let content = html! {
        div.body.end {
            p.sign aria-hidden="true" { "–" }
            h1 { "You have not paid" }
            p { "Nothing was charged, and you can still pay." }
            div.acts { a.button href=(back) { "To the payment page" } }
        }
    };
    ("Not paid".to_owned(), sheet(content))
}

pub(super) fn unknown() -> Titled {
    let content = html! {
        div.body.end {
            p.sign aria-hidden="true" { "?" }
            h1 { "There is no such payment" }
            p { "The link is not complete, or it is from another day: the acquirer forgets everything when it is started anew." }
        }
    };
    ("No such payment".to_owned(), sheet(content))
}

/// A link that is good for nothing.
pub(super) fn unavailable(text: &str) -> Titled {
    let content = html! {
        div.body.end {
            p.sign aria-hidden="true" { "?" }
            h1 { (text) }
        }
    };
    ("Not available".to_owned(), sheet(content))
}

pub(super) fn refused(back: &str) -> Titled {
    let content = html! {
        div.body.end {
            p.sign.bad aria-hidden="true" { "!" }
            h1 { "Nothing was done" }
            p { "This form was not from the payment page that is open now. Load the page anew, and try again." }
            div.acts { a.button href=(back) { "To the payment page" } }
        }
    };
    ("Refused".to_owned(), sheet(content))
}
