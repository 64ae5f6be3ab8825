//! Holds, and their release in batches (section 7).

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::remote_auth::batch::{
    BatchRefusal, BatchResponse, BatchStatus, Query, Report, RowErrorKind, Submission,
};
use cashflows_codec::simulator::{
    BatchEffect, BatchSymptom, BatchWhen, Delivery, Effect, Endpoint, NotHeld, State, When,
};

use crate::shop::{Shop, credentials};

/// A shop with a sale on hold.
fn holding() -> Shop {
    let mut shop = Shop::default();
    shop.acquirer.script(When::any().operation(OperationKind::Sale).on_call(1), Effect::Hold);
    shop.play("sale");
    shop
}

impl Shop {
    pub fn upload(&mut self, ids: &[&str]) -> Report {
        let ids: Vec<_> = ids.iter().map(|id| id.parse().unwrap()).collect();
        let body = Submission::new(ids).encode(&credentials()).unwrap();
        self.report(body.content_type(), body.as_bytes())
    }

    fn query(&mut self, report: &Report) -> Report {
        let body = Query::new(*report.batch_id()).encode(&credentials());
        self.report(body.content_type(), body.as_bytes())
    }

    fn report(&mut self, content_type: &str, body: &[u8]) -> Report {
        match self.batch(content_type, body) {
            BatchResponse::Report(report) => report,
            other => panic!("{other:?}"),
        }
    }

    fn batch(&mut self, content_type: &str, body: &[u8]) -> BatchResponse {
        let delivery = self.acquirer.handle(self.now, Endpoint::Batch, content_type, body);
        let Delivery::Payload(payload) = delivery else { panic!("silence") };
        BatchResponse::decode(payload.content_type(), payload.body().clone()).unwrap()
    }

    fn first(&self) -> State {
        let ledger = self.acquirer.ledger();
        ledger.state(ledger.entries()[0].id(), self.now).unwrap()
    }
}

fn results(report: &Report) -> Vec<String> {
    report.rows().map(|row| row.unwrap().result().to_string()).collect()
}

#[test]
fn a_batch_is_pending_then_processing_then_complete() {
    let mut shop = holding();
    let report = shop.upload(&["01S00000001"]);
    assert_eq!(report.status(), BatchStatus::Pending);
    for (wait, status, rows) in [
        ("+59s", BatchStatus::Pending, vec![]),
        ("+1s", BatchStatus::Processing, vec![]),
        ("+239s", BatchStatus::Processing, vec![]),
        ("+1s", BatchStatus::Complete, vec!["batchrel_ok"]),
        ("+9d", BatchStatus::Complete, vec!["batchrel_ok"]),
    ] {
        shop.play(wait);
        let report = shop.query(&report);
        assert_eq!(
            (report.status(), results(&report)),
            (status, rows.iter().map(ToString::to_string).collect())
        );
        assert_eq!(report.findings(), []);
    }
}

#[test]
fn each_row_has_its_result() {
    let mut shop = holding();
    shop.play("sale tran_ref=cart-2");
    let report = shop.upload(&["01S00000001", "01S00000002", "01S00000099"]);
    shop.play("+300s");
    let report = shop.query(&report);
    assert_eq!(results(&report), ["batchrel_ok", "batchrel_notonhold", "batchrel_invalref"]);
    assert_eq!((report.item_count(), report.item_succ(), report.item_fail()), (Some(3), Some(1), Some(2)));
}

/// A reference that is uploaded twice is released once, and its rows differ.
#[test]
fn a_reference_that_is_uploaded_twice_has_no_result() {
    let mut shop = holding();
    let report = shop.upload(&["01S00000001", "01S00000001"]);
    shop.play("+300s");
    let report = shop.query(&report);
    let attachment = String::from_utf8(report.attachment().unwrap().to_vec()).unwrap();
    assert_eq!(attachment, "01S00000001,batchrel_ok\r\n01S00000001,batchrel_notonhold");
    assert!(report.rows().all(|row| row.is_err_and(|error| error.kind == RowErrorKind::Contradicted)));
    assert_eq!((report.item_count(), report.item_succ(), report.item_fail()), (Some(2), Some(1), Some(1)));
}

#[test]
fn a_hold_lasts_seven_days() {
    for (scenario, state, result) in
        [("+7d", State::OnHold, "batchrel_ok"), ("+7d; +1s", State::Expired, "batchrel_expired")]
    {
        let mut shop = holding();
        shop.play(scenario);
        assert_eq!(shop.first(), state, "{scenario}");
        let report = shop.upload(&["01S00000001"]);
        shop.play("+300s");
        assert_eq!(results(&shop.query(&report)), [result], "{scenario}");
    }
}

#[test]
fn what_is_released_is_settled_at_the_end_of_the_day() {
    let mut shop = holding();
    shop.play("+3d");
    shop.upload(&["01S00000001"]);
    assert_eq!(shop.first(), State::Pending);
    shop.play("+1d");
    assert_eq!(shop.first(), State::Settled);
}

#[test]
fn what_is_on_hold_is_not_settled() {
    use crate::shop::code;
    for (scenario, answer) in [
        ("+3d; void", "A"),
        ("+3d; refund", "A"),
        ("+3d; refund tran_amount=10.00", "V224"),
        ("+8d; void", "C202"),
        ("+8d; refund", "C202"),
    ] {
        assert_eq!(code(&holding().play(scenario)), answer, "{scenario}");
    }
}

