-- What shoppers ordered, to be paid on the gateway's own page, one row each. The service never sees a card
-- of theirs. Times are milliseconds since 1970.

CREATE TABLE shop_orders (
    -- Also its order number at the gateway, which no other order ever has.
    number   TEXT PRIMARY KEY,
    -- The click that it was ordered by: clicking twice is ordering once.
    key      TEXT NOT NULL UNIQUE,
    item     TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    -- How the shopper gets to the payment page: at once, or by a link to keep.
    way      TEXT NOT NULL CHECK (way IN ('page', 'link')),
    -- The order that ended without money, and that this one takes the place of: there is one at most.
    replaces TEXT UNIQUE REFERENCES shop_orders (number),
    state    TEXT NOT NULL CHECK (state IN ('creating', 'open', 'review', 'reserved', 'paid', 'returned',
                                            'closing', 'closed', 'not_created', 'lost')),
    -- The gateway's name of its job, as soon as that is known. Two orders never share one.
    job      INTEGER UNIQUE,
    -- The payment page.
    page     TEXT,
    -- The payment that took the money, or reserved it.
    payment  INTEGER UNIQUE,
    -- When to ask the gateway next by itself; null is never.
    look_at  INTEGER,
    made     INTEGER NOT NULL,
    changed  INTEGER NOT NULL,

    CHECK (state NOT IN ('open', 'review', 'reserved', 'paid', 'returned', 'closing', 'closed') OR job IS NOT NULL),
    CHECK (state NOT IN ('paid', 'returned', 'reserved') OR payment IS NOT NULL)
) STRICT;

CREATE INDEX shop_orders_due ON shop_orders (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX shop_orders_being_created ON shop_orders (state) WHERE state = 'creating';

-- Money that is given back, one row each.
CREATE TABLE shop_refunds (
    -- Also its refund number at the gateway: what an answer that was lost is looked for by.
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

-- Every step of every order, in the order in which they were written. Nothing is changed or deleted.
CREATE TABLE shop_steps (
    number       INTEGER PRIMARY KEY,
    order_number TEXT NOT NULL REFERENCES shop_orders (number),
    at           INTEGER NOT NULL,
    -- The state that it left the order in.
    state        TEXT NOT NULL,
    step         TEXT NOT NULL
) STRICT;

CREATE INDEX shop_steps_of ON shop_steps (order_number);
CREATE TRIGGER shop_steps_stay BEFORE UPDATE ON shop_steps BEGIN SELECT raise(ABORT, 'a step is history'); END;
CREATE TRIGGER shop_steps_are_kept BEFORE DELETE ON shop_steps BEGIN SELECT raise(ABORT, 'a step is history'); END;

-- What is delivered: an order once, by whichever payment.
CREATE TABLE shop_deliveries (
    order_number TEXT PRIMARY KEY REFERENCES shop_orders (number),
    payment      INTEGER NOT NULL UNIQUE,
    at           INTEGER NOT NULL
) STRICT;
