-- One row per person: customer_id is another for every order, customer_unique_id is the person.
WITH valid_orders AS (
    SELECT c.customer_unique_id, o.order_id, p.*
    FROM olist_orders_dataset AS o
    JOIN olist_customers_dataset AS c USING (customer_id)
    JOIN (
        SELECT
            order_id,
            sum(payment_value) AS paid,
            sum(payment_value) FILTER (payment_type = 'credit card') AS by_card,
            sum(payment_value) FILTER (payment_type = 'boleto') AS by_boleto,
            sum(payment_value) FILTER (payment_type = 'voucher') AS by_voucher,
            max(payment_installments) AS instalments,
            count(*) AS payments
        FROM olist_order_payments_dataset
        GROUP BY order_id
    ) AS p USING (order_id)
    WHERE (getvariable('include_cancelled') OR o.order_status NOT IN ('canceled', 'unavailable'))
      AND o.order_purchase_timestamp::DATE <= getvariable('as_of')
), paying AS (
    SELECT
        customer_unique_id,
        coalesce(sum(by_card), 0) / nullif(sum(paid), 0) AS card_share,
        coalesce(sum(by_boleto), 0) / nullif(sum(paid), 0) AS boleto_share,
        coalesce(sum(by_voucher), 0) / nullif(sum(paid), 0) AS voucher_share,
        sum(instalments)::DOUBLE / count(*) AS instalments_mean,
        max(instalments)::DOUBLE AS instalments_max,
        sum(payments)::DOUBLE / count(*) AS payments_per_order
    FROM valid_orders
    GROUP BY customer_unique_id
), homes AS (
    SELECT
        c.customer_unique_id,
        arg_max(
            struct_pack(state := c.customer_state, city := c.customer_city),
            (o.order_purchase_timestamp, o.order_id)
        ) AS home  -- where the latest order went
    FROM olist_customers_dataset AS c
    LEFT JOIN olist_orders_dataset AS o USING (customer_id)
    GROUP BY c.customer_unique_id
)
SELECT
    h.customer_unique_id AS customer_id,
    h.home.state AS state,
    p.card_share,
    p.boleto_share,
    p.voucher_share,
    p.instalments_mean,
    p.instalments_max,
    p.payments_per_order
FROM homes AS h
LEFT JOIN paying AS p USING (customer_unique_id)
