//! The pages that a shopper sees: the card, 3-D Secure, and how it ended.
//!
//! What is on them and what follows is the acquirer's affair; here it becomes HTML, forms and redirects.
//! A form is answered by a redirect, so that loading the page anew posts nothing.

mod card;
mod markup;
mod other;
mod policy;
mod sheet;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, Request, Response, StatusCode, Uri};
use axum::routing::get;
use cashflows_codec::gateway::PaymentReference;
use cashflows_codec::simulator::gateway::{Authentication, Next, Page, PageEnd};
use maud::Markup;

use crate::Loopback;
use crate::exchange::{About, Door, Exchange, Reply, masked_url};
use crate::form::{Form, parameter};
use crate::html::{document, page, see_other};
use card::Fields;
use sheet::CardForm;

type Server = State<Arc<Loopback>>;

const CARD: &str = "/payment";
const THREE_DS: &str = "/payment/form-post";
const RESULT: &str = "/payment/result";

pub(crate) fn routes() -> Router<Arc<Loopback>> {
    Router::new()
        .route(CARD, get(show).post(pay))
        .route(THREE_DS, get(show).post(authenticate))
        .route(RESULT, get(result))
        .merge(other::routes())
}

/// What a page's forms need.
struct Shown<'a> {
    reference: &'a str,
    token: &'a str,
}

impl Shown<'_> {
    fn form(&self, path: &str) -> CardForm<'_> {
        CardForm { action: at(path, self.reference), token: self.token, names_decide: false }
    }
}

/// What the tokens of a page's forms are for.
fn purpose(reference: &str) -> String {
    format!("payment {reference}")
}

fn at(path: &str, reference: &str) -> String {
    format!("{path}?ref={reference}")
}

/// The page that a link leads to.
fn reference(uri: &Uri) -> String {
    parameter(uri, "ref").unwrap_or_default()
}

/// Either page: whichever it is that a shopper has to see now.
async fn show(State(loopback): Server, uri: Uri) -> Response<Body> {
    let reference = reference(&uri);
    let found = loopback.page(&reference);
    match (&found, uri.path()) {
        (Page::Pay(_), THREE_DS) => see_other(&at(CARD, &reference)),
        (Page::ThreeDs(_), CARD) => see_other(&at(THREE_DS, &reference)),
        _ => respond(&loopback, &reference, &found, &Fields::default()),
    }
}

/// The gateway's own page at the end, where the merchant has none.
async fn result(State(loopback): Server, uri: Uri) -> Response<Body> {
    let reference = reference(&uri);
    match loopback.page(&reference) {
        Page::Unknown => unknown(),
        Page::Closed(closed) => answer(StatusCode::OK, &[], markup::closed(&closed, false)),
        _ => answer(StatusCode::OK, &[], markup::not_paid(&at(CARD, &reference))),
    }
}

async fn pay(State(loopback): Server, uri: Uri, request: Request<Body>) -> Response<Body> {
    let reference = reference(&uri);
    let Some(form) = form(&loopback, &purpose(&reference), request).await else {
        return refused(&reference);
    };
    if form.get("do") == Some("cancel") {
        return loopback.act(&reference, Act::Cancel, String::new(), |acquirer, now, page| {
            acquirer.cancel_page(now, page)
        });
    }
    // A second click, a second window: there is nothing to look at any more.
    let found = loopback.page(&reference);
    if !matches!(found, Page::Pay(_)) {
        return onward(&reference, &found);
    }
    match card::read(&form, loopback.now()) {
        Ok((card, shown)) => {
            loopback.act(&reference, Act::Pay, shown, |acquirer, now, page| acquirer.pay(now, page, card))
        }
        Err(fields) => respond(&loopback, &reference, &found, &fields),
    }
}

async fn authenticate(State(loopback): Server, uri: Uri, request: Request<Body>) -> Response<Body> {
    let reference = reference(&uri);
    let Some(form) = form(&loopback, &purpose(&reference), request).await else {
        return refused(&reference);
    };
    let said = form.get("do").unwrap_or_default();
    if said == "cancel" {
        return loopback.act(&reference, Act::Cancel, String::new(), |acquirer, now, page| {
            acquirer.cancel_page(now, page)
        });
    }
    let payment = form.get("payment").and_then(|payment| PaymentReference::try_from(payment).ok());
    let (Some(payment), Ok(result)) = (payment, said.parse::<Authentication>()) else {
        return refused(&reference);
    };
    loopback.act(&reference, Act::Authenticate(result), result.to_string(), |acquirer, now, page| {
        acquirer.authenticate(now, page, payment, result)
    })
}

