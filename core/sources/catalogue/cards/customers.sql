-- One row per card holder: the file's measures, and what follows from two of them.
SELECT
    CUST_ID AS customer_id,
    BALANCE AS card_balance_mean,
    BALANCE_FREQUENCY AS balance_updates_share,
    PURCHASES AS purchases_total,
    ONEOFF_PURCHASES AS one_off_purchases_total,
    INSTALLMENTS_PURCHASES AS instalment_purchases_total,
    CASH_ADVANCE AS cash_advances_total,
    PURCHASES_FREQUENCY AS purchases_share,
    ONEOFF_PURCHASES_FREQUENCY AS one_off_purchases_share,
    PURCHASES_INSTALLMENTS_FREQUENCY AS instalment_purchases_share,
    CASH_ADVANCE_FREQUENCY AS cash_advances_share,
    CASH_ADVANCE_TRX AS cash_advances_count,
    PURCHASES_TRX AS purchases_count,
    CREDIT_LIMIT AS credit_limit,
    PAYMENTS AS payments_total,
    MINIMUM_PAYMENTS AS minimum_payments_total,
    PRC_FULL_PAYMENT AS full_payments_share,
    TENURE AS tenure_months,
    PURCHASES / nullif(PURCHASES_TRX, 0) AS purchase_mean,
    BALANCE / nullif(CREDIT_LIMIT, 0) AS limit_used_share,
    -- The rates are assumptions, stated in the feature's description: change both together.
    (0.02 * PURCHASES + 0.03 * CASH_ADVANCE) * 12 / nullif(TENURE, 0) + 0.18 * BALANCE AS value_score
FROM card_holders
