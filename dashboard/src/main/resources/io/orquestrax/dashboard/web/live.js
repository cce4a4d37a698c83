// The connection over which changes come: says when it is lost, and lets go of it while nobody looks.
(() => {
  const live = document.getElementById("live");
  const bar = document.getElementById("connection");
  const since = document.getElementById("connection-since");
  // Twice the server's beat and a little more.
  const SILENCE_MILLIS = 35000;
  // A browser gives one server few connections, and hidden tabs would use them up.
  const HIDDEN_MILLIS = 30000;
  let source = null;
  let silence = 0;
  let hiding = 0;
  if (!live) {
    return;
  }

  live.addEventListener("htmx:sseOpen", (event) => {
    if (source !== event.detail.source) {
      source = event.detail.source;
      source.addEventListener("beat", heard);
      source.addEventListener("update", heard);
    }
    heard();
  });
  live.addEventListener("htmx:sseError", lost);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(() => {
        clearTimeout(silence);
        source?.close();
      }, HIDDEN_MILLIS);
    } else if (source?.readyState === EventSource.CLOSED) {
      connect();
    }
  });
  addEventListener("online", () => source?.readyState === EventSource.CLOSED && connect());
  // Otherwise a page on its way out says that it lost its connection.
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && connect());

  function connect() {
    source?.close();
    htmx.trigger(live, "htmx:afterProcessNode");
  }

  function heard() {
    bar.hidden = true;
    clearTimeout(silence);
    silence = setTimeout(() => {
      lost();
      connect();
    }, SILENCE_MILLIS);
  }

  function lost() {
    if (bar.hidden) {
      const now = new Date();
      since.dateTime = now.toISOString();
      since.textContent = `since ${now.toLocaleTimeString()}`;
      bar.hidden = false;
    }
  }
})();
