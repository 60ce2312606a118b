// A board that is open: what others do shows by itself, `m` goes to the list of a card, and a card can be dragged. Each
// move is still that card's own form.
import { bind as timed } from "./toast.js";

const board = document.querySelector("[data-board]");
const HOLDERS = "[data-board], [data-board] .board, [data-board] section, [data-board] table, [data-board] tbody";
const PAUSE = 250;

const cards = (root) => new Map([...root.querySelectorAll("[data-card]")].map((card) => [card.dataset.card, card]));
const bare = (node) => node.outerHTML.replace(/ (?:value="\w+"|draggable="true")/g, "");
const nameOf = (node, at) => node.dataset.card || node.getAttribute("aria-labelledby") || `${node.localName} ${at}`;

// The node stays where nothing has changed, so that whoever is in it stays there too.
function renew(old, fresh) {
  const known = new Map([...old.children].map((node, at) => [nameOf(node, at), node]));
  const wanted = [...fresh.children].map((node, at) => {
    const here = known.get(nameOf(node, at));
    if (here?.localName !== node.localName) return node;
    if (bare(here) === bare(node)) return here;
    if (!here.matches(HOLDERS)) return node;
    renew(here, node);
    return here;
  });
  [...old.children].filter((node) => !wanted.includes(node)).forEach((node) => node.remove());
  wanted.forEach((node, at) => { if (old.children[at] !== node) old.insertBefore(node, old.children[at] ?? null); });
}

const places = () => new Map([...cards(board)].map(([ref, card]) => [ref, { code: card.dataset.code, column: card.closest("[data-column]").dataset.words }]));

const codes = (known) => new Set([...known.values()].map(({ code }) => code));

// An order that is cut goes from one card to a card for each maker, and back when it is packed: it has not left.
function tell(before, after) {
  const told = [...after].filter(([ref, { column }]) => before.get(ref)?.column !== column)
    .map(([, { code, column }]) => board.dataset.moved.replace("{code}", code).replace("{column}", column));
  const here = codes(after);
  codes(before).forEach((code) => { if (!here.has(code)) told.push(board.dataset.gone.replace("{code}", code)); });
  if (!told.length) return;
  const toast = Object.assign(document.createElement("div"), { className: "toast" });
  toast.dataset.toast = "";
  toast.append(Object.assign(document.createElement("p"), { textContent: [...new Set(told)].join(" ") }));
  document.getElementById("kabar").append(toast);
  timed();
}

const focused = () => ({ id: document.activeElement.id, card: document.activeElement.closest("[data-card]")?.dataset.card });
const goBack = ({ id, card }) => document.activeElement === document.body
  && (document.getElementById(id) ?? cards(board).get(card)?.querySelector("a"))?.focus({ preventScroll: true });

const read = async (answer) => (answer.ok ? answer.text() : "");

let asked = 0;
async function look() {
  const turn = ++asked;
  const page = await fetch(board.dataset.board, { headers: { accept: "text/html" } }).then(read).catch(() => "");
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-board]");
  if (!fresh || turn !== asked) return;
  const before = places(), at = focused();
  renew(board, fresh);
  goBack(at);
  tell(before, places());
  takeable();
}

let waiting;
const heard = () => { clearTimeout(waiting); waiting = setTimeout(look, PAUSE); };
const takeable = () => board.querySelectorAll("article[data-card]").forEach((card) => { card.draggable = true; });

document.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-card]");
  if (event.key !== "m" || !card || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select")) return;
  event.preventDefault();
  card.querySelector("select").focus();
});

if (board) {
  takeable();
  document.addEventListener("kabar", heard);
}
