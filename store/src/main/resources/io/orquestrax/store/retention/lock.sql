-- Nobody else changes ranges, and nobody uses them meanwhile. Who waits for this waits behind it too, so it gives up soon.
SET LOCAL lock_timeout = '500ms';
LOCK TABLE orquestrax.event, orquestrax.instance, orquestrax.id_range IN ACCESS EXCLUSIVE MODE;
