//! The parameters of the forms in batch bodies, in wire order.

use core::fmt;

macro_rules! batch_parameters {
    ($($wire:literal $Variant:ident;)+) => {
        /// A parameter of the form in a batch body, of a request or a reply (section 7 of the
        /// protocol page).
        ///
        /// ```
        /// use cashflows_codec::batch::BatchParameter;
        ///
        /// assert_eq!(BatchParameter::ItemSucc.as_str(), "item_succ");
        /// assert_eq!(BatchParameter::from_wire("attachment_type"), Some(BatchParameter::AttachedType));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum BatchParameter {
            $(#[doc = concat!("`", $wire, "`")] $Variant,)+
        }

        impl BatchParameter {
            /// Every parameter, in the order in which forms are written.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The name on the wire, such as `batch_id`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $wire,)+ }
            }

            /// The parameter with this wire name; `attachment_type`, which one of the vendor's
            /// tables says, is read as `attached_type`. Case matters.
            #[must_use]
            pub fn from_wire(name: &str) -> Option<Self> {
                match name {
                    $($wire => Some(Self::$Variant),)+
                    "attachment_type" => Some(Self::AttachedType),
                    _ => None,
                }
            }
        }
    };
}

batch_parameters! {
    "profile_id"    ProfileId;
    "profile_pass"  ProfilePass;
    "result"        Result;
    "batch_id"      BatchId;
    "batch_status"  BatchStatus;
    "item_count"    ItemCount;
    "item_succ"     ItemSucc;
    "item_fail"     ItemFail;
    "attached_type" AttachedType;
    "batch_op"      BatchOp;
}

impl fmt::Display for BatchParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
