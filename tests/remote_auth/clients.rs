//! Requests in the shapes that published clients of Remote Auth send, with invented values. Each is read, and
//! the simulated acquirer responds as the client expects.

use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::request::Body;
use cashflows_codec::remote_auth::{Credentials, OperationKind, Parameter, Request, Response};
use cashflows_codec::simulator::{Acquirer, Endpoint, Profile};
use cashflows_codec::value::Status;

/// The requests of a client, in their order.
struct Shape {
    client: &'static str,
    path: &'static str,
    /// Each body, its operation, and its parameters that are not used.
    bodies: &'static [(&'static str, OperationKind, &'static [Parameter])],
}

const SHAPES: &[Shape] = &[
    // One hash of options for every action; an address of lines, a reference on reversals too.
    Shape {
        client: "a gateway of a Ruby library",
        path: "/gateway/remote",
        bodies: &[
            (
                "auth_id=1234567&auth_pass=secret&tran_testmode=0&tran_type=sale&tran_class=ecom&tran_ref=order-1\
                 &tran_desc=Store+Purchase&tran_amount=24.99&tran_currency=GBP&card_num=4510400400099005&card_cvv=123\
                 &card_expiry=1130&cust_name=Longbob+Longsen&cust_address=456+My+Street%0AApt+1%0AOttawa%0AON\
                 &cust_postcode=K1C2N6&cust_country=CA&cust_tel=%28555%29555-5555&cust_ip=192.0.2.10\
                 &cust_email=longbob%40example.com",
                OperationKind::Sale,
                &[],
            ),
            (
                "auth_id=1234567&auth_pass=secret&tran_testmode=0&tran_type=refund&tran_class=ecom&tran_ref=order-1-refund\
                 &tran_desc=Store+Purchase&tran_amount=24.99&tran_currency=GBP&tran_orig_id=01S00000001\
                 &cust_ip=192.0.2.10&cust_email=longbob%40example.com",
                OperationKind::Refund,
                &[Parameter::CustIp, Parameter::CustEmail, Parameter::TranDesc],
            ),
        ],
    },
    // Every parameter of the old API reference, most of them empty; words in mixed case.
    Shape {
        client: "a PHP class of 2014",
        path: "/gateway/remote",
        bodies: &[(
            "auth_id=1234567&auth_pass=secret&card_num=4510400400099005&card_cvv=123&card_start=&card_issue=\
             &card_expiry=1130&cust_name=Jane+Doe&cust_address=1+High+Street&cust_postcode=AB1+2CD&cust_country=GB\
             &cust_ip=192.0.2.11&cust_email=jane%40example.com&cust_tel=&tran_ref=INV-7&tran_desc=Invoice+7\
             &tran_amount=10.00&tran_currency=GBP&tran_testmode=0&tran_type=Sale&tran_class=MoTo&acs_eci=&acs_cavv=\
             &acs_xid=&submit=submit",
            OperationKind::Sale,
            &[],
        )],
    },
    // An address out of a textarea, lower-case codes, a line end behind the body.
    Shape {
        client: "an extension of a PHP shop",
        path: "/gateway/remote",
        bodies: &[(
            "auth_id=1234567&auth_pass=secret&tran_ref=10023&tran_amount=99.50&tran_currency=gbp&tran_testmode=0\
             &tran_type=sale&tran_class=ecom&trans_desc=Your+Store&card_num=5400200400099009&card_expiry=1130&card_cvv=123\
             &cust_name=Jane+Doe&cust_address=1+High+Street%0D%0ALeeds%0D%0A&cust_postcode=LS1+1AA&cust_country=gb\
             &cust_ip=%3A%3Affff%3A192.0.2.12&cust_email=jane%40example.com&cust_tel=01134960000\n",
            OperationKind::Sale,
            &[],
        )],
    },
    // A body written with a byte order mark, and booleans as that language writes them.
    Shape {
        client: "a C# client",
        path: "/gateway/remote",
        bodies: &[
            (
                "\u{feff}auth_id=1234567&auth_pass=secret&tran_testmode=0&tran_type=verify&tran_class=ecom&tran_ref=v-1\
                 &tran_currency=GBP&tran_amount=0.00&card_num=4510400400099005&card_expiry=1130&card_cvv=123\
                 &cust_name=Jane+Doe&ewallet=False&ewallet_type=&network_token=False&return_token=True",
                OperationKind::Verify,
                &[],
            ),
            (
                "\u{feff}auth_id=1234567&auth_pass=secret&tran_testmode=0&tran_type=sale&tran_class=cont&tran_ref=c-1\
                 &tran_currency=GBP&tran_amount=5.00&tran_orig_id=05P00000001&using_stored_credentials=True\
                 &return_token=True&return_acq_ref=True",
                OperationKind::Continuous,
                &[Parameter::UsingStoredCredentials],
            ),
        ],
    },
    // Every flag is said, also where it is false; the same fields go with a void.
    Shape {
        client: "a Java payment module",
        path: "/gateway/remote_auth",
        bodies: &[
            (
                "auth_id=1234567&auth_pass=secret&tran_testmode=0&tran_type=sale&tran_class=ecom&tran_ref=J-1\
                 &tran_amount=12.00&tran_currency=GBP&card_num=4510400400099005&card_expiry=1130&card_cvv=123\
                 &using_stored_credentials=false&network_token=false&ewallet=false&ewallet_type=none&return_token=false\
                 &retry_number=0&tran_recurrence=sing&acs_3dsversion=2.2.0&acs_eci=05\
                 &acs_cavv=AAABCAAhIXdRcEdRVyEhAAAAAAA%3D&acs_dstransid=c5b808e7-1de1-4069-a17b-f70d3b3b1645\
                 &moduleVersion=1.4",
                OperationKind::Sale,
                &[Parameter::EwalletType],
            ),
            (
                "auth_id=1234567&auth_pass=secret&tran_testmode=0&tran_type=void&tran_class=ecom&tran_ref=J-1-void\
                 &tran_amount=12.00&tran_currency=GBP&tran_orig_id=01S00000001&network_token=false\
                 &using_stored_credentials=false&retry_number=0&moduleVersion=1.4",
                OperationKind::Void,
                &[Parameter::UsingStoredCredentials, Parameter::NetworkToken],
            ),
        ],
    },
];

