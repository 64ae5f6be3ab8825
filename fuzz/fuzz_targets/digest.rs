//! The credit digest against another SHA-256: the first line is the secret, the second the
//! reference, the third the amount in hundredths, the fourth the original transaction.
#![no_main]

use cashflows_codec::remote_auth::DigestSecret;
use cashflows_codec::remote_auth::request::{Credit, CreditTo};
use cashflows_codec::value::{Amount, CardNumber, Currency, Money, OriginalId};
use libfuzzer_sys::fuzz_target;

fn credit(data: &str) -> Option<(Credit, DigestSecret, String)> {
    let mut lines = data.split('\n');
    let [secret, reference, hundredths] = [lines.next()?, lines.next()?, lines.next()?];
    let hundredths: u64 = hundredths.parse().ok()?;
    let original = lines.next().and_then(|id| id.parse::<OriginalId>().ok());
    let section = original.map(|id| format!("{id}:")).unwrap_or_default();
    let (pounds, pence) = (hundredths / 100, hundredths % 100);
    let text = format!("credit:{pounds}.{pence:02}:GBP:{section}{reference}:{secret}");
    let to = match original {
        Some(original) => CreditTo::from(original),
        None => CreditTo::from("4000000000000002".parse::<CardNumber>().ok()?),
    };
    let money = Money::new(Amount::from_hundredths(hundredths), Currency::GBP);
    let secret = secret.parse().ok()?;
    Some((Credit::new(to, money, reference.parse().ok()?, &secret), secret, text))
}

fuzz_target!(|data: &str| {
    let Some((credit, secret, text)) = credit(data) else { return };
    let digest = hmac_sha256::Hash::hash(text.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(credit.terms().security_hash.as_str(), digest);
    assert_eq!(credit.verify(&secret), Ok(()));
    assert!(
        credit.verify(&"another secret".parse().expect("a secret")).is_err()
            || secret.secret_str() == "another secret"
    );
});
