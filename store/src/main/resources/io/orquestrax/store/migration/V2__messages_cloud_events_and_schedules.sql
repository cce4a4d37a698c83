-- What one instance tells another, the events that come and go, and the schedules.

ALTER TABLE instance
    ADD COLUMN parent_id         uuid,
    ADD COLUMN parent_activation bigint,
    ADD COLUMN trigger           text;
CREATE INDEX instance_by_parent ON instance (parent_id, id) WHERE parent_id IS NOT NULL;
COMMENT ON COLUMN instance.parent_id IS 'The instance whose task started it; null where there is none.';
COMMENT ON COLUMN instance.parent_activation IS 'The activation of that task; null where there is none.';
COMMENT ON COLUMN instance.trigger IS 'The trigger of its definition''s schedule that started it (every, cron, after, on, manual); null where none did.';

CREATE TABLE message (
    id          uuid PRIMARY KEY,
    partition   integer NOT NULL,
    instance_id uuid NOT NULL,
    kind        text COLLATE "C" NOT NULL CHECK (kind IN ('start', 'cancel', 'child-closed', 'event')),
    position    bigint,
    data        json NOT NULL,
    sent_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX message_by_partition ON message (partition, id);
CREATE INDEX message_by_position ON message (position) WHERE position IS NOT NULL;
COMMENT ON TABLE message IS 'Commands on their way to instances. A row is written with what caused it, and goes with what it caused.';
COMMENT ON COLUMN message.id IS 'UUIDv7: messages are handled in the order of their ids.';
COMMENT ON COLUMN message.partition IS 'Of the instance that it goes to.';
COMMENT ON COLUMN message.instance_id IS 'The instance that it goes to; it need not be there yet.';
COMMENT ON COLUMN message.kind IS 'Which command it is.';
COMMENT ON COLUMN message.position IS 'Of the event in cloud_event that it brings; null for other kinds.';
COMMENT ON COLUMN message.data IS 'What the command says.';
COMMENT ON COLUMN message.sent_at IS 'When it was written.';

CREATE TABLE cloud_event (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source      text COLLATE "C" NOT NULL,
    id          text COLLATE "C" NOT NULL,
    type        text COLLATE "C" NOT NULL,
    envelope    json NOT NULL,
    origin      uuid,
    received_at timestamptz NOT NULL,
    delivered   boolean NOT NULL DEFAULT false,
    consumed    boolean NOT NULL DEFAULT false,
    UNIQUE (source, id)
);
CREATE INDEX cloud_event_by_type ON cloud_event (type, received_at);
CREATE INDEX cloud_event_by_time ON cloud_event (received_at);
CREATE INDEX cloud_event_to_deliver ON cloud_event (position) WHERE NOT delivered;
COMMENT ON TABLE cloud_event IS 'Events that came in or were emitted, kept for listeners that come late, and against being counted twice.';
COMMENT ON COLUMN cloud_event.position IS 'Order of arrival.';
COMMENT ON COLUMN cloud_event.source IS 'CloudEvents attribute.';
COMMENT ON COLUMN cloud_event.id IS 'CloudEvents attribute; with the source it names the event.';
COMMENT ON COLUMN cloud_event.type IS 'CloudEvents attribute.';
COMMENT ON COLUMN cloud_event.envelope IS 'The whole event in the JSON format of CloudEvents.';
COMMENT ON COLUMN cloud_event.origin IS 'The instance that emitted it; null where it came from outside.';
COMMENT ON COLUMN cloud_event.received_at IS 'When it was stored.';
COMMENT ON COLUMN cloud_event.delivered IS 'Whether messages were written to all that listened when it came.';
COMMENT ON COLUMN cloud_event.consumed IS 'Whether any listener took it; if so, instances that start later do not see it.';

-- Keys are '' and not null where there is no condition, so that one index finds all.
CREATE TABLE subscription (
    instance_id         uuid NOT NULL,
    activation          bigint NOT NULL,
    ordinal             integer NOT NULL,
    partition           integer NOT NULL,
    type                text COLLATE "C" NOT NULL,
    shape               text COLLATE "C" NOT NULL,
    match               text COLLATE "C" NOT NULL,
    instance_started_at timestamptz NOT NULL,
    looked_back         boolean NOT NULL DEFAULT false,
    PRIMARY KEY (instance_id, activation, ordinal)
);
CREATE INDEX subscription_by_key ON subscription (type, shape, match, instance_id);
CREATE INDEX subscription_to_look_back ON subscription (partition, instance_id) WHERE NOT looked_back;
COMMENT ON TABLE subscription IS 'Which events the listening instances are to be offered.';
COMMENT ON COLUMN subscription.instance_id IS 'The instance that listens.';
COMMENT ON COLUMN subscription.activation IS 'The activation that listens.';
COMMENT ON COLUMN subscription.ordinal IS 'From 0: one row for each kind of event that it listens for.';
COMMENT ON COLUMN subscription.partition IS 'Of the instance.';
COMMENT ON COLUMN subscription.type IS 'The type that an event must have; empty for any.';
COMMENT ON COLUMN subscription.shape IS 'The expressions that correlate, as a JSON array; empty where nothing does.';
COMMENT ON COLUMN subscription.match IS 'SHA-256 of the values expected of them; empty where nothing does.';
COMMENT ON COLUMN subscription.instance_started_at IS 'When the instance started: it is offered all events since then that are still kept.';
COMMENT ON COLUMN subscription.looked_back IS 'Whether it was offered the events that had come before it.';

CREATE TABLE subscription_shape (
    type  text COLLATE "C" NOT NULL,
    shape text COLLATE "C" NOT NULL,
    PRIMARY KEY (type, shape)
);
COMMENT ON TABLE subscription_shape IS 'Every shape of correlation that any subscription to a type ever had: what an event''s keys are computed from.';
COMMENT ON COLUMN subscription_shape.type IS 'As in subscription.';
COMMENT ON COLUMN subscription_shape.shape IS 'As in subscription; never empty.';

CREATE TABLE schedule (
    namespace     text COLLATE "C" NOT NULL,
    name          text COLLATE "C" NOT NULL,
    trigger       text COLLATE "C" NOT NULL CHECK (trigger IN ('every', 'cron', 'after', 'on')),
    version       text COLLATE "C" NOT NULL,
    content_hash  text NOT NULL,
    expression    text NOT NULL,
    zone          text,
    paused        boolean NOT NULL DEFAULT false,
    next_at       timestamptz,
    state         json,
    fired_at      timestamptz,
    fired_instance uuid,
    fired_count   bigint NOT NULL DEFAULT 0,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (namespace, name, trigger)
);
CREATE INDEX schedule_due ON schedule (next_at) WHERE NOT paused AND next_at IS NOT NULL;
COMMENT ON TABLE schedule IS 'The triggers of the definitions that start by themselves, one row each.';
COMMENT ON COLUMN schedule.namespace IS 'Of the definition.';
COMMENT ON COLUMN schedule.name IS 'Of the definition.';
COMMENT ON COLUMN schedule.trigger IS 'Which part of the document''s schedule it is.';
COMMENT ON COLUMN schedule.version IS 'Of the definition that it starts: the highest that is deployed.';
COMMENT ON COLUMN schedule.content_hash IS 'Of that definition.';
COMMENT ON COLUMN schedule.expression IS 'What the document says of the trigger: a duration (ISO 8601), five cron fields, or the events as JSON.';
COMMENT ON COLUMN schedule.zone IS 'Time zone in which the cron fields are read; null for the other triggers.';
COMMENT ON COLUMN schedule.paused IS 'Whether somebody stopped it for now.';
COMMENT ON COLUMN schedule.next_at IS 'When it starts an instance next; null where an event or the end of an instance decides that.';
COMMENT ON COLUMN schedule.state IS 'What the trigger on events has consumed so far; null where nothing.';
COMMENT ON COLUMN schedule.fired_at IS 'When it started an instance last.';
COMMENT ON COLUMN schedule.fired_instance IS 'The instance that it started last.';
COMMENT ON COLUMN schedule.fired_count IS 'How often it started an instance.';
COMMENT ON COLUMN schedule.updated_at IS 'When this row changed last.';

CREATE TABLE schedule_subscription (
    namespace text COLLATE "C" NOT NULL,
    name      text COLLATE "C" NOT NULL,
    ordinal   integer NOT NULL,
    type      text COLLATE "C" NOT NULL,
    shape     text COLLATE "C" NOT NULL,
    match     text COLLATE "C" NOT NULL,
    PRIMARY KEY (namespace, name, ordinal)
);
CREATE INDEX schedule_subscription_by_key ON schedule_subscription (type, shape, match);
COMMENT ON TABLE schedule_subscription IS 'Which events the triggers on events are to be offered.';
COMMENT ON COLUMN schedule_subscription.namespace IS 'Of the definition.';
COMMENT ON COLUMN schedule_subscription.name IS 'Of the definition.';
COMMENT ON COLUMN schedule_subscription.ordinal IS 'From 0: one row for each kind of event.';
COMMENT ON COLUMN schedule_subscription.type IS 'As in subscription.';
COMMENT ON COLUMN schedule_subscription.shape IS 'As in subscription.';
COMMENT ON COLUMN schedule_subscription.match IS 'As in subscription.';

CREATE TABLE outgoing_event (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    partition   integer NOT NULL,
    instance_id uuid NOT NULL,
    sink        text COLLATE "C" NOT NULL,
    envelope    json NOT NULL,
    written_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outgoing_event_by_sink ON outgoing_event (sink, position);
COMMENT ON TABLE outgoing_event IS 'Events on their way to sinks outside. A row goes when its sink has answered that it has the event.';
COMMENT ON COLUMN outgoing_event.position IS 'Order in which they were written; kept for each instance and sink.';
COMMENT ON COLUMN outgoing_event.partition IS 'Of the instance.';
COMMENT ON COLUMN outgoing_event.instance_id IS 'The instance that it is of.';
COMMENT ON COLUMN outgoing_event.sink IS 'Name of the sink in the settings.';
COMMENT ON COLUMN outgoing_event.envelope IS 'The whole event in the JSON format of CloudEvents.';
COMMENT ON COLUMN outgoing_event.written_at IS 'When it was written.';
