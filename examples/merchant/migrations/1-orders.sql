-- The orders of clients, one row each. No value here is secret: of a card, the first six and the last four digits at
-- most, and never its security code. Times are milliseconds since 1970.

CREATE TABLE orders (
    -- Also its reference (tran_ref) at the acquirer.
    id             TEXT PRIMARY KEY,
    -- The client's own name for it: two requests with one key are one order.
    key            TEXT NOT NULL UNIQUE,
    -- Tells apart two requests with the same key.
    fingerprint    TEXT NOT NULL,
    operation      TEXT NOT NULL CHECK (operation IN ('pay', 'subscribe', 'charge_month', 'refund')),
    -- Hundredths of the currency's unit; for a subscription, the monthly price.
    amount         INTEGER NOT NULL CHECK (amount > 0),
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    -- Masked, as in 400000******0002.
    card           TEXT CHECK (card LIKE '%**%'),
    -- The refunded order, or the subscription.
    parent         TEXT REFERENCES orders (id),
    month          TEXT,
    -- State of the order: open until the acquirer, or a person, has told the outcome.
    state          TEXT NOT NULL CHECK (state IN ('open', 'authorised', 'refused', 'not_sent', 'reconcile')),
    -- The attempt as the codec stores it (JSON): all sendings, and the next step.
    attempt        TEXT NOT NULL CHECK (json_valid(attempt)),
    -- The acquirer's id of the transaction. A transaction belongs to one order at most.
    transaction_id TEXT UNIQUE,
    -- The last readable response (JSON).
    reply          TEXT CHECK (json_valid(reply)),
    made           INTEGER NOT NULL,
    changed        INTEGER NOT NULL,

    CHECK ((operation IN ('charge_month', 'refund')) = (parent IS NOT NULL)),
    CHECK ((operation = 'charge_month') = (month IS NOT NULL)),
    CHECK ((operation IN ('pay', 'subscribe')) = (card IS NOT NULL))
) STRICT;

-- A month is charged once, with any key. Only charges that certainly took no money make room for another.
CREATE UNIQUE INDEX one_charge_a_month ON orders (parent, month)
    WHERE operation = 'charge_month' AND state NOT IN ('refused', 'not_sent');

-- Orders to be taken up after a restart, and orders to be looked up by a person.
CREATE INDEX unsettled ON orders (state) WHERE state IN ('open', 'reconcile');
CREATE INDEX by_change ON orders (changed);
CREATE INDEX by_parent ON orders (parent) WHERE parent IS NOT NULL;

-- Every step of every order, in the order of writing. No row is changed or deleted.
CREATE TABLE steps (
    number   INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    at       INTEGER NOT NULL,
    step     TEXT NOT NULL
) STRICT;

CREATE INDEX steps_of ON steps (order_id);
CREATE TRIGGER steps_stay BEFORE UPDATE ON steps BEGIN SELECT raise(ABORT, 'a step is history'); END;
CREATE TRIGGER steps_are_kept BEFORE DELETE ON steps BEGIN SELECT raise(ABORT, 'a step is history'); END;
