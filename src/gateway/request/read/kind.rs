//! The kind of a job, and the members that belong to it.

use super::criteria::criteria;
use super::{Faults, P, Parameters};
use crate::error::InvalidValue;
use crate::gateway::request::fault::place_of;
use crate::gateway::request::leaf::{ExpiryMonth, ExpiryYear, join};
use crate::gateway::request::parameter::{CavvOrCryptogram, Column, Presence, ReadParameters};
use crate::gateway::request::{
    Browser, CardWay, Child, FreeText, HostedPage, JobCard, JobCredit, JobKind, JobMeans, JobOption, Mcc,
    MemberProblem, Parent, RecipientDetails, RecurrenceCriteria, ReturnUrls, ThreeDsResult, Wallet,
};
use crate::gateway::{JobReference, Url};
use crate::media::json::{Object, Value};
use crate::value::{CardNumber, CardOrToken, CardToken, Cavv, Cryptogram, Cvv, Expiry};

/// The members that determine the kind of a job.
pub(super) struct Signs<'a> {
    pub(super) job: Object<'a>,
    pub(super) is_credit: bool,
    /// Present if the member is there; inside, the reference if it could be read.
    pub(super) parent: Option<Option<JobReference>>,
    pub(super) criteria: Option<Value<'a>>,
    pub(super) options: &'a [JobOption],
}

const THREE_DS: [P; 4] =
    [P::ThreeDSecureVersion, P::ThreeDSecureCavv, P::ThreeDSecureEci, P::ThreeDSecureDSTransId];

/// The parameters that make a card of a job. A holder's name alone does not.
const CARD: [P; 5] = [P::CardNumber, P::Token, P::CardCvc, P::CardExpiryMonth, P::CardExpiryYear];

