-- One row per customer: the id, and one column per attribute of the specification.
SELECT
    cust_id AS customer_id,
    age AS age_years,
    income AS income_yearly,
    years_with_bank AS tenure_years,
    nbr_children AS children,
    gender,
    marital_status,
    state_code AS state
FROM twm_customer
