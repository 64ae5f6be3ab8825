//! Ids of transactions: each is made of one number, which counts up from 1.

use super::card::Brand;
use crate::remote_auth::parameter::OperationKind;
use crate::value::{AuthorisationCode, TransactionId};

/// How many transactions there are, and how many answers that make none.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    transactions: u32,
    rejections: u32,
}

impl Counters {
    /// The number of a new transaction.
    pub(super) const fn next(&mut self) -> SerialNumber {
        self.transactions = self.transactions.wrapping_add(1);
        SerialNumber(self.transactions)
    }

    /// The id of an answer that makes no transaction: `99E00000001`.
    pub(super) fn rejection(&mut self) -> TransactionId {
        self.rejections = self.rejections.wrapping_add(1);
        TransactionId::numbered("99E", self.rejections)
    }
}

/// The number of a transaction.
#[derive(Clone, Copy)]
pub(super) struct SerialNumber(u32);

impl SerialNumber {
    /// `01S00000001`; a verification's begins with `05P` (section 9). No page has the id of a credit,
    /// so its letter is ours.
    pub(super) fn id(self, kind: OperationKind) -> TransactionId {
        let prefix = match kind {
            OperationKind::Sale | OperationKind::Continuous => "01S",
            OperationKind::Verify => "05P",
            OperationKind::Void => "01V",
            OperationKind::Refund => "01R",
            OperationKind::Credit => "01C",
        };
        TransactionId::numbered(prefix, self.0)
    }

    /// The number in a transaction's id.
    pub(super) fn of(id: &TransactionId) -> Option<Self> {
        u32::from_str_radix(id.as_str().get(3..)?, 16).ok().map(Self)
    }

    /// The place of the transaction with this id in the ledger, if there is one: the serial numbers
    /// are those of the entries, in their order. What stands there may have another id, for a number
    /// says nothing of the letters before it.
    pub(super) fn place(id: &TransactionId) -> Option<usize> {
        let Self(serial) = Self::of(id)?;
        usize::try_from(serial).ok()?.checked_sub(1)
    }

    /// `000001`. Voids and refunds have none, as documented.
    pub(super) fn authorisation_code(self, kind: OperationKind) -> Option<AuthorisationCode> {
        let has_one = !matches!(kind, OperationKind::Void | OperationKind::Refund);
        has_one.then(|| AuthorisationCode::numbered(self.0))
    }

    /// The acquirer reference number: 23 digits that begin like the documented one.
    pub(super) fn acquirer_reference(self) -> String {
        format!("7469869000000{:010}", self.0)
    }

    /// The scheme's id: `MCC` and 10 digits for Mastercard, 15 digits for all others.
    pub(super) fn scheme_transaction_id(self, brand: Option<Brand>) -> String {
        match brand {
            Some(Brand::Mastercard) => format!("MCC{:010}", self.0),
            _ => format!("30000{:010}", self.0),
        }
    }
}