impl Signs<'_> {
    fn has(&self, option: &JobOption) -> bool {
        self.options.contains(option)
    }

    fn is_parent(&self, column: Column) -> bool {
        column != Column::Credit
            && column != Column::Child
            && self.has(&JobOption::IsRecurringPaymentJobParent)
    }

    /// Determines the kind. Where several signs are there, the first of section 4 goes before the others.
    fn column(&self, parameters: &Parameters<'_>) -> Column {
        if self.is_credit {
            Column::Credit
        } else if self.parent.is_some() {
            Column::Child
        } else if self.has(&JobOption::IsMoto) {
            Column::Moto
        } else if parameters.has(P::EwalletType) {
            Column::Wallet
        } else if self.has(&JobOption::UsingStoredCredentials) {
            Column::Stored
        } else if parameters.has_any(&THREE_DS) {
            Column::External
        } else if parameters.has_any(&CARD) {
            Column::Card
        } else {
            Column::HostedPage
        }
    }

    /// Reports options and criteria that the kind does not use.
    fn ignore_unused(&self, column: Column, kind: &'static str, faults: &mut Faults) {
        use JobOption::{IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials};
        let unused: &[JobOption] = match column {
            Column::Credit | Column::Child => &[IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials],
            Column::Stored => &[],
            _ => &[UsingStoredCredentials],
        };
        if unused.iter().any(|option| self.has(option)) {
            let place = self.job.missing("options").member().clone();
            faults.ignored(place, MemberProblem::NotFor(kind));
        }
        if let Some(criteria) = self.criteria
            && column != Column::Child
            && !self.is_parent(column)
        {
            faults.ignored(place_of(criteria), MemberProblem::NotFor(kind));
        }
    }

    /// Reads how payments recur. A child may say less than its parent.
    fn criteria(&self, of_parent: bool, faults: &mut Faults) -> Option<RecurrenceCriteria> {
        let given = self.criteria?;
        let object = given.object();
        // An empty list, as PHP writes an empty array, is absent, which only a parent must not have.
        let is_none = !of_parent && given.is_empty_list();
        let object = if is_none { faults.find(object) } else { faults.take(object) };
        criteria(object?, of_parent, faults)
    }

    /// Reads the kind, and the parameters that any kind may have.
    pub(super) fn read(
        self,
        parameters: &mut Parameters<'_>,
        faults: &mut Faults,
    ) -> (Option<JobKind>, Common) {
        if self.is_credit && self.parent.is_some() {
            faults.inside(self.job, "parentPaymentJobReference", MemberProblem::NotFor("credit"));
        }
        let column = self.column(parameters);
        let is_parent = self.is_parent(column);
        let kind = if is_parent { "recurring_parent" } else { column.as_str() };
        parameters.set_kind(kind);
        self.ignore_unused(column, kind, faults);
        if is_parent && self.criteria.is_none() {
            let missing = MemberProblem::MissingFor(kind);
            faults.inside(self.job, "recurrenceCriteria", missing);
        }
        let uses_criteria = is_parent || column == Column::Child;
        let criteria = uses_criteria.then(|| self.criteria(is_parent, faults)).flatten();

        let ReadParameters {
            card_number,
            token,
            cvv,
            expiry_month,
            expiry_year,
            holder,
            three_ds_version: version,
            three_ds_cavv: cavv_or_cryptogram,
            three_ds_eci: eci,
            ds_transaction_id,
            xid,
            wallet,
            apple_pay_transaction_id: transaction_id,
            page_reference,
            parent_frame_domains,
            mcc,
            recipient,
            return_url_success,
            return_url_failed,
            return_url_cancelled,
            webhook_url,
            descriptor,
            simulated_status,
            ip_address,
            origin,
            user_agent,
            browser_language: language,
            browser_time_zone_offset: time_zone_offset,
            java_enabled,
            javascript_enabled,
            screen_height,
            screen_width,
            color_depth,
            accept_header,
            challenge_window_size,
        } = ReadParameters::read(parameters, column, faults);

        let cryptogram = cavv_or_cryptogram.map(|CavvOrCryptogram(cryptogram)| cryptogram);
        let common = Common {
            return_urls: ReturnUrls {
                success: return_url_success,
                failed: return_url_failed,
                cancelled: return_url_cancelled,
            },
            webhook_url,
            descriptor,
            browser: Browser {
                ip_address,
                origin,
                user_agent,
                language,
                time_zone_offset,
                java_enabled,
                javascript_enabled,
                screen_height,
                screen_width,
                color_depth,
                accept_header,
                challenge_window_size,
            },
            simulated_status,
            mcc,
            recipient,
        };

        let mut given = Conditional { parameters, column, faults };
        let source = given.source(card_number, token);
        let expiry = given.expiry(expiry_month, expiry_year);
        let cvv = given.cvv(cvv);
        let card = |way| Some(JobCard { source: source?, expiry: expiry?, cvv: cvv?, holder, way });
        let means = match column {
            Column::HostedPage => Some(JobMeans::HostedPage(HostedPage {
                methods: Vec::new(),
                page_reference,
                parent_frame_domains,
            })),
            Column::Card => card(CardWay::ThreeDs).map(JobMeans::Card),
            Column::Moto => card(CardWay::Moto).map(JobMeans::Card),
            Column::External | Column::Stored => {
                let way = if column == Column::Stored { CardWay::Stored } else { CardWay::External };
                let cavv = given.cavv(cryptogram);
                let result = || {
                    let ds_transaction_id = ds_transaction_id?;
                    Some(ThreeDsResult { version: version?, cavv: cavv?, eci: eci?, ds_transaction_id, xid })
                };
                result().and_then(|result| card(way(result))).map(JobMeans::Card)
            }
            Column::Wallet => wallet.zip(cryptogram).and_then(|(kind, cryptogram)| {
                let wallet =
                    Wallet { kind, cryptogram, eci, version, ds_transaction_id, xid, transaction_id };
                card(CardWay::Wallet(wallet)).map(JobMeans::Card)
            }),
            Column::Credit => {
                let credit = card(CardWay::ThreeDs).map(|card| JobKind::Credit(JobCredit(card)));
                return (credit, common);
            }
            Column::Child => {
                let child = self.parent.flatten().map(|parent| JobKind::Child(Child { parent, criteria }));
                return (child, common);
            }
            Column::Tokenisation => None,
        };
        let kind = if is_parent {
            means.zip(criteria).map(|(means, criteria)| JobKind::Parent(Parent { means, criteria }))
        } else {
            means.map(JobKind::Payment)
        };
        (kind, common)
    }
}

