//! The Rust version that the package names is the one that it needs.

use std::process::Command;

use serde_json::Value;

fn version(text: &str) -> Vec<u32> {
    text.split('.').take(2).map(|part| part.parse().unwrap()).collect()
}

#[test]
fn no_locked_dependency_wants_a_newer_rust_than_this_package_says() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path", manifest])
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let packages = metadata["packages"].as_array().unwrap();
    let wants = |package: &Value| package["rust_version"].as_str().map(version);
    let newest = packages.iter().filter_map(wants).max().unwrap();
    assert_eq!(newest, ours, "what the newest dependency wants, and what Cargo.toml says");
    let said = include_str!("../README.md");
    assert!(said.contains(&format!("Rust {}.{}", ours[0], ours[1])), "README.md names another");
}
