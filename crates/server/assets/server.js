"use strict";
(() => {
  const root = document.documentElement;
  const kept = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  if (kept) root.dataset.theme = kept;

  const theme = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private windows keep nothing */ }
  };

  const help = () => {
    const list = document.getElementById("help");
    list.hidden = !list.hidden;
    document.querySelector('[data-act="help"]').setAttribute("aria-expanded", String(!list.hidden));
  };

  const visit = (step) => {
    const hits = [...document.querySelectorAll(".hit")];
    if (!hits.length) return;
    const now = hits.indexOf(document.querySelector(".hit.now"));
    const next = hits[now < 0 ? (step > 0 ? 0 : hits.length - 1) : (now + step + hits.length) % hits.length];
    hits.forEach((hit) => hit.classList.remove("now"));
    next.classList.add("now");
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const open = (hit) => {
    const details = hit.querySelector("details");
    if (details) details.open = !details.open;
    else hit.querySelector("a")?.click();
  };

  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "theme") theme();
    if (act === "help") help();
    if (act === "keys") keys(!keysOn);
  });

  // Who speaks to the machine, or rests a hand on the keyboard, switches single letters off.
  let keysOn = (() => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } })();
  const keys = (on) => {
    keysOn = on;
    document.querySelector('[data-act="keys"]')?.setAttribute("aria-pressed", String(on));
    try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* private windows keep nothing */ }
  };
  keys(keysOn);

  // At the desk a letter chooses, asks for the reason, confirms, takes back or goes on; Enter in the reason sends the form.
  const desk = (key) => {
    const what = document.querySelector(`[data-desk="${key}"]`);
    if (!what) return false;
    if (!what.matches("[type=radio]")) { what.click(); return true; }
    what.checked = true;
    document.getElementById("f-reason").focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=radio]), textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!keysOn) return;
    const page = /^[1-6]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (page) page.click();
    else if (/^[saurnclz]$/.test(event.key) && desk(event.key)) { /* done */ }
    else if (event.key === "/") document.querySelector("main input, main textarea")?.focus();
    else if (event.key === "j") visit(1);
    else if (event.key === "k") visit(-1);
    else if (event.key === "d") theme();
    else if (event.key === "?") help();
    else if (event.key === "Enter" && event.target.matches(".hit")) open(event.target);
    else return;
    event.preventDefault();
  });
})();
