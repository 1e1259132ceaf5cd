/* The search. briefing.js loads this script on demand; it loads pieces of the index (see rendering/search_index.py): as data,
   but as scripts on pages opened from disk, which cannot fetch. Terms are split as in text/search_terms.py. */
(() => {
  "use strict";
  const ROOT = new URL("../", document.currentScript.src); // of the site
  const SHOWN = 10;
  const MOST_PIECES = 4; // of terms, for one word
  const CLOSE = 0.4; // of the best score: the least for a claim that lacks a word
  const FORM = 0.8; // the score of another form of a word, relative to the word itself
  const SLIPPED = 0.5; // the score of a word with one letter different
  const ASKED = 3; // the weight of a question word, which the index marks with the weight 1
  const LACKING = 0.4; // the largest discount for words that a claim lacks
  const COMMON = 0.5; // of all claims: a word in more of them is optional
  const PAUSE = 80; // milliseconds between typing and searching
  const ENOUGH = 2; // letters before an unfinished word is searched
  const FILTERS = ["kind", "actor", "source"];

  /* From text to terms */
  const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\p{Script=Yi}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tai_Le}\\p{Script=New_Tai_Lue}\\p{Script=Tai_Tham}\\p{Script=Tai_Viet}\\p{Script=Javanese}\\p{Script=Balinese}ー";
  const JOINERS = "['\\-.,:·&@\\/_\\u055a\\u058a\\u05be\\u2010\\u2011\\u2019\\u200c\\u200d\\u066b\\u066c]";
  const LETTER = `(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])`;
  const RUN = new RegExp(`(?:[${UNSPACED}]\\p{M}*)+|${LETTER}+(?:${JOINERS}${LETTER}+)*`, "gu");
  const CHARACTER = new RegExp(`[${UNSPACED}]\\p{M}*`, "gu");
  const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
  const JOINER = new RegExp(JOINERS, "u");
  const POSSESSIVE = /(?<=\p{L})['\u2019]s(?![\p{L}\p{N}])/gu;
  const UNWRITTEN = /[\u00ad\u0300-\u036f\u0483-\u0487\u055b-\u055f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200b\u2060\ufeff]/g;
  const LIKE = { "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ" };
  const LONGEST = 32;

  const folded = (text) => text.normalize("NFKD").toLowerCase().replace(UNWRITTEN, "").normalize("NFC")
    .replace(/[ıłøđßæœς]/g, (letter) => LIKE[letter]).replace(POSSESSIVE, "");
  const pairs = (characters) => characters.slice(1).map((character, n) => characters[n] + character);

  /* The ways to split a run of characters: into its parts, or as one word. */
  const waysOf = (run) => {
    if (IS_UNSPACED.test(run)) {
      const characters = run.match(CHARACTER);
      return [characters.length > 1 ? pairs(characters) : characters];
    }
    const parts = run.split(JOINER);
    return parts.length > 1 ? [parts, ...([...run].length <= LONGEST ? [[parts.join("")]] : [])] : [parts];
  };
  const termsOf = (text) => (folded(text).match(RUN) ?? []).flatMap((run) => {
    const [parts, ...together] = waysOf(run);
    return IS_UNSPACED.test(run) ? [...(run.match(CHARACTER).length > 1 ? parts : []), run.match(CHARACTER).at(-1)] : [...parts, ...together.flat()];
  });

  /* The index, piece by piece */
  const waiting = new Map(); // on a page opened from disk, by name of the piece: the function that waits for it
  const pieces = new Map(); // by name of the piece: its promise
  let index = null;

  const fetched = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(url);
    const text = await answer.text();
    return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)); // a preview leaves out the call around it
  };
  const executed = (url, file) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    window.briefingFound = (piece) => waiting.get(piece.file)?.(piece);
    waiting.set(file, resolve);
    script.src = url;
    script.addEventListener("error", () => reject(new Error(url)));
    document.head.append(script);
  });
  const load = (file, state = "") => {
    if (!pieces.has(file)) {
      const url = new URL(`search/${file}${state && `?${state}`}`, ROOT).href;
      const loading = location.protocol === "file:" ? executed(url, file) : fetched(url);
      loading.catch(() => pieces.delete(file));
      pieces.set(file, loading);
    }
    return pieces.get(file);
  };
  class Stale extends Error {}
  const piece = async (file) => {
    const loaded = await load(file, index.state);
    if (loaded.state !== index.state) throw new Stale(file);
    return loaded;
  };
  const open = async (again) => {
    index = await load("index.js", again);
    index.firsts = Object.entries(index.terms).sort(([a], [b]) => (a < b ? -1 : 1));
    index.isEnglish = [index, ...index.sources].some(({ language }) => /^en(-|$)/.test(language));
    index.labels = new Map(index.sources.map((source) => [source.id, source]));
  };
  /* If the site was rebuilt while a page was open, the index is loaded again. */
  const renewed = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      pieces.clear();
      await open(String(Date.now()));
      return work();
    }
  };

  /* The terms in a range, with the numbers and weights of their claims. */
  const termsBetween = async (first, last) => {
    const fits = index.firsts.filter(([from], n) => from <= last && !(index.firsts[n + 1]?.[0] <= first));
    const loaded = await Promise.all(fits.slice(0, MOST_PIECES).map(([, n]) => piece(`terms-${n}.js`)));
    return loaded.flatMap(({ terms }) => Object.entries(terms).filter(([term]) => term >= first && term <= last));
  };
  const unpacked = (steps, each) => {
    let number = 0;
    for (const step of steps) each(number += step >> 4, step & 15);
  };
  const isNear = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const [a, b] = [one.slice(at), other.slice(at)];
    return a.slice(1) === b.slice(1) || a === b.slice(1) || a.slice(1) === b || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };

  /* A rough stemmer for English: removes endings in this order. */
  const LONG = "[^aeiouy]*(?:[aeiouy]+[^aeiouy]+){2}.*?";
  const ENDINGS = [
    [/(?:(?<=..)ies|ied)$/, "y"], [/(?<=ss|x|z|ch|sh)es$|(?<=[^sui])s$/, ""],
    [/(?<=[aeiouy][^aeiouy]+)eed$/, "ee"], [/(?<=[aeiouy].*)(?:(?<!e)ed|ing)$/, ""], [/(?<=.{4})ly$/, ""],
    [new RegExp(`(?<=^${LONG})(?:ations?|ate|ment|ion|al|ance|er|or)$`), ""], [/([^aeiou])\1$/, "$1"], [/e$/, ""],
  ];
  const shorter = (word, [ending, instead]) => {
    const rest = word.replace(ending, instead);
    return rest.length < 3 ? word : rest;
  };
  const stemOf = (term) => ENDINGS.reduce(shorter, term);

  /* The terms that match a word, each with its claims and its closeness. `how` is exact (the word and its other forms), begins
     (an unfinished word) or near (one typing error). */
  const termsLike = async (term, how) => {
    const found = new Map();
    const add = async (start, end, closeness) => {
      for (const [known, steps] of await termsBetween(start, end)) {
        const close = found.has(known) ? 0 : closeness(known);
        if (close) found.set(known, { steps, close });
      }
    };
    const after = (start, closeness) => add(start, `${start}\uffff`, closeness);
    if (how === "near") {
      const starts = new Set([term.slice(0, 2), term[1] + term[0], term[0], term.slice(1, 3)]);
      await Promise.all([...starts].map((start) => after(start, (known) => isNear(term, known) && SLIPPED)));
      return found;
    }
    await add(term, term, () => 1);
    if (index.isEnglish && /^[a-z]{4,}$/.test(term)) {
      const stem = stemOf(term);
      await after(stem.replace(/y$/, ""), (known) => /^[a-z]{4,}$/.test(known) && stemOf(known) === stem && FORM);
    }
    if (how === "begins") await after(term, (known) => 0.4 + 0.5 * (term.length / known.length));
    return found;
  };

  /* The score of each claim for a term, by number. Rare terms score higher; a stop word (weight 0) scores only as a question word
     (weight 1). */
  const met = async (term, how, hits) => {
    const found = new Map();
    let isLight = true;
    for (const [known, { steps, close }] of await termsLike(term, how)) {
      hits.add(known);
      unpacked(steps, (number, weight) => {
        isLight &&= weight < 2;
        found.set(number, Math.max(found.get(number) ?? 0, (weight === 1 ? ASKED : weight) * close));
      });
    }
    const scored = [...found].filter(([, weight]) => weight);
    const rarity = Math.sqrt(Math.log(1 + (index.count - scored.length + 0.5) / (scored.length + 0.5)));
    return { isLight, found: scored.length ? new Map(scored.map(([number, weight]) => [number, rarity * weight])) : found };
  };
  const both = (one, other) => new Map([...one].filter(([n]) => other.has(n)).map(([n, weight]) => [n, weight + other.get(n)]));
  const either = (one, other) => {
    const found = new Map(one);
    other.forEach((weight, n) => found.set(n, Math.max(found.get(n) ?? 0, weight)));
    return found;
  };
  const metByRun = async (run, isLast, near) => {
    let found = new Map();
    let isLight = true;
    const hits = new Set();
    for (const way of waysOf(run)) {
      const each = await Promise.all(way.map((term, n) => {
        const isOpen = isLast && n === way.length - 1 && ([...term].length >= ENOUGH || IS_UNSPACED.test(term)) && !(IS_UNSPACED.test(term) && way.length > 1);
        return met(term, near && term.length > 3 ? "near" : isOpen ? "begins" : "exact", hits);
      }));
      const together = each.map((one) => one.found).reduce(both);
      const count = IS_UNSPACED.test(run) ? 1 : way.length; // a compound does not score higher for being split
      found = either(found, new Map([...together].map(([number, weight]) => [number, weight / count])));
      isLight &&= each.every((one) => one.isLight);
    }
    return { found, hits, isLight };
  };
  const isLightWord = ({ hits, isLight }) => hits.size > 0 && isLight;
  /* Whether a word must be in a claim: not a stop word, nor one in more than half of all claims. */
  const isTelling = (met) => !isLightWord(met) && met.found.size <= index.count * COMMON;

  /* Finds claims for a query: their numbers, the best first, and the terms that matched. If few claims have all required words,
     close matches follow. */
  const find = async (words) => {
    const runs = folded(words).match(RUN) ?? [];
    const isOpen = /[\p{L}\p{M}\p{N}]$/u.test(words);
    if (!runs.length) return null;
    const each = await Promise.all(runs.map(async (run, n) => {
      const exact = await metByRun(run, isOpen && n === runs.length - 1, false);
      return exact.found.size || isLightWord(exact) ? exact : metByRun(run, false, true);
    }));
    const telling = each.filter(isTelling);
    const asked = telling.length ? telling : each;
    const known = asked.filter(({ found }) => found.size);
    const weights = new Map();
    each.forEach(({ found }) => found.forEach((weight, n) => weights.set(n, (weights.get(n) ?? 0) + weight)));
    const share = (n) => known.filter(({ found }) => found.has(n)).length / known.length;
    weights.forEach((weight, n) => weights.set(n, weight * (1 - LACKING + LACKING * share(n))));
    const numbers = [...weights.keys()].filter(share).sort((a, b) => weights.get(b) - weights.get(a) || a - b);
    const whole = numbers.filter((n) => share(n) === 1);
    const least = whole.length < SHOWN ? CLOSE * weights.get(numbers[0]) : Infinity;
    return {
      numbers: numbers.filter((n) => share(n) === 1 || weights.get(n) >= least),
      hits: new Set(known.flatMap(({ hits }) => [...hits])),
      isWhole: whole.length > 0 && known.length === asked.length,
    };
  };

  /* Filters */
  const kindOf = (number) => index.kinds.findLast(({ start }) => start <= number);
  const numbersOf = (steps) => {
    let number = 0;
    return new Set(steps.map((step) => (number += step)));
  };
  let sets = null; // by filter: [{id, name, claims}]
  const readFilters = async () => {
    const filters = await piece("filters.js");
    sets ??= {
      actor: filters.actors.map(({ id, name, claims }) => ({ id, name, claims: numbersOf(claims) })),
      source: filters.sources.map(({ id, claims }) => ({ id, name: index.labels.get(id).label, claims: numbersOf(claims) })),
      kind: index.kinds.map(({ id, title, start }, n) => ({ id, name: title, claims: { has: (number) => number >= start && number < (index.kinds[n + 1]?.start ?? index.count) } })),
    };
  };
  const fits = (number, chosen, apart) => FILTERS.every((name) => name === apart || !chosen[name] || sets[name].find(({ id }) => id === chosen[name])?.claims.has(number));

  /* The dialog */
  const create = (tag, attributes = {}, ...inner) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => value !== undefined && element.setAttribute(name, value));
    element.append(...inner);
    return element;
  };
  const button = (name, text, press) => {
    const element = create("button", { type: "button", class: name }, text);
    element.addEventListener("click", press);
    return element;
  };
  const language = (tag) => (tag && tag !== document.documentElement.lang ? tag : undefined);

  /* Appends a text with its matches marked; returns the number of matches. */
  const marked = (text, hits, into) => {
    let end = 0;
    let count = 0;
    const mark = (from, to) => {
      if (from < end) from = end;
      into.append(text.slice(end, from), create("mark", {}, text.slice(from, to)));
      end = to;
      count += 1;
    };
    for (const { 0: run, index: at } of text.matchAll(RUN)) {
      if (IS_UNSPACED.test(run)) {
        const characters = [...run.matchAll(CHARACTER)];
        characters.forEach((one, n) => {
          const next = characters[n + 1];
          if (next && hits.has(folded(one[0] + next[0]))) mark(at + one.index, at + next.index + next[0].length);
          else if (!next && hits.has(folded(one[0]))) mark(at + one.index, at + run.length);
        });
      } else if (hits.has(folded(run)) || hits.has(folded(run).split(JOINER).join(""))) {
        mark(at, at + run.length);
      } else {
        for (const part of run.matchAll(new RegExp(`(?:(?!${JOINERS}).)+`, "gsu"))) {
          if (hits.has(folded(part[0]))) mark(at + part.index, at + part.index + part[0].length);
        }
      }
    }
    into.append(text.slice(end));
    return count;
  };

  const addressOf = (page) => {
    const [path, place] = page.split("#");
    const file = location.protocol === "file:" && (path === "" || path.endsWith("/")) ? `${path}index.html` : path;
    return new URL(`${file}#${place}`, ROOT).href;
  };
  const resultOf = (number, claim, hits, before) => {
    const link = create("a", { href: addressOf(claim.page) });
    if (claim.title && claim.title !== before?.title) {
      const title = create("span", { class: "title" });
      marked(claim.title, hits, title);
      link.append(title);
    }
    const text = create("span", { class: "said" });
    marked(claim.claim, hits, text);
    link.append(text);
    const row = create("p", { class: "of" }, create("span", { class: "kind" }, kindOf(number).title));
    if (claim.date) row.append(create("span", { class: "date" }, claim.date));
    const sources = new Set((claim.quotes ?? []).map(({ source }) => source));
    sources.forEach((id) => row.append(create("span", { class: "chip", lang: language(index.language) }, index.labels.get(id).label)));
    const result = create("li", { "data-id": claim.id }, link);
    const quotes = (claim.quotes ?? []).map((quote) => {
      const element = create("q", { lang: quote.language, dir: "auto" });
      return { count: marked(quote.exact, hits, element), element };
    }).sort((a, b) => b.count - a.count);
    link.lang = index.language;
    if (quotes[0]?.count) result.append(quotes[0].element);
    result.append(row);
    return result;
  };

  let parts = null; // of the dialog
  let turn = 0; // counts queries, so that a late answer to an earlier one is dropped
  let shown = SHOWN;

  const chosen = () => Object.fromEntries(FILTERS.map((name) => [name, parts[name].value]));
  const address = () => {
    const url = new URL(location.href);
    const query = { q: parts.input.value.trim(), ...Object.fromEntries(FILTERS.map((name) => [`q-${name}`, parts[name].value])) };
    Object.entries(query).forEach(([name, value]) => (value && parts.dialog.open ? url.searchParams.set(name, value) : url.searchParams.delete(name)));
    return url;
  };
  /* Keeps the query in the URL, so that it can be shared and revisited; some browsers refuse this for pages opened from disk. */
  const remember = () => {
    try {
      history.replaceState(history.state, "", address());
    } catch (error) {
      if (location.protocol !== "file:") throw error;
    }
  };
  const fill = (name, choices, value) => {
    const options = choices.map(({ id, name: text, count }) => create("option", { value: id, lang: name === "kind" ? undefined : language(index.language) }, `${text} (${count})`));
    parts[name].replaceChildren(create("option", { value: "" }, index.words.any), ...options);
    parts[name].value = value;
  };

  const answer = async () => {
    const mine = (turn += 1);
    const words = parts.input.value;
    remember();
    const found = await find(words);
    const wanted = chosen();
    if (found && FILTERS.some((name) => wanted[name])) await readFilters();
    if (mine !== turn) return;
    const numbers = (found?.numbers ?? []).filter((number) => !sets || fits(number, wanted));
    const first = numbers.slice(0, shown);
    const files = [...new Set(first.map((number) => Math.floor(number / index.size)))];
    const loaded = new Map(await Promise.all(files.map(async (n) => [n, (await piece(`claims-${n}.js`)).claims])));
    if (mine !== turn) return;
    const claims = first.map((number) => loaded.get(Math.floor(number / index.size))[number % index.size]);
    const at = [...parts.results.children].findIndex((result) => result.contains(document.activeElement));
    parts.results.replaceChildren(...first.map((number, n) => resultOf(number, claims[n], found.hits, claims[n - 1])));
    if (at >= 0) (parts.results.children[at]?.querySelector("a") ?? parts.input).focus();
    const summary = !found ? "" : !numbers.length ? index.words["search-none"] : `${index.words["search-shown"]}: ${numbers.length}`;
    parts.status.textContent = found && numbers.length && !found.isWhole ? `${index.words["search-near"]} ${summary}` : summary;
    parts.more.hidden = numbers.length <= shown;
    parts.share.hidden = !found;
    parts.narrow.hidden = !found;
    if (!found) return;
    await readFilters();
    if (mine !== turn) return;
    for (const name of FILTERS) {
      const rest = found.numbers.filter((number) => fits(number, wanted, name));
      const choices = sets[name].map((one) => ({ ...one, count: rest.filter((number) => one.claims.has(number)).length }));
      fill(name, choices.filter(({ id, count }) => count || id === wanted[name]), wanted[name]);
    }
  };
  const ask = () => renewed(answer).catch(() => { parts.status.textContent = index.words["search-failed"]; });

  const move = (event) => {
    if (event.key === "Escape" && !event.isComposing) { // otherwise the browser would clear the field first
      event.preventDefault();
      parts.dialog.close();
      return;
    }
    const links = [parts.input, ...parts.results.querySelectorAll("a"), ...(parts.more.hidden ? [] : [parts.more])];
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (at < 0 || to === undefined || event.isComposing) return;
    event.preventDefault();
    links[Math.max(0, Math.min(to, links.length - 1))].focus();
  };
  const build = () => {
    const words = index.words;
    const input = create("input", { type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", dir: "auto" });
    const label = create("label", {}, create("span", {}, words["search-label"]), input);
    const selects = Object.fromEntries(FILTERS.map((name) => [name, create("select", { name }, create("option", { value: "" }, words.any))]));
    const called = { kind: words.kind, actor: words["search-actor"], source: words["reported-by"] };
    const narrow = create("div", { class: "narrow" }, ...FILTERS.map((name) => create("label", {}, create("span", {}, called[name]), selects[name])));
    const share = button("share", words["search-share"], async () => {
      try {
        await navigator.clipboard.writeText(address().href);
        share.textContent = words.copied;
      } catch {
        location.href = address().href;
      }
    });
    const results = create("ol", { class: "results" });
    const status = create("p", { role: "status" });
    const more = button("more", words["search-more"], () => {
      const last = results.childElementCount;
      shown += SHOWN;
      ask().then(() => results.children[last]?.querySelector("a").focus());
    });
    const close = button("close", words.close, () => dialog.close());
    const head = create("form", { role: "search" }, label, close);
    const dialog = create("dialog", { class: "search", "aria-label": words["search-label"] }, head, narrow, create("p", { class: "about" }, status, share), results, more, create("p", { class: "keys" }, words["search-keys"]));
    parts = { dialog, input, results, status, more, share, narrow, ...selects };
    [narrow, share, more].forEach((part) => { part.hidden = true; });
    let pause = 0;
    input.addEventListener("input", () => {
      shown = SHOWN;
      share.textContent = words["search-share"];
      clearTimeout(pause);
      pause = setTimeout(ask, PAUSE);
    });
    narrow.addEventListener("change", () => { shown = SHOWN; ask(); });
    head.addEventListener("submit", (event) => {
      event.preventDefault();
      results.querySelector("a")?.click();
    });
    dialog.addEventListener("keydown", move);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      turn += 1;
      remember();
    });
    document.body.append(dialog);
  };

  const show = async (opened) => {
    if (!parts) {
      const sheet = create("link", { rel: "stylesheet", href: new URL("assets/search.css", ROOT).href });
      const styled = new Promise((resolve) => ["load", "error"].forEach((name) => sheet.addEventListener(name, resolve)));
      document.head.append(sheet);
      await Promise.all([open(), styled]);
      if (!parts) build();
    }
    const early = opened();
    if (parts.dialog.open) return;
    const asked = new URLSearchParams(location.search);
    parts.dialog.showModal();
    parts.input.focus();
    if (early) {
      parts.input.value = early;
      await ask();
      return;
    }
    if (asked.get("q")) {
      parts.input.value = asked.get("q");
      FILTERS.forEach((name) => {
        const value = asked.get(`q-${name}`);
        if (value) parts[name].append(create("option", { value }, value));
        parts[name].value = value ?? "";
      });
      await ask();
    }
    parts.input.select();
  };

  document.addEventListener("briefing:search", ({ detail: { opened, fail } }) => show(opened).catch(fail));
  Object.assign(window, { briefingTerms: termsOf, briefingStem: stemOf });
})();
