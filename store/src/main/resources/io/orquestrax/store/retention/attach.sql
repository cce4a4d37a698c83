ALTER TABLE orquestrax.instance ATTACH PARTITION orquestrax.instance_r%1$d FOR VALUES FROM (%2$s) TO (%3$s);
ALTER TABLE orquestrax.event ATTACH PARTITION orquestrax.event_r%1$d FOR VALUES FROM (%2$s) TO (%3$s);
