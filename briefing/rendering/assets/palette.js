/* The buttons that switch between light and dark, right before this script. The reader's last choice, or else the system's
   setting, applies before the page is painted, so this script is not deferred. */
(() => {
  "use strict";
  const KEY = `${new URL("..", document.currentScript.src).pathname}.__palette`;
  const palettes = [...document.querySelectorAll("[data-palette]")];
  const apply = (chosen) => palettes.forEach((palette, n) => {
    palette.hidden = n !== chosen;
    if (n !== chosen) return;
    const values = palette.dataset.palette.split(" ");
    ["scheme", "primary", "accent"].forEach((part, i) => document.body.setAttribute(`data-md-color-${part}`, values[i]));
  });
  let stored = null;
  try { stored = JSON.parse(localStorage.getItem(KEY)); } catch {}
  const system = Math.max(0, palettes.findIndex((palette) => matchMedia(palette.dataset.mdColorMedia).matches));
  apply(palettes[stored?.index] ? stored.index : system);
  palettes.forEach((palette, n) => palette.addEventListener("click", () => {
    const next = (n + 1) % palettes.length;
    apply(next);
    palettes[next].focus();
    try { localStorage.setItem(KEY, JSON.stringify({ index: next })); } catch {}
  }));
})();
