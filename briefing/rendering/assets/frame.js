/* The frame of a page: the header shows the title, the table of contents the current section, a button leads to the top, Escape
   closes the drawer. On a page opened from disk, links lead to files instead of folders. Pages can be read without it. */
(() => {
  "use strict";
  const drawer = document.getElementById("__drawer");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked) return;
    drawer.checked = false;
    drawer.focus();
  });
  document.querySelectorAll(".drawer a").forEach((link) => link.addEventListener("click", () => { drawer.checked = false; }));

  const head = document.querySelector(".md-header__title");
  const title = document.querySelector("article h1");
  const top = document.querySelector(".md-top");
  top?.addEventListener("click", () => scrollTo(0, 0));
  if (title) {
    new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
      const isPast = !isIntersecting && boundingClientRect.bottom < innerHeight / 2;
      head?.classList.toggle("md-header__title--active", isPast);
      if (top) top.hidden = !isPast;
    }, { rootMargin: "-80px 0px 0px" }).observe(title);
  }

  const parts = new Map();
  for (const link of document.querySelectorAll(".md-sidebar--secondary a[href^='#']")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) parts.set(part, link);
  }
  const near = new Set();
  const watch = new IntersectionObserver((changes) => {
    changes.forEach(({ target, isIntersecting }) => near[isIntersecting ? "add" : "delete"](target));
    const here = [...parts.keys()].find((part) => near.has(part));
    if (here) parts.forEach((link, part) => link.classList.toggle("md-nav__link--active", part === here));
  }, { rootMargin: "-80px 0px -60%" });
  if (matchMedia("(min-width: 60em)").matches) parts.forEach((_, part) => watch.observe(part));

  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      const goal = new URL(link.getAttribute("href"), location.href);
      if (goal.protocol !== "file:" || !goal.pathname.endsWith("/")) continue;
      goal.pathname += "index.html";
      link.setAttribute("href", goal.href);
    }
  }
})();
