//! The digest of a credit, from its values to 64 hexadecimal digits.

use cashflows_codec::remote_auth::request::CreditReference;
use cashflows_codec::remote_auth::{DigestSecret, SecurityHash};
use cashflows_codec::value::{Money, OriginalId};
use sha2::{Digest as _, Sha256};

use crate::group::{Group, Role};

/// 49 bytes are hashed: one block.
struct Credit {
    money: Money,
    amount: &'static str,
    original: OriginalId,
    reference: CreditReference,
    secret: DigestSecret,
    /// The message as the compression function takes it.
    block: [u8; 64],
}

pub fn digest() -> Group {
    let credit: &'static [Credit] = vec![credit()].leak();
    Group::new("digest")
        .case((Role::Ours, "SecurityHash::of_credit"), credit, ours, |digest| digest.as_str().into())
        .case((Role::Peer, "format! + hex::encode"), credit, by_format, String::into_bytes)
        .case((Role::Floor, "raw compression of one block"), credit, raw, |state| {
            let bytes: Vec<u8> = state.iter().flat_map(|word| word.to_be_bytes()).collect();
            hex::encode(bytes).into_bytes()
        })
}

fn credit() -> Credit {
    let message = "credit:9.99:GBP:01S00001234:win-1:fifteen letters";
    let mut block = [0; 64];
    block[..message.len()].copy_from_slice(message.as_bytes());
    block[message.len()] = 0x80;
    block[56..].copy_from_slice(&(8 * message.len() as u64).to_be_bytes());
    Credit {
        money: Money::gbp(9_99),
        amount: "9.99",
        original: "01S00001234".parse().expect("an id"),
        reference: "win-1".parse().expect("a reference"),
        secret: "fifteen letters".parse().expect("a secret"),
        block,
    }
}

fn ours(credit: &Credit) -> SecurityHash {
    let Credit { money, original, reference, secret, .. } = credit;
    SecurityHash::of_credit(*money, Some(original), reference, secret)
}

fn by_format(credit: &Credit) -> String {
    let Credit { money, amount, original, reference, secret, .. } = credit;
    let message =
        format!("credit:{amount}:{}:{original}:{reference}:{}", money.currency(), secret.secret_str());
    hex::encode(Sha256::digest(message))
}

fn raw(credit: &Credit) -> [u32; 8] {
    let mut state = [
        0x6a09_e667,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];
    sha2::block_api::compress256(&mut state, &[credit.block]);
    state
}
