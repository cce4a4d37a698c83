package io.orquestrax.dashboard.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/** The icons in use, drawn inline in the colour of the text around them. */
public final class Icon implements Content {
    public static final Icon ARCHIVE = new Icon("archive");
    public static final Icon ARROW_LEFT = new Icon("arrow-left");
    public static final Icon ARROW_RIGHT = new Icon("arrow-right");
    public static final Icon ARROW_UP = new Icon("arrow-up");
    public static final Icon BAN = new Icon("ban");
    public static final Icon CALENDAR_CLOCK = new Icon("calendar-clock");
    public static final Icon CHECK = new Icon("check");
    public static final Icon CHEVRON_RIGHT = new Icon("chevron-right");
    public static final Icon CIRCLE = new Icon("circle");
    public static final Icon CIRCLE_ALERT = new Icon("circle-alert");
    public static final Icon CLOCK = new Icon("clock");
    public static final Icon COPY = new Icon("copy");
    public static final Icon ELLIPSIS = new Icon("ellipsis");
    public static final Icon FILE_CODE = new Icon("file-code");
    public static final Icon GIT_BRANCH = new Icon("git-branch");
    public static final Icon GIT_FORK = new Icon("git-fork");
    public static final Icon HISTORY = new Icon("history");
    public static final Icon INFO = new Icon("info");
    public static final Icon LIST = new Icon("list");
    public static final Icon LIST_ORDERED = new Icon("list-ordered");
    public static final Icon LOG_OUT = new Icon("log-out");
    public static final Icon MONITOR = new Icon("monitor");
    public static final Icon MOON = new Icon("moon");
    public static final Icon NETWORK = new Icon("network");
    public static final Icon OCTAGON_ALERT = new Icon("octagon-alert");
    public static final Icon PAUSE = new Icon("pause");
    public static final Icon PENCIL = new Icon("pencil");
    public static final Icon PLAY = new Icon("play");
    public static final Icon PLUS = new Icon("plus");
    public static final Icon RADIO = new Icon("radio");
    public static final Icon REPEAT = new Icon("repeat");
    public static final Icon ROTATE_CCW = new Icon("rotate-ccw");
    public static final Icon SEARCH = new Icon("search");
    public static final Icon SEND = new Icon("send");
    public static final Icon SERVER = new Icon("server");
    public static final Icon SHIELD = new Icon("shield");
    public static final Icon SLASH = new Icon("slash");
    public static final Icon SQUARE = new Icon("square");
    public static final Icon SQUARE_FUNCTION = new Icon("square-function");
    public static final Icon SQUARE_TERMINAL = new Icon("square-terminal");
    public static final Icon SUN = new Icon("sun");
    public static final Icon TIMER = new Icon("timer");
    public static final Icon TRASH = new Icon("trash-2");
    public static final Icon TRIANGLE_ALERT = new Icon("triangle-alert");
    public static final Icon UPLOAD = new Icon("upload");
    public static final Icon WEBHOOK = new Icon("webhook");
    public static final Icon WORKFLOW = new Icon("workflow");
    public static final Icon X = new Icon("x");
    public static final Icon ZAP = new Icon("zap");

    private final String drawing;

    private Icon(String name) {
        drawing = strip(Webjar.LUCIDE.text("icons/" + name + ".svg"));
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(
                "<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"16\" height=\"16\" aria-hidden=\"true\">");
        output.writeContent(drawing);
        output.writeContent("</svg>");
    }

    /** Only the shapes: size and stroke are the style sheet's. */
    private static String strip(String svg) {
        int start = svg.indexOf('>', svg.indexOf("<svg")) + 1;
        return svg.substring(start, svg.lastIndexOf("</svg>")).replaceAll("\\s*\\n\\s*", "");
    }
}
