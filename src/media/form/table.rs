//! Tables of parameters.

/// The parameters that the forms of one endpoint can have, each with its place in the order in which
/// they are written.
pub(crate) trait Table: Copy + Eq + 'static {
    /// All of them, in that order.
    const ALL: &'static [Self];

    /// The name on the wire: letters, digits and `_`, which stand for themselves.
    fn name(self) -> &'static str;

    /// The name with what stands around it in a body: `&name=`.
    fn lead(self) -> &'static str;

    /// The parameter of a name.
    fn from_name(name: &str) -> Option<Self>;

    /// The place in [`ALL`](Self::ALL).
    fn index(self) -> usize;

    /// Returns true if the value must leave no copy behind.
    fn is_secret(self) -> bool;
}
