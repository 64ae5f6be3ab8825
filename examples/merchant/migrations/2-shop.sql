-- Shoppers' orders, to be paid on the gateway's payment page, one row each. The service never has their cards. Times
-- are milliseconds since 1970.

CREATE TABLE shop_orders (
    -- Also its order number at the gateway, which no other order ever has.
    number   TEXT PRIMARY KEY,
    -- The key of the click: two clicks with one key are one order.
    key      TEXT NOT NULL UNIQUE,
    item     TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    -- The shopper's way to the payment page: by redirect, or by a link to keep.
    way      TEXT NOT NULL CHECK (way IN ('page', 'link')),
    -- The order that ended without money and is replaced by this one: one at most.
    replaces TEXT UNIQUE REFERENCES shop_orders (number),
    state    TEXT NOT NULL CHECK (state IN ('creating', 'open', 'review', 'reserved', 'paid', 'returned',
                                            'closing', 'closed', 'not_created', 'lost')),
    -- The job's reference at the gateway, once it is known. Two orders never share one.
    job      INTEGER UNIQUE,
    -- The payment page.
    page     TEXT,
    -- The payment that took or reserved the money.
    payment  INTEGER UNIQUE,
    -- Time of the next automatic retrieval of the job; null is never.
    look_at  INTEGER,
    made     INTEGER NOT NULL,
    changed  INTEGER NOT NULL,

    CHECK (state NOT IN ('open', 'review', 'reserved', 'paid', 'returned', 'closing', 'closed') OR job IS NOT NULL),
    CHECK (state NOT IN ('paid', 'returned', 'reserved') OR payment IS NOT NULL)
) STRICT;

CREATE INDEX shop_orders_due ON shop_orders (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX shop_orders_being_created ON shop_orders (state) WHERE state = 'creating';

-- Refunds, one row each.
CREATE TABLE shop_refunds (
    -- Also its refund number at the gateway, by which a refund with a lost response is searched for.
    number       TEXT PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE,
    order_number TEXT NOT NULL REFERENCES shop_orders (number),
    amount       INTEGER NOT NULL CHECK (amount > 0),
    state        TEXT NOT NULL CHECK (state IN ('sending', 'unknown', 'pending', 'completed', 'failed', 'refused',
                                                'not_arrived')),
    look_at      INTEGER,
    made         INTEGER NOT NULL,
    changed      INTEGER NOT NULL
) STRICT;

CREATE INDEX shop_refunds_of ON shop_refunds (order_number);
CREATE INDEX shop_refunds_due ON shop_refunds (look_at) WHERE look_at IS NOT NULL;

-- Every step of every order, in the order of writing. No row is changed or deleted.
CREATE TABLE shop_steps (
    number       INTEGER PRIMARY KEY,
    order_number TEXT NOT NULL REFERENCES shop_orders (number),
    at           INTEGER NOT NULL,
    -- The state after the step.
    state        TEXT NOT NULL,
    step         TEXT NOT NULL
) STRICT;

CREATE INDEX shop_steps_of ON shop_steps (order_number);
CREATE TRIGGER shop_steps_stay BEFORE UPDATE ON shop_steps BEGIN SELECT raise(ABORT, 'a step is history'); END;
CREATE TRIGGER shop_steps_are_kept BEFORE DELETE ON shop_steps BEGIN SELECT raise(ABORT, 'a step is history'); END;

-- Deliveries: each order once, by any payment.
CREATE TABLE shop_deliveries (
    order_number TEXT PRIMARY KEY REFERENCES shop_orders (number),
    payment      INTEGER NOT NULL UNIQUE,
    at           INTEGER NOT NULL
) STRICT;
