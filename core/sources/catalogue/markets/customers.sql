-- One row per active client, from either form of the files.
-- Three files: the latest month of each client, the record that was valid at its end (effective
-- from its date until the day before the next one), and the accounts open on that day.
WITH month AS (
    SELECT * FROM customer_summary
    WHERE END_DATE <= getvariable('as_of')
    QUALIFY row_number() OVER (PARTITION BY CUSTOMER_ID ORDER BY END_DATE DESC) = 1
),
earliest AS (
    SELECT
        CUSTOMER_ID,
        coalesce(min(RELATIONSHIP_START_DATE), min(EFFECTIVE_DATE)) AS joined_on
    FROM customer
    GROUP BY CUSTOMER_ID
),
person AS (
    SELECT c.*
    FROM customer AS c
    JOIN month AS m ON m.CUSTOMER_ID = c.CUSTOMER_ID
    WHERE c.EFFECTIVE_DATE <= m.END_DATE
    QUALIFY row_number() OVER (PARTITION BY c.CUSTOMER_ID ORDER BY c.EFFECTIVE_DATE DESC) = 1
),
held AS (
    SELECT
        a.PRIMARY_CUSTOMER_ID AS CUSTOMER_ID,
        count(*) FILTER (a.RISK_TOLERANCE = 'Very Low') AS risk_very_low,
        count(*) FILTER (a.RISK_TOLERANCE = 'Low') AS risk_low,
        count(*) FILTER (a.RISK_TOLERANCE = 'Moderate') AS risk_moderate,
        count(*) FILTER (a.RISK_TOLERANCE = 'High') AS risk_high,
        count(*) FILTER (a.INVESTMENT_OBJECTIVE = 'Growth') AS aim_growth,
        count(*) FILTER (a.INVESTMENT_OBJECTIVE = 'Income') AS aim_income,
        count(*) FILTER (a.INVESTMENT_OBJECTIVE = 'Planning') AS aim_planning,
        count(*) FILTER (a.INVESTMENT_OBJECTIVE = 'Secure Growth') AS aim_secure_growth,
        count(*) FILTER (a.INVESTMENT_OBJECTIVE = 'Security') AS aim_security
    FROM account AS a
    JOIN month AS m ON m.CUSTOMER_ID = a.PRIMARY_CUSTOMER_ID
    WHERE a.OPEN_DATE <= m.END_DATE AND (a.CLOSE_DATE IS NULL OR a.CLOSE_DATE > m.END_DATE)
    GROUP BY a.PRIMARY_CUSTOMER_ID
),
client AS (
    SELECT
        p.CUSTOMER_ID AS customer_id,
        p.STATUS AS status,
        coalesce(p.RELATIONSHIP_START_DATE, e.joined_on) AS joined_on,
        p.AGE_RANGE AS age_range,
        p.GENDER AS gender,
        p.MARITAL_STATUS AS marital_status,
        p.NUMBER_OF_DEPENDENT_CHILDREN AS children,
        p.EDUCATION_LEVEL AS education,
        p.EMPLOYMENT_STATUS AS employment,
        p.URBAN_CODE AS area,
        p.ANNUAL_INCOME AS income_yearly,
        p.CREDIT_SCORE AS credit_score,
        p.ADDRESS_HOME_STATE AS state,
        p.ADDRESS_HOME_COUNTRY AS country,
        p.PURSUIT AS pursuit,
        p.CUSTOMER_BEHAVIOR AS attitude,
        p.MARKET_GROUP AS market_group,
        p.SATISFACTION_RATING_FROM_SURVEY AS satisfaction,
        p.WALLET_SHARE_PERCENTAGE / 100.0 AS wallet_share,
        m.FUNDS_UNDER_MANAGEMENT AS funds_under_management,
        m.ASSETS AS assets,
        m.TOTAL_NET_WORTH AS net_worth,
        m.CUSTOMER_LIFETIME_VALUE AS lifetime_value,
        m.RETURN_SINCE_INCEPTION AS return_since_inception,
        m.RETURN_LAST_QUARTER AS return_last_quarter,
        m.TOTAL_AMOUNT_OF_ALL_FEES AS fees,
        m.TOTAL_AMOUNT_OF_DEPOSITS AS deposits,
        m.TOTAL_AMOUNT_OF_WITHDRAWALS AS withdrawals,
        m.TOTAL_NUMBER_OF_BUY_TRADES AS buy_trades,
        m.TOTAL_NUMBER_OF_SELL_TRADES AS sell_trades,
        m.NUMBER_OF_LOGINS AS logins,
        m.NUMBER_OF_CALLS AS calls,
        m.NUMBER_OF_EMAILS AS emails,
        m.NUMBER_OF_ACTIVE_ACCOUNTS AS active_accounts,
        m.TOTAL_NUMBER_OF_BUY_TRADES + m.TOTAL_NUMBER_OF_SELL_TRADES AS trades,
        coalesce(h.risk_very_low, 0) AS accounts_risk_very_low,
        coalesce(h.risk_low, 0) AS accounts_risk_low,
        coalesce(h.risk_moderate, 0) AS accounts_risk_moderate,
        coalesce(h.risk_high, 0) AS accounts_risk_high,
        coalesce(h.aim_growth, 0) AS accounts_for_growth,
        coalesce(h.aim_income, 0) AS accounts_for_income,
        coalesce(h.aim_planning, 0) AS accounts_for_planning,
        coalesce(h.aim_secure_growth, 0) AS accounts_for_secure_growth,
        coalesce(h.aim_security, 0) AS accounts_for_security
    FROM month AS m
    JOIN person AS p ON p.CUSTOMER_ID = m.CUSTOMER_ID
    JOIN earliest AS e ON e.CUSTOMER_ID = m.CUSTOMER_ID
    LEFT JOIN held AS h ON h.CUSTOMER_ID = m.CUSTOMER_ID
    UNION ALL
    SELECT
        j.CUSTOMER_CUSTOMER_ID,
        j.CUSTOMER_STATUS,
        coalesce(j.CUSTOMER_RELATIONSHIP_START_DATE, j.CUSTOMER_EFFECTIVE_DATE),
        j.CUSTOMER_AGE_RANGE,
        j.CUSTOMER_GENDER,
        j.CUSTOMER_MARITAL_STATUS,
        j.CUSTOMER_NUMBER_OF_DEPENDENT_CHILDREN,
        j.CUSTOMER_EDUCATION_LEVEL,
        j.CUSTOMER_EMPLOYMENT_STATUS,
        j.CUSTOMER_URBAN_CODE,
        j.CUSTOMER_ANNUAL_INCOME,
        j.CUSTOMER_CREDIT_SCORE,
        j.CUSTOMER_ADDRESS_HOME_STATE,
        j.CUSTOMER_ADDRESS_HOME_COUNTRY,
        j.CUSTOMER_PURSUIT,
        j.CUSTOMER_CUSTOMER_BEHAVIOR,
        j.CUSTOMER_MARKET_GROUP,
        j.CUSTOMER_SATISFACTION_RATING_FROM_SURVEY,
        j.CUSTOMER_WALLET_SHARE_PERCENTAGE / 100.0,
        j.CUSTOMER_SUMMARY_FUNDS_UNDER_MANAGEMENT,
        j.CUSTOMER_SUMMARY_ASSETS,
        j.CUSTOMER_SUMMARY_TOTAL_NET_WORTH,
        j.CUSTOMER_SUMMARY_CUSTOMER_LIFETIME_VALUE,
        j.CUSTOMER_SUMMARY_RETURN_SINCE_INCEPTION,
        j.CUSTOMER_SUMMARY_RETURN_LAST_QUARTER,
        j.CUSTOMER_SUMMARY_TOTAL_AMOUNT_OF_ALL_FEES,
        j.CUSTOMER_SUMMARY_TOTAL_AMOUNT_OF_DEPOSITS,
        j.CUSTOMER_SUMMARY_TOTAL_AMOUNT_OF_WITHDRAWALS,
        j.CUSTOMER_SUMMARY_TOTAL_NUMBER_OF_BUY_TRADES,
        j.CUSTOMER_SUMMARY_TOTAL_NUMBER_OF_SELL_TRADES,
        j.CUSTOMER_SUMMARY_NUMBER_OF_LOGINS,
        j.CUSTOMER_SUMMARY_NUMBER_OF_CALLS,
        j.CUSTOMER_SUMMARY_NUMBER_OF_EMAILS,
        j.CUSTOMER_SUMMARY_NUMBER_OF_ACTIVE_ACCOUNTS,
        j.CUSTOMER_SUMMARY_TOTAL_NUMBER_OF_BUY_TRADES + j.CUSTOMER_SUMMARY_TOTAL_NUMBER_OF_SELL_TRADES,
        j.NUM_ACCOUNTS_WITH_RISK_TOLERANCE_VERY_LOW,
        j.NUM_ACCOUNTS_WITH_RISK_TOLERANCE_LOW,
        j.NUM_ACCOUNTS_WITH_RISK_TOLERANCE_MODERATE,
        j.NUM_ACCOUNTS_WITH_RISK_TOLERANCE_HIGH,
        j.NUM_ACCOUNTS_WITH_INVESTMENT_OBJECTIVE_GROWTH,
        j.NUM_ACCOUNTS_WITH_INVESTMENT_OBJECTIVE_INCOME,
        j.NUM_ACCOUNTS_WITH_INVESTMENT_OBJECTIVE_PLANNING,
        j.NUM_ACCOUNTS_WITH_INVESTMENT_OBJECTIVE_SECURE_GROWTH,
        j.NUM_ACCOUNTS_WITH_INVESTMENT_OBJECTIVE_SECURITY
    FROM customer_full_summary_latest AS j
    WHERE j.CUSTOMER_SUMMARY_END_DATE <= getvariable('as_of')
)
SELECT
    * EXCLUDE (status, joined_on),
    date_diff('month', joined_on, CAST(getvariable('as_of') AS DATE)) AS client_months
FROM client
WHERE status = 'Active' AND joined_on <= getvariable('as_of')
