//! What is taken from the heap, exactly, and that nothing secret goes back to it.
#![allow(unsafe_code, reason = "counting allocations takes an allocator, which is unsafe to implement")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::remote_auth::{Credentials, SecurityHash};
use cashflows_codec::value::{CardNumber, Customer, Money};

/// What was asked of the allocator, by this thread: the test harness has others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Heap {
    allocations: usize,
    reallocations: usize,
    /// The largest block.
    largest: usize,
    /// The bytes that are allocated, and the most that were at one time.
    bytes: usize,
    peak: usize,
    /// Blocks that were freed with the card number or the password in them.
    unwiped: usize,
}

impl Heap {
    const NONE: Self = Self { allocations: 0, reallocations: 0, largest: 0, bytes: 0, peak: 0, unwiped: 0 };

    /// With one more block.
    fn with(self, size: usize) -> Self {
        let bytes = self.bytes + size;
        Self { bytes, largest: self.largest.max(size), peak: self.peak.max(bytes), ..self }
    }

    /// With one block less, which may be from before the counting began.
    fn without(self, size: usize) -> Self {
        Self { bytes: self.bytes.saturating_sub(size), ..self }
    }
}

thread_local!(static HEAP: Cell<Heap> = const { Cell::new(Heap::NONE) });

const NUMBER: &str = "4000000000000002";
const PASSWORD: &str = "correct-horse-battery";

struct Counting;

// SAFETY: the system's allocator does the work; this only counts, and reads what is freed.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let heap = HEAP.get().with(layout.size());
        HEAP.set(Heap { allocations: heap.allocations + 1, ..heap });
        // SAFETY: the caller's promise is the system's. Zeroed, so that all of it may be read later.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the block is still allocated, and every byte of it was written, at least by zero.
        let block = unsafe { std::slice::from_raw_parts(pointer, layout.size()) };
        let holds = |secret: &str| block.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
        let heap = HEAP.get().without(layout.size());
        HEAP.set(Heap { unwiped: heap.unwiped + usize::from(holds(NUMBER) || holds(PASSWORD)), ..heap });
        // SAFETY: the caller's promise is the system's.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let heap = HEAP.get().with(size);
        HEAP.set(Heap { reallocations: heap.reallocations + 1, ..heap });
        let larger = Layout::from_size_align(size, layout.align()).unwrap();
        // SAFETY: a new block of the size asked for, both at least as large as what is copied.
        unsafe {
            let new = System.alloc_zeroed(larger);
            new.copy_from_nonoverlapping(pointer, layout.size().min(size));
            self.dealloc(pointer, layout);
            new
        }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// What `work` asks of the allocator, its result not yet dropped, and the result.
fn heap<T>(work: impl FnOnce() -> T) -> (Heap, T) {
    HEAP.set(Heap::default());
    let result = black_box(work());
    (HEAP.get(), result)
}

fn credentials() -> Credentials {
    Credentials::new("1234567".parse().unwrap(), PASSWORD.parse().unwrap())
}

fn sale() -> Request {
    let number: CardNumber = NUMBER.parse().unwrap();
    let card = Card::new(number, "1130".parse().unwrap(), "123".parse().unwrap());
    let customer = Customer::default()
        .with_name("Zoë Müller".parse().unwrap())
        .with_address("12 Rue de l’Église\nSaint-Étienne".parse().unwrap());
    Sale::ecom(card, Money::gbp(24_99), "cart-1".parse().unwrap()).with_customer(customer).into()
}

#[test]
fn a_body_is_written_into_one_block_that_never_grows() {
    let (sale, credentials) = (sale(), credentials());
    let (heap, body) = heap(|| sale.encode(&credentials));
    // The body, and what `Bytes` keeps of its owner.
    assert_eq!((heap.allocations, heap.reallocations), (2, 0));
    assert!(heap.largest >= body.as_bytes().len());
}

#[test]
fn nothing_secret_is_left_on_the_heap() {
    let (heap, ()) = heap(|| {
        let body = sale().encode(&credentials()).into_bytes();
        let decoded = Request::decode(&body).unwrap();
        drop((body.clone(), decoded.clone()));
        assert_eq!(decoded.request(), &sale());
        drop(format!("{decoded:?}"));
    });
    assert_eq!(heap.unwiped, 0);
}

#[test]
fn a_refused_secret_is_wiped_with_all_of_its_block() {
    let (heap, ()) = heap(|| {
        let mut refused = String::from("4000000000000002 is no card number");
        assert!(CardNumber::try_from(refused.clone()).is_err());
        refused.truncate(16);
        refused.insert(0, 'x');
        refused.remove(0);
        assert!(CardNumber::try_from(refused).is_ok());
    });
    assert_eq!(heap.unwiped, 0);
}

#[test]
fn a_digest_takes_nothing_from_the_heap() {
    let (original, reference) = ("01S00001234".parse().unwrap(), "win-1".parse().unwrap());
    let secret = "shared beforehand".parse().unwrap();
    let (heap, _) = heap(|| SecurityHash::of_credit(Money::gbp(9_99), Some(&original), &reference, &secret));
    assert_eq!(heap, Heap::default());
}

