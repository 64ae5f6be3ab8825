//! An address at which a service can be started repeatedly.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the ports that systems give to connections and to listeners at any port: one of those could take the place of
/// a service while it is down.
const FIRST: u16 = 10_000;
const COUNT: u16 = 20_000;

/// A free address. Each call in this process returns another one.
pub fn free() -> SocketAddr {
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    // Parallel processes begin at different ports.
    let first = (u64::from(std::process::id()) * 97 % u64::from(COUNT)) as u16;
    let address = |_| {
        let place = first.wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed)) % COUNT;
        SocketAddr::from((Ipv4Addr::LOCALHOST, FIRST + place))
    };
    (0..COUNT).map(address).find(|address| TcpListener::bind(address).is_ok()).expect("a free port")
}
