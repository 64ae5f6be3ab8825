//! The parameters of the forms in batch bodies, in wire order.

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
    "profile_id"    ProfileId,
    "profile_pass"  ProfilePass,
    "result"        Result,
    "batch_id"      BatchId,
    "batch_status"  BatchStatus,
    "item_count"    ItemCount,
    "item_succ"     ItemSucc,
    "item_fail"     ItemFail,
    "attached_type" AttachedType,
    "batch_op"      BatchOp,
}
