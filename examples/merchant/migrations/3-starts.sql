-- When the service was started. Each start writes its row before anything else, and so finds out whether it can.

CREATE TABLE starts (
    number INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT;

-- What a refund was asked for by: 'all' that is left, or hundredths. The same key for something else is refused.
-- Of older refunds it is not known.
ALTER TABLE shop_refunds ADD COLUMN asked TEXT;

-- Whether a payment may be under way, or taken, that the gateway has not told the end of. While it is, its shopper is
-- not sent to the payment page again.
ALTER TABLE shop_orders ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1));
