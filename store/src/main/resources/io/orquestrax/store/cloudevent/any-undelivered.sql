-- The order makes it one probe of cloud_event_to_deliver, whatever is known of the table's size.
SELECT EXISTS (
    SELECT 1
    FROM orquestrax.cloud_event
    WHERE NOT delivered
    ORDER BY position
    LIMIT 1
)
