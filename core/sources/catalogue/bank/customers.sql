-- One row per customer: the id, and one column per attribute of the specification.
SELECT
    cust_id AS customer_id,
    age AS age_years,
    income AS income_yearly,
    years_with_bank AS tenure_years,
    nbr_children AS children,
    age - years_with_bank AS age_at_joining_years,
    CAST(income / (1 + nbr_children + CASE WHEN marital_status = 'Married' THEN 1 ELSE 0 END)
        AS DECIMAL(18, 2)) AS income_per_person,
    gender,
    marital_status,
    state_code AS state
FROM twm_customer
