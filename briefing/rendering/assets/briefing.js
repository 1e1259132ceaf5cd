/* Opens citations next to their claim, filters tables, opens the search. Without this script a citation number leads to its
   note on the page, and the link to the search leads to the page that lists all facts. */
(() => {
  "use strict";
  const SEARCH = new URL("search.js", document.currentScript.src).href;
  const PHONE = "(max-width: 44.9375em)";
  const DATA = new URL("../data/", document.currentScript.src);
  let shown = null; // {mark, note}: the open note and the citation that opened it

  const word = (key) => document.querySelector(`[data-word="${key}"]`)?.textContent.trim() ?? "";

  /* The element on this page that a citation leads to; null if it leads to another page. */
  const goalOf = (mark) => {
    const address = new URL(mark.href);
    const here = address.origin + address.pathname === location.origin + location.pathname;
    return here && address.hash ? document.getElementById(decodeURIComponent(address.hash.slice(1))) : null;
  };

  const button = (key, text, press) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = key;
    element.textContent = text;
    element.addEventListener("click", press);
    return element;
  };

  const noteOf = (mark, goal) => {
    const note = document.createElement("div");
    note.className = "note";
    note.setAttribute("role", "dialog");
    note.setAttribute("aria-label", mark.getAttribute("aria-label"));
    note.tabIndex = -1;
    const content = goal.cloneNode(true);
    content.querySelectorAll("[id]").forEach((inner) => inner.removeAttribute("id"));
    content.querySelectorAll(".back").forEach((inner) => inner.remove());
    note.append(...content.childNodes);
    const row = document.createElement("p");
    row.className = "do";
    row.append(...citing(mark, note), button("close", word("close"), () => hide(true)));
    note.append(row);
    return note;
  };

  /* The permanent URL of the claim before a citation: that of its fact, or its anchor on this page. */
  const addressOf = (mark) => {
    const claim = mark.closest(".cite")?.previousElementSibling;
    const id = claim?.closest("[data-claim]")?.dataset.claim;
    if (claim?.matches("a[href]")) return claim.href;
    return id && document.getElementById(id) ? new URL(`#${id}`, location.href).href : mark.href;
  };

  /* The id of the source of the quote in a note. */
  const sourceIn = (note) => note.querySelector("a.source").pathname.match(/([^/]+?)(?:\/|\.html)?$/)[1];

  const fetched = async (name) => {
    const answer = await fetch(new URL(name, DATA));
    if (!answer.ok) throw new Error(name);
    return answer.text();
  };

  const record = async (note) => JSON.parse(await fetched("sources.csl.json")).find(({ id }) => id === sourceIn(note));

  const dayOf = (date) => date?.literal ?? date?.["date-parts"]?.[0].map((part) => String(part).padStart(2, "0")).join("-");

  /* The quote, its locator, the record of its source, and the URL of the claim. */
  const inWords = async (mark, note) => {
    const quote = note.querySelector("q.quote").textContent;
    const place = note.querySelector("a.source").textContent.trim();
    const item = await record(note).catch(() => ({}));
    const parts = [item.author?.[0].literal, item.title, item["container-title"], item.publisher, dayOf(item.issued), item.URL];
    return [`“${quote}” (${place})`, ...parts.filter(Boolean), addressOf(mark)].join(". ");
  };

  const inBibtex = async (mark, note) => {
    const entries = (await fetched("sources.bib")).split(/\n(?=@)/);
    return entries.find((entry) => entry.startsWith(`@misc{${sourceIn(note)},`));
  };

  const inCsl = async (mark, note) => JSON.stringify([await record(note)], null, 1);

  /* Buttons that copy a citation; if a file cannot be fetched, as on a page opened from disk, they copy the link. */
  const citing = (mark, note) => {
    const copyButton = (key, format) => {
      const element = button(key, word(key), async () => {
        try {
          await navigator.clipboard.writeText(await format(mark, note).catch(() => addressOf(mark)));
          element.textContent = word("copied");
        } catch {
          location.href = addressOf(mark);
        }
      });
      return element;
    };
    const formats = { "copy-citation": inWords, "copy-bibtex": inBibtex, "copy-csl": inCsl, "copy-link": async () => addressOf(mark) };
    return Object.entries(formats).map(([key, format]) => copyButton(key, format));
  };

  const place = (mark, note) => {
    if (matchMedia(PHONE).matches) return;
    const frame = note.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const at = mark.getBoundingClientRect();
    const room = document.documentElement.clientWidth - note.offsetWidth - 8;
    const left = Math.max(8, Math.min(at.left - 16, room));
    const above = at.bottom + note.offsetHeight + 12 > innerHeight && at.top > note.offsetHeight + 80;
    note.style.setProperty("left", `${left - frame.left}px`);
    note.style.setProperty("top", `${(above ? at.top - note.offsetHeight - 6 : at.bottom + 6) - frame.top}px`);
  };

  const hide = (back) => {
    if (!shown) return;
    const { mark, note } = shown;
    shown = null;
    note.remove();
    mark.removeAttribute("aria-expanded");
    if (back) mark.focus({ preventScroll: true });
  };

  const show = (mark, goal) => {
    hide(false);
    const note = noteOf(mark, goal);
    const heading = mark.closest("h1, h2, h3, h4");
    if (heading) heading.after(note);
    else mark.closest("p, li, dd, td, div").append(note);
    shown = { mark, note };
    mark.setAttribute("aria-expanded", "true");
    place(mark, note);
    note.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("a.mark");
    if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      const goal = goalOf(mark);
      if (!goal) return;
      event.preventDefault();
      if (shown?.mark === mark) hide(true);
      else show(mark, goal);
    } else if (shown && !shown.note.contains(event.target)) {
      hide(false);
    } else if (shown && event.target.closest?.("a[href^='#']")) {
      hide(false);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) {
      event.stopPropagation();
      hide(true);
    }
  }, true);
  addEventListener("resize", () => shown && place(shown.mark, shown.note));

  /* If the timeline chart does not fit, its latest part is shown first. */
  for (const part of document.querySelectorAll("figure.time .scroll")) part.scrollLeft = part.scrollWidth;

  /* Hides a heading, or a group of a table, when all rows under it are hidden. */
  const headings = (rows) => {
    new Set(rows.map((row) => row.closest("tbody")).filter(Boolean)).forEach((group) => {
      group.hidden = !group.querySelector("tr.row:not([hidden])");
    });
    document.querySelectorAll(".md-content__inner > h2").forEach((heading) => {
      const under = [];
      for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) under.push(next);
      const filtered = rows.filter((row) => under.some((element) => element.contains(row)));
      if (filtered.length) heading.hidden = filtered.every((row) => row.hidden);
    });
  };

  /* Shows times with a zone as in the source, in UTC, or in the reader's time zone. */
  for (const zones of document.querySelectorAll("select[data-zones]")) {
    const times = [...document.querySelectorAll("time[datetime*='T']")].filter((time) => /(Z|[+-]\d\d:?\d*)$/.test(time.dateTime));
    const texts = times.map((time) => time.textContent);
    zones.closest("label").hidden = times.length === 0;
    zones.addEventListener("change", () => times.forEach((time, n) => {
      const zone = zones.value === "here" ? undefined : zones.value;
      const form = { dateStyle: "long", timeStyle: "short", timeZone: zone };
      time.textContent = zones.value ? new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(time.dateTime)) : texts[n];
    }));
  }

  /* A filter shows the rows that match every choice; the choices are in the URL, so that it can be shared. */
  for (const form of document.querySelectorAll("form.filters")) {
    const rows = [...document.querySelectorAll(form.dataset.rows)];
    const choices = [...form.querySelectorAll("select")];
    const count = form.querySelector("output");
    const apply = () => {
      const fits = (row) => choices.every(({ name, value }) => !name || !value || (row.dataset[name] ?? "").split(" ").includes(value));
      rows.forEach((row) => { row.hidden = !fits(row); });
      headings(rows);
      count.textContent = `${rows.filter((row) => !row.hidden).length} / ${rows.length}`;
    };
    const asked = new URLSearchParams(location.search);
    choices.forEach((choice) => {
      if ([...choice.options].some(({ value }) => value === asked.get(choice.name))) choice.value = asked.get(choice.name);
    });
    form.addEventListener("change", () => {
      const query = new URLSearchParams(choices.filter(({ name, value }) => name && value).map(({ name, value }) => [name, value]));
      history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
      apply();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  }

  /* Loads the search when it is first used: by its link, by Ctrl+K or Command+K, or by a URL with a query. */
  const opener = document.querySelector("a.find");
  const search = () => {
    let early = ""; // typed before the dialog is open
    const keep = (event) => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      early += event.key;
    };
    const opened = () => {
      document.removeEventListener("keydown", keep, true);
      return early;
    };
    const fail = () => { location.href = opener.href; };
    const ask = () => document.dispatchEvent(new CustomEvent("briefing:search", { detail: { opened, fail } }));
    document.addEventListener("keydown", keep, true);
    if (document.querySelector(`script[src="${SEARCH}"]`)) return ask();
    const script = document.createElement("script");
    script.src = SEARCH;
    script.addEventListener("load", ask);
    script.addEventListener("error", fail);
    document.head.append(script);
  };
  if (opener) {
    opener.setAttribute("aria-haspopup", "dialog");
    opener.setAttribute("role", "button");
    opener.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      search();
    });
    opener.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      opener.click();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      search();
    });
    if (new URLSearchParams(location.search).get("q")) search();
  }
})();