#[cfg(feature = "gateway")]
mod gateway {
    use cashflows_codec::gateway::call::{Call, CreateJob};
    use cashflows_codec::gateway::request::{
        HostedPage, JobCard, Order, OrderAddress, OrderLine, PaymentJob, UnitPrice,
    };
    use cashflows_codec::gateway::{Credentials, Money, Signature};

    use super::*;

    fn job(kind: impl Into<cashflows_codec::gateway::request::JobKind>, text: &str) -> Call {
        let address = OrderAddress { first_name: Some(text.parse().unwrap()), ..OrderAddress::default() };
        let line = OrderLine::new(text.parse().unwrap(), UnitPrice::WithVat("1.50".parse().unwrap()));
        let order = Order::new("cart-1".parse().unwrap()).with_billing_address(address).with_line(line);
        CreateJob::new(PaymentJob::new(Money::gbp(10_00).unwrap(), order, kind)).into()
    }

    fn card() -> JobCard {
        let number: CardNumber = NUMBER.parse().unwrap();
        JobCard::new(number, "1130".parse().unwrap(), "123".parse().unwrap(), "Jon Snow".parse().unwrap())
    }

    #[test]
    fn a_call_is_written_into_one_block_of_its_size_that_never_grows() {
        let credentials = Credentials::new("1".parse().unwrap(), PASSWORD.parse().unwrap());
        for text in ["plain", "\"quoted\" and\nbroken", &"é".repeat(2_000)] {
            for call in [job(card(), text), job(HostedPage::new(), text)] {
                let (heap, signed) = heap(|| call.sign(&credentials));
                // The body, what `Bytes` keeps of its owner, the path, and the configuration.
                assert_eq!((heap.allocations, heap.reallocations), (4, 0), "{text}");
                assert_eq!(heap.largest, signed.body().len().max(128));
            }
        }
    }

    #[test]
    fn nothing_secret_is_left_on_the_heap() {
        let (heap, ()) = heap(|| {
            let credentials = Credentials::new("1".parse().unwrap(), PASSWORD.parse().unwrap());
            let signed = job(card(), "text").sign(&credentials);
            drop((format!("{signed:?}"), signed.clone(), signed.into_body()));
        });
        assert_eq!(heap.unwiped, 0);
    }

    #[test]
    fn a_signature_takes_nothing_from_the_heap() {
        let key = PASSWORD.parse().unwrap();
        let (heap, _) = heap(|| Signature::of(&key, &[b'x'; 1_000]));
        assert_eq!(heap, Heap::default());
    }
}

#[cfg(feature = "batch")]
mod batch {
    use cashflows_codec::remote_auth::batch::RowResult;
    use cashflows_codec::remote_auth::batch::{BatchResponse, Report, Row, Submission};
    use cashflows_codec::value::TransactionId;

    use super::*;

    fn ids(count: usize) -> Vec<TransactionId> {
        (0..count).map(|number| format!("01S{number:08X}").parse().unwrap()).collect()
    }

    #[test]
    fn an_upload_is_written_into_one_block_of_its_size() {
        let credentials = credentials();
        // The content type of the documented boundary is made once, whoever needs it first.
        let _ = Submission::new(ids(1)).encode(&credentials).unwrap();
        for count in [0, 1, 4_000] {
            let submission = Submission::new(ids(count));
            let (heap, body) = heap(|| submission.encode(&credentials).unwrap());
            assert_eq!(body.content_length(), submission.encoded_len(&credentials));
            // The body, and the few bytes that `Bytes` keeps of its owner.
            assert_eq!((heap.allocations, heap.reallocations), (2, 0));
            assert_eq!(heap.largest, body.content_length());
            assert!(heap.peak <= body.content_length() + 64);
        }
    }

    #[test]
    fn rows_take_nothing_from_the_heap() {
        let read = |count: usize| {
            let rows = ids(count).into_iter().map(|id| Row::new(id, RowResult::Released));
            let report = BatchResponse::Report(Report::complete("26".parse().unwrap(), rows));
            let body = report.encode(&"b".parse().unwrap()).unwrap();
            let content_type = body.content_type().to_string();
            let bytes = body.into_bytes();
            let (decoding, reply) = heap(|| BatchResponse::decode(&content_type, bytes.clone()).unwrap());
            let BatchResponse::Report(report) = reply else { panic!("a report") };
            let (reading, rows) = heap(|| report.rows().filter(Result::is_ok).count());
            assert_eq!((reading, rows), (Heap::default(), count));
            decoding
        };
        let (few, many) = (read(500), read(5_000));
        let times = |heap: Heap| (heap.allocations, heap.reallocations);
        assert_eq!(times(few), times(many), "allocations depend on the number of rows");
        // The rows stay where they are in the body.
        assert!(many.peak <= 1_024, "{} bytes besides the body", many.peak);
    }
}
