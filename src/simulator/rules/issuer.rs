//! The simulated issuer's checks, and its treatment of the documented cardholder names
//! (section 8).

use super::request_card::RequestCard;
use crate::simulator::card::{Brand, CardRecord, is_its_code};
use crate::value::{AddressCheck, Checks, CvvCheck, Reason, ResponseCode};
use crate::value::{Authentication, Customer};

/// The CVV of a test card matches if it is the documented one, that of any other card always does.
/// Address and postcode match if they are there.
pub(super) fn checks(brand: Option<Brand>, given: RequestCard<'_>, customer: &Customer) -> Checks {
    let cvv = match given.cvv {
        None => CvvCheck::NotChecked,
        Some(cvv) if is_its_code(cvv, brand) => CvvCheck::FullMatch,
        Some(_) => CvvCheck::NotMatched,
    };
    let address = |sent| if sent { AddressCheck::FullMatch } else { AddressCheck::NotChecked };
    Checks::new(cvv, address(customer.address.is_some()), address(customer.postcode.is_some()))
}

/// Why the issuer refuses: for a wrong CVV, or as the cardholder's name asks.
///
/// A challenge counts as passed where the request says that the cardholder was fully authenticated.
pub(super) fn refusal(checks: Checks, customer: &Customer, card: &CardRecord) -> Option<ResponseCode> {
    const DECLINED: ResponseCode = ResponseCode::with_digit::<1>(Reason::NonSpecificDecline);
    const CHALLENGE: ResponseCode = ResponseCode::with_digit::<1>(Reason::AuthenticationRequired);
    const FAILURE: ResponseCode = ResponseCode::with_digit::<1>(Reason::ServiceNotAvailable);

    if checks.cvv() == CvvCheck::NotMatched {
        return Some(DECLINED);
    }
    let authenticated = card.authentication == Some(Authentication::Full);
    match customer.name.as_ref()?.as_str() {
        "Han Solo" | "Leia Skywalker" if !authenticated => Some(CHALLENGE),
        "Lando Calrissian" | "Darth Maul" | "Ben Kenobi" => Some(DECLINED),
        "Darth Vader" => Some(FAILURE),
        name if name.trim().is_empty() => Some(DECLINED),
        _ => None,
    }
}
