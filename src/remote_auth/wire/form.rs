//! The form body of a payment request.
//!
//! A request becomes a form of borrowed text by the parameter table and is written out (`encode`). A
//! body goes the other way in four steps, each of which reports everything that it finds: pairs
//! become texts by parameter (`media::form`), what the request does not use is set aside (`unused`),
//! each other text becomes a checked value (`values`), and the values become one of the six
//! operations (`decode`, with `card` for what is paid with).

mod card;
mod decode;
mod encode;
mod unused;
mod values;

use crate::media::form;
use crate::remote_auth::Parameter;

const PARAMETERS: usize = Parameter::ALL.len();

/// A form that is to be written.
type Form<'a> = form::Form<'a, Parameter, PARAMETERS>;

/// A form that was read.
type Fields<'b> = form::Fields<'b, Parameter, PARAMETERS>;
