//! The service's interface: JSON over HTTP, and the shop's pages.

mod body;
mod error;
mod guard;
mod order;
mod shop;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;

use error::Error;
pub use guard::Names;
use guard::Stranger;
use order::OrderResponse;

use crate::connections;
use crate::orders::Orders;
use crate::shop::Shop;
use crate::wanted::{Key, Operation, OrderId};

#[derive(Clone)]
struct Service {
    orders: Arc<Orders>,
    /// Time that a client waits for the outcome of an order.
    answer_within: Duration,
}

/// A shop, and the URL of its simulated acquirer's dashboard.
#[derive(Clone, Debug)]
pub struct Front {
    pub shop: Arc<Shop>,
    pub dashboard: Option<String>,
}

/// All routes. All but the webhook's require one of the service's names as the host.
pub fn router(orders: Arc<Orders>, front: Option<Front>, answer_within: Duration, names: Names) -> Router {
    let order = |operation| {
        post(async move |service: State<Service>, headers: HeaderMap, body: Bytes| {
            submit(service.0, operation, headers, body).await
        })
    };
    let guarded = names.clone();
    let guard = middleware::from_fn(move |request, next| from_here(guarded.clone(), request, next));
    Router::new()
        .route("/pay", order(Operation::Pay))
        .route("/subscribe", order(Operation::Subscribe))
        .route("/charge-month", order(Operation::ChargeMonth))
        .route("/refund", order(Operation::Refund))
        .route("/orders/{id}", get(look_up))
        .route("/orders/{id}/settle", post(settle))
        .with_state(Service { orders, answer_within })
        .route_layer(guard)
        .merge(front.map(|front| shop::router(front.shop, front.dashboard, names)).unwrap_or_default())
        .layer(middleware::from_fn(connections::whole))
        .layer(middleware::from_fn(logged))
}

/// Takes an order. The order is driven to its end, even if its client does not wait.
async fn submit(
    service: Service,
    operation: Operation,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Error> {
    let key = key(&headers)?;
    let wanted = body::read(operation, &body)?;
    // In a task of its own: a hang-up ends this function, but not the task.
    let orders = Arc::clone(&service.orders);
    let submitted = tokio::spawn(async move { orders.submit(key, wanted).await });
    let mut watched = submitted.await.map_err(|_| Error::Stopping)??;
    watched.settled_within(service.answer_within).await;
    let progress = service.orders.progress(watched.order());
    let (status, id) = (order::status(&progress), progress.order.id);
    let mut response = (status, Json(OrderResponse::new(progress))).into_response();
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::try_from(format!("/orders/{id}")) {
        headers.insert(header::LOCATION, location);
    }
    if status == StatusCode::ACCEPTED {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    Ok(response)
}

async fn look_up(
    State(service): State<Service>,
    Path(id): Path<String>,
) -> Result<Json<OrderResponse>, Error> {
    let id: OrderId = id.parse().map_err(|_| Error::NoSuchOrder)?;
    let progress = service.orders.look_up(id).await?.ok_or(Error::NoSuchOrder)?;
    Ok(Json(OrderResponse::new(progress)))
}

/// Enters a result looked up at the acquirer. For the back office only.
async fn settle(
    State(service): State<Service>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<OrderResponse>, Error> {
    let id: OrderId = id.parse().map_err(|_| Error::NoSuchOrder)?;
    let finding = body::finding(&body)?;
    let orders = Arc::clone(&service.orders);
    let settled = tokio::spawn(async move { orders.settle(id, finding).await });
    Ok(Json(OrderResponse::new(settled.await.map_err(|_| Error::Stopping)??)))
}

fn key(headers: &HeaderMap) -> Result<Key, Error> {
    let mut keys = headers.get_all("idempotency-key").iter();
    let (Some(key), None) = (keys.next(), keys.next()) else { return Err(Error::NoKey) };
    // A header that is no text is no key either.
    Ok(key.to_str().unwrap_or_default().parse()?)
}

/// Accepts requests to one of the service's names, unless a page of another site sent them.
async fn from_here(names: Names, request: Request, next: Next) -> Response {
    match names.refuse(&request) {
        Some(Stranger::OtherHost) => Error::OtherHost.into_response(),
        Some(Stranger::Elsewhere) => Error::Elsewhere.into_response(),
        None => next.run(request).await,
    }
}

/// Logs each request, with its route instead of its path: clients can put any text into a path.
async fn logged(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let began = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let took = began.elapsed();
    tracing::info!(%method, route, status = response.status().as_u16(), ?took, "responded to a client");
    response
}
