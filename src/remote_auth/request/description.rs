//! Description and descriptor of a payment, and the merchant payment gateway's id.

use arrayvec::ArrayString;

use crate::error::InvalidValue;
use crate::value::rules;

text_value! {
    /// A description of the transaction: 1 to 99 characters without control characters
    /// (`tran_desc`, section 2).
    foreign Description(Box<str>) = "description", |text| rules::text(text, Description::MAX);
}

impl Description {
    const MAX: usize = 99;

    /// A description of a request that another party wrote. It may have control characters.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        rules::length(text, Self::MAX).map_err(|rule| InvalidValue::new(Self::NAME, rule))?;
        Ok(Self(text.into()))
    }
}

text_value! {
    /// The soft descriptor, which joins the company's name on the cardholder's statement: 1 to 12
    /// characters without control characters (`descriptor`, section 2).
    ///
    /// The vendor's own samples send 15 and get a response, so that a request that is read may have up to 32
    /// (section 9). Such a descriptor is kept whole, and [`is_over_long`](Self::is_over_long) tells.
    foreign Descriptor(Box<str>) = "descriptor", |text| rules::text(text, Descriptor::MAX);
}

impl Descriptor {
    const MAX: usize = 12;
    const MAX_RECEIVED: usize = 32;

    /// Returns true if it is longer than the table allows.
    #[must_use]
    pub fn is_over_long(&self) -> bool {
        self.as_str().chars().count() > Self::MAX
    }

    /// A descriptor of a request that another party wrote. It may have control characters.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        rules::length(text, Self::MAX_RECEIVED).map_err(|rule| InvalidValue::new(Self::NAME, rule))?;
        Ok(Self(text.into()))
    }
}

text_value! {
    /// The merchant payment gateway (MPG) id, for Mastercard: 11 digits (`gateway_id_mc`, section
    /// 2).
    #[derive(Copy)]
    open MpgId(ArrayString<11>) = "merchant payment gateway id", |text| rules::digits(text, 11, 11);
}