fn acquirer() -> Acquirer {
    Acquirer::new(Profile::new(Credentials::new("1234567".parse().unwrap(), "secret".parse().unwrap())))
}

#[test]
fn decode_reads_requests_of_published_clients() {
    for Shape { client, bodies, .. } in SHAPES {
        for (body, operation, ignored) in *bodies {
            let decoded =
                Request::decode(body.as_bytes()).unwrap_or_else(|error| panic!("{client}: {error}"));
            assert_eq!(decoded.request.kind(), *operation, "{client}");
            assert_eq!(decoded.ignored, *ignored, "{client}");
            assert_eq!(decoded.findings, [], "{client}");
            // What is used is written as the pages have it, and read as the same.
            let written = decoded.request.encode(&decoded.credentials);
            let again = Request::decode(written.as_bytes()).unwrap();
            assert_eq!(again.request, decoded.request, "{client}");
        }
    }
}

#[test]
fn acquirer_authorises_requests_of_published_clients() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    for Shape { client, path, bodies } in SHAPES {
        let mut acquirer = acquirer();
        let endpoint = Endpoint::from_path(path).unwrap();
        for (body, operation, _) in *bodies {
            let delivery = acquirer.handle(now, endpoint, Body::CONTENT_TYPE, body.as_bytes());
            let response = Response::decode(&delivery.body()).unwrap();
            assert_eq!(response.status(), Status::Authorised, "{client}: {operation}");
        }
    }
}
