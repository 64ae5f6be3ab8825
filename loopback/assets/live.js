// Keeps the page up to date: asks for it again every second, and puts the new content in place of the old.
// Everything works without it.
"use strict";

const EVERY = 1000;
const news = document.getElementById("news");
const pause = document.getElementById("pause");
let version = null;
let paused = false;
let said = 0;

/** What a screen reader is told, every few seconds at most. */
function tell(text) {
  if (news && Date.now() - said > 5000) {
    news.textContent = text;
    said = Date.now();
  }
}

/** Puts new content in place, without taking the focus, a selection or the place in a table away. */
function replace(old, next) {
  if (!next || old.innerHTML === next.innerHTML) {
    return false;
  }
  const selected = window.getSelection();
  if (selected && !selected.isCollapsed && old.contains(selected.anchorNode)) {
    return false;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const regions = [...old.querySelectorAll(".scroll, pre")].map((region) => [region.scrollLeft, region.scrollTop]);
  old.replaceChildren(...next.childNodes);
  old.querySelectorAll(".scroll, pre").forEach((region, place) => {
    [region.scrollLeft, region.scrollTop] = regions[place] || [0, 0];
  });
  if (focused) {
    const again = focused.id ? document.getElementById(focused.id) : find(old, focused);
    again?.focus({ preventScroll: true });
  }
  return true;
}

/** The link or region that has taken the place of another one. */
function find(place, old) {
  const name = old.tagName.toLowerCase();
  const like = [...place.querySelectorAll(name)];
  return like.find((one) => one.getAttribute("href") === old.getAttribute("href") && one.className === old.className);
}

async function refresh() {
  if (paused || document.hidden) {
    return;
  }
  const headers = version ? { "If-None-Match": version } : {};
  const answer = await fetch(location.href, { headers, cache: "no-store", credentials: "same-origin" });
  if (answer.status !== 200) {
    return;
  }
  version = answer.headers.get("ETag");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const changed = replace(part, fresh.getElementById(part.id));
    if (changed && part.id === "live") {
      tell("The page was updated.");
    }
  }
}

async function run() {
  try {
    await refresh();
  } catch {
    // The server is being started again, perhaps: it is asked again.
  }
  setTimeout(run, EVERY);
}

if (document.querySelector("[data-live]")) {
  if (pause) {
    pause.hidden = false;
    pause.addEventListener("click", () => {
      paused = !paused;
      pause.setAttribute("aria-pressed", String(paused));
    });
  }
  setTimeout(run, EVERY);
}
