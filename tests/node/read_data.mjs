// Reads the data files of a built site with other people's programs and prints what they found: read_data.mjs SITE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Cite from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import ICAL from "ical.js";
import { JSDOM } from "jsdom";

const require = createRequire(import.meta.url);
const { createTextQuoteSelectorMatcher } = require("@apache-annotator/dom");
const checkAnnotation = require("validate-web-annotation");
const { NodeFilter, Node, Range } = new JSDOM().window; // what Apache Annotator expects of a browser
Object.assign(globalThis, { NodeFilter, Node, Range });
const BASE = "https://site.example/briefing/data/annotations.jsonld";
const site = process.argv[2];
const read = (path) => readFileSync(join(site, "data", path), "utf-8");
const listed = (one) => (Array.isArray(one) ? one : [one]);

/* The addresses of an annotation as a reader of the file at an address of its own has them. */
const absolute = (value) => {
  if (Array.isArray(value)) return value.map(absolute);
  if (value === null || typeof value !== "object") return value;
  const at = (name, inner) => (name === "id" || name === "source" ? new URL(inner, BASE).href : absolute(inner));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, at(name, inner)]));
};

/* Every annotation by W3C's schema; every quote found by Apache Annotator in the element that its target names. */
const annotations = async () => {
  const collection = JSON.parse(read("annotations.jsonld"));
  const pages = new Map();
  const found = { total: collection.total, wrong: [], onPage: 0, lost: [] };
  for (const annotation of collection.first.items) {
    const whole = { "@context": collection["@context"], ...absolute(annotation) };
    if (!checkAnnotation(whole)) found.wrong.push(annotation.id);
    const { source, selector } = annotation.target.find((target) => listed(target.selector)[0].type === "FragmentSelector");
    const file = join(site, "data", source, source.endsWith("/") ? "index.html" : "");
    if (!pages.has(file)) pages.set(file, new JSDOM(readFileSync(file, "utf-8")).window.document);
    const place = pages.get(file).getElementById(selector.value);
    const matches = [];
    for await (const range of createTextQuoteSelectorMatcher(selector.refinedBy)(place)) matches.push(range.toString());
    if (matches.length === 1 && matches[0] === selector.refinedBy.exact) found.onPage += 1;
    else found.lost.push([annotation.id, matches]);
  }
  return found;
};

const calendar = () => {
  const whole = new ICAL.Component(ICAL.parse(read("timeline.ics")));
  return whole.getAllSubcomponents("vevent").map((inner) => {
    const event = new ICAL.Event(inner);
    const told = { uid: event.uid, summary: event.summary, description: event.description };
    const days = { start: event.startDate.toString(), end: event.endDate.toString(), isDay: event.startDate.isDate };
    return { ...told, ...days, status: inner.getFirstPropertyValue("status") };
  });
};

const cited = (text) => {
  const cite = new Cite.Cite(text);
  const styled = (one) => new Cite.Cite(one).format("bibliography", { template: "apa", format: "text", lang: "en-US" }).trim();
  return { entries: cite.data, styled: Object.fromEntries(cite.data.map((one) => [one.id, styled(one)])) };
};

console.log(JSON.stringify({
  annotations: await annotations(),
  calendar: calendar(),
  csl: cited(JSON.parse(read("sources.csl.json"))),
  bibtex: cited(read("sources.bib")),
}));
