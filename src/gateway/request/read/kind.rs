//! What kind of job it is, and the parameters that are of the kind.

use super::{Count, Faults, P, Parameters, Reader};
use crate::gateway::Reference;
use crate::gateway::request::{
    Card, CardSource, Child, Credit, ExternalThreeDs, HostedPage, JobKind, JobOption, MemberProblem, Moto,
    Parent, ParentMeans, RecurrenceCriteria, RecurrenceKind, StoredCard, ThreeDsResult, Wallet,
};
use crate::media::json::Object;

/// What tells of what kind a job is.
pub(super) struct Signs<'a> {
    pub(super) job: Object<'a>,
    pub(super) is_credit: bool,
    /// Some if the member is there; inside, what could be read of it.
    pub(super) parent: Option<Option<Reference>>,
    /// The same.
    pub(super) criteria: Option<Option<RecurrenceCriteria>>,
    pub(super) options: &'a [JobOption],
}

const THREE_DS: [P; 5] =
    [P::ThreeDsVersion, P::ThreeDsCavv, P::ThreeDsEci, P::ThreeDsDsTransactionId, P::ThreeDsXid];

const CARD: [P; 6] =
    [P::CardNumber, P::Token, P::CardCvc, P::CardExpiryMonth, P::CardExpiryYear, P::CardHolderName];

/// The kinds that a card is charged by, of which a parent has some too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Means {
    HostedPage,
    Card,
    Moto,
    ExternalThreeDs,
    Wallet,
}

impl Means {
    fn of(signs: &Signs<'_>, parameters: &Parameters<'_>) -> Self {
        if signs.has(&JobOption::IsMoto) {
            Self::Moto
        } else if parameters.has(P::EwalletType) {
            Self::Wallet
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
        }
    }

