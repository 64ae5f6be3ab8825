-- approvals by hour
SELECT
    date_part('hour', at) AS hour,
    count(*) AS responses,
    sum(CASE WHEN status = 'A' THEN 1 ELSE 0 END) AS authorised,
    round(100.0 * sum(CASE WHEN status = 'A' THEN 1 ELSE 0 END) / count(*), 2) AS percent
FROM (SELECT at, split_part(response, '|', 1) AS status FROM responses)
GROUP BY hour
ORDER BY hour;

-- refusals by reason
SELECT
    left(split_part(response, '|', 4), 1) || right(split_part(response, '|', 4), 2) AS reason,
    count(*) AS responses,
    min(split_part(response, '|', 5)) AS message
FROM responses
WHERE split_part(response, '|', 1) IN ('D', 'R', 'B', 'C', 'V')
    AND right(split_part(response, '|', 4), 2) || left(split_part(response, '|', 4), 1) NOT IN ('33V', '49V', '54V')
GROUP BY reason
ORDER BY responses DESC, reason
LIMIT 20;

-- approvals by CVV check
SELECT
    left(split_part(response, '|', 3), 1) AS cvv,
    CASE
        WHEN split_part(response, '|', 1) = 'A' THEN 'authorised'
        WHEN right(split_part(response, '|', 4), 2) || left(split_part(response, '|', 4), 1) IN ('33V', '49V', '54V') THEN 'unknown'
        WHEN split_part(response, '|', 1) IN ('D', 'R', 'B', 'C', 'V') THEN 'refused'
        WHEN split_part(response, '|', 4) IN ('S001', 'S101') THEN 'never_sent'
        ELSE 'unknown'
    END AS outcome,
    count(*) AS responses
FROM responses
GROUP BY cvv, outcome
ORDER BY cvv, outcome;
