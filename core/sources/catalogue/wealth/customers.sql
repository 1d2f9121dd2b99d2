-- One row per investor of the training file.
SELECT
    customer_id,
    age AS age_years,
    CASE
        WHEN age < 30 THEN 'under 30'
        WHEN age < 45 THEN '30 to 44'
        WHEN age < 60 THEN '45 to 59'
        WHEN age >= 60 THEN '60 and over'
    END AS age_band,
    income_slab,
    state_name AS state,
    account_type,
    networth,
    sip_amount,
    12 * sip_amount / nullif(networth, 0) AS sip_networth_share,
    CAST(sip_status AS INTEGER) AS has_sip,
    CAST(has_demat_account AS INTEGER) AS has_demat,
    risk_id AS risk_group,
    kyc_status
FROM investors
