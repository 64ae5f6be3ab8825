//! A payment job.

use super::kind::{Signs, criteria};
use super::{Faults, P, Parameters, Reader, order, recipient_details};
use crate::error::{InvalidValue, Rule};
use crate::gateway::request::{
    Browser, FreeText, JobKind, JobOption, JobType, Mcc, MemberProblem, PaymentJob, RecipientDetails,
    ReturnUrls,
};
use crate::gateway::value::minor_units;
use crate::gateway::{Decimal, Locale, PaymentMethod, Url};
use crate::media::json::{Object, Value};
use crate::value::Currency;

const NAMES: [&str; 14] = [
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
    let mut job = Reader::new(object, &NAMES, faults);
    let amount = job.require_with("amountToCollect", Value::parse_number);
    let currency = job.require_text("currency");
    let is_credit = job.text("type") == Some(JobType::Credit);
    let options =
        job.list("options", |value, faults| faults.take(value.text()).map(|text| JobOption::from(&*text)));
    let methods = job.list("paymentMethodsToUse", |value, faults| {
        faults.take(value.text()).map(|text| PaymentMethod::in_any_case(&text))
    });
    let locale = job.with("locale", |value| Ok(Locale::with_either_separator(&value.text()?)));
    let time_zone = job.text("timeZone");
    let order = job.object("order", order::read);
    let parent = object.get("parentPaymentJobReference").is_some();
    let parent = parent.then(|| job.number("parentPaymentJobReference"));
    let has_criteria = object.get("recurrenceCriteria").is_some();
    let criteria = has_criteria.then(|| job.object("recurrenceCriteria", criteria));
    let preparation_ids = job.list("preparationIds", |value, faults| faults.take(value.parse()));
    let (display_url, expires) = (job.text("displayUrl"), job.text("expirationDateTimeUtc"));
    let given = job.object("parameters", |object, faults| Some(Parameters::read(object, faults)));

    let mut parameters = given.unwrap_or_else(|| Parameters::none(object));
    let signs = Signs { job: object, is_credit, parent, criteria, options: &options };
    let kind = signs.read(&mut parameters, faults);
    let common = Common::read(&mut parameters, faults);
    parameters.refuse_rest(faults);
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
    read.recipient = common.recipient;
    read.other_parameters = parameters.into_others();
    Some(read)
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
    recipient: Option<(Mcc, RecipientDetails)>,
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
            descriptor: parameters.parse(P::Descriptor, faults),
            browser: (browser != Browser::default()).then_some(browser),
            simulated_status: parameters.parse(P::SimulatedStatus, faults),
            recipient: recipient(parameters, faults),
        }
    }
}

/// Category and recipient belong together.
fn recipient(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<(Mcc, RecipientDetails)> {
    let (has_mcc, has_details) = (parameters.has(P::Mcc), parameters.has(P::RecipientDetails));
    let mcc = parameters.parse(P::Mcc, faults);
    let path = parameters.path(P::RecipientDetails);
    let details =
        parameters.text(P::RecipientDetails, faults).and_then(|text| recipient_details(&text, &path, faults));
    if has_mcc != has_details {
        let (there, absent) =
            if has_mcc { (P::Mcc, P::RecipientDetails) } else { (P::RecipientDetails, P::Mcc) };
        parameters.fault(there, MemberProblem::NotWithout(absent.as_str()), faults);
    }
    mcc.zip(details)
}

fn browser(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Browser {
    Browser {
        ip_address: parameters.parse(P::OriginatingIpAddress, faults),
        origin: parameters.parse(P::OriginHeader, faults),
        user_agent: parameters.parse(P::UserAgent, faults),
        language: parameters.parse(P::BrowserLanguage, faults),
        time_zone_offset: parameters.parse(P::BrowserTimeZoneOffset, faults),
        java_enabled: parameters.flag(P::BrowserJavaEnabled, faults),
        javascript_enabled: parameters.flag(P::BrowserJavaScriptEnabled, faults),
        screen_height: parameters.parse(P::BrowserScreenHeight, faults),
        screen_width: parameters.parse(P::BrowserScreenWidth, faults),
        color_depth: parameters.parse(P::BrowserScreenColorDepth, faults),
        accept_header: parameters.parse(P::ChallengeAcceptHeader, faults),
        challenge_window_size: parameters.parse(P::ChallengeWindowSize, faults),
    }
}
