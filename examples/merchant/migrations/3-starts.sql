-- Starts of the service. Each start writes its row first, which shows whether the database can be written.

CREATE TABLE starts (
    number INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT;

-- The requested amount of a refund: 'all' that is left, or hundredths. The same key with another amount is refused. For
-- older refunds it is unknown.
ALTER TABLE shop_refunds ADD COLUMN asked TEXT;

-- True if a payment may be in progress or taken, of which the gateway has not reported the end. Meanwhile, its shopper
-- is not sent to the payment page again.
ALTER TABLE shop_orders ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1));
