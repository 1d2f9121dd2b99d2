-- Clients of the files who take no part, and why: told apart by the same record as in customers.sql.
WITH record AS (
    SELECT
        c.CUSTOMER_ID AS customer_id,
        arg_max(c.STATUS, c.EFFECTIVE_DATE) FILTER (c.EFFECTIVE_DATE <= m.ends_on) AS status,
        coalesce(min(c.RELATIONSHIP_START_DATE), min(c.EFFECTIVE_DATE)) AS joined_on
    FROM customer AS c
    LEFT JOIN (
        SELECT CUSTOMER_ID, max(END_DATE) AS ends_on
        FROM customer_summary
        WHERE END_DATE <= getvariable('as_of')
        GROUP BY CUSTOMER_ID
    ) AS m ON m.CUSTOMER_ID = c.CUSTOMER_ID
    GROUP BY c.CUSTOMER_ID
    UNION ALL
    SELECT
        CUSTOMER_CUSTOMER_ID,
        CUSTOMER_STATUS,
        coalesce(CUSTOMER_RELATIONSHIP_START_DATE, CUSTOMER_EFFECTIVE_DATE)
    FROM customer_full_summary_latest
)
SELECT
    r.customer_id,
    CASE
        WHEN r.joined_on > getvariable('as_of') THEN 'joined after the as-of date'
        WHEN r.status <> 'Active' THEN 'inactive'
        ELSE 'no month with a valid record'
    END AS reason
FROM record AS r
ANTI JOIN canonical.customers AS c ON c.customer_id = r.customer_id
