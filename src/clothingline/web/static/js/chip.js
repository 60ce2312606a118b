// Says on every page what has not left the phone yet, and what needs somebody to look at it.
import { bytesOf, mine, NEARLY, words } from "./outbox.js";

const put = (chip, state, text) => {
  chip.hidden = false;
  chip.dataset.state = state;
  chip.classList.toggle("warn", state === "saved" || state === "action");
  chip.querySelector("span").textContent = text;
};

const note = (text, said) => {
  const one = document.createElement("p");
  one.className = "pending";
  one.textContent = said ? `${text}. ${said}` : text;
  return one;
};

export const showChip = async (state) => {
  const chip = document.getElementById("antrean");
  if (!chip) return;
  const acts = await mine();
  const wrong = acts.filter((one) => one.state === "wrong");
  const waiting = acts.filter((one) => one.state === "waiting");
  document.querySelectorAll("[data-pending]").forEach((place) => place.replaceChildren(
    ...waiting.filter((one) => one.lane === place.dataset.pending).map((one) => note(`${words.saved}: ${one.label}`))));
  document.getElementById("perlu")?.replaceChildren(...wrong.map((one) => note(one.label, one.said)));
  if (wrong.length) put(chip, "action", words.action.replace("0", wrong.length));
  else if (state === "sending" && waiting.length) put(chip, "sending", words.sending);
  else if (waiting.length) put(chip, "saved", `${words.saved} (${waiting.length})${bytesOf(acts) > NEARLY ? ` – ${words.nearly}` : ""}`);
  else if (state === "sent") put(chip, "sent", `${words.sent} ${new Date().toTimeString().slice(0, 5).replace(":", ".")}`);
  else chip.hidden = true;
};
