//! Numbers that look random and are the same in every run.

/// A linear congruential generator, by Knuth's constants: enough to mix operations.
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// A sequence of its own for each seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed)
    }

    /// A number below a bound, or 0 where that is 0.
    pub const fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The upper half is the better one. Scaled, it is below the bound, and so fits.
        ((self.0 >> 32).wrapping_mul(bound as u64) >> 32) as u32
    }
}
