-- One probe of subscription_to_look_back for each partition.
SELECT EXISTS (
    SELECT 1
    FROM unnest(?::integer[]) AS own (partition)
    WHERE (
        SELECT subscription.instance_id
        FROM orquestrax.subscription
        WHERE subscription.partition = own.partition
          AND NOT subscription.looked_back
        ORDER BY subscription.instance_id
        LIMIT 1
    ) IS NOT NULL
)
