//! The shop's pages, the shopper's return, and the gateway's webhook.

mod guard;
mod office;
mod page;
mod problem;
mod qr;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Form, OriginalUri, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use cashflows_codec::gateway::{Notification, ShopperReturn};
use maud::Markup;
use serde::Deserialize;

use problem::Problem;

use crate::http::Names;
use crate::orders::Refusal;
use crate::shop::catalogue::item;
use crate::shop::order::{Order, State as OrderState, Way};
use crate::shop::{Basket, Shop};
use crate::wanted::OrderId;

/// Shared state of the pages.
#[derive(Clone, Debug)]
struct Counter {
    shop: Arc<Shop>,
    /// URL of the simulated acquirer's dashboard.
    dashboard: Option<Arc<str>>,
}

/// The shop's routes.
pub(super) fn router(shop: Arc<Shop>, dashboard: Option<String>, names: Names) -> Router {
    let pages = Router::new()
        .route("/", get(home))
        .route("/buy", post(buy))
        .route("/order/{number}", get(order))
        .route("/order/{number}/again", post(again))
        .route("/order/{number}/link.svg", get(link))
        .route("/return", get(returned))
        .merge(office::router());
    let routes = Router::new()
        .merge(guard::from_here(pages, names))
        .route("/style.css", get(async || file("text/css; charset=utf-8", include_str!("shop/style.css"))))
        .route("/icon.svg", get(async || file("image/svg+xml", include_str!("shop/icon.svg"))))
        .route("/webhook", post(webhook));
    guard::secured(routes, &shop).with_state(Counter { shop, dashboard: dashboard.map(Arc::from) })
}

async fn home(State(counter): State<Counter>) -> Markup {
    page::home(counter.dashboard.as_deref())
}

#[derive(Debug, Deserialize)]
struct Buy {
    key: String,
    item: String,
    way: String,
}

/// Takes an order, and redirects its shopper to the payment page.
async fn buy(State(counter): State<Counter>, Form(form): Form<Buy>) -> Result<Redirect, Problem> {
    let basket = Basket {
        key: form.key.parse().map_err(|_| Problem::Form)?,
        item: item(&form.item).ok_or(Problem::Form)?,
        way: Way::from_word(&form.way).ok_or(Problem::Form)?,
    };
    let way = basket.way;
    Ok(onwards(&counter.shop.buy(basket).await?, way))
}

async fn again(State(counter): State<Counter>, Path(number): Path<String>) -> Result<Redirect, Problem> {
    let order = counter.shop.buy_again(known(&number)?).await?;
    Ok(onwards(&order, order.way))
}

/// The next page after an order: the payment page if wanted, else the order's.
fn onwards(order: &Order, way: Way) -> Redirect {
    match (&order.page, order.state, way) {
        (Some(page), OrderState::Open, Way::Page) if !order.is_in_doubt => Redirect::to(page.as_str()),
        _ => Redirect::to(&format!("/order/{}", order.number)),
    }
}

async fn order(State(counter): State<Counter>, Path(number): Path<String>) -> Result<Markup, Problem> {
    let order = stored(&counter, &number).await?;
    let successor = counter.shop.table().successor(order.number).await?;
    let refunds = counter.shop.table().refunds(order.number).await?;
    let successor = successor.map(|order| order.number);
    Ok(page::order(&order, &refunds, successor, counter.dashboard.as_deref()))
}

/// The payment link as a picture.
async fn link(State(counter): State<Counter>, Path(number): Path<String>) -> Result<Response, Problem> {
    let order = stored(&counter, &number).await?;
    let can_be_paid = order.state == OrderState::Open && !order.is_in_doubt;
    let page = order.page.filter(|_| can_be_paid).ok_or(Problem::NotFound)?;
    let svg = qr::svg(page.as_str()).ok_or(Problem::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// Handles a shopper's return. It proves no payment: the job is retrieved.
async fn returned(
    State(counter): State<Counter>,
    OriginalUri(uri): OriginalUri,
) -> Result<Redirect, Problem> {
    let returned = ShopperReturn::decode(&uri.to_string()).map_err(|_| Problem::NotFound)?;
    let number = counter.shop.returned(&returned).await?;
    // Redirects, because this address has references in it, and reloading it would retrieve the job again.
    Ok(Redirect::to(&format!("/order/{number}")))
}

/// Handles a notification, which anyone can send: the job is retrieved.
async fn webhook(State(counter): State<Counter>, body: Bytes) -> Result<Response, Problem> {
    let notification = Notification::decode(&body).map_err(|_| Problem::Form)?;
    counter.shop.notified(&notification).await?;
    Ok(notification.acknowledgement().encode().into_http().map(axum::body::Body::from))
}

/// Serves a file that does not change while the service runs.
fn file(media_type: &'static str, content: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "max-age=3600")], content)
}

fn known(number: &str) -> Result<OrderId, Problem> {
    number.parse().map_err(|_| Problem::NotFound)
}

async fn stored(counter: &Counter, number: &str) -> Result<Order, Problem> {
    let order = counter.shop.table().by_number(known(number)?).await?;
    order.ok_or(Problem::Refused(Refusal::NoSuchOrder))
}
