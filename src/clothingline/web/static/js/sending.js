// Forms that may wait: kept on the phone first, then sent; the page says which of the two it is.
import { flush, queueForm, words } from "./outbox.js";
import { rest } from "./busy.js";
import { showChip } from "./chip.js";
import { fresh } from "./shell.js";

const PATIENCE = 4000;

const saying = (text) => {
  const toast = Object.assign(document.createElement("div"), { className: "toast" });
  toast.append(Object.assign(document.createElement("p"), { textContent: text }));
  document.getElementById("kabar").replaceChildren(toast);
};

const resting = (form) => {
  document.querySelectorAll(`[form="${form.id}"]`).forEach((button) => { button.hidden = true; });
  form.replaceChildren(Object.assign(document.createElement("p"), { className: "pending", textContent: words.saved }));
};

const took = async (form, submitter) => {
  const act = await queueForm(form, submitter);
  if (!act) {
    rest();
    return saying(words.full);
  }
  await showChip("sending");
  const later = new Promise((done) => { setTimeout(() => done(new Map()), PATIENCE); });
  const result = (await Promise.race([flush(true), later])).get(act.n) ?? {};
  await showChip(result.state === "sent" ? "sent" : "");
  if (result.state === "sent") {
    if (act.path.includes("/langkah/")) localStorage.setItem("pasang", "1");
    await fresh(result.to);
    return location.assign(result.to);
  }
  if (result.state === "wrong") return location.assign(`/t/antrean#a${act.n}`);
  saying(form.dataset.outbox === "intent" ? words.intent : words.kept);
  return resting(form);
};

const going = new WeakSet();

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.outbox === undefined) return;
  event.preventDefault();
  if (going.has(form)) return;
  going.add(form);
  await took(form, event.submitter);
  going.delete(form);
});
