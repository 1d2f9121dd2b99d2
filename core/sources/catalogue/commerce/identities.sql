-- The files name nobody: a person is an id.
SELECT DISTINCT customer_unique_id AS customer_id FROM olist_customers_dataset
