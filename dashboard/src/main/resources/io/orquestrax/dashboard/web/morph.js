// Brings what is on the page to what the server says, touching only what differs: open parts stay open, the focus and
// the scroll stay where they are, and cells that changed are tinted for a second.
(() => {
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

  htmx.defineExtension("morph", {
    isInlineSwap: (style) => style === "morph",
    handleSwap: (style, target, fragment) => {
      if (style !== "morph") {
        return false;
      }
      const changed = new Set();
      morphElement(target, fragment.firstElementChild, changed);
      changed.forEach(tint);
      document.dispatchEvent(new CustomEvent("page:changed"));
      return [target];
    },
  });

  function morphElement(current, next, changed) {
    if (current.isEqualNode(next)) {
      return;
    }
    const before = current.hasAttribute("data-tint") ? words(current) : null;
    morphAttributes(current, next);
    morphChildren(current, next, changed);
    if (before !== null && before !== words(current)) {
      changed.add(current);
    }
  }

  function morphAttributes(current, next) {
    for (const { name, value } of [...next.attributes]) {
      if (!isReaders(current, name) && current.getAttribute(name) !== value) {
        current.setAttribute(name, value);
      }
    }
    for (const { name } of [...current.attributes]) {
      if (!isReaders(current, name) && !next.hasAttribute(name)) {
        current.removeAttribute(name);
      }
    }
  }

  // What the reader has set, not the server.
  function isReaders(element, name) {
    return (name === "open" && element.tagName === "DETAILS") || name === "data-copied"
      || (name === "value" && element.tagName === "INPUT");
  }

  function morphChildren(current, next, changed) {
    let place = current.firstChild;
    for (const wanted of [...next.childNodes]) {
      const match = find(place, wanted, current);
      if (!match) {
        const added = document.importNode(wanted, true);
        current.insertBefore(added, place);
        continue;
      }
      if (match === place) {
        place = place.nextSibling;
      } else {
        current.insertBefore(match, place);
      }
      if (match.nodeType === Node.ELEMENT_NODE) {
        morphElement(match, wanted, changed);
      } else if (match.data !== wanted.data) {
        match.data = wanted.data;
      }
    }
    while (place) {
      const leftOver = place;
      place = place.nextSibling;
      leftOver.remove();
    }
  }

  function find(place, wanted, parent) {
    if (wanted.nodeType === Node.ELEMENT_NODE && wanted.id) {
      const same = document.getElementById(wanted.id);
      return same && same.parentNode === parent && same.nodeName === wanted.nodeName ? same : null;
    }
    for (let node = place; node; node = node.nextSibling) {
      if (node.nodeType === wanted.nodeType && node.nodeName === wanted.nodeName && !node.id) {
        return node;
      }
      if (node.nodeType === Node.ELEMENT_NODE && node.id) {
        return null;
      }
    }
    return null;
  }

  // Times that only grow are no change.
  function words(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("time").forEach((time) => time.remove());
    return copy.textContent.replace(/\s+/g, " ") + [...copy.querySelectorAll("progress, meter")].map((one) => one.value);
  }

  function tint(element) {
    if (reducedMotion.matches || !element.isConnected) {
      return;
    }
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--tint");
    const resting = getComputedStyle(element).backgroundColor;
    element.animate([{ backgroundColor: colour }, { backgroundColor: resting }], { duration: 1000, easing: "ease-in" });
  }
})();
