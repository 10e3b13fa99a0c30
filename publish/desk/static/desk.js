// The desk by keyboard. Pages work without it: every action is a form, every place a link.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("[data-list] a.row")];
  const writing = (element) => element.closest("input, select, textarea, [contenteditable]") !== null;

  function step(by) {
    const all = rows();
    if (all.length === 0) {
      document.querySelector(`[data-go="${by > 0 ? "j" : "k"}"]`)?.click();
      return;
    }
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  // On a list the key opens the article at that decision; there it leads into the form, where Enter decides.
  function decide(key) {
    const place = document.querySelector(`[data-key="${key}"]`);
    if (place !== null) {
      if (place.tagName === "DETAILS") place.open = true;
      const field = place.querySelector("input:not([type=hidden]), textarea, select");
      field?.focus();
      field?.select?.();
      return;
    }
    const row = document.activeElement?.closest?.("[data-list] a.row");
    if (row) location.assign(`${row.href}#${key === "a" ? "release-reason" : key === "x" ? "withdraw-reason" : "decide"}`);
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => decide("a"),
    x: () => decide("x"),
    e: () => decide("e"),
    u: () => document.querySelector('form[data-key="u"]')?.requestSubmit(),
    "/": () => {
      const field = document.querySelector("[data-search]");
      if (field) field.focus();
      else location.assign("/articles#q");
    },
    "?": () => document.getElementById("keys")?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && writing(event.target)) event.target.blur();
    if (writing(event.target)) return;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // A decision that a list's key asked for: the browser itself leads into the field that the address names.
  addEventListener("load", () => {
    const field = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (field?.matches("input")) {
      field.focus();
      field.select();
    }
  });
})();
