// Live pages: what the desk tells by server-sent events renews the parts of the page that say so (data-live).
(() => {
  "use strict";
  const notice = document.getElementById("live");
  if (!notice || !window.EventSource) return;
  let source = null;
  let again = null;
  let late = false;

  const say = (text, link) => {
    notice.replaceChildren();
    notice.hidden = !text;
    if (!text) return;
    const words = document.createElement("p");
    words.textContent = text;
    if (link) {
      const way = document.createElement("a");
      way.href = link[0];
      way.textContent = link[1];
      words.append(" ", way);
    }
    notice.append(words);
  };

  // What somebody is typing into is left alone.
  const busy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

  const renew = (kind) => {
    for (const part of document.querySelectorAll(`[data-live~="${kind}"]`)) {
      if (!part.id || busy(part) || part.dataset.renewing) continue;
      part.dataset.renewing = "yes";
      const held = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      htmx.ajax("GET", location.pathname + location.search, { target: `#${part.id}`, select: `#${part.id}`, swap: "outerHTML" })
        .finally(() => {
          delete part.dataset.renewing;
          const fresh = document.getElementById(part.id);
          if (held && fresh) fresh.querySelector(`[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
          document.dispatchEvent(new CustomEvent("desk:renewed", { detail: { kind } }));
        });
    }
  };

  const listen = () => {
    clearTimeout(again);
    if (source || document.hidden) return;
    source = new EventSource("/live");
    source.addEventListener("open", () => {
      // What was missed meanwhile.
      if (late) { renew("queue"); renew("work"); }
      late = false;
    });
    source.addEventListener("queue", (event) => {
      renew("queue");
      const told = JSON.parse(event.data);
      if (told && told.held && !document.querySelector('[data-live~="queue"]')) {
        say(told.held === 1 ? "One more article is held." : `${told.held} more articles are held.`, ["/queue", "To the queue"]);
      }
    });
    source.addEventListener("work", () => renew("work"));
    source.addEventListener("away", () => say("The store cannot be reached just now. What you write is kept on this page; try again in a moment."));
    source.addEventListener("back", () => { say(""); renew("queue"); renew("work"); });
    source.addEventListener("signed-out", () => {
      stop();
      say("Your session is over.", ["/sign-in", "Sign in again"]);
    });
    source.addEventListener("bye", () => { stop(); late = true; again = setTimeout(listen, 5000); });
    source.addEventListener("error", () => {
      late = true;
      // A refusal ends the browser's own tries.
      if (source && source.readyState === EventSource.CLOSED) { stop(); again = setTimeout(listen, 30000); }
    });
  };

  const stop = () => {
    clearTimeout(again);
    if (source) source.close();
    source = null;
  };

  // A browser keeps few connections to one host: pages that nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { stop(); late = true; } else listen();
  });
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", listen);
  listen();
})();
