//! The sheet on which a shopper's pages are, and the form for a card.

use maud::{Markup, html};

use super::card::Fields;
use super::markup::Titled;

/// The content of every page, below a line that says that nothing of this is real.
pub(super) fn sheet(content: Markup) -> Markup {
    html! {
        header { p.simulated { "Simulated acquirer: no card is charged, whatever you enter." } }
        main id="main" tabindex="-1" { div.sheet { (content) } }
    }
}

/// What is paid for: the order's number, its amount, its lines with theirs.
pub(super) struct Purchase {
    pub(super) number: Option<String>,
    pub(super) amount: String,
    pub(super) lines: Vec<(String, Option<String>)>,
}

impl Purchase {
    pub(super) fn shown(&self, heading: &str) -> Markup {
        html! {
            div.order {
                h1 { (heading) @if let Some(number) = &self.number { " · order " (number) } }
                p.total { (self.amount) }
                @if !self.lines.is_empty() {
                    ul aria-label="What you buy" {
                        @for (name, total) in &self.lines {
                            li {
                                span { (name) }
                                @if let Some(total) = total { span { (total) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where the card goes.
pub(super) struct CardForm<'a> {
    pub(super) action: String,
    pub(super) token: &'a str,
    /// Whether the cardholder's name decides what happens.
    pub(super) names_decide: bool,
}

/// A page that asks for a card.
pub(super) fn card_page(
    purchase: &Purchase,
    refused: Option<&str>,
    fields: &Fields,
    form: &CardForm<'_>,
) -> Titled {
    let errors = fields.errors();
    let inputs = inputs(fields, errors.first().map(|(id, _)| *id));
    let content = html! {
        (purchase.shown("Payment"))
        div.body {
            @if !errors.is_empty() {
                div.problem role="alert" {
                    h2 { "Please look at what you entered" }
                    ul { @for (id, error) in &errors { li { a href={ "#" (id) } { (error) } } } }
                }
            } @else if let Some(error) = refused {
                p.problem role="alert" { (error) }
            }
            form method="post" action=(form.action) novalidate autocomplete="on" {
                input type="hidden" name="token" value=(form.token);
                div.fields { @for input in &inputs { (input.shown()) } }
                div.acts.below {
                    button.primary type="submit" name="do" value="pay" { "Pay " (purchase.amount) }
                    button.plain type="submit" name="do" value="cancel" { "Cancel and go back" }
                }
            }
            (test_cards(form.names_decide))
        }
    };
    let title = if errors.is_empty() { "Payment" } else { "Error: payment" };
    (title.to_owned(), sheet(content))
}

fn inputs<'a>(fields: &'a Fields, focused: Option<&str>) -> [Field<'a>; 4] {
    let field = |id, label, autocomplete, error| Field {
        id,
        label,
        autocomplete,
        error,
        hint: "",
        value: "",
        mode: Some("numeric"),
        whole: false,
        focused: focused == Some(id),
    };
    [
        Field { whole: true, ..field("number", "Card number", "cc-number", fields.number_error) },
        Field {
            hint: "Month and year, as 11/30",
            value: &fields.expiry,
            ..field("expiry", "Expiry date", "cc-exp", fields.expiry_error)
        },
        Field {
            hint: "3 digits (American Express: 4)",
            ..field("cvc", "Security code", "cc-csc", fields.cvc_error)
        },
        Field {
            value: &fields.name,
            mode: None,
            whole: true,
            ..field("name", "Name on the card", "cc-name", fields.name_error)
        },
    ]
}

fn test_cards(names_decide: bool) -> Markup {
    html! {
        details.hint {
            summary { "Cards to try" }
            p { "4000 0000 0000 0002, any date in the next ten years, code 123." }
            @if names_decide { ul {
                li { "Luke Skywalker is paid at once," }
                li { "Han Solo, and any other name, is asked by 3-D Secure," }
                li { "Ben Kenobi is declined by the bank," }
                li { "Darth Maul fails 3-D Secure, Darth Vader finds it out of order." }
            } }
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
    /// Whether it takes all of the width.
    whole: bool,
    focused: bool,
}

impl Field<'_> {
    fn shown(&self) -> Markup {
        html! { div.field.whole[self.whole] { (self.inside()) } }
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
