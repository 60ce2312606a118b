// The list of what waits on this phone: how old, why, and the ways on.
import { dropAct } from "./store.js";
import { flush, mine } from "./outbox.js";
import { showChip } from "./chip.js";

const made = (tag, text, kind = "") => Object.assign(document.createElement(tag), { textContent: text, className: kind });

const row = (act, said) => {
  const [card, wrong] = [made("article", "", "card"), act.state === "wrong"];
  const minutes = Math.max(0, Math.round((Date.now() - act.at) / 60_000));
  const button = made("button", wrong ? said.seen : said.drop, "button second");
  card.id = `a${act.n}`;
  card.classList.toggle("wrong", wrong);
  card.append(made("h2", act.label), made("p", wrong ? act.said : said.wait), made("p", minutes ? `${minutes} ${said.minutes}` : said.now, "quiet"), button);
  button.onclick = async () => {
    if (act.bytes && button.textContent !== said.sure) { button.textContent = said.sure; return; }
    await dropAct(act.n);
    await bind();
  };
  return card;
};

export const bind = async () => {
  const [list, send] = [document.getElementById("daftar"), document.getElementById("kirim")];
  if (!list) return;
  const acts = await mine();
  list.replaceChildren(...acts.map((act) => row(act, list.dataset)));
  document.getElementById("kosong").hidden = acts.length > 0;
  send.hidden = !acts.some((one) => one.state === "waiting");
  send.onclick = async () => { await flush(true, () => showChip("sending")); await bind(); };
  await showChip();
};
