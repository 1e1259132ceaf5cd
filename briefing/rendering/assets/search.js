/* Search. briefing.js loads this when a reader asks for it; it loads pieces of the index (briefing/search.py says which), as
   scripts, so that pages opened from a disk are searched too. Words are taken apart as briefing/terms.py does. */
(() => {
  "use strict";
  const ROOT = new URL("../", document.currentScript.src); // of the site
  const SHOWN = 10;
  const MOST_PIECES = 4; // of terms, for one word
  const CLOSE = 0.4; // of the best: what a claim that lacks a word must reach to be shown
  const FORM = 0.8; // what another form of a word is worth, of what the word itself is
  const SLIPPED = 0.5; // and one that is a slip of a letter apart
  const ASKED = 3; // what a light word that asks for a field is worth: the index gives it the weight 1
  const LACKING = 0.4; // how much less a claim is worth that has none of the words
  const COMMON = 0.5; // of all claims: a word in so many need not be in one that is found
  const PAUSE = 80; // milliseconds after a letter
  const ENOUGH = 2; // letters of a word that is not yet whole
  const FILTERS = ["kind", "actor", "source"];

  /* Texts into terms */
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

  /* The ways in which a run of letters can be met: its parts one by one, or what they make together. */
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
  const waiting = new Map(); // by the name of a piece: what waits for it
  const pieces = new Map(); // by the name of a piece: a promise of it
  let index = null;

  window.briefingFound = (piece) => waiting.get(piece.file)?.(piece);
  const load = (file, state = "") => {
    if (!pieces.has(file)) {
      pieces.set(file, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(file, resolve);
        script.src = new URL(`search/${file}${state && `?${state}`}`, ROOT).href;
        script.addEventListener("error", () => { pieces.delete(file); reject(new Error(file)); });
        document.head.append(script);
      }));
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
  /* A site may be built anew while a page of it is open: then its index is read again. */
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

  /* The terms between two, with the claims that each leads to: number and weight. */
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

  /* What the forms of an English word share, roughly: its letters without the endings that it may have, taken off in this order. */
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

  /* The terms that a word is met by, each with its claims and with how close it is to the word. `how` is exact (itself and other
     forms of it), begins (not yet whole) or near (one slip). */
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

  /* How strongly each claim is met by a term, by number. The more claims there are, the less each is worth; a light word, which
     has the weight 0, is worth something only where it asks for what a field tells (1). */
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
    const told = [...found].filter(([, weight]) => weight);
    const rarity = Math.sqrt(Math.log(1 + (index.count - told.length + 0.5) / (told.length + 0.5)));
    return { isLight, found: told.length ? new Map(told.map(([number, weight]) => [number, rarity * weight])) : found };
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
      const count = IS_UNSPACED.test(run) ? 1 : way.length; // a word is not worth more for being written in two
      found = either(found, new Map([...together].map(([number, weight]) => [number, weight / count])));
      isLight &&= each.every((one) => one.isLight);
    }
    return { found, hits, isLight };
  };
  const isLightWord = ({ hits, isLight }) => hits.size > 0 && isLight;
  /* Whether a word must be in a claim: not a light word, nor one that stands in more than half of all claims. */
  const isTelling = (met) => !isLightWord(met) && met.found.size <= index.count * COMMON;

  /* What a reader's words lead to: numbers of claims, the best first, and the terms that were met. Where few claims have all the
     words that must be there, those follow that come near. */
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
  const steps = (told) => {
    let number = 0;
    return new Set(told.map((step) => (number += step)));
  };
  let sets = null; // by filter: [{id, name, claims}]
  const readFilters = async () => {
    const told = await piece("filters.js");
    sets ??= {
      actor: told.actors.map(({ id, name, claims }) => ({ id, name, claims: steps(claims) })),
      source: told.sources.map(({ id, claims }) => ({ id, name: index.labels.get(id).label, claims: steps(claims) })),
      kind: index.kinds.map(({ id, title, start }, n) => ({ id, name: title, claims: { has: (number) => number >= start && number < (index.kinds[n + 1]?.start ?? index.count) } })),
    };
  };
  const fits = (number, chosen, apart) => FILTERS.every((name) => name === apart || !chosen[name] || sets[name].find(({ id }) => id === chosen[name])?.claims.has(number));

  /* The dialog */
  const made = (tag, told = {}, ...inner) => {
    const element = document.createElement(tag);
    Object.entries(told).forEach(([name, value]) => value !== undefined && element.setAttribute(name, value));
    element.append(...inner);
    return element;
  };
  const button = (name, text, press) => {
    const element = made("button", { type: "button", class: name }, text);
    element.addEventListener("click", press);
    return element;
  };
  const language = (tag) => (tag && tag !== document.documentElement.lang ? tag : undefined);

  /* A text with the words that were met marked in it, and how many they are. */
  const marked = (text, hits, into) => {
    let end = 0;
    let count = 0;
    const mark = (from, to) => {
      if (from < end) from = end;
      into.append(text.slice(end, from), made("mark", {}, text.slice(from, to)));
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
    const link = made("a", { href: addressOf(claim.page) });
    if (claim.title && claim.title !== before?.title) {
      const title = made("span", { class: "title" });
      marked(claim.title, hits, title);
      link.append(title);
    }
    const said = made("span", { class: "said" });
    marked(claim.claim, hits, said);
    link.append(said);
    const row = made("p", { class: "of" }, made("span", { class: "kind" }, kindOf(number).title));
    if (claim.date) row.append(made("span", { class: "date" }, claim.date));
    const sources = new Set((claim.quotes ?? []).map(({ source }) => source));
    sources.forEach((id) => row.append(made("span", { class: "chip", lang: language(index.language) }, index.labels.get(id).label)));
    const result = made("li", { "data-id": claim.id }, link);
    const quotes = (claim.quotes ?? []).map((quote) => {
      const element = made("q", { lang: quote.language, dir: "auto" });
      return { count: marked(quote.exact, hits, element), element };
    }).sort((a, b) => b.count - a.count);
    link.lang = index.language;
    if (quotes[0]?.count) result.append(quotes[0].element);
    result.append(row);
    return result;
  };

  let parts = null; // of the dialog
  let turn = 0; // an answer to an earlier question is dropped
  let shown = SHOWN;

  const chosen = () => Object.fromEntries(FILTERS.map((name) => [name, parts[name].value]));
  const address = () => {
    const url = new URL(location.href);
    const told = { q: parts.input.value.trim(), ...Object.fromEntries(FILTERS.map((name) => [`q-${name}`, parts[name].value])) };
    Object.entries(told).forEach(([name, value]) => (value && parts.dialog.open ? url.searchParams.set(name, value) : url.searchParams.delete(name)));
    return url;
  };
  /* What is asked stands in the address, so that it can be shared and gone back to; not every browser lets a page on a disk. */
  const remember = () => {
    try {
      history.replaceState(history.state, "", address());
    } catch (error) {
      if (location.protocol !== "file:") throw error;
    }
  };
  const fill = (name, choices, value) => {
    const options = choices.map(({ id, name: text, count }) => made("option", { value: id, lang: name === "kind" ? undefined : language(index.language) }, `${text} (${count})`));
    parts[name].replaceChildren(made("option", { value: "" }, index.words.any), ...options);
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
    const told = !found ? "" : !numbers.length ? index.words["search-none"] : `${index.words["search-shown"]}: ${numbers.length}`;
    parts.status.textContent = found && numbers.length && !found.isWhole ? `${index.words["search-near"]} ${told}` : told;
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
    if (event.key === "Escape" && !event.isComposing) { // which else would empty the field first
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
    const input = made("input", { type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", dir: "auto" });
    const label = made("label", {}, made("span", {}, words["search-label"]), input);
    const selects = Object.fromEntries(FILTERS.map((name) => [name, made("select", { name }, made("option", { value: "" }, words.any))]));
    const called = { kind: words.kind, actor: words["search-actor"], source: words["reported-by"] };
    const narrow = made("div", { class: "narrow" }, ...FILTERS.map((name) => made("label", {}, made("span", {}, called[name]), selects[name])));
    const share = button("share", words["search-share"], async () => {
      try {
        await navigator.clipboard.writeText(address().href);
        share.textContent = words.copied;
      } catch {
        location.href = address().href;
      }
    });
    const results = made("ol", { class: "results" });
    const status = made("p", { role: "status" });
    const more = button("more", words["search-more"], () => {
      const last = results.childElementCount;
      shown += SHOWN;
      ask().then(() => results.children[last]?.querySelector("a").focus());
    });
    const close = button("close", words.close, () => dialog.close());
    const head = made("form", { role: "search" }, label, close);
    const dialog = made("dialog", { class: "search", "aria-label": words["search-label"] }, head, narrow, made("p", { class: "about" }, status, share), results, more, made("p", { class: "keys" }, words["search-keys"]));
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
      const sheet = made("link", { rel: "stylesheet", href: new URL("assets/search.css", ROOT).href });
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
        if (value) parts[name].append(made("option", { value }, value));
        parts[name].value = value ?? "";
      });
      await ask();
    }
    parts.input.select();
  };

  document.addEventListener("briefing:search", ({ detail: { opened, fail } }) => show(opened).catch(fail));
  Object.assign(window, { briefingTerms: termsOf, briefingStem: stemOf });
})();
