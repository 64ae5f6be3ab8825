//! A payment job.

use super::kind::Signs;
use super::{Faults, Parameters, Reader};
use crate::error::{InvalidValue, Rule};
use crate::gateway::request::fault::place_of;
use crate::gateway::request::object::{Member, Weight};
use crate::gateway::request::{JobKind, JobOption, JobType, PaymentJob};
use crate::gateway::value::minor_units;
use crate::gateway::{Decimal, PaymentMethod};
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
    let currency = job.require_with("currency", |faults, value| faults.code(value));
    let is_credit = job.with("type", Faults::word) == Some(JobType::Credit);
    let options = job.list("options", Weight::Decides, option);
    let methods = job.list("paymentMethodsToUse", Weight::Decides, |value, faults| {
        faults.take(faults.text(value)).map(|text| PaymentMethod::in_any_case(&text))
    });
    let locale = Member::read(&mut job, ["locale"], Weight::Minor);
    let time_zone = Member::read(&mut job, ["timeZone"], Weight::Minor);
    let order = Member::read(&mut job, ["order"], Weight::Decides);
    let parent = job
        .has("parentPaymentJobReference")
        .then(|| job.with("parentPaymentJobReference", |_, value| value.parse_number()));
    let criteria = job.get("recurrenceCriteria");
    let preparation_ids = job.list("preparationIds", Weight::Minor, |value, faults| {
        let read = faults.parse(value);
        faults.find(read)
    });
    let display_url = Member::read(&mut job, ["displayUrl"], Weight::Minor);
    let expires = Member::read(&mut job, ["expirationDateTimeUtc"], Weight::Decides);
    let given = job.object("parameters", |object, faults| Some(Parameters::of(object, faults)));

    let mut parameters = given.unwrap_or_else(|| Parameters::none(object));
    let signs = Signs { job: object, is_credit, parent, criteria, options: &options };
    let (kind, common) = signs.read(&mut parameters, faults);
    let minor_units = amount.zip(currency).and_then(|(amount, currency)| {
        let is_parent = matches!(kind, None | Some(JobKind::Parent(_)));
        amount_of(object, amount, currency, is_parent, faults)
    });

    let mut read = PaymentJob {
        methods,
        locale: locale?,
        time_zone: time_zone?,
        display_url: display_url?,
        expires: expires?,
        preparation_ids,
        return_urls: common.return_urls,
        webhook_url: common.webhook_url,
        descriptor: common.descriptor,
        browser: common.browser,
        simulated_status: common.simulated_status,
        mcc: common.mcc,
        recipient: common.recipient,
        other_parameters: parameters.into_others(),
        ..PaymentJob::of_amount(minor_units?, currency?, order?, kind?)
    };
    for option in options.into_iter().filter(|option| !option.follows_from_kind()) {
        read = read.with_option(option);
    }
    Some(read)
}

/// Reads an option, in any case. An unlisted one is kept and reported.
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

/// Returns the amount in the smallest unit of its currency. Only the first of several payments may be
/// of zero.
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
