-- What callers asked for, one row each. Nothing here is secret: of a card, the first six digits and the
-- last four at most, and never its security code. Times are milliseconds since 1970.

CREATE TABLE orders (
    -- Also its reference (tran_ref) at the acquirer.
    id             TEXT PRIMARY KEY,
    -- The caller's own name for it: asking twice with one key is asking once.
    key            TEXT NOT NULL UNIQUE,
    -- Tells another request with the same key.
    fingerprint    TEXT NOT NULL,
    operation      TEXT NOT NULL CHECK (operation IN ('pay', 'subscribe', 'charge_month', 'refund')),
    -- Hundredths of the currency's unit. A subscription's is what a month costs.
    amount         INTEGER NOT NULL CHECK (amount > 0),
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    -- Masked, as in 400000******0002.
    card           TEXT CHECK (card LIKE '%**%'),
    -- What is refunded, or the subscription.
    parent         TEXT REFERENCES orders (id),
    month          TEXT,
    -- How far it is; open until the acquirer, or a person, has said what became of it.
    state          TEXT NOT NULL CHECK (state IN ('open', 'authorised', 'refused', 'not_sent', 'reconcile')),
    -- The attempt as the codec stores it (JSON): what was sent when, and what is to be done next.
    attempt        TEXT NOT NULL CHECK (json_valid(attempt)),
    -- The acquirer's name for it. Of two orders, one at most can be meant by one transaction.
    transaction_id TEXT UNIQUE,
    -- The last reply that could be read (JSON).
    reply          TEXT CHECK (json_valid(reply)),
    made           INTEGER NOT NULL,
    changed        INTEGER NOT NULL,

    CHECK ((operation IN ('charge_month', 'refund')) = (parent IS NOT NULL)),
    CHECK ((operation = 'charge_month') = (month IS NOT NULL)),
    CHECK ((operation IN ('pay', 'subscribe')) = (card IS NOT NULL))
) STRICT;

-- A month is charged once, with whichever key it is asked for. Only what surely took no money makes room.
CREATE UNIQUE INDEX one_charge_a_month ON orders (parent, month)
    WHERE operation = 'charge_month' AND state NOT IN ('refused', 'not_sent');

-- What is to be taken up again after a restart, and what a person has to look up.
CREATE INDEX unsettled ON orders (state) WHERE state IN ('open', 'reconcile');
CREATE INDEX by_change ON orders (changed);
CREATE INDEX by_parent ON orders (parent) WHERE parent IS NOT NULL;

-- Every step of every order, in the order in which they were written. Nothing is changed or deleted.
CREATE TABLE steps (
    number   INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    at       INTEGER NOT NULL,
    step     TEXT NOT NULL
) STRICT;

CREATE INDEX steps_of ON steps (order_id);
CREATE TRIGGER steps_stay BEFORE UPDATE ON steps BEGIN SELECT raise(ABORT, 'a step is history'); END;
CREATE TRIGGER steps_are_kept BEFORE DELETE ON steps BEGIN SELECT raise(ABORT, 'a step is history'); END;
