-- One deliverer at a time, so that events go out in the order of their positions.
SELECT pg_try_advisory_xact_lock(hashtext('orquestrax.cloud_event.delivery'))
