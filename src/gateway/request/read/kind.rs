//! What kind of job it is, and the parameters that are of the kind.

use super::{Count, Faults, P, Parameters, Reader};
use crate::gateway::Reference;
use crate::gateway::request::fault::place_of;
use crate::gateway::request::{
    Card, CardSource, Child, Credit, ExternalThreeDs, HostedPage, JobKind, JobOption, MemberProblem, Moto,
    Parent, ParentMeans, RecurrenceCriteria, RecurrenceKind, StoredCard, ThreeDsResult, Wallet,
};
use crate::media::json::{Object, Value};
use crate::value::Expiry;

/// What tells of what kind a job is.
pub(super) struct Signs<'a> {
    pub(super) job: Object<'a>,
    pub(super) is_credit: bool,
    /// Some if the member is there; inside, what could be read of it.
    pub(super) parent: Option<Option<Reference>>,
    pub(super) criteria: Option<Value<'a>>,
    pub(super) options: &'a [JobOption],
}

const THREE_DS: [P; 5] =
    [P::ThreeDsVersion, P::ThreeDsCavv, P::ThreeDsEci, P::ThreeDsDsTransactionId, P::ThreeDsXid];

/// What makes a card of a job. A holder's name alone does not.
const CARD: [P; 5] = [P::CardNumber, P::Token, P::CardCvc, P::CardExpiryMonth, P::CardExpiryYear];

/// The kinds that a card is charged by, of which a parent has some too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Means {
    HostedPage,
    Card,
    Moto,
    ExternalThreeDs,
    Wallet,
    StoredCard,
}

impl Means {
    fn of(signs: &Signs<'_>, parameters: &Parameters<'_>) -> Self {
        if signs.has(&JobOption::IsMoto) {
            Self::Moto
        } else if parameters.has(P::EwalletType) {
            Self::Wallet
        } else if signs.has(&JobOption::UsingStoredCredentials) {
            Self::StoredCard
        } else if parameters.has_any(&THREE_DS) {
            Self::ExternalThreeDs
        } else if parameters.has_any(&CARD) {
            Self::Card
        } else {
            Self::HostedPage
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::HostedPage => "hosted_page",
            Self::Card => "card",
            Self::Moto => "moto",
            Self::ExternalThreeDs => "external_3ds",
            Self::Wallet => "wallet",
            Self::StoredCard => "stored_credentials",
        }
    }

    fn read(self, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<ParentMeans> {
        Some(match self {
            Self::HostedPage => ParentMeans::HostedPage(hosted_page(parameters, faults)),
            Self::Card => ParentMeans::Card(card(parameters, faults)?),
            Self::Moto => ParentMeans::Moto(moto(parameters, faults)?),
            Self::ExternalThreeDs => ParentMeans::ExternalThreeDs(external(parameters, faults)?),
            Self::Wallet => ParentMeans::Wallet(wallet(parameters, faults)?),
            Self::StoredCard => ParentMeans::StoredCard(stored(parameters, faults)?),
        })
    }
}

impl From<ParentMeans> for JobKind {
    fn from(means: ParentMeans) -> Self {
        match means {
            ParentMeans::HostedPage(page) => Self::HostedPage(page),
            ParentMeans::Card(card) => Self::Card(card),
            ParentMeans::Moto(card) => Self::Moto(card),
            ParentMeans::ExternalThreeDs(card) => Self::ExternalThreeDs(card),
            ParentMeans::Wallet(card) => Self::Wallet(card),
            ParentMeans::StoredCard(card) => Self::StoredCard(card),
        }
    }
}

impl Signs<'_> {
    fn has(&self, option: &JobOption) -> bool {
        self.options.contains(option)
    }

    /// Passes over options that the kind does not use.
    fn ignore_options(&self, unused: &[JobOption], kind: &'static str, faults: &mut Faults) {
        if unused.iter().any(|option| self.has(option)) {
            let place = self.job.missing("options").member().clone();
            faults.ignored(place, MemberProblem::NotFor(kind));
        }
    }

    fn ignore_criteria(&self, kind: &'static str, faults: &mut Faults) {
        if let Some(criteria) = self.criteria {
            faults.ignored(place_of(criteria), MemberProblem::NotFor(kind));
        }
    }

