//! How much JSON a peer may send.

/// Finite limits of every decoder of JSON. The defaults are far above anything documented.
///
/// ```
/// use cashflows_codec::gateway::JsonLimits;
///
/// let small = JsonLimits::default().with_bytes(64 * 1_024);
/// assert_eq!((small.bytes(), small.depth(), small.values()), (65_536, 32, 65_536));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonLimits {
    bytes: usize,
    depth: usize,
    values: usize,
}

impl JsonLimits {
    /// Bytes of a body: 1 MiB, unless set; never more than 4 GiB.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Sets the most bytes of a body.
    #[must_use]
    pub const fn with_bytes(mut self, max: usize) -> Self {
        self.bytes = max;
        self
    }

    /// How deep objects and lists may be nested: 32, unless set.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.depth
    }

    /// Sets how deep objects and lists may be nested.
    #[must_use]
    pub const fn with_depth(mut self, max: usize) -> Self {
        self.depth = max;
        self
    }

    /// Values and names of members, all together: 65,536, unless set.
    #[must_use]
    pub const fn values(&self) -> usize {
        self.values
    }

    /// Sets the most values and names of members, all together.
    #[must_use]
    pub const fn with_values(mut self, max: usize) -> Self {
        self.values = max;
        self
    }
}

impl Default for JsonLimits {
    fn default() -> Self {
        Self { bytes: 1_024 * 1_024, depth: 32, values: 65_536 }
    }
}
