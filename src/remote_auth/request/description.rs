//! What a payment is for, in words.

use arrayvec::ArrayString;

use crate::remote_auth::parameter::Parameter;
use crate::value::rules;

text_value! {
    /// A description of the transaction: 1 to 99 characters without control characters
    /// (`tran_desc`, section 2).
    open Description(Box<str>) = Parameter::TranDesc.as_str(), |text| rules::text(text, 99);
}

text_value! {
    /// The soft descriptor, which joins the company's name on the cardholder's statement: 1 to 12
    /// characters without control characters (`descriptor`, section 2). The vendor's own examples
    /// send 15, which this refuses (section 9).
    open Descriptor(Box<str>) = Parameter::Descriptor.as_str(), |text| rules::text(text, 12);
}

text_value! {
    /// The merchant payment gateway (MPG) id, for Mastercard: 11 digits (`gateway_id_mc`, section
    /// 2).
    #[derive(Copy)]
    open MpgId(ArrayString<11>) = Parameter::GatewayIdMc.as_str(), |text| rules::digits(text, 11, 11);
}