    fn read(self, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<ParentMeans> {
        Some(match self {
            Self::HostedPage => ParentMeans::HostedPage(hosted_page(parameters, faults)),
            Self::Card => ParentMeans::Card(card(parameters, faults)?),
            Self::Moto => ParentMeans::Moto(moto(parameters, faults)?),
            Self::ExternalThreeDs => ParentMeans::ExternalThreeDs(external(parameters, faults)?),
            Self::Wallet => ParentMeans::Wallet(wallet(parameters, faults)?),
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
        }
    }
}

impl Signs<'_> {
    fn has(&self, option: &JobOption) -> bool {
        self.options.contains(option)
    }

    /// An error of `options` if one is there that contradicts the kind.
    fn refuse_options(&self, refused: &[JobOption], kind: &'static str, faults: &mut Faults) {
        if refused.iter().any(|option| self.has(option)) {
            faults.inside(self.job, "options", MemberProblem::NotFor(kind));
        }
    }

    fn refuse_criteria(&self, kind: &'static str, faults: &mut Faults) {
        if self.criteria.is_some() {
            faults.inside(self.job, "recurrenceCriteria", MemberProblem::NotFor(kind));
        }
    }

    /// The kind, with what is its own taken out of the parameters.
    pub(super) fn read(self, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<JobKind> {
        if self.is_credit && self.parent.is_some() {
            faults.inside(self.job, "parentPaymentJobReference", MemberProblem::NotFor("credit"));
        }
        if self.is_credit {
            self.credit(parameters, faults).map(JobKind::Credit)
        } else if let Some(parent) = self.parent {
            self.child(parent, parameters, faults).map(JobKind::Child)
        } else if self.has(&JobOption::IsRecurringPaymentJobParent) {
            self.parent(parameters, faults).map(JobKind::Parent)
        } else if self.has(&JobOption::UsingStoredCredentials) {
            self.stored(parameters, faults).map(JobKind::StoredCard)
        } else {
            let means = Means::of(&self, parameters);
            parameters.set_kind(means.as_str());
            self.refuse_criteria(means.as_str(), faults);
            means.read(parameters, faults).map(JobKind::from)
        }
    }

    fn credit(&self, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Credit> {
        use JobOption::{IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials};
        parameters.set_kind("credit");
        self.refuse_options(&[IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials], "credit", faults);
        self.refuse_criteria("credit", faults);
        let (source, expiry) = (source(parameters, faults), parameters.require_expiry(faults));
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
        self.refuse_options(&[IsMoto, IsRecurringPaymentJobParent, UsingStoredCredentials], kind, faults);
        Some(Child { parent: parent?, criteria: self.criteria.clone().flatten() })
    }

    fn parent(&self, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Parent> {
        let kind = "recurring_parent";
        parameters.set_kind(kind);
        self.refuse_options(&[JobOption::UsingStoredCredentials], kind, faults);
        if self.criteria.is_none() {
            faults.inside(self.job, "recurrenceCriteria", MemberProblem::MissingFor(kind));
        }
        let means = Means::of(self, parameters).read(parameters, faults);
        Some(Parent { means: means?, criteria: self.criteria.clone().flatten()? })
    }

    fn stored(&self, parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<StoredCard> {
        let kind = "stored_credentials";
        parameters.set_kind(kind);
        self.refuse_options(&[JobOption::IsMoto], kind, faults);
        self.refuse_criteria(kind, faults);
        let (source, expiry) = (source(parameters, faults), parameters.require_expiry(faults));
        let holder = parameters.parse(P::CardHolderName, faults);
        let result = three_ds(parameters, faults);
        Some(StoredCard { source: source?, expiry: expiry?, holder, result: result? })
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

fn card(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Card> {
    let (source, expiry) = (source(parameters, faults), parameters.require_expiry(faults));
    let cvc = parameters.require(P::CardCvc, faults);
    let holder = parameters.parse(P::CardHolderName, faults);
    Some(Card { source: source?, expiry: expiry?, cvc: cvc?, holder })
}

fn moto(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<Moto> {
    let Card { source, expiry, cvc, holder } = card(parameters, faults)?;
    Some(Moto { source, expiry, cvc, holder })
}

fn external(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<ExternalThreeDs> {
    let (card, result) = (card(parameters, faults), three_ds(parameters, faults));
    Some(ExternalThreeDs { card: card?, result: result? })
}

fn three_ds(parameters: &mut Parameters<'_>, faults: &mut Faults) -> Option<ThreeDsResult> {
    let version = parameters.require(P::ThreeDsVersion, faults);
    let cavv = parameters.require(P::ThreeDsCavv, faults);
    let eci = parameters.require(P::ThreeDsEci, faults);
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
    let kind = parameters.require(P::EwalletType, faults);
    let number = parameters.require(P::CardNumber, faults);
    let expiry = parameters.require_expiry(faults);
    let cryptogram = parameters.require(P::ThreeDsCavv, faults);
    let eci = parameters.require(P::ThreeDsEci, faults);
    let holder = parameters.parse(P::CardHolderName, faults);
    let transaction_id = parameters.parse(P::ApplePayTransactionIdentifier, faults);
    Some(Wallet {
        kind: kind?,
        number: number?,
        expiry: expiry?,
        holder,
        cryptogram: cryptogram?,
        eci: eci?,
        transaction_id,
    })
}

/// How payments recur. Each kind has its own mandatory members.
pub(super) fn criteria(object: Object<'_>, faults: &mut Faults) -> Option<RecurrenceCriteria> {
    let names = ["recurrenceType", "recurringExpiry", "recurringFrequency", "Instalments", "instalments"];
    let mut reader = Reader::new(object, &names, faults);
    let kind = reader.require_text("recurrenceType");
    let expiry = reader.text("recurringExpiry");
    let frequency = reader.number("recurringFrequency").map(|Count(days)| days);
    let [written, other] = ["Instalments", "instalments"];
    if let (Some(_), Some(second)) = (object.get(written), object.get(other)) {
        reader.faults.at(second, MemberProblem::NotWith(written));
    }
    let instalments = reader.number(written).or_else(|| reader.number(other)).map(|Count(count)| count);

    let is_there = |name| object.get(name).is_some();
    let with_count = is_there(written) || is_there(other);
    let fixed = matches!(kind, Some(RecurrenceKind::Subscription | RecurrenceKind::Instalment));
    for name in ["recurringExpiry", "recurringFrequency"] {
        if fixed && !is_there(name) {
            reader.faults.inside(object, name, MemberProblem::MissingWith("this recurrenceType"));
        }
    }
    match kind {
        Some(RecurrenceKind::Instalment) if !with_count => {
            reader.faults.inside(object, written, MemberProblem::MissingWith("this recurrenceType"));
        }
        Some(RecurrenceKind::Instalment) | None => {}
        Some(_) if with_count => {
            let name = if is_there(written) { written } else { other };
            reader.faults.inside(object, name, MemberProblem::NotWith("this recurrenceType"));
        }
        Some(_) => {}
    }
    Some(RecurrenceCriteria { kind: kind?, expiry, frequency, instalments })
}
