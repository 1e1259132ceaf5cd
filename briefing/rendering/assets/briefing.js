/* Citations open beside their claim, tables are filtered, a search opens. Without this script a mark leads to its note on the
   page, and the link to the search to the page that lists all facts. */
(() => {
  "use strict";
  const SEARCH = new URL("search.js", document.currentScript.src).href;
  const PHONE = "(max-width: 44.9375em)";
  const DATA = new URL("../data/", document.currentScript.src);
  let shown = null; // {mark, note}: the note that is open, and the mark that opened it

  const word = (key) => document.querySelector(`[data-word="${key}"]`)?.textContent.trim() ?? "";

  /* The element on this page that a mark leads to; null where it leads to another page. */
  const goalOf = (mark) => {
    const address = new URL(mark.href);
    const here = address.origin + address.pathname === location.origin + location.pathname;
    return here && address.hash ? document.getElementById(decodeURIComponent(address.hash.slice(1))) : null;
  };

  const button = (key, text, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = key;
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  };

  const noteOf = (mark, goal) => {
    const note = document.createElement("div");
    note.className = "note";
    note.setAttribute("role", "dialog");
    note.setAttribute("aria-label", mark.getAttribute("aria-label"));
    note.tabIndex = -1;
    const said = goal.cloneNode(true);
    said.querySelectorAll("[id]").forEach((inner) => inner.removeAttribute("id"));
    said.querySelectorAll(".back").forEach((inner) => inner.remove());
    note.append(...said.childNodes);
    const row = document.createElement("p");
    row.className = "do";
    row.append(...citing(mark, note), button("close", word("close"), () => hide(true)));
    note.append(row);
    return note;
  };

  /* The permanent address of the claim before a mark: where its fact stands, or its own place on this page. */
  const addressOf = (mark) => {
    const claim = mark.closest(".cite")?.previousElementSibling;
    const own = claim?.closest("[data-claim]")?.dataset.claim;
    if (claim?.matches("a[href]")) return claim.href;
    return own && document.getElementById(own) ? new URL(`#${own}`, location.href).href : mark.href;
  };

  /* The source of the quote in a note, by its id. */
  const sourceIn = (note) => note.querySelector("a.source").pathname.match(/([^/]+?)(?:\/|\.html)?$/)[1];

  const fetched = async (name) => {
    const answer = await fetch(new URL(name, DATA));
    if (!answer.ok) throw new Error(name);
    return answer.text();
  };

  const record = async (note) => JSON.parse(await fetched("sources.csl.json")).find(({ id }) => id === sourceIn(note));

  const dayOf = (date) => date?.literal ?? date?.["date-parts"]?.[0].map((part) => String(part).padStart(2, "0")).join("-");

  /* The quote, where it stands, what the record of its source states, and the address of the claim. */
  const inWords = async (mark, note) => {
    const quote = note.querySelector("q.quote").textContent;
    const place = note.querySelector("a.source").textContent.trim();
    const one = await record(note).catch(() => ({}));
    const told = [one.author?.[0].literal, one.title, one["container-title"], one.publisher, dayOf(one.issued), one.URL];
    return [`“${quote}” (${place})`, ...told.filter(Boolean), addressOf(mark)].join(". ");
  };

  const inBibtex = async (mark, note) => {
    const entries = (await fetched("sources.bib")).split(/\n(?=@)/);
    return entries.find((entry) => entry.startsWith(`@misc{${sourceIn(note)},`));
  };

  const inCsl = async (mark, note) => JSON.stringify([await record(note)], null, 1);

  /* Buttons that copy; where a file cannot be fetched, as on a disk, the link is copied in its place. */
  const citing = (mark, note) => {
    const copying = (key, told) => {
      const made = button(key, word(key), async () => {
        try {
          await navigator.clipboard.writeText(await told(mark, note).catch(() => addressOf(mark)));
          made.textContent = word("copied");
        } catch {
          location.href = addressOf(mark);
        }
      });
      return made;
    };
    const ways = { "copy-citation": inWords, "copy-bibtex": inBibtex, "copy-csl": inCsl, "copy-link": async () => addressOf(mark) };
    return Object.entries(ways).map(([key, told]) => copying(key, told));
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

  /* Where the picture of time does not fit, its latest part is shown first. */
  for (const part of document.querySelectorAll("figure.time .scroll")) part.scrollLeft = part.scrollWidth;

  /* A heading, or a group of a table, is hidden with the last of the rows under it. */
  const headings = (rows) => {
    new Set(rows.map((row) => row.closest("tbody")).filter(Boolean)).forEach((group) => {
      group.hidden = !group.querySelector("tr.row:not([hidden])");
    });
    document.querySelectorAll(".md-content__inner > h2").forEach((heading) => {
      const under = [];
      for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) under.push(next);
      const ours = rows.filter((row) => under.some((one) => one.contains(row)));
      if (ours.length) heading.hidden = ours.every((row) => row.hidden);
    });
  };

  /* Times that name their zone are shown as the source gives them, in UTC, or where the reader is. */
  for (const zones of document.querySelectorAll("select[data-zones]")) {
    const times = [...document.querySelectorAll("time[datetime*='T']")].filter((time) => /(Z|[+-]\d\d:?\d*)$/.test(time.dateTime));
    const said = times.map((time) => time.textContent);
    zones.closest("label").hidden = times.length === 0;
    zones.addEventListener("change", () => times.forEach((time, n) => {
      const zone = zones.value === "here" ? undefined : zones.value;
      const form = { dateStyle: "long", timeStyle: "short", timeZone: zone };
      time.textContent = zones.value ? new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(time.dateTime)) : said[n];
    }));
  }

  /* A filter shows the rows that have every chosen word; what is chosen stands in the address, so that it can be shared. */
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
      const told = new URLSearchParams(choices.filter(({ name, value }) => name && value).map(({ name, value }) => [name, value]));
      history.replaceState(null, "", `${location.pathname}${told.size ? `?${told}` : ""}${location.hash}`);
      apply();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  }

  /* The search is loaded when it is first asked for: by its link, by Ctrl or Command and K, or by an address with words. */
  const opener = document.querySelector("a.find");
  const search = () => {
    let early = ""; // what is typed before the dialog is there
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
