// Runs Lighthouse with its own settings, which are those of a phone on a slow line:
// node lighthouse.mjs CHROMIUM FLAGS CATEGORIES ADDRESS... prints the scores out of 100, and the audits that are not passed.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, flags, categories, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", ...flags.split(" ")] });
const options = { port: chrome.port, logLevel: "error", onlyCategories: categories.split(","), disableFullPageScreenshot: true };
const told = {};
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, options);
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const says = ({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim();
    const lacks = ({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1;
    told[address] = Object.fromEntries(Object.values(lhr.categories).map(({ id, score, auditRefs }) =>
      [id, { score: Math.round(score * 100), lacks: auditRefs.filter(lacks).map(says) }]));
  }
} finally {
  chrome.kill();
}
console.log(JSON.stringify(told));
