//! The shop's pages. All inserted values are escaped.

use maud::{DOCTYPE, Markup, html};

use super::words::{self, Price};
use crate::shop::catalogue::{ITEMS, Item};
use crate::shop::order::{Order, State, Way};
use crate::shop::refund::{Refund, RefundState, given_back, sum};
use crate::wanted::OrderId;

/// The frame around a page's content.
pub(super) fn frame(title: &str, dashboard: Option<&str>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – Paper & Ink" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
            }
            body {
                a.skip href="#main" { "Skip to content" }
                header { div.bar { a.name href="/" { "Paper " span { "&" } " Ink" } a.quiet href="/office" { "Back office" } } }
                main #main { (content) }
                footer {
                    p { "An example of a shop: nothing is delivered." }
                    @if let Some(dashboard) = dashboard {
                        p { "The acquirer is simulated: see " a href=(dashboard) { "its ledger" } "." }
                    }
                }
            }
        }
    }
}

/// The catalogue.
pub(super) fn home(dashboard: Option<&str>) -> Markup {
    let content = html! {
        h1 { "Things to write with" }
        p.lead { "Choose one, and pay by card on the payment page. We never see your card." }
        div.shelf { @for item in ITEMS { (for_sale(item)) } }
    };
    frame("Things to write with", dashboard, &content)
}

fn for_sale(item: Item) -> Markup {
    html! {
        article.card aria-labelledby=(item.id) {
            h2 #(item.id) { (item.name) }
            p { (item.about) }
            p.price { (Price(item.price)) }
            form method="post" action="/buy" {
                // A new key for each form: two clicks on it are one order.
                input type="hidden" name="key" value=(OrderId::new());
                input type="hidden" name="item" value=(item.id);
                button name="way" value=(Way::Page.as_str()) aria-describedby=(item.id) { "Buy" }
                button.second name="way" value=(Way::Link.as_str()) aria-describedby=(item.id) { "Payment link" }
            }
        }
    }
}

/// The state of an order, and its shopper's next steps.
pub(super) fn order(
    order: &Order,
    refunds: &[Refund],
    successor: Option<OrderId>,
    dashboard: Option<&str>,
) -> Markup {
    let (heading, text) = if sum(refunds, is_completed) == Some(order.money) {
        words::REFUNDED
    } else if given_back(refunds) == Some(order.money) {
        words::REFUNDING
    } else {
        words::of(order)
    };
    let content = html! {
        section.order.(words::mood(order.state)) {
            h1 { (heading) }
            p.lead { (text) }
            (facts(order, refunds))
            (actions(order, successor))
        }
        p { a href="/" { "Back to the shop" } }
    };
    frame(heading, dashboard, &content)
}

/// The details of an order.
pub(super) fn facts(order: &Order, refunds: &[Refund]) -> Markup {
    let (refunded, under_way) = (sum(refunds, is_completed), sum(refunds, RefundState::is_unfinished));
    html! {
        dl.facts {
            div { dt { "Item" } dd { (order.item) } }
            div { dt { "Amount" } dd { (Price(order.money)) } }
            @if let Some(refunded) = refunded { div { dt { "Refunded" } dd { (Price(refunded)) } } }
            @if let Some(under_way) = under_way { div { dt { "Refund under way" } dd { (Price(under_way)) } } }
            div { dt { "Order" } dd { code { (order.number) } } }
        }
    }
}

fn is_completed(state: RefundState) -> bool {
    state == RefundState::Completed
}

fn actions(order: &Order, successor: Option<OrderId>) -> Markup {
    let look_again = html! { a.button.second href={ "/order/" (order.number) } { "Look again" } };
    match (order.state, &order.page, successor) {
        (State::Open, ..) if order.is_in_doubt => html! { p.actions { (look_again) } },
        (State::Open, Some(page), _) if order.way == Way::Link => html! {
            (payment_link(order, page.as_str()))
            p.actions { (look_again) }
        },
        (State::Open, Some(page), _) => html! {
            p.actions { a.button href=(page.as_str()) { "Go to the payment page" } (look_again) }
        },
        (state, _, Some(successor)) if state.can_be_replaced() => html! {
            p.actions { a.button href={ "/order/" (successor) } { "See the order that took its place" } }
        },
        (state, _, None) if state.can_be_replaced() => html! {
            form.actions method="post" action={ "/order/" (order.number) "/again" } { button { "Order it again" } }
        },
        (State::Creating | State::Open | State::Review | State::Closing, ..) => {
            html! { p.actions { (look_again) } }
        }
        _ => html! {},
    }
}

/// The link to keep, or to scan with a telephone.
fn payment_link(order: &Order, page: &str) -> Markup {
    html! {
        div.link {
            img src={ "/order/" (order.number) "/link.svg" } width="240" height="240" alt="The payment link as a QR code";
            div {
                h2 { "Pay by this link" }
                p { "Open it on any device, or scan the code. Whoever has it can pay, once." }
                p.url { a href=(page) { (page) } }
            }
        }
    }
}

/// The page of an error.
pub(super) fn problem(heading: &str, text: &str) -> Markup {
    let content = html! {
        section.order.ended { h1 { (heading) } p.lead { (text) } }
        p { a href="/" { "Back to the shop" } }
    };
    frame(heading, None, &content)
}
