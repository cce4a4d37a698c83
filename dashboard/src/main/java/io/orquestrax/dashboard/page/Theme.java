package io.orquestrax.dashboard.page;

import java.util.Locale;

/** Light or dark, or as the reader's system says. */
public enum Theme {
    SYSTEM("System", Icon.MONITOR),
    LIGHT("Light", Icon.SUN),
    DARK("Dark", Icon.MOON);

    private final String label;
    private final Icon icon;

    Theme(String label, Icon icon) {
        this.label = label;
        this.icon = icon;
    }

    public String label() {
        return label;
    }

    public Icon icon() {
        return icon;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** SYSTEM for what is not a theme. */
    public static Theme ofText(String text) {
        for (Theme theme : values()) {
            if (theme.text().equals(text)) {
                return theme;
            }
        }
        return SYSTEM;
    }
}
