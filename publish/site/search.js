/* The search of a site without a server: it reads the small files under search/ and draws what they name. */
(() => {
  "use strict";

  // As in publish/site/words.py: scripts without spaces are read in pairs of characters.
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uac00-\\ud7af\\u{20000}-\\u{3ffff}";
  const TOKEN = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{Mc}\\p{Me}])+`, "gu");
  const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
  const NAMED = 100, SHOWN = 20, LONGEST = 40;

  const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").normalize("NFC").toLowerCase();

  function tokens(text) {
    const found = [];
    for (const run of fold(text).match(TOKEN) || []) {
      const characters = [...run];
      if (!IS_UNSPACED.test(run)) found.push(characters.slice(0, LONGEST).join(""));
      else if (characters.length === 1) found.push(run);
      else for (let i = 0; i + 1 < characters.length; i++) found.push(characters[i] + characters[i + 1]);
    }
    return [...new Set(found)].slice(0, 12);
  }

  const shardOf = (word, length) => {
    const head = word.slice(0, length);
    return /^[a-z0-9]+$/.test(head) ? head : "u" + (word.codePointAt(0) % 256).toString(16).padStart(2, "0");
  };

  const form = document.querySelector("form.search");
  const field = form.querySelector("input");
  const status = document.querySelector(".found");
  const results = document.querySelector(".results");
  const more = document.querySelector(".more");
  const root = results.dataset.root;
  const files = new Map();
  let asked = 0, hits = [], shown = 0;

  async function read(path) {
    if (!files.has(path)) {
      files.set(path, fetch(`${root}search/${path}.json`).then((answer) => {
        if (answer.status === 404) return null;
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }).catch((error) => { files.delete(path); throw error; }));
    }
    return files.get(path);
  }

  /* The pieces of one part that have all the words; the last word may be the beginning of one. */
  async function inPart(name, length, words) {
    const lists = await Promise.all(words.map(async (word, index) => {
      const shard = await read(`${name}/${shardOf(word, length)}`);
      if (!shard) return [];
      const exact = Object.hasOwn(shard, word) ? shard[word] : [];
      if (index < words.length - 1 || [...word].length < 3) return exact;
      const begun = Object.keys(shard).filter((key) => key.startsWith(word));
      return begun.flatMap((key) => shard[key]);
    }));
    const rest = lists.slice(1).map((list) => new Set(list));
    return [...new Set(lists[0])].filter((number) => rest.every((set) => set.has(number))).sort((a, b) => b - a);
  }

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function card([slug, headline, standfirst, names, origin, when, language]) {
    const made = element("article", { className: "card plain", dir: "auto" },
      element("p", { className: "slug" }, element("span", { className: "origin" }, origin)),
      element("h2", {}, element("a", { href: `${root}articles/${slug}.html` }, headline || "Untitled")));
    if (language) made.lang = language;
    if (standfirst) made.append(element("p", { className: "standfirst" }, standfirst));
    const day = new Date(when).toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    const meta = element("p", { className: "meta" });
    if (names) meta.append(element("span", { className: "by" }, names));
    meta.append(element("time", { dateTime: when }, day));
    made.append(meta);
    return made;
  }

  async function showMore(run) {
    const next = hits.slice(shown, shown + SHOWN);
    const cards = await Promise.all(next.map(async ([name, number]) => {
      const named = await read(`${name}/docs-${Math.floor(number / NAMED)}`);
      return card(named[number % NAMED]);
    }));
    if (run !== asked) return;
    const first = cards[0];
    shown += cards.length;
    results.append(...cards);
    more.hidden = shown >= hits.length;
    return first;
  }

  async function search() {
    const run = ++asked, question = field.value.trim(), words = tokens(question);
    hits = []; shown = 0;
    results.replaceChildren(); more.hidden = true;
    history.replaceState(null, "", question ? `?q=${encodeURIComponent(question)}` : location.pathname);
    if (!words.length) { status.textContent = ""; return; }
    status.textContent = "Searching …";
    try {
      const { segments } = await read("index");
      for (const [name, , length] of segments) {
        const found = await inPart(name, length, words);
        if (run !== asked) return;
        hits.push(...found.map((number) => [name, number]));
        if (shown < SHOWN && found.length) await showMore(run);
      }
      if (run !== asked) return;
      more.hidden = shown >= hits.length;
      status.textContent = hits.length ? `${hits.length} article${hits.length === 1 ? "" : "s"} found, the newest first.` : "Nothing was found.";
    } catch (error) {
      if (run !== asked) return;
      status.textContent = location.protocol === "file:"
        ? "A browser lets no page search in files; look at the site through a web server, such as reprint serve."
        : "The search’s files cannot be read now; please try again.";
    }
  }

  document.querySelector("[data-without-script]").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  more.querySelector("button").addEventListener("click", async () => {
    const first = await showMore(asked);
    if (first) first.querySelector("a").focus();
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) search();
})();
