//! Any bytes as a notification, as its acknowledgement and as the URL of a shopper's return.
#![no_main]

use cashflows_codec::gateway::{Acknowledgement, Notification, ShopperReturn};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let decoded = Notification::decode(data);
    let _printed = format!("{decoded:?}");
    if let Ok(notification) = decoded {
        let acknowledgement = notification.acknowledgement();
        let answer = acknowledgement.encode().into_bytes();
        assert!(acknowledgement.acknowledges(&notification));
        assert_eq!(Acknowledgement::decode(&answer), Ok(acknowledgement));
        assert_eq!(notification.retrieve().job, notification.job());
        assert_eq!(Notification::decode(&notification.encode()), Ok(notification));
    }
    if let Ok(acknowledgement) = Acknowledgement::decode(data) {
        assert_eq!(Acknowledgement::decode(&acknowledgement.encode().into_bytes()), Ok(acknowledgement));
    }
    if let Ok(url) = core::str::from_utf8(data)
        && let Ok(returned) = ShopperReturn::decode(url)
    {
        let base = "https://shop.example?paymentref=x&PaymentJobRef=7#c";
        assert_eq!(ShopperReturn::decode(&returned.append_to(base)), Ok(returned));
    }
});
