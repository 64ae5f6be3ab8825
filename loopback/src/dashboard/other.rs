//! The payments of the other provider, which has a list of its own.

use std::time::SystemTime;

use cashflows_codec::gateway::Money;
use cashflows_codec::simulator::hosted_page::{PaymentEntry, PaymentState};
use cashflows_codec::value::MaskedText;
use maud::{Markup, html};

use super::paging::Paging;
use super::words::badge;
use crate::Loopback;
use crate::html::short_time;

pub(super) fn page(loopback: &Loopback, now: SystemTime, until: Option<usize>) -> Markup {
    let (payments, paging) = {
        let provider = loopback.provider();
        let all = provider.as_ref().map(|provider| provider.payments()).unwrap_or_default();
        let paging = Paging::new(all.len(), until);
        (all.get(paging.places.clone()).unwrap_or_default().to_vec(), paging)
    };
    html! {
        h1.visually-hidden { "Other provider" }
        section.card {
            h2 id="other-title" { "Payments of the other provider" }
            p.note {
                "Another gateway altogether, whose page is called hosted payment page too: nothing of it is in the \
                 ledger."
            }
            @if payments.is_empty() {
                p { "There is none yet: " code { "POST /api/hosted-payment-page" } " makes one." }
            } @else {
                div.scroll role="region" aria-labelledby="other-title" tabindex="0" {
                    table {
                        caption { (paging.caption()) }
                        thead { tr {
                            th scope="col" { "Reference" }
                            th scope="col" { "Made (UTC)" }
                            th.amount scope="col" { "Amount" }
                            th scope="col" { "State" }
                            th scope="col" { "Card" }
                        } }
                        tbody { @for payment in payments.iter().rev() { (row(payment, now)) } }
                    }
                }
                (paging.links("/dashboard/other", "Pages of the payments"))
            }
        }
    }
}

fn row(payment: &PaymentEntry, now: SystemTime) -> Markup {
    let money = Money::new(payment.amount().get(), payment.currency());
    let state = match payment.state() {
        PaymentState::Open => ("wait", "open"),
        PaymentState::Paid => ("good", "paid"),
        PaymentState::Cancelled => ("bad", "cancelled"),
    };
    html! {
        tr {
            th scope="row" { (MaskedText::reference(payment.reference())) }
            td { (short_time(payment.made(), now)) }
            td.amount { @if let Ok(money) = money { (money) } }
            td { (badge(state)) }
            td.code { @if let Some(card) = payment.card() { (card) } }
        }
    }
}
