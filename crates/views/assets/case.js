"use strict";
(() => {
  const entries = [...document.querySelectorAll(".entry")];
  let now = -1;

  const clear = () => {
    document.querySelectorAll(".on").forEach((piece) => piece.classList.remove("on"));
    document.querySelectorAll(".entry.now").forEach((entry) => entry.classList.remove("now"));
  };

  // Highlights every piece of the article that belongs to an entry.
  const show = (id) => {
    clear();
    document.querySelectorAll("[data-ids]").forEach((piece) => {
      if (piece.dataset.ids.split(" ").includes(id)) piece.classList.add("on");
    });
    const entry = document.getElementById(id);
    if (entry) {
      entry.classList.add("now");
      now = entries.indexOf(entry);
    }
  };

  const visit = (step) => {
    if (!entries.length) return;
    now = (now + step + entries.length) % entries.length;
    const entry = entries[now];
    show(entry.dataset.id);
    entry.querySelector(".goto").focus({ preventScroll: true });
    entry.scrollIntoView({ block: "nearest" });
  };

  const section = (number) => {
    const top = document.querySelector("main:focus-within, main:target") || document.querySelector("main");
    const found = top && top.querySelector(`[data-section="${number}"]`);
    if (!found) return;
    found.scrollIntoView({ block: "start" });
    const first = found.querySelector(".goto");
    if (first) first.focus({ preventScroll: true });
  };

  const theme = () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  };

  const help = () => {
    const list = document.getElementById("help");
    list.hidden = !list.hidden;
    document.querySelector('[data-act="help"]').setAttribute("aria-expanded", String(!list.hidden));
  };

  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    if (act) return act.dataset.act === "theme" ? theme() : help();
    const link = event.target.closest("a[href^='#d']");
    if (link) {
      const match = link.getAttribute("href").match(/^#(d\d+)-(?:at-)?([a-z]\d+)$/);
      if (match) show(`${match[1]}-${match[2]}`);
      return;
    }
    const piece = event.target.closest("[data-ids]");
    if (piece) {
      const id = piece.dataset.ids.split(" ").pop();
      show(id);
      const entry = document.getElementById(id);
      if (entry) entry.scrollIntoView({ block: "nearest" });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") visit(1);
    else if (event.key === "k") visit(-1);
    else if (event.key === "d") theme();
    else if (event.key === "?") help();
    else if (event.key === "Escape") clear();
    else if (/^[1-7]$/.test(event.key)) section(event.key);
  });
})();
