package io.orquestrax.dashboard.page;

/** The parts of the dashboard, as the rail lists them. */
public enum Section {
    INSTANCES("Instances", "/instances", Icon.LIST),
    DEFINITIONS("Definitions", "/definitions", Icon.FILE_CODE),
    FUNCTIONS("Functions", "/functions", Icon.SQUARE_FUNCTION),
    SCHEDULES("Schedules", "/schedules", Icon.CALENDAR_CLOCK),
    EVENTS("Events", "/events", Icon.RADIO),
    WEBHOOKS("Webhooks", "/webhooks", Icon.WEBHOOK),
    WORKERS("Workers", "/workers", Icon.SERVER),
    CLUSTER("Cluster", "/cluster", Icon.NETWORK);

    private final String label;
    private final String href;
    private final Icon icon;

    Section(String label, String href, Icon icon) {
        this.label = label;
        this.href = href;
        this.icon = icon;
    }

    public String label() {
        return label;
    }

    public String href() {
        return href;
    }

    public Icon icon() {
        return icon;
    }
}
