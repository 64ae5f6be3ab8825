//! Times the crate alone: `cargo bench`, or `cargo bench -- decode` for some of it. `benches/peers` has all other
//! crates.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cashflows_codec::remote_auth::request::Credit;
use cashflows_codec::remote_auth::{DigestSecret, SecurityHash};
use cashflows_codec::remote_auth::{Request, Response};
use cashflows_codec::value::{Money, OriginalId};

const ROUNDS: usize = 31;
const SAMPLE: Duration = Duration::from_millis(2);

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    for (name, units, work) in cases() {
        if wanted.is_empty() || wanted.iter().any(|wanted| name.contains(wanted)) {
            let (median, spread) = measure(&*work);
            let (each, spread) = (median / units as f64, 100.0 * spread / median);
            println!("{name:<28} {each:>10.1} ns  ±{spread:.0} %");
        }
    }
}

type Case = (&'static str, usize, Box<dyn Fn()>);

/// The cases, each with its number of inputs.
fn cases() -> Vec<Case> {
    let lines: Vec<&[u8]> = include_str!("../tests/data/responses.txt").lines().map(str::as_bytes).collect();
    let bodies: Vec<&[u8]> = include_str!("../tests/data/requests.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::as_bytes)
        .collect();
    let requests: Vec<_> = bodies.iter().filter_map(|body| Request::decode(body).ok()).collect();
    let responses: Vec<_> = lines.iter().filter_map(|line| Response::decode(line).ok()).collect();
    let original: OriginalId = "01S00001234".parse().expect("an id");
    let secret: DigestSecret = "fifteen letters".parse().expect("a secret");
    let credit = Credit::new(original, Money::gbp(9_99), "win-1".parse().expect("a reference"), &secret);
    vec![
        case("decode a response", lines, |line| black_box(Response::decode(line).is_ok())),
        case("encode a response", responses, |response| !black_box(response.encode()).is_empty()),
        case("decode a request", bodies, |body| black_box(Request::decode(body)).is_ok()),
        case("encode a request", requests, |decoded| {
            !black_box(decoded.request.encode(&decoded.credentials)).as_bytes().is_empty()
        }),
        case("digest of a credit", vec![(credit, secret)], |(credit, secret)| {
            let original = credit.terms().to.original();
            !SecurityHash::of_credit(credit.terms().money, original, credit.reference(), secret)
                .as_str()
                .is_empty()
        }),
    ]
}

fn case<I: 'static>(name: &'static str, inputs: Vec<I>, work: impl Fn(&I) -> bool + 'static) -> Case {
    let units = inputs.len();
    let run = move || inputs.iter().for_each(|input| _ = black_box(work(black_box(input))));
    (name, units, Box::new(run))
}

/// The median time of one run in nanoseconds, and half the distance between the quartiles.
fn measure(work: &dyn Fn()) -> (f64, f64) {
    let sample = |times: u32| {
        let start = Instant::now();
        (0..times).for_each(|_| work());
        start.elapsed()
    };
    let mut times = 1;
    while sample(times) < SAMPLE {
        times *= 2;
    }
    let mut rounds: Vec<f64> =
        (0..ROUNDS).map(|_| sample(times).as_nanos() as f64 / f64::from(times)).collect();
    rounds.sort_by(f64::total_cmp);
    let quartile = |quarter: usize| rounds.get((ROUNDS - 1) * quarter / 4).copied().unwrap_or(f64::NAN);
    (quartile(2), (quartile(3) - quartile(1)) / 2.0)
}
