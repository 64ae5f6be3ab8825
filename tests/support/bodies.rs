//! The smallest valid body of each operation, for tests to change.

use cashflows_codec::remote_auth::OperationKind;

const ENVELOPE: &[(&str, &str)] =
    &[("auth_id", "1234567"), ("auth_pass", "Pa55&word"), ("tran_testmode", "0"), ("tran_currency", "GBP")];

/// The pairs of a body, decoded.
#[derive(Clone)]
pub struct Pairs(Vec<(String, String)>);

/// The smallest valid body of an operation.
pub fn smallest(operation: OperationKind) -> Pairs {
    let own: &[(&str, &str)] = match operation {
        OperationKind::Sale => &[
            ("tran_type", "sale"),
            ("tran_class", "ecom"),
            ("card_num", "4000000000000002"),
            ("card_cvv", "123"),
            ("card_expiry", "1130"),
            ("tran_ref", "cart-1"),
            ("tran_amount", "24.99"),
        ],
        OperationKind::Verify => &[
            ("tran_type", "verify"),
            ("tran_class", "moto"),
            ("card_token", "1000000000030419"),
            ("card_cvv", "123"),
            ("card_expiry", "1130"),
            ("tran_ref", "cart-1"),
        ],
        OperationKind::Continuous => &[
            ("tran_type", "sale"),
            ("tran_class", "cont"),
            ("tran_orig_id", "05P00001724"),
            ("tran_ref", "cart-1"),
            ("tran_amount", "24.99"),
        ],
        OperationKind::Void => &[
            ("tran_type", "void"),
            ("tran_class", "ecom"),
            ("tran_orig_id", "01S0135F74D"),
            ("tran_amount", "24.99"),
        ],
        OperationKind::Refund => &[
            ("tran_type", "refund"),
            ("tran_class", "moto"),
            ("tran_orig_id", "01S0135F74D"),
            ("tran_amount", "24.99"),
        ],
        OperationKind::Credit => &[
            ("tran_type", "credit"),
            ("tran_class", "cred"),
            ("tran_orig_id", "01S0001234"),
            ("tran_ref", "cart-1"),
            ("tran_amount", "24.99"),
            ("security_hash", "e5446ea59340d867af9fed6ba92f267e17d0119c7d972d7d84c0ab31ee4b1708"),
        ],
    };
    let pairs = ENVELOPE.iter().chain(own);
    Pairs(pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

impl Pairs {
    /// Sets a parameter, in its place or at the end.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.0.iter_mut().find(|pair| pair.0 == name) {
            Some(pair) => value.clone_into(&mut pair.1),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|pair| pair.0 != name);
        self
    }

    /// The body as encoded by another library.
    pub fn encode(&self) -> Vec<u8> {
        serde_urlencoded::to_string(&self.0).unwrap().into_bytes()
    }
}

/// Removes `name`, or sets `name=value`: as in `-card_cvv ewallet=true`.
pub fn bent(operation: OperationKind, changes: &str) -> Vec<u8> {
    let change = |pairs: Pairs, change: &str| match (change.strip_prefix('-'), change.split_once('=')) {
        (Some(name), _) => pairs.without(name),
        (None, Some((name, value))) => pairs.with(name, value),
        (None, None) => panic!("{change} changes nothing"),
    };
    changes.split_whitespace().fold(smallest(operation), change).encode()
}

/// The same body with every byte of every value escaped.
pub fn escaped(body: &[u8]) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap();
    let escapes = |value: &str| value.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", escapes(value)));
    pairs.collect::<Vec<_>>().join("&")
}
