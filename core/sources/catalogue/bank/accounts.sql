-- One row per account of any product, with the details of its product.
SELECT
    a.acct_nbr AS account_id,
    a.cust_id AS customer_id,
    a.acct_type AS product,
    a.account_active AS is_active,
    a.acct_start_date AS opened_on,
    a.acct_end_date AS closed_on,
    a.starting_balance AS opening_balance,
    a.ending_balance AS balance,
    credit.credit_limit,
    coalesce(checking.minimum_balance, savings.minimum_balance) AS minimum_balance
FROM twm_accounts AS a
LEFT JOIN twm_checking_acct AS checking USING (acct_nbr)
LEFT JOIN twm_savings_acct AS savings USING (acct_nbr)
LEFT JOIN twm_credit_acct AS credit USING (acct_nbr)
