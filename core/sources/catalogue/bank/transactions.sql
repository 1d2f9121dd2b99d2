-- One row per transaction, from either form: all in one table (with the account), or one table per
-- product (with the customer, whose account of that product is looked up).
-- tran_id is unique only within an account. The sign gives the direction: negative is out of the
-- account, and on a credit card it is spending. Inquiries move no money and have no direction.
WITH booked AS (
    SELECT
        a.acct_nbr, a.cust_id, a.acct_type,
        t.tran_id, t.tran_amt, t.interest_amt, t.tran_date, t.tran_time, t.channel, t.tran_code
    FROM twm_transactions AS t
    JOIN twm_accounts AS a USING (acct_nbr)
    UNION ALL
    SELECT
        CASE
            WHEN a.alike > 1 THEN error('a customer has several accounts of one product, so their '
                || 'transactions cannot be told apart; give twm_transactions, which name the account')
            ELSE a.acct_nbr
        END AS acct_nbr,
        a.cust_id, a.acct_type,
        t.tran_id, t.tran_amt, t.interest_amt, t.tran_date, t.tran_time, t.channel, t.tran_code
    FROM (
        SELECT *, 'checking' AS product FROM twm_checking_tran
        UNION ALL BY NAME
        SELECT *, 'credit' AS product FROM twm_credit_tran
        UNION ALL BY NAME
        SELECT *, 'savings' AS product FROM twm_savings_tran
    ) AS t
    JOIN (
        SELECT *, count(*) OVER (PARTITION BY cust_id, acct_type) AS alike FROM twm_accounts
    ) AS a ON a.cust_id = t.cust_id AND a.acct_type = t.product
)
SELECT
    b.acct_nbr || '-' || b.tran_id AS transaction_id,
    b.acct_nbr AS account_id,
    b.cust_id AS customer_id,
    b.acct_type AS product,
    b.tran_date AS booked_on,
    b.tran_date + b.tran_time AS booked_at,
    abs(b.tran_amt) AS amount,
    CASE
        WHEN b.tran_code = 'inquiry' THEN NULL
        WHEN b.tran_amt > 0 THEN 'in'
        WHEN b.tran_amt < 0 THEN 'out'
        WHEN b.tran_code IN ('deposit', 'interest', 'payment') THEN 'in'
        ELSE 'out'
    END AS direction,
    b.tran_code AS kind,
    coalesce(b.channel, 'Unknown') AS channel,
    b.interest_amt AS interest,
    b.tran_code = 'inquiry' AS is_inquiry
FROM booked AS b
