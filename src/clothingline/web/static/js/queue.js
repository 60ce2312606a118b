// The list of what waits on this phone: how old, why, and the ways on.
import { dropAct } from "./store.js";
import { flush, mine } from "./outbox.js";
import { showChip } from "./chip.js";

const list = document.getElementById("daftar");
const made = (tag, text, kind = "") => Object.assign(document.createElement(tag), { textContent: text, className: kind });

const row = (act) => {
  const [card, wrong] = [made("article", "", "card"), act.state === "wrong"];
  const minutes = Math.max(0, Math.round((Date.now() - act.at) / 60_000));
  const button = made("button", wrong ? list.dataset.seen : list.dataset.drop, "button second");
  card.id = `a${act.n}`;
  card.classList.toggle("wrong", wrong);
  card.append(made("h2", act.label), made("p", wrong ? act.said : list.dataset.wait), made("p", minutes ? `${minutes} ${list.dataset.minutes}` : list.dataset.now, "quiet"), button);
  button.onclick = async () => {
    if (act.bytes && button.textContent !== list.dataset.sure) { button.textContent = list.dataset.sure; return; }
    await dropAct(act.n);
    await showQueue();
  };
  return card;
};

const showQueue = async () => {
  const acts = await mine();
  list.replaceChildren(...acts.map(row));
  document.getElementById("kosong").hidden = acts.length > 0;
  document.getElementById("kirim").hidden = !acts.some((one) => one.state === "waiting");
  await showChip();
};

if (list) {
  document.getElementById("kirim").onclick = async () => { await flush(true, () => showChip("sending")); await showQueue(); };
  showQueue();
}
