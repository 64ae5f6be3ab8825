//! What 3-D Secure wants to know of the shopper's browser.

use super::{FreeText, PrivateText};

/// The shopper's browser, as the merchant's own page sees it (section 4, `parameters`). Everything in
/// it is optional; the pages give no forms, so it is text but for the two flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    pub(super) ip_address: Option<PrivateText>,
    pub(super) origin: Option<FreeText>,
    pub(super) user_agent: Option<PrivateText>,
    pub(super) language: Option<FreeText>,
    pub(super) time_zone_offset: Option<FreeText>,
    pub(super) java_enabled: Option<bool>,
    pub(super) javascript_enabled: Option<bool>,
    pub(super) screen_height: Option<FreeText>,
    pub(super) screen_width: Option<FreeText>,
    pub(super) color_depth: Option<FreeText>,
    pub(super) accept_header: Option<FreeText>,
    pub(super) challenge_window_size: Option<FreeText>,
}

impl Browser {
    /// Sets the address that the shopper comes from (`OriginatingIpAddress`).
    #[must_use]
    pub fn with_ip_address(mut self, ip_address: PrivateText) -> Self {
        self.ip_address = Some(ip_address);
        self
    }

    /// The address that the shopper comes from, if there is one.
    #[must_use]
    pub const fn ip_address(&self) -> Option<&PrivateText> {
        self.ip_address.as_ref()
    }

    /// Sets the `Origin` header (`OriginHeader`).
    #[must_use]
    pub fn with_origin(mut self, origin: FreeText) -> Self {
        self.origin = Some(origin);
        self
    }

    /// The `Origin` header, if there is one.
    #[must_use]
    pub const fn origin(&self) -> Option<&FreeText> {
        self.origin.as_ref()
    }

    /// Sets the `User-Agent` header (`UserAgent`).
    #[must_use]
    pub fn with_user_agent(mut self, user_agent: PrivateText) -> Self {
        self.user_agent = Some(user_agent);
        self
    }

    /// The `User-Agent` header, if there is one.
    #[must_use]
    pub const fn user_agent(&self) -> Option<&PrivateText> {
        self.user_agent.as_ref()
    }

    /// Sets the language (`BrowserLanguage`).
    #[must_use]
    pub fn with_language(mut self, language: FreeText) -> Self {
        self.language = Some(language);
        self
    }

    /// The language, if there is one.
    #[must_use]
    pub const fn language(&self) -> Option<&FreeText> {
        self.language.as_ref()
    }

    /// Sets the minutes between UTC and its time (`BrowserTimeZoneOffset`).
    #[must_use]
    pub fn with_time_zone_offset(mut self, time_zone_offset: FreeText) -> Self {
        self.time_zone_offset = Some(time_zone_offset);
        self
    }

    /// The minutes between UTC and its time, if there is one.
    #[must_use]
    pub const fn time_zone_offset(&self) -> Option<&FreeText> {
        self.time_zone_offset.as_ref()
    }

    /// Sets whether it runs Java (`BrowserJavaEnabled`).
    #[must_use]
    pub fn with_java_enabled(mut self, java_enabled: bool) -> Self {
        self.java_enabled = Some(java_enabled);
        self
    }

    /// Whether it runs Java, if there is one.
    #[must_use]
    pub const fn java_enabled(&self) -> Option<bool> {
        self.java_enabled
    }

    /// Sets whether it runs JavaScript (`BrowserJavaScriptEnabled`).
    #[must_use]
    pub fn with_javascript_enabled(mut self, javascript_enabled: bool) -> Self {
        self.javascript_enabled = Some(javascript_enabled);
        self
    }

    /// Whether it runs JavaScript, if there is one.
    #[must_use]
    pub const fn javascript_enabled(&self) -> Option<bool> {
        self.javascript_enabled
    }

    /// Sets the height of the screen (`BrowserScreenHeight`).
    #[must_use]
    pub fn with_screen_height(mut self, screen_height: FreeText) -> Self {
        self.screen_height = Some(screen_height);
        self
    }

    /// The height of the screen, if there is one.
    #[must_use]
    pub const fn screen_height(&self) -> Option<&FreeText> {
        self.screen_height.as_ref()
    }

    /// Sets the width of the screen (`BrowserScreenWidth`).
    #[must_use]
    pub fn with_screen_width(mut self, screen_width: FreeText) -> Self {
        self.screen_width = Some(screen_width);
        self
    }

    /// The width of the screen, if there is one.
    #[must_use]
    pub const fn screen_width(&self) -> Option<&FreeText> {
        self.screen_width.as_ref()
    }

    /// Sets how many bits a colour has (`BrowserScreenColorDepth`).
    #[must_use]
    pub fn with_color_depth(mut self, color_depth: FreeText) -> Self {
        self.color_depth = Some(color_depth);
        self
    }

    /// How many bits a colour has, if there is one.
    #[must_use]
    pub const fn color_depth(&self) -> Option<&FreeText> {
        self.color_depth.as_ref()
    }

    /// Sets the `Accept` header (`ThreeDSecureChallengeAcceptHeader`).
    #[must_use]
    pub fn with_accept_header(mut self, accept_header: FreeText) -> Self {
        self.accept_header = Some(accept_header);
        self
    }

    /// The `Accept` header, if there is one.
    #[must_use]
    pub const fn accept_header(&self) -> Option<&FreeText> {
        self.accept_header.as_ref()
    }

    /// Sets the size of the window of the challenge (`ThreeDSecureV2ChallengeWindowSize`).
    #[must_use]
    pub fn with_challenge_window_size(mut self, challenge_window_size: FreeText) -> Self {
        self.challenge_window_size = Some(challenge_window_size);
        self
    }

    /// The size of the window of the challenge, if there is one.
    #[must_use]
    pub const fn challenge_window_size(&self) -> Option<&FreeText> {
        self.challenge_window_size.as_ref()
    }
}