#[test]
fn only_what_waits_to_be_settled_can_be_held() {
    for (scenario, id, held) in [
        ("sale", "01S00000001", Ok(())),
        ("sale; cont", "01S00000002", Ok(())),
        ("verify", "01S00000001", Err(NotHeld)),
        ("sale; void", "01S00000001", Err(NotHeld)),
        ("sale; void", "01V00000002", Err(NotHeld)),
        ("sale; refund", "01R00000002", Err(NotHeld)),
        ("sale; credit", "01C00000002", Err(NotHeld)),
        ("sale; +1d", "01S00000001", Err(NotHeld)),
        ("sale card_cvv=124", "01S00000001", Err(NotHeld)),
        ("verify", "05P00000001", Err(NotHeld)),
    ] {
        let mut shop = Shop::default();
        shop.play(scenario);
        assert_eq!(shop.acquirer.hold(shop.now, &id.parse().unwrap()), held, "{scenario}; hold {id}");
    }
}

#[test]
fn what_is_no_batch_is_refused_with_its_word() {
    let wrong = Credentials::new("1234567".parse().unwrap(), "wrong".parse().unwrap());
    let query = |id: &str| Query::new(id.parse().unwrap());
    let multipart = "multipart/x-vcg-remote-api; boundary=_partBoundary_";
    for (body, refusal) in [
        (query("1").encode(&wrong).as_bytes().to_vec(), BatchRefusal::InvalidCredentials),
        (query("1").encode(&credentials()).as_bytes().to_vec(), BatchRefusal::ReleaseNotFound),
        (query("0").encode(&credentials()).as_bytes().to_vec(), BatchRefusal::ReleaseNotFound),
        (b"--_partBoundary_--\r\n".to_vec(), BatchRefusal::InvalidRequest),
        (vec![b'x'; 70_000], BatchRefusal::RequestTooBig),
    ] {
        assert_eq!(Shop::default().batch(multipart, &body), BatchResponse::Refused(refusal));
    }
}

/// Whatever is lost, a query tells whether the batch arrived: only what was processed has a number.
#[test]
fn faults_of_batches() {
    for symptom in BatchSymptom::ALL {
        for (effect, arrives) in
            [(BatchEffect::LoseRequest(*symptom), false), (BatchEffect::LoseAnswer(*symptom), true)]
        {
            let mut shop = holding();
            shop.acquirer.script_batches(BatchWhen::any().submission().on_call(1), effect);
            let body = Submission::new(["01S00000001".parse().unwrap()]).encode(&credentials()).unwrap();
            let delivery =
                shop.acquirer.handle(shop.now, Endpoint::Batch, body.content_type(), body.as_bytes());
            let shown = match &delivery {
                Delivery::Payload(payload) => {
                    let reply = BatchResponse::decode(payload.content_type(), payload.body().clone());
                    Some((payload.status(), reply.ok()))
                }
                Delivery::Silence => None,
            };
            match symptom {
                BatchSymptom::InternalFailure => {
                    assert_eq!(shown, Some((200, Some(BatchRefusal::InternalFailure.into()))));
                }
                BatchSymptom::InternalError => assert_eq!(shown, Some((500, None))),
                BatchSymptom::HtmlPage => assert_eq!(shown, Some((502, None))),
                BatchSymptom::HalfBody => {
                    // Half of `result=internal_failure` reads as a word that nobody listed.
                    let half = matches!(shown, Some((200, None | Some(BatchResponse::Unlisted(_)))));
                    assert!(half, "{shown:?}");
                }
                BatchSymptom::Silence => assert_eq!(shown, None),
            }
            let query = Query::new("1".parse().unwrap()).encode(&credentials());
            let found = shop.batch(query.content_type(), query.as_bytes());
            assert_eq!(matches!(found, BatchResponse::Report(_)), arrives, "{effect:?}");
            shop.play("+300s");
            assert_eq!(shop.first() == State::OnHold, !arrives, "{effect:?}");
        }
    }
}

#[test]
fn faults_are_for_the_batch_requests_that_fit() {
    let mut shop = holding();
    let lose = BatchEffect::LoseAnswer(BatchSymptom::InternalFailure);
    shop.acquirer.script_batches(BatchWhen::any().query().on_call(2), lose);
    let wrong = Credentials::new("1".parse().unwrap(), "x".parse().unwrap());
    let report = shop.upload(&["01S00000001"]);
    let query = |credentials| Query::new(*report.batch_id()).encode(credentials);
    // A request with wrong credentials is not counted.
    let refused = query(&wrong);
    let refused = shop.batch(refused.content_type(), refused.as_bytes());
    assert_eq!(refused, BatchRefusal::InvalidCredentials.into());
    let body = query(&credentials());
    let answers: Vec<_> = (0..3).map(|_| shop.batch(body.content_type(), body.as_bytes())).collect();
    let lost = |reply: &BatchResponse| *reply == BatchRefusal::InternalFailure.into();
    assert_eq!(answers.iter().map(lost).collect::<Vec<_>>(), [false, true, false]);
}
