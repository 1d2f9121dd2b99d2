-- One row per order: its payments summed, however many there are. Orders of an excluded status are
-- no orders; a person who has no other stays a customer.
SELECT
    o.order_id AS transaction_id,
    c.customer_unique_id AS customer_id,
    'purchases' AS product,
    o.order_purchase_timestamp::DATE AS booked_on,
    o.order_purchase_timestamp AS booked_at,
    coalesce(p.paid, 0) AS amount,
    'out' AS direction,
    'purchase' AS kind,
    'Unknown' AS channel,  -- how it was paid is told by the customer's attributes
    0 AS interest,
    FALSE AS is_inquiry
FROM olist_orders_dataset AS o
JOIN olist_customers_dataset AS c USING (customer_id)
LEFT JOIN (
    SELECT
        order_id,
        sum(payment_value) AS paid
    FROM olist_order_payments_dataset
    GROUP BY order_id
) AS p USING (order_id)
WHERE getvariable('include_cancelled') OR o.order_status NOT IN ('canceled', 'unavailable')
