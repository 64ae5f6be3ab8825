-- approvals by hour
SELECT
    date_part('hour', at) AS hour,
    count(*) AS responses,
    sum(CASE WHEN outcome = 'authorised' THEN 1 ELSE 0 END) AS authorised,
    round(100.0 * sum(CASE WHEN outcome = 'authorised' THEN 1 ELSE 0 END) / count(*), 2) AS percent
FROM (SELECT at, response_outcome(response) AS outcome FROM responses)
GROUP BY hour
ORDER BY hour;

-- refusals by reason
SELECT
    response_reason(response) AS reason,
    count(*) AS responses,
    min(response_field(response, 'message')) AS message
FROM responses
WHERE response_outcome(response) = 'refused'
GROUP BY reason
ORDER BY responses DESC, reason
LIMIT 20;

-- approvals by CVV check
SELECT
    left(response_checks(response), 1) AS cvv,
    response_outcome(response) AS outcome,
    count(*) AS responses
FROM responses
GROUP BY cvv, outcome
ORDER BY cvv, outcome;

-- open outcomes to chase
SELECT
    at,
    reference,
    response_outcome(response) AS outcome,
    response_next(response) AS next,
    response_code(response) AS code
FROM responses
WHERE response_outcome(response) IN ('unknown', 'never_sent')
ORDER BY at, reference, code
LIMIT 10;

-- references charged twice
SELECT
    reference,
    count(*) AS charges,
    min(at) AS first,
    max(at) AS last
FROM responses
WHERE response_outcome(response) = 'authorised'
GROUP BY reference
HAVING count(*) > 1
ORDER BY reference
LIMIT 10;
