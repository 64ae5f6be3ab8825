//! A payment job.

use super::kind::Signs;
use super::{Faults, P, Parameters, Reader, order, recipient_details};
use crate::error::{InvalidValue, Rule};
use crate::gateway::request::fault::place_of;
use crate::gateway::request::{
    Browser, FreeText, JobKind, JobOption, JobType, Mcc, PaymentJob, RecipientDetails, ReturnUrls,
};
use crate::gateway::value::minor_units;
use crate::gateway::{Decimal, Locale, PaymentMethod, Url};
use crate::media::json::{Object, Value};
use crate::value::Currency;

const NAMES: &[&str] = &[
    "amountToCollect",
    "currency",
    "type",
    "locale",
    "timeZone",
    "order",
    "parentPaymentJobReference",
    "paymentMethodsToUse",
    "parameters",
    "options",
    "preparationIds",
    "displayUrl",
    "expirationDateTimeUtc",
    "recurrenceCriteria",
];

pub(super) fn read(object: Object<'_>, faults: &mut Faults) -> Option<PaymentJob> {
    let mut job = Reader::new(object, NAMES, faults);
    let amount = job.require_with("amountToCollect", |_, value| value.parse_number());
    let currency = job.require_with("currency", Faults::code);
    let is_credit = job.with("type", Faults::word) == Some(JobType::Credit);
    let options = job.list("options", option);
    let methods = job.list("paymentMethodsToUse", |value, faults| {
        faults.take(faults.text(value)).map(|text| PaymentMethod::in_any_case(&text))
    });
    let locale = job.find("locale", |faults, value| Ok(Locale::with_either_separator(&faults.text(value)?)));
    let time_zone = job.find_text("timeZone");
    let order = job.object("order", order::read);
    let parent = job.has("parentPaymentJobReference").then(|| job.number("parentPaymentJobReference"));
    let criteria = job.get("recurrenceCriteria");
    let preparation_ids = job.find_list("preparationIds", |value, faults| {
        let read = faults.parse(value);
        faults.find(read)
    });
    let (display_url, expires) = (job.find_text("displayUrl"), job.text("expirationDateTimeUtc"));
    let given = job.object("parameters", |object, faults| Some(Parameters::read(object, faults)));

    let mut parameters = given.unwrap_or_else(|| Parameters::none(object));
    let signs = Signs { job: object, is_credit, parent, criteria, options: &options };
    let kind = signs.read(&mut parameters, faults);
    let common = Common::read(&mut parameters, faults);
    parameters.ignore_rest(faults);
    let minor_units = amount.zip(currency).and_then(|(amount, currency)| {
        let is_parent = matches!(kind, None | Some(JobKind::Parent(_)));
        amount_of(object, amount, currency, is_parent, faults)
    });

    let mut read = PaymentJob::of_amount(minor_units?, currency?, order, kind?);
    read.methods = methods;
    read.locale = locale;
    read.time_zone = time_zone;
    read.display_url = display_url;
    read.expires = expires;
    read.preparation_ids = preparation_ids;
    for option in options.into_iter().filter(|option| !option.follows_from_kind()) {
        read = read.with_option(option);
    }
    read.return_urls = common.return_urls;
    read.webhook_url = common.webhook_url;
    read.descriptor = common.descriptor;
    read.browser = common.browser;
    read.simulated_status = common.simulated_status;
    read.mcc = common.mcc;
    read.recipient = common.recipient;
    read.other_parameters = parameters.into_others();
    Some(read)
}

/// An option, in any case. What is not listed is kept, and told.
fn option(value: Value<'_>, faults: &mut Faults) -> Option<JobOption> {
    let text = faults.take(faults.text(value))?;
    if faults.is_strict() {
        return Some(JobOption::from(&*text));
    }
    let option = JobOption::in_any_case(&text);
    if let JobOption::Unlisted(_) = option {
        faults.unlisted(place_of(value));
    }
    Some(option)
}

/// An amount in the smallest unit of its currency; nothing only where that is allowed.
fn amount_of(
    job: Object<'_>,
    amount: Decimal,
    currency: Currency,
    may_be_zero: bool,
    faults: &mut Faults,
) -> Option<u64> {
    let read = match minor_units(amount, currency) {
        Ok(0) if !may_be_zero => Err(Rule::Zero),
        read => read.map_err(|invalid: InvalidValue| invalid.rule()),
    };
    read.map_err(|rule| faults.inside(job, "amountToCollect", rule)).ok()
}

/// The parameters that a job of any kind may have.
struct Common {
    return_urls: Option<ReturnUrls>,
    webhook_url: Option<Url>,
    descriptor: Option<FreeText>,
    browser: Option<Browser>,
    simulated_status: Option<FreeText>,
    mcc: Option<Mcc>,
    recipient: Option<RecipientDetails>,
}

impl Common {
    fn read(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Self {
        let urls = ReturnUrls {
            success: parameters.parse(P::ReturnUrlSuccess, faults),
            failed: parameters.parse(P::ReturnUrlFailed, faults),
            cancelled: parameters.parse(P::ReturnUrlCancelled, faults),
        };
        let browser = browser(parameters, faults);
        Self {
            return_urls: (urls != ReturnUrls::default()).then_some(urls),
            webhook_url: parameters.parse(P::WebhookUrl, faults),
            descriptor: parameters.find(P::Descriptor, faults),
            browser: (browser != Browser::default()).then_some(browser),
            simulated_status: parameters.parse(P::SimulatedStatus, faults),
            mcc: parameters.parse(P::Mcc, faults),
            recipient: recipient(parameters, faults),
        }
    }
}

fn recipient(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<RecipientDetails> {
    let value = parameters.take(P::RecipientDetails)?;
    recipient_details(value, &parameters.path(P::RecipientDetails), faults)
}

fn browser(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Browser {
    Browser {
        ip_address: parameters.find(P::OriginatingIpAddress, faults),
        origin: parameters.find(P::OriginHeader, faults),
        user_agent: parameters.find(P::UserAgent, faults),
        language: parameters.find(P::BrowserLanguage, faults),
        time_zone_offset: parameters.find(P::BrowserTimeZoneOffset, faults),
        java_enabled: parameters.find_flag(P::BrowserJavaEnabled, faults),
        javascript_enabled: parameters.find_flag(P::BrowserJavaScriptEnabled, faults),
        screen_height: parameters.find(P::BrowserScreenHeight, faults),
        screen_width: parameters.find(P::BrowserScreenWidth, faults),
        color_depth: parameters.find(P::BrowserScreenColorDepth, faults),
        accept_header: parameters.find(P::ChallengeAcceptHeader, faults),
        challenge_window_size: parameters.find(P::ChallengeWindowSize, faults),
    }
}
