//! The shopper's pages as HTML.

use cashflows_codec::simulator::gateway::{Authentication, ClosedPage, PageEnd, PayPage, ThreeDsPage};
use maud::{Markup, html};

use super::card::Fields;
use super::{CARD, THREE_DS, at};

/// What a page's forms need.
pub(super) struct Shown<'a> {
    pub(super) reference: &'a str,
    pub(super) token: &'a str,
}

/// Title and content.
type Titled = (String, Markup);

/// The content of every page, below a line that says that nothing of this is real.
fn sheet(content: Markup) -> Markup {
    html! {
        p.simulated { "Simulated acquirer: no card is charged, whatever you enter." }
        main id="main" tabindex="-1" { div.sheet { (content) } }
    }
}

/// What is paid for: the order's number, its lines, its amount.
macro_rules! order {
    ($page:expr, $heading:expr) => {{
        let page = $page;
        let lines: Vec<_> = page.lines().map(|(name, total)| (name.to_owned(), total)).collect();
        let currency = page.currency();
        html! {
            div.order {
                h1 { ($heading) @if let Some(number) = page.order_number() { " · order " (number) } }
                p.total { (page.amount()) " " (currency) }
                @if !lines.is_empty() {
                    ul aria-label="What you buy" {
                        @for (name, total) in &lines {
                            li {
                                span { (name) }
                                @if let Some(total) = total { span { (total) " " (currency) } }
                            }
                        }
                    }
                }
            }
        }
    }};
}

/// The page that asks for the card.
pub(super) fn pay(page: &PayPage, fields: &Fields, shown: &Shown<'_>) -> Titled {
    let errors: Vec<(&str, &str)> = [
        ("number", fields.number_error),
        ("expiry", fields.expiry_error),
        ("cvc", fields.cvc_error),
        ("name", fields.name_error),
    ]
    .into_iter()
    .filter_map(|(id, error)| Some((id, error?)))
    .collect();
    let first = errors.first().map(|(id, _)| *id);
    let field = |id, label, autocomplete, hint, error, value, mode| Field {
        id,
        label,
        autocomplete,
        hint,
        error,
        value,
        mode,
        focused: first == Some(id),
    };
    let name = field("name", "Name on the card", "cc-name", "", fields.name_error, &*fields.name, None);
    let number = field("number", "Card number", "cc-number", "", fields.number_error, "", Some("numeric"));
    let expiry = field(
        "expiry",
        "Expiry date",
        "cc-exp",
        "Month and year, as 11/30",
        fields.expiry_error,
        &*fields.expiry,
        Some("numeric"),
    );
    let cvc = field(
        "cvc",
        "Security code",
        "cc-csc",
        "3 digits (American Express: 4)",
        fields.cvc_error,
        "",
        Some("numeric"),
    );
    let content = html! {
        (order!(page, "Payment"))
        div.body {
            @if !errors.is_empty() {
                div.problem role="alert" {
                    h2 { "Please look at what you entered" }
                    ul { @for (id, error) in &errors { li { a href={ "#" (id) } { (error) } } } }
                }
            } @else if let Some(error) = page.last_error() {
                p.problem role="alert" { (error) }
            }
            form method="post" action=(at(CARD, shown.reference)) novalidate autocomplete="on" {
                input type="hidden" name="token" value=(shown.token);
                div.fields { (number.whole()) (expiry.half()) (cvc.half()) (name.whole()) }
                div.acts.below {
                    button.primary type="submit" name="do" value="pay" {
                        "Pay " (page.amount()) " " (page.currency())
                    }
                    button.plain type="submit" name="do" value="cancel" { "Cancel and go back" }
                }
            }
            (test_cards())
        }
    };
    let title = if errors.is_empty() { "Payment" } else { "Error: payment" };
    (title.to_owned(), sheet(content))
}

fn test_cards() -> Markup {
    html! {
        details.hint {
            summary { "Cards to try" }
            p { "4000 0000 0000 0002, any date in the next ten years, code 123. The name decides:" }
            ul {
                li { "Luke Skywalker is paid at once," }
                li { "Han Solo, and any other name, is asked by 3-D Secure," }
                li { "Ben Kenobi is declined by the bank," }
                li { "Darth Maul fails 3-D Secure, Darth Vader finds it out of order." }
            }
        }
    }
}

/// A field with its label, and what is wrong with it.
struct Field<'a> {
    id: &'static str,
    label: &'static str,
    autocomplete: &'static str,
    hint: &'static str,
    error: Option<&'static str>,
    value: &'a str,
    mode: Option<&'static str>,
    focused: bool,
}

impl Field<'_> {
    fn whole(&self) -> Markup {
        html! { div.field.whole { (self.inside()) } }
    }

    fn half(&self) -> Markup {
        html! { div.field { (self.inside()) } }
    }

    fn inside(&self) -> Markup {
        let (hint, error) = (format!("{}-hint", self.id), format!("{}-error", self.id));
        let described = match (self.error.is_some(), self.hint.is_empty()) {
            (true, false) => Some(format!("{error} {hint}")),
            (true, true) => Some(error.clone()),
            (false, false) => Some(hint.clone()),
            (false, true) => None,
        };
        html! {
            label for=(self.id) { (self.label) }
            @if let Some(message) = self.error { p.error id=(error) { (message) } }
            input id=(self.id) name=(self.id) type="text" value=(self.value) required
                autocomplete=(self.autocomplete) inputmode=[self.mode] spellcheck="false"
                autofocus[self.focused] aria-invalid=[self.error.map(|_| "true")]
                aria-describedby=[described];
            @if !self.hint.is_empty() { p.hint id=(hint) { (self.hint) } }
        }
    }
}

/// The page of 3-D Secure: what the cardholder's bank would ask.
pub(super) fn three_ds(page: &ThreeDsPage, shown: &Shown<'_>) -> Titled {
    let words = |result| match result {
        Authentication::Passed => "Yes, it is me",
        Authentication::Failed => "No, it is not me",
        Authentication::Unavailable => "My bank is away",
    };
    let content = html! {
        (order!(page, "3-D Secure"))
        div.body {
            h2 { "Your bank asks: is it you who pays?" }
            dl.facts {
                div { dt { "Card" } dd.code { (page.card()) } }
                @if let Some(holder) = page.holder() { div { dt { "Name" } dd { (holder.as_str()) } } }
            }
            form method="post" action=(at(THREE_DS, shown.reference)) {
                input type="hidden" name="token" value=(shown.token);
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
    let (class, sign, title, text) = match page.end() {
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
        (order!(page, "Payment"))
        div.body.end {
            p class={ "sign " (class) } aria-hidden="true" { (sign) }
            h2 { (title) }
            p { (text) }
            @if with_link { div.acts { a.button href=(page.return_url()) rel="noreferrer" { "Back to the shop" } } }
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
