//! The parameters of the forms in batch bodies, in wire order.

use crate::remote_auth::parameter::wire_names;

wire_names! {
    /// A parameter of the form in a batch body, of a request or a response (section 7 of the protocol
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
