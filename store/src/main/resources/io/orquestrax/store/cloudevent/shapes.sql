SELECT type, shape
FROM orquestrax.subscription_shape
WHERE type = ANY (?::text[])