/// The form, if it is from the page that it is about.
async fn form(loopback: &Loopback, purpose: &str, request: Request<Body>) -> Option<Form> {
    debug_assert_eq!(request.method(), Method::POST);
    let (headers, form) = Form::read(request).await?;
    loopback.forms.allows(purpose, form.get("token"), &headers).then_some(form)
}

/// From a page on which there is nothing to do any more.
fn onward(reference: &str, found: &Page) -> Response<Body> {
    match found {
        Page::Unknown => unknown(),
        Page::ThreeDs(_) => see_other(&at(THREE_DS, reference)),
        Page::Closed(closed) if closed.end() == PageEnd::Paid => see_other(closed.return_url()),
        _ => see_other(&at(CARD, reference)),
    }
}

/// A page as HTML.
fn respond(loopback: &Loopback, reference: &str, found: &Page, fields: &Fields) -> Response<Body> {
    let token = loopback.forms.token(&purpose(reference));
    let shown = Shown { reference, token: &token };
    match found {
        Page::Pay(pay) => {
            let status = if fields.are_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            answer(status, &pay.return_urls(), markup::pay(pay, fields, &shown))
        }
        Page::ThreeDs(three_ds) => {
            answer(StatusCode::OK, &three_ds.return_urls(), markup::three_ds(three_ds, &shown))
        }
        Page::Closed(closed) => answer(StatusCode::OK, &[], markup::closed(closed, true)),
        _ => unknown(),
    }
}

fn answer(status: StatusCode, returns: &[&str], (title, content): (String, Markup)) -> Response<Body> {
    page(status, &policy::of(returns), document(&title, "shopper", false, content))
}

fn unknown() -> Response<Body> {
    answer(StatusCode::NOT_FOUND, &[], markup::unknown())
}

fn refused(reference: &str) -> Response<Body> {
    refused_at(&at(CARD, reference))
}

fn refused_at(page: &str) -> Response<Body> {
    answer(StatusCode::FORBIDDEN, &[], markup::refused(page))
}

/// What a shopper does.
#[derive(Clone, Copy)]
enum Act {
    Pay,
    Authenticate(Authentication),
    Cancel,
}

impl Act {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Authenticate(_) => "3-D Secure",
            Self::Cancel => "cancel",
        }
    }

    /// Whether the card may be charged then.
    fn pays(self) -> bool {
        matches!(self, Self::Pay | Self::Authenticate(Authentication::Passed))
    }
}

impl Loopback {
    fn page(&self, reference: &str) -> Page {
        let mut acquirer = self.acquirer();
        acquirer.page(self.now(), reference)
    }

    /// Does what the shopper asked for, notes it, and sends the browser on.
    fn act(
        &self,
        reference: &str,
        what: Act,
        shown: String,
        act: impl FnOnce(&mut cashflows_codec::simulator::Acquirer, std::time::SystemTime, &str) -> Next,
    ) -> Response<Body> {
        let mut acquirer = self.acquirer();
        let now = self.now();
        let fault = what.pays().then(|| self.faults.apply_to_card(&mut acquirer)).flatten();
        let before = acquirer.ledger().entries().len();
        let next = act(&mut acquirer, now, reference);
        let made = acquirer.ledger().entries().get(before..).unwrap_or_default();
        let mut about = Vec::new();
        for entry in made {
            about.push(About::Transaction(entry.id().as_str().into()));
            if let Some((job, _)) = acquirer.payment_of(entry.id()) {
                about.push(About::Job(job.to_string().into()));
            }
        }
        drop(acquirer);
        self.webhooks.notify_one();
        self.changed();
        let mut exchange = Exchange::new(now, Door::Page, what.as_str());
        exchange.request = shown;
        exchange.fault = fault;
        exchange.about = about;
        exchange.meaning = match &next {
            Next::ThreeDs => "the shopper goes to 3-D Secure".to_owned(),
            Next::Page => "the shopper sees the page again, which says why".to_owned(),
            Next::Return(url) => format!("the shopper goes to {}", masked_url(url)),
            Next::Unknown => "there is no such page".to_owned(),
        };
        exchange.reply = Reply::Response(StatusCode::SEE_OTHER.as_u16(), String::new());
        self.log.push(exchange);
        match next {
            Next::ThreeDs => see_other(&at(THREE_DS, reference)),
            Next::Page => see_other(&at(CARD, reference)),
            Next::Return(url) => see_other(&url),
            Next::Unknown => unknown(),
        }
    }
}
