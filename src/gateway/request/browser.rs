//! The shopper's browser, for 3-D Secure.

use super::{FreeText, PrivateText};

/// The shopper's browser, as the merchant's own page sees it (section 4, `parameters`). All of it is optional.
/// The pages give no forms, so it is text but for the two flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    /// The address that the shopper comes from (`OriginatingIpAddress`).
    pub ip_address: Option<PrivateText>,
    /// The `Origin` header (`OriginHeader`).
    pub origin: Option<FreeText>,
    /// The `User-Agent` header (`UserAgent`).
    pub user_agent: Option<PrivateText>,
    /// The language (`BrowserLanguage`).
    pub language: Option<FreeText>,
    /// The minutes between UTC and its time (`BrowserTimeZoneOffset`).
    pub time_zone_offset: Option<FreeText>,
    /// True if it runs Java (`BrowserJavaEnabled`).
    pub java_enabled: Option<bool>,
    /// True if it runs JavaScript (`BrowserJavaScriptEnabled`).
    pub javascript_enabled: Option<bool>,
    /// The height of the screen (`BrowserScreenHeight`).
    pub screen_height: Option<FreeText>,
    /// The width of the screen (`BrowserScreenWidth`).
    pub screen_width: Option<FreeText>,
    /// The number of bits of a colour (`BrowserScreenColorDepth`).
    pub color_depth: Option<FreeText>,
    /// The `Accept` header (`ThreeDSecureChallengeAcceptHeader`).
    pub accept_header: Option<FreeText>,
    /// The size of the window of the challenge (`ThreeDSecureV2ChallengeWindowSize`).
    pub challenge_window_size: Option<FreeText>,
}
