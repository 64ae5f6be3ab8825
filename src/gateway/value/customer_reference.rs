//! The name of a customer whose data the gateway keeps.

use crate::value::rules;

text_value! {
    /// The name of a customer whose addresses or cards the gateway keeps (`customerReference`, section
    /// 4): 1 to 255 characters without control characters (the length is ours).
    ///
    /// The gateway gives such names, so their form is not known: numbers and UUIDs were both seen.
    ///
    /// ```
    /// use cashflows_codec::gateway::CustomerReference;
    ///
    /// assert_eq!("CUST-7".parse::<CustomerReference>()?.as_str(), "CUST-7");
    /// assert!("".parse::<CustomerReference>().is_err());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    open CustomerReference(Box<str>) = "customer reference", |text| rules::text(text, 255);
}

stored_as_text!(CustomerReference);
