//! The parameters of a body that its request does not use. They are set aside first, so that their values
//! are not checked.

use super::Fields;
use super::values::{Flag, TransactionClass, TransactionType, peek};
use crate::remote_auth::parameter::{OperationKind, Parameter, Presence};

/// The operation that type and class of a body name.
pub(super) fn operation(fields: &Fields<'_>) -> Option<OperationKind> {
    use {TransactionClass as C, TransactionType as T};
    let kind = peek(fields, Parameter::TranType)?.ok()?;
    let class = peek(fields, Parameter::TranClass)?.ok()?;
    Some(match (kind, class) {
        (T::Sale, C::Ecom | C::Moto) => OperationKind::Sale,
        (T::Sale, C::Cont) => OperationKind::Continuous,
        (T::Verify, C::Ecom | C::Moto) => OperationKind::Verify,
        (T::Void, _) => OperationKind::Void,
        (T::Refund, _) => OperationKind::Refund,
        (T::Credit, C::Cred) => OperationKind::Credit,
        (T::Sale, C::Cred) | (T::Verify, C::Cont | C::Cred) | (T::Credit, C::Ecom | C::Moto | C::Cont) => {
            return None;
        }
    })
}

/// A set of parameters: a bit for each place of the table.
pub(super) const fn set(parameters: &[Parameter]) -> u64 {
    let (mut set, mut rest) = (0, parameters);
    while let [parameter, others @ ..] = rest {
        set |= 1 << *parameter as u64;
        rest = others;
    }
    set
}

/// The parameters that an operation never uses.
const fn never_used(operation: OperationKind) -> u64 {
    let (mut unused, mut rest) = (0, Parameter::ALL);
    while let [parameter, others @ ..] = rest {
        if matches!(parameter.presence(operation), Presence::Ignored) {
            unused |= set(&[*parameter]);
        }
        rest = others;
    }
    unused
}

/// The parameters that this request does not use: those that its operation never uses, and those that have
/// no meaning beside others.
pub(super) fn unused(operation: OperationKind, fields: &Fields<'_>) -> u64 {
    use OperationKind as O;
    const SALE: u64 = never_used(O::Sale);
    const VERIFY: u64 = never_used(O::Verify);
    const CONTINUOUS: u64 = never_used(O::Continuous);
    const REVERSAL: u64 = never_used(O::Void) | never_used(O::Refund);
    const CREDIT: u64 = never_used(O::Credit);
    // A wallet's number is the token of a card already, and no card on file.
    const WITH_WALLET: u64 = set(&[
        Parameter::NetworkToken,
        Parameter::CardTavv,
        Parameter::UsingStoredCredentials,
        Parameter::AcsXid,
    ]);
    const WITHOUT_TOKEN: u64 = set(&[Parameter::CardTavv]);
    const CONTINUOUS_WITHOUT_TOKEN: u64 = set(&[Parameter::CardTavv, Parameter::CardPaymentAccountReference]);

    let says = |flag: Parameter| fields.supplies(flag) && matches!(peek(fields, flag), Some(Ok(Flag(true))));
    let of_card = || {
        if says(Parameter::Ewallet) {
            return WITH_WALLET;
        }
        let without_token = if says(Parameter::NetworkToken) { 0 } else { WITHOUT_TOKEN };
        without_token | set(&[Parameter::EwalletType])
    };
    match operation {
        O::Sale => SALE | of_card(),
        O::Verify => VERIFY | of_card(),
        O::Continuous => {
            let is_token = says(Parameter::NetworkToken);
            let without_token = if is_token { 0 } else { CONTINUOUS_WITHOUT_TOKEN };
            let names_card = fields.supplies(Parameter::CardNum) || fields.supplies(Parameter::CardToken);
            let beside_origin = if fields.supplies(Parameter::TranOrigId) {
                set(&[Parameter::SchemeTransactionId])
            } else if is_token || names_card {
                0
            } else {
                set(&[Parameter::CardExpiry])
            };
            CONTINUOUS | without_token | beside_origin
        }
        O::Void | O::Refund => REVERSAL,
        O::Credit => CREDIT,
    }
}