/// The parameters that a job of any kind may have.
pub(super) struct Common {
    pub(super) return_urls: ReturnUrls,
    pub(super) webhook_url: Option<Url>,
    pub(super) descriptor: Option<FreeText>,
    pub(super) browser: Browser,
    pub(super) simulated_status: Option<FreeText>,
    pub(super) mcc: Option<Mcc>,
    pub(super) recipient: Option<RecipientDetails>,
}

/// Parameters of a card that are mandatory or not as other parameters decide.
pub(super) struct Conditional<'a, 'd> {
    pub(super) parameters: &'a Parameters<'d>,
    pub(super) column: Column,
    pub(super) faults: &'a mut Faults,
}

impl Conditional<'_, '_> {
    fn is_conditional(&self, parameter: P) -> bool {
        parameter.presence(self.column) == Presence::Conditional
    }

    /// Reports a parameter that is absent and has to be there.
    fn require(&mut self, parameter: P) {
        if !self.parameters.has(parameter) {
            self.parameters.missing(parameter, self.faults);
        }
    }

    /// A number or a token, one of both.
    fn source(&mut self, number: Option<CardNumber>, token: Option<CardToken>) -> Option<CardOrToken> {
        if !self.is_conditional(P::CardNumber) || !self.parameters.has(P::Token) {
            if self.is_conditional(P::CardNumber) {
                self.require(P::CardNumber);
            }
            return number.map(CardOrToken::Number);
        }
        if self.parameters.has(P::CardNumber) {
            self.parameters.fault(P::Token, MemberProblem::NotWith(P::CardNumber.as_str()), self.faults);
        }
        token.map(CardOrToken::Token)
    }

    /// The expiry, which the gateway knows of a token. Inside, the expiry if there is one.
    pub(super) fn expiry(
        &mut self,
        month: Option<ExpiryMonth>,
        year: Option<ExpiryYear>,
    ) -> Option<Option<Expiry>> {
        if self.is_conditional(P::CardExpiryMonth) {
            let names = [P::CardExpiryMonth, P::CardExpiryYear];
            if self.parameters.has(P::Token) && !self.parameters.has_any(&names) {
                return Some(None);
            }
            names.into_iter().for_each(|name| self.require(name));
        }
        month.zip(year).and_then(|(month, year)| join(month, year)).map(Some)
    }

    /// The security code, which a token needs not by mail or telephone. Inside, the code if there is one.
    fn cvv(&mut self, cvv: Option<Cvv>) -> Option<Option<Cvv>> {
        match P::CardCvc.presence(self.column) {
            Presence::Conditional if !self.parameters.has(P::Token) => self.require(P::CardCvc),
            Presence::Mandatory => {}
            _ => return Some(cvv),
        }
        cvv.map(Some)
    }

    /// The verification value of 3-D Secure, which has a stricter form than the cryptogram of a wallet.
    fn cavv(&mut self, cryptogram: Option<Cryptogram>) -> Option<Cavv> {
        let cavv = Cavv::try_from(cryptogram?.secret_str());
        let fault = |invalid: InvalidValue| {
            self.parameters.fault(P::ThreeDSecureCavv, invalid.rule(), self.faults);
        };
        cavv.map_err(fault).ok()
    }
}
