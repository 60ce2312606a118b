// `/` goes to the search of the page; Ctrl+K opens a box over it that shows what the search page would find.
const search = document.querySelector("[data-palette]");
const busy = (event) => event.target.closest("input, select, textarea, [contenteditable]");
let box, found, asked = 0;

function make() {
  box = document.createElement("dialog");
  box.className = "palette";
  box.setAttribute("aria-label", search.dataset.palette);
  const typed = Object.assign(document.createElement("input"), { className: "input", type: "search" });
  typed.setAttribute("aria-label", search.dataset.palette);
  found = Object.assign(document.createElement("ul"), { role: "list" });
  box.append(typed, found);
  document.body.append(box);
  typed.addEventListener("input", () => look(typed.value));
  typed.addEventListener("keydown", (event) => event.key === "Enter" && found.querySelector("a")?.click());
  box.addEventListener("keydown", walk);
}

async function look(words) {
  const turn = ++asked;
  const answer = await fetch(`${search.action}?q=${encodeURIComponent(words)}`);
  if (turn !== asked || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const whole = Object.assign(document.createElement("a"), { href: answer.url, textContent: words });
  const links = answer.redirected ? [whole] : [...page.querySelectorAll("main .told > li > a")].slice(0, 12);
  found.replaceChildren(...links.map((link) => Object.assign(document.createElement("li"), {}).appendChild(link.cloneNode(true)).parentNode));
}

function walk(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [box.querySelector("input"), ...found.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  next?.focus();
}

if (search) document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (!box) make();
    if (!box.open) box.showModal();
    look("");
  } else if (event.key === "/" && !event.ctrlKey && !event.altKey && !busy(event)) {
    event.preventDefault();
    search.querySelector("input").focus();
  }
});
