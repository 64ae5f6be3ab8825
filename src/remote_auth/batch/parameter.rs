//! The parameters of the forms in batch bodies, in wire order.

use crate::media::form::Table;
use crate::remote_auth::parameter::{Secrecy, wire_names};

wire_names! {
    /// A parameter of the form in a batch body, of a request or a reply (section 7 of the protocol
    /// page).
    ///
    /// ```
    /// use cashflows_codec::remote_auth::batch::BatchParameter;
    ///
    /// assert_eq!(BatchParameter::ItemSucc.as_str(), "item_succ");
    /// assert_eq!(BatchParameter::from_wire("attachment_type"), Some(BatchParameter::AttachedType));
    /// ```
    BatchParameter, "attachment_type" for AttachedType;
    profile_id     ProfileId     Open,
    profile_pass   ProfilePass   Hidden,
    result         Result        Open,
    batch_id       BatchId       Open,
    batch_status   BatchStatus   Open,
    item_count     ItemCount     Open,
    item_succ      ItemSucc      Open,
    item_fail      ItemFail      Open,
    attached_type  AttachedType  Open,
    batch_op       BatchOp       Open,
}

impl Table for BatchParameter {
    const ALL: &'static [Self] = Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::from_wire(name)
    }

    fn index(self) -> usize {
        self as usize
    }

    fn is_secret(self) -> bool {
        self.secrecy() != Secrecy::Open
    }
}
