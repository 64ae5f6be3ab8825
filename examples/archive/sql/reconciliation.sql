-- approvals by hour
SELECT
    date_part('hour', at) AS hour,
    count(*) AS replies,
    sum(CASE WHEN outcome = 'authorised' THEN 1 ELSE 0 END) AS authorised,
    round(100.0 * sum(CASE WHEN outcome = 'authorised' THEN 1 ELSE 0 END) / count(*), 2) AS percent
FROM (SELECT at, reply_outcome(reply) AS outcome FROM replies)
GROUP BY hour
ORDER BY hour;

-- refusals by reason
SELECT
    reply_reason(reply) AS reason,
    count(*) AS replies,
    min(reply_field(reply, 'message')) AS message
FROM replies
WHERE reply_outcome(reply) = 'refused'
GROUP BY reason
ORDER BY replies DESC, reason
LIMIT 20;

-- approvals by CVV check
SELECT
    left(reply_checks(reply), 1) AS cvv,
    reply_outcome(reply) AS outcome,
    count(*) AS replies
FROM replies
GROUP BY cvv, outcome
ORDER BY cvv, outcome;

-- open outcomes to chase
SELECT
    at,
    reference,
    reply_outcome(reply) AS outcome,
    reply_next(reply) AS next,
    reply_code(reply) AS code
FROM replies
WHERE reply_outcome(reply) IN ('unknown', 'never_sent')
ORDER BY at, reference, code
LIMIT 10;

-- references charged twice
SELECT
    reference,
    count(*) AS charges,
    min(at) AS first,
    max(at) AS last
FROM replies
WHERE reply_outcome(reply) = 'authorised'
GROUP BY reference
HAVING count(*) > 1
ORDER BY reference
LIMIT 10;
