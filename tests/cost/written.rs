//! A body is written into one block, and a digest takes no heap.

use bytes::Bytes;
use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::remote_auth::{Credentials, SecurityHash};
use cashflows_codec::value::{CardNumber, Customer, Money};

use crate::{Heap, heap};

const NUMBER: &str = "4000000000000002";
const PASSWORD: &str = "correct-horse-battery";

/// Allocations of `Bytes` itself for bytes with an owner.
fn of_bytes() -> usize {
    let owner: Vec<u8> = Vec::new();
    heap(|| Bytes::from_owner(owner)).0.allocations
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
fn encode_writes_a_body_into_one_block_that_never_grows() {
    let (sale, credentials) = (sale(), credentials());
    let (heap, body) = heap(|| sale.encode(&credentials));
    assert_eq!(heap.allocations - of_bytes(), 1);
    assert!(heap.largest >= body.as_bytes().len());
}

#[test]
fn digest_takes_no_heap() {
    let (original, reference) = ("01S00001234".parse().unwrap(), "win-1".parse().unwrap());
    let secret = "shared beforehand".parse().unwrap();
    let (heap, _) = heap(|| SecurityHash::of_credit(Money::gbp(9_99), Some(&original), &reference, &secret));
    assert_eq!(heap, Heap::NONE);
}

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
    fn sign_writes_a_call_into_one_block_of_its_size() {
        let credentials = Credentials::new("1".parse().unwrap(), PASSWORD.parse().unwrap());
        for text in ["plain", "\"quoted\" and\nbroken", &"é".repeat(2_000)] {
            for call in [job(card(), text), job(HostedPage::new(), text)] {
                let (heap, signed) = heap(|| call.sign(&credentials));
                assert_eq!(heap.largest, signed.body().len().max(128), "{text}");
                // The path and the configuration are short. A second block of the body would not be.
                assert!(heap.bytes < heap.largest + 200, "{text}: {heap:?}");
            }
        }
    }

    #[test]
    fn signature_takes_no_heap() {
        let key = PASSWORD.parse().unwrap();
        let (heap, _) = heap(|| Signature::of(&key, &[b'x'; 1_000]));
        assert_eq!(heap, Heap::NONE);
    }
}

mod batch {
    use cashflows_codec::remote_auth::batch::RowResult;
    use cashflows_codec::remote_auth::batch::{BatchResponse, Report, Row, Submission};
    use cashflows_codec::value::OriginalId;

    use super::*;

    fn ids(count: usize) -> Vec<OriginalId> {
        (0..count).map(|number| format!("01S{number:08X}").parse().unwrap()).collect()
    }

    #[test]
    fn encode_writes_an_upload_into_one_block_of_its_size() {
        let credentials = credentials();
        // The content type of the documented boundary is made once, by the first caller.
        let _ = Submission::new(ids(1)).encode(&credentials).unwrap();
        for count in [0, 1, 4_000] {
            let submission = Submission::new(ids(count));
            let (heap, body) = heap(|| submission.encode(&credentials).unwrap());
            assert_eq!(body.content_length(), submission.encoded_len(&credentials));
            assert_eq!(heap.allocations - of_bytes(), 1);
            assert_eq!(heap.largest, body.content_length());
            assert!(heap.peak <= body.content_length() + 64);
        }
    }

    #[test]
    fn rows_take_no_heap() {
        let read = |count: usize| {
            let rows = ids(count).into_iter().map(|id| Row::new(id.transaction_id(), RowResult::Released));
            let report = BatchResponse::Report(Report::complete("26".parse().unwrap(), rows));
            let body = report.encode(&"b".parse().unwrap()).unwrap();
            let content_type = body.content_type().to_string();
            let bytes = body.into_bytes();
            let (decoding, reply) = heap(|| BatchResponse::decode(&content_type, bytes.clone()).unwrap());
            let BatchResponse::Report(report) = reply else { panic!("a report") };
            let (reading, rows) = heap(|| report.rows().filter(Result::is_ok).count());
            assert_eq!((reading, rows), (Heap::NONE, count));
            decoding
        };
        let (few, many) = (read(500), read(5_000));
        assert_eq!(few.allocations, many.allocations, "allocations depend on the number of rows");
        // The rows are read in place in the body.
        assert!(many.peak <= 1_024, "{} bytes besides the body", many.peak);
    }
}
