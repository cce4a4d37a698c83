// Small things that a page does without the server: copying, the theme, keys, growing times.
(() => {
  // The server's clock counts, not the reader's.
  const skew = Date.parse(document.documentElement.dataset.now) - Date.now();
  const announcement = document.getElementById("announcement");

  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy], [data-copy-from]");
    const jump = event.target.closest("[data-jump]");
    if (copy) {
      event.preventDefault();
      copyText(copy);
    } else if (jump) {
      event.preventDefault();
      jumpTo(jump);
    }
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target) || event.target.closest(".menu-item")) {
        menu.open = false;
      }
    });
  });

  async function copyText(button) {
    const from = button.dataset.copyFrom;
    const text = from ? document.getElementById(from).textContent : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);
    }
    button.dataset.copied = "";
    announcement.textContent = "Copied";
    setTimeout(() => {
      delete button.dataset.copied;
      announcement.textContent = "";
    }, 1500);
  }

  // Pages served without TLS from another host have no clipboard of their own.
  function copyBySelection(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  function jumpTo(link) {
    const field = document.getElementById(link.dataset.jump);
    const lines = field.value.split("\n");
    const line = Number(link.dataset.line) - 1;
    const start = lines.slice(0, line).reduce((length, each) => length + each.length + 1, 0);
    const column = Math.min(Number(link.dataset.column) - 1, (lines[line] ?? "").length);
    field.focus();
    field.setSelectionRange(start + column, start + (lines[line] ?? "").length);
    field.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(field).lineHeight));
  }

  document.addEventListener("submit", (event) => {
    const theme = event.submitter?.closest(".theme-choice")?.value;
    if (!theme) {
      return;
    }
    event.preventDefault();
    document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
    document.documentElement.dataset.theme = theme;
    document.querySelectorAll(".theme-choice").forEach((choice) => {
      choice.setAttribute("aria-pressed", String(choice.value === theme));
    });
  });

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    } else if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const field = document.querySelector("[data-slash]");
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
  });

  document.addEventListener("change", (event) => {
    const fill = event.target.dataset.fill;
    if (fill && event.target.files.length === 1) {
      event.target.files[0].text().then((text) => {
        document.getElementById(fill).value = text;
        event.target.value = "";
      });
    } else if (event.target.closest("[data-autosubmit]")) {
      event.target.form.requestSubmit();
    }
  });

  // The same words as the server's.
  function coarse(seconds) {
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
    return seconds < 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
  }

  function ago(time, now) {
    const seconds = Math.trunc((now - time) / 1000);
    if (seconds === 0) return "now";
    return seconds > 0 ? `${coarse(seconds)} ago` : `in ${coarse(-seconds)}`;
  }

  function lasting(time, now) {
    const seconds = Math.max(0, Math.floor((now - time) / 1000));
    const two = (number) => String(number).padStart(2, "0");
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds % 3600 / 60))} min`;
    return `${Math.floor(seconds / 86400)} d ${Math.floor(seconds % 86400 / 3600)} h`;
  }

  function grow() {
    const now = Date.now() + skew;
    document.querySelectorAll("time[data-ago], time[data-since]").forEach((element) => {
      const time = Date.parse(element.dateTime);
      const text = "ago" in element.dataset ? ago(time, now) : lasting(time, now);
      if (element.textContent !== text) {
        element.textContent = text;
      }
    });
  }

  grow();
  setInterval(grow, 1000);
  document.addEventListener("page:changed", grow);
})();
