//! An address at which a service can be started again and again.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below what systems give to connections, and to whoever listens at any port: one of those could take the
/// place of a service while it is down.
const FIRST: u16 = 10_000;
const COUNT: u16 = 20_000;

/// An address at which nobody listens. This process is not given it twice.
pub fn free() -> SocketAddr {
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    // Processes that run at the same time begin at other places.
    let first = (u64::from(std::process::id()) * 97 % u64::from(COUNT)) as u16;
    let address = |_| {
        let place = first.wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed)) % COUNT;
        SocketAddr::from((Ipv4Addr::LOCALHOST, FIRST + place))
    };
    (0..COUNT).map(address).find(|address| TcpListener::bind(address).is_ok()).expect("a free port")
}
