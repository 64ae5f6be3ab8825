//! The back office: orders, refunds and cancels. It has no login of its own: README.md says how to protect it.

use std::time::SystemTime;

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use cashflows_codec::gateway::JobReference;
use cashflows_codec::value::{Amount, Money};
use maud::{Markup, html};
use serde::Deserialize;

use super::page::{facts, frame};
use super::problem::Problem;
use super::words::{self, Price};
use super::{Counter, known, stored};
use crate::shop::order::{Order, State as OrderState};
use crate::shop::refund::{NewRefund, Refund, given_back};
use crate::wanted::OrderId;

pub(super) fn router() -> Router<Counter> {
    Router::new()
        .route("/office", get(list))
        .route("/office/{number}", get(detail))
        .route("/office/{number}/refund", post(refund))
        .route("/office/{number}/cancel", post(cancel))
        .route("/office/{number}/look", post(look))
        .route("/office/{number}/job", post(job))
}

async fn list(State(counter): State<Counter>) -> Result<Markup, Problem> {
    let orders = counter.shop.table().newest().await?;
    let content = html! {
        h1 { "Back office" }
        @if orders.is_empty() { p.lead { "There are no orders yet." } } @else { (table(&orders)) }
    };
    Ok(frame("Back office", counter.dashboard.as_deref(), &content))
}

fn table(orders: &[Order]) -> Markup {
    html! {
        div.scroll role="region" aria-label="Orders" tabindex="0" {
            table {
                thead { tr {
                    th scope="col" { "Order" }
                    th scope="col" { "State" }
                    th.number scope="col" { "Amount" }
                    th scope="col" { "Item" }
                    th scope="col" { "Time (UTC)" }
                } }
                tbody { @for order in orders { tr {
                    td { a href={ "/office/" (order.number) } { code { (short(order.number)) } } }
                    td { span.state.(words::mood(order.state)) { (order.state.as_str()) } }
                    td.number { (Price(order.money)) }
                    td { (order.item) }
                    td { (time(order.made)) }
                } } }
            }
        }
    }
}

async fn detail(State(counter): State<Counter>, Path(number): Path<String>) -> Result<Markup, Problem> {
    let order = stored(&counter, &number).await?;
    let refunds = counter.shop.table().refunds(order.number).await?;
    let steps = counter.shop.table().steps(order.number).await?;
    let content = html! {
        p { a href="/office" { "All orders" } }
        h1 { "Order " code { (short(order.number)) } " " span.state.(words::mood(order.state)) { (order.state.as_str()) } }
        (facts(&order, &refunds))
        (actions(&order, &refunds))
        h2 { "History" }
        ol.steps { @for (at, step) in steps { li { span.time { (time(at)) } " " (step) } } }
        p { a href={ "/order/" (order.number) } { "The shopper’s page" } }
    };
    Ok(frame("Order", counter.dashboard.as_deref(), &content))
}

fn actions(order: &Order, refunds: &[Refund]) -> Markup {
    let path = |what: &str| format!("/office/{}/{what}", order.number);
    let refunded = given_back(refunds);
    let can_be_refunded = order.state == OrderState::Paid && refunded != Some(order.money);
    let can_be_cancelled = match order.state {
        OrderState::Open | OrderState::Review | OrderState::Reserved | OrderState::Closing => true,
        OrderState::Paid => refunded.is_none(),
        _ => false,
    };
    html! {
        @if !refunds.is_empty() {
            h2 { "Refunds" }
            ul { @for refund in refunds { li { (Price(refund.money)) " – " (words::of_refund(refund.state)) } } }
        }
        div.tools {
            form method="post" action=(path("look")) { button.second { "Ask the gateway" } }
            @if can_be_refunded {
                form method="post" action=(path("refund")) {
                    input type="hidden" name="key" value=(OrderId::new());
                    label for="amount" { "Amount to refund; empty is all that is left" }
                    div { input #amount name="amount" inputmode="decimal" pattern="[0-9]+\\.[0-9]{2}" autocomplete="off"
                        placeholder=(order.money.amount()); button { "Refund" } }
                }
            }
            @if can_be_cancelled { form method="post" action=(path("cancel")) { button.second { "Cancel" } } }
            @if order.state.may_have_lost_its_job() {
                form method="post" action=(path("job")) {
                    label for="job" { "Its job’s reference, if the portal shows one" }
                    div { input #job name="job" inputmode="numeric" autocomplete="off" required; button { "Enter" } }
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct RefundForm {
    key: String,
    #[serde(default)]
    amount: String,
}

async fn refund(
    State(counter): State<Counter>,
    Path(number): Path<String>,
    Form(form): Form<RefundForm>,
) -> Result<Redirect, Problem> {
    let order = stored(&counter, &number).await?;
    let amount: Option<Amount> = match form.amount.trim() {
        "" => None,
        amount => Some(amount.parse().map_err(|_| Problem::Form)?),
    };
    let money = amount.map(|amount| Money::new(amount, order.money.currency()));
    let key = form.key.parse().map_err(|_| Problem::Form)?;
    counter.shop.refund(NewRefund { key, order: order.number, money }).await?;
    Ok(back(order.number))
}

async fn cancel(State(counter): State<Counter>, Path(number): Path<String>) -> Result<Redirect, Problem> {
    let number = known(&number)?;
    counter.shop.cancel(number).await?;
    Ok(back(number))
}

/// Retrieves the job now, ahead of time.
async fn look(State(counter): State<Counter>, Path(number): Path<String>) -> Result<Redirect, Problem> {
    let number = known(&number)?;
    counter.shop.look(number).await?;
    Ok(back(number))
}

#[derive(Debug, Deserialize)]
struct JobForm {
    job: String,
}

/// Enters the reference of a lost job, as a person found it in the portal.
async fn job(
    State(counter): State<Counter>,
    Path(number): Path<String>,
    Form(form): Form<JobForm>,
) -> Result<Redirect, Problem> {
    let number = known(&number)?;
    let job: JobReference = form.job.trim().parse().map_err(|_| Problem::Form)?;
    let found = counter.shop.adopt(job).await?;
    if found.number == number { Ok(back(number)) } else { Err(Problem::Form) }
}

fn back(number: OrderId) -> Redirect {
    Redirect::to(&format!("/office/{number}"))
}

/// The end of a number, by which people tell orders apart.
fn short(number: OrderId) -> String {
    let number = number.to_string();
    number.rsplit('-').next().unwrap_or(&number).to_owned()
}

fn time(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time).to_string().replace('T', " ").replace('Z', "")
}
