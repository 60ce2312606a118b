// Queue first, then send: every act gets its key and the phone's time, and leaves in the order of its lane.
import { dropAct, keepAct, keptActs } from "./store.js";
import { shrink } from "./photo.js";

const TIMEOUT = 15_000;
const LONGEST = 300_000;
export const FULL = 20_000_000;
export const NEARLY = 15_000_000;

export const words = document.getElementById("kata")?.dataset ?? {};
export const mine = async () => (await keptActs()).filter((one) => one.who === words.who);
export const bytesOf = (acts) => acts.reduce((sum, one) => sum + one.bytes, 0);

const fieldsOf = async (form, submitter) => {
  const fields = [];
  for (const [name, value] of new FormData(form, submitter)) {
    if (name === "kunci" || (value instanceof File && !value.size)) continue;
    fields.push([name, value instanceof File ? await shrink(value).catch(() => value) : value]);
  }
  return fields;
};

export const queueForm = async (form, submitter) => {
  const { lane, label = submitter.textContent } = form.dataset;
  const act = { key: crypto.randomUUID(), at: Date.now(), path: new URL(form.action).pathname, lane, label };
  act.fields = await fieldsOf(form, submitter);
  act.bytes = act.fields.reduce((sum, [, value]) => sum + (value.size ?? 0), 0);
  if (act.bytes && bytesOf(await keptActs()) + act.bytes > FULL) return null;
  Object.assign(act, { who: words.who, tries: 0, after: 0, state: "waiting" });
  act.n = await keepAct(act);
  return act;
};

const sent = async (act) => {
  const body = new FormData();
  act.fields.forEach(([name, value]) => (value instanceof Blob ? body.append(name, value, "foto.jpg") : body.append(name, value)));
  const headers = {
    Accept: "application/json", "Accept-Language": document.documentElement.lang, "Idempotency-Key": act.key, "X-Account": act.who,
    "X-Captured-At": new Date(act.at).toISOString(), "X-Sent-At": new Date().toISOString(),
  };
  return fetch(act.path, { method: "POST", body, headers, signal: AbortSignal.timeout(TIMEOUT) });
};

const outcome = async (act) => {
  let answer;
  try {
    answer = await sent(act);
  } catch {
    return { state: "waiting", away: true };
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok && said.to) return { state: "sent", to: said.to };
  const again = answer.ok || answer.status >= 500 || [401, 408, 429].includes(answer.status) || said.retryable;
  return again ? { state: "waiting", signedOut: answer.status === 401 } : { state: "wrong", said: said.detail ?? "" };
};

// One tab sends at a time. `now` does not wait for the pause after a try that failed.
export const flush = (now, tell) => navigator.locks.request("kirim", async () => {
  const [lanes, results] = [new Set(), new Map()];
  for (const act of await mine()) {
    const pause = act.after - Date.now();
    if (act.state !== "waiting" || lanes.has(act.lane)) continue;
    if (!now && pause > 0 && pause <= LONGEST) { lanes.add(act.lane); continue; }
    tell?.();
    const result = await outcome(act);
    results.set(act.n, result);
    if (result.state === "sent") await dropAct(act.n);
    else await keepAct({ ...act, state: result.state, said: result.said, tries: act.tries + 1, after: Date.now() + Math.min(LONGEST, 5000 * 2 ** act.tries) });
    if (result.state === "waiting") lanes.add(act.lane);
    if (result.away || result.signedOut) break;
  }
  return results;
});
