-- One row per client and month up to the as-of date. The joined file has no months: no rows then.
SELECT
    s.CUSTOMER_ID AS customer_id,
    s.START_DATE AS period_start,
    s.END_DATE AS period_end,
    s.FUNDS_UNDER_MANAGEMENT AS monthly_funds,
    s.TOTAL_AMOUNT_OF_DEPOSITS AS monthly_deposits,
    s.TOTAL_AMOUNT_OF_WITHDRAWALS AS monthly_withdrawals,
    s.TOTAL_NUMBER_OF_BUY_TRADES + s.TOTAL_NUMBER_OF_SELL_TRADES AS monthly_trades
FROM customer_summary AS s
JOIN canonical.customers AS c ON c.customer_id = s.CUSTOMER_ID
