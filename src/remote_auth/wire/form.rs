//! The form body of a payment request.
//!
//! A request becomes a form of borrowed text by the parameter table and is written out (`encode`). A
//! body goes the other way in four steps (`decode`), each of which reports all its errors: pairs
//! become texts by parameter (`media::form`), the parameters that the request does not use are set aside
//! (`unused`), each other text becomes a checked value (`values`), and the values become one of the six
//! operations (`operation`, with `card` for the card).

mod card;
mod customer;
mod decode;
mod encode;
mod operation;
mod unused;
mod values;

use crate::media::form;
use crate::remote_auth::Parameter;

const PARAMETERS: usize = Parameter::ALL.len();

/// A form that is to be written.
type Form<'a> = form::Form<'a, Parameter, PARAMETERS>;

/// A form that was read.
type Fields<'b> = form::Fields<'b, Parameter, PARAMETERS>;