    /// How payments recur. A child may say less than its parent.
    fn criteria(&self, of_parent: bool, faults: &mut Faults) -> Option<RecurrenceCriteria> {
        let given = self.criteria?;
        let object = given.object();
        // An empty list, as PHP writes an empty array, is none, which only a parent has to have.
        let is_none = !of_parent && given.is_empty_list();
        let object = if is_none { faults.find(object) } else { faults.take(object) };
        criteria(object?, of_parent, faults)
    }

    /// The kind, with what is its own taken out of the parameters.
    pub(super) fn read(self, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<JobKind> {
        if self.is_credit && self.parent.is_some() {
            faults.inside(self.job, "parentPaymentJobReference", MemberProblem::NotFor("credit"));
        }
        if self.is_credit {
            return self.credit(parameters, faults).map(JobKind::Credit);
        }
        if let Some(parent) = self.parent {
            return self.child(parent, parameters, faults).map(JobKind::Child);
        }
        let means = Means::of(&self, parameters);
        if self.has(&JobOption::IsRecurringPaymentJobParent) {
            parameters.set_kind("recurring_parent");
            self.ignore_stored(means, "recurring_parent", faults);
            return self.parent(means, parameters, faults).map(JobKind::Parent);
        }
        parameters.set_kind(means.as_str());
        self.ignore_stored(means, means.as_str(), faults);
        self.ignore_criteria(means.as_str(), faults);
        means.read(parameters, faults).map(JobKind::from)
    }

    /// Mail order and a wallet need no security code anyway, or ask for it.
    fn ignore_stored(&self, means: Means, kind: &'static str, faults: &mut Faults) {
        if means != Means::StoredCard {
            self.ignore_options(&[JobOption::UsingStoredCredentials], kind, faults);
        }
    }

    fn credit(&self, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Credit> {
        use JobOption::{IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials};
        parameters.set_kind("credit");
        self.ignore_options(&[IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials], "credit", faults);
        self.ignore_criteria("credit", faults);
        let (source, expiry) = source_and_expiry(parameters, faults);
        let cvc = parameters.parse(P::CardCvc, faults);
        let holder = parameters.parse(P::CardHolderName, faults);
        Some(Credit { source: source?, expiry: expiry?, cvc, holder })
    }

    fn child(
        &self,
        parent: Option<Reference>,
        parameters: &mut Parameters<'_>,
        faults: &mut Faults,
    ) -> Option<Child> {
        use JobOption::{IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials};
        let kind = "recurring_child";
        parameters.set_kind(kind);
        self.ignore_options(&[IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials], kind, faults);
        // The parent's card is charged: another one would be the second.
        for card in [P::CardNumber, P::Token] {
            if parameters.take(card).is_some() {
                parameters.fault(card, MemberProblem::NotFor(kind), faults);
            }
        }
        let criteria = self.criteria(false, faults);
        Some(Child { parent: parent?, criteria })
    }

    fn parent(&self, means: Means, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Parent> {
        if self.criteria.is_none() {
            let missing = MemberProblem::MissingFor("recurring_parent");
            faults.inside(self.job, "recurrenceCriteria", missing);
        }
        let criteria = self.criteria(true, faults);
        let means = means.read(parameters, faults);
        Some(Parent { means: means?, criteria: criteria? })
    }
}

fn hosted_page(parameters: &mut Parameters<'_>, faults: &mut Faults) -> HostedPage {
    HostedPage {
        methods: Vec::new(),
        page_reference: parameters.parse(P::PaymentPageReference, faults),
        parent_frame_domains: parameters.parse(P::AllowedParentFrameDomains, faults),
    }
}

/// A number or a token, one of both.
fn source(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<CardSource> {
    if !parameters.has(P::Token) {
        return parameters.require(P::CardNumber, faults).map(CardSource::Number);
    }
    if parameters.take(P::CardNumber).is_some() {
        parameters.fault(P::Token, MemberProblem::NotWith(P::CardNumber.as_str()), faults);
    }
    parameters.parse(P::Token, faults).map(CardSource::Token)
}

/// The same with the expiry, which the gateway knows of a token. Inside, the expiry that was read.
fn source_and_expiry(
    parameters: &mut Parameters<'_>,
    faults: &mut Faults,
) -> (Option<CardSource>, Option<Option<Expiry>>) {
    let by_token = parameters.has(P::Token);
    let source = source(parameters, faults);
    let known = by_token && !parameters.has_any(&[P::CardExpiryMonth, P::CardExpiryYear]);
    let expiry = if known { Some(None) } else { parameters.require_expiry(faults).map(Some) };
    (source, expiry)
}

fn card(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Card> {
    let (source, expiry) = source_and_expiry(parameters, faults);
    let cvc = parameters.require(P::CardCvc, faults);
    let holder = parameters.parse(P::CardHolderName, faults);
    Some(Card { source: source?, expiry: expiry?, cvc: cvc?, holder })
}

fn moto(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Moto> {
    let by_token = parameters.has(P::Token);
    let (source, expiry) = source_and_expiry(parameters, faults);
    let cvc = if by_token && !parameters.has(P::CardCvc) {
        Some(None)
    } else {
        parameters.require(P::CardCvc, faults).map(Some)
    };
    let holder = parameters.parse(P::CardHolderName, faults);
    Some(Moto { source: source?, expiry: expiry?, cvc: cvc?, holder })
}

fn external(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<ExternalThreeDs> {
    let (card, result) = (card(parameters, faults), three_ds(parameters, faults));
    Some(ExternalThreeDs { card: card?, result: result? })
}

fn stored(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<StoredCard> {
    let (source, expiry) = source_and_expiry(parameters, faults);
    let holder = parameters.parse(P::CardHolderName, faults);
    let result = three_ds(parameters, faults);
    Some(StoredCard { source: source?, expiry: expiry?, holder, result: result? })
}

fn three_ds(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<ThreeDsResult> {
    let version = parameters.require(P::ThreeDsVersion, faults);
    let cavv = parameters.require(P::ThreeDsCavv, faults);
    let eci = parameters.require_indicator(faults);
    let ds_transaction_id = parameters.require(P::ThreeDsDsTransactionId, faults);
    let xid = parameters.parse(P::ThreeDsXid, faults);
    Some(ThreeDsResult {
        version: version?,
        cavv: cavv?,
        eci: eci?,
        ds_transaction_id: ds_transaction_id?,
        xid,
    })
}

fn wallet(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Wallet> {
    let kind = parameters.require_word(P::EwalletType, faults);
    if parameters.take(P::Token).is_some() {
        parameters.fault(P::Token, MemberProblem::NotFor("wallet"), faults);
    }
    let number = parameters.require(P::CardNumber, faults);
    let expiry = parameters.require_expiry(faults);
    let cryptogram = parameters.require(P::ThreeDsCavv, faults);
    let eci = parameters.indicator(faults);
    let version = parameters.parse(P::ThreeDsVersion, faults);
    let ds_transaction_id = parameters.parse(P::ThreeDsDsTransactionId, faults);
    let xid = parameters.parse(P::ThreeDsXid, faults);
    let holder = parameters.parse(P::CardHolderName, faults);
    let transaction_id = parameters.parse(P::ApplePayTransactionIdentifier, faults);
    Some(Wallet {
        kind: kind?,
        number: number?,
        expiry: expiry?,
        holder,
        cryptogram: cryptogram?,
        eci,
        version,
        ds_transaction_id,
        xid,
        transaction_id,
    })
}

/// How payments recur. Each kind has its own mandatory members, which the parent has to say.
fn criteria(object: Object<'_>, of_parent: bool, faults: &mut Faults) -> Option<RecurrenceCriteria> {
    const KIND: MemberProblem = MemberProblem::MissingWith("this recurrenceType");
    let names = &["recurrenceType", "recurringExpiry", "recurringFrequency", "Instalments"];
    let mut reader = Reader::new(object, names, faults);
    let kind = reader.require_with("recurrenceType", Faults::word);
    let expiry = reader.text("recurringExpiry");
    let frequency = reader.number("recurringFrequency").map(|Count(days)| days);
    let fixed = matches!(kind, Some(RecurrenceKind::Subscription | RecurrenceKind::Instalment));
    for name in ["recurringExpiry", "recurringFrequency"] {
        if of_parent && fixed && !reader.has(name) {
            reader.faults.inside(object, name, KIND);
        }
    }
    let given = reader.get("Instalments");
    let instalments = match (kind, given) {
        (Some(RecurrenceKind::Instalment) | None, Some(_)) => {
            reader.number("Instalments").map(|Count(count)| count)
        }
        (Some(RecurrenceKind::Instalment), None) if of_parent => {
            reader.faults.inside(object, "Instalments", KIND);
            None
        }
        (Some(_), Some(given)) => {
            reader.faults.ignored(place_of(given), MemberProblem::NotWith("this recurrenceType"));
            None
        }
        (_, None) => None,
    };
    Some(RecurrenceCriteria { kind: kind?, expiry, frequency, instalments })
}
