//! What the targets share: values of the tests' own strategies.

#[path = "../../tests/support/requests.rs"]
pub mod requests;
#[path = "../../tests/support/responses.rs"]
pub mod responses;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The value of a strategy that `data` is the seed of: other data, another value. (proptest can take
/// its choices from the data themselves, but halves them at every branch, and has none left soon.)
pub fn chosen<T>(strategy: &impl Strategy<Value = T>, data: &[u8]) -> Option<T> {
    let config = Config { failure_persistence: None, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &hmac_sha256::Hash::hash(data));
    let tree = strategy.new_tree(&mut TestRunner::new_with_rng(config, random));
    tree.ok().map(|tree| tree.current())
}

/// What comes before the first line end, and what comes after it.
pub fn halves(data: &[u8]) -> (&str, &[u8]) {
    let end = data.iter().position(|&byte| byte == b'\n').unwrap_or(data.len());
    let first = core::str::from_utf8(&data[..end]).unwrap_or_default();
    (first, data.get(end + 1..).unwrap_or_default())
}
