// The page and its worker: what is kept for later, whether there is a signal, when to send, when a version is ready.
import { flush, mine, words } from "./outbox.js";
import { showChip } from "./chip.js";

const EVERY = 30_000;
const worker = navigator.serviceWorker;

// The next look at this path comes from the network, because something has just changed there.
export const fresh = async (path) => {
  const active = (await worker?.getRegistration("/t"))?.active;
  if (!active) return undefined;
  const pipe = new MessageChannel();
  const heard = new Promise((done) => { pipe.port1.onmessage = done; setTimeout(done, 500); });
  active.postMessage({ fresh: path }, [pipe.port2]);
  return heard;
};

const send = async () => {
  if (!(await mine()).some((one) => one.state === "waiting")) return showChip();
  const results = await flush(false, () => showChip("sending"));
  const away = [...results.values()].some((one) => one.away);
  document.getElementById("luring")?.toggleAttribute("hidden", !away);
  return showChip([...results.values()].some((one) => one.state === "sent") ? "sent" : "");
};

const looked = async () => {
  const reached = await fetch("/ping", { method: "HEAD", cache: "no-store" }).then(() => true, () => false);
  document.getElementById("luring")?.toggleAttribute("hidden", reached);
  return reached;
};

const changed = (one) => (/radio|checkbox/.test(one.type) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue);
const atWork = () => [...document.querySelectorAll("main :is(input, textarea)")].some(changed)
  || document.querySelector("main form:focus-within, [data-ask][hidden], dialog[open]");

// A newer copy of this page has come: it takes the place of the old one unless somebody is, or was, at work in it.
const replace = async () => {
  const text = await (await caches.match(location.href, { ignoreSearch: true, ignoreVary: true }))?.text();
  if (!text || atWork()) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of ["main", ".actions", ".bottom-nav"]) {
    const [old, young] = [document.querySelector(part), page.querySelector(part)];
    if (old && young) old.replaceWith(document.adoptNode(young));
  }
  document.getElementById("pukul").hidden = true;
  dispatchEvent(new Event("ganti"));
  showChip();
};

const offer = async (registration) => {
  const note = document.getElementById("versi");
  if (!registration.waiting || !worker.controller || !note || (await mine()).length) return;
  note.hidden = false;
  note.querySelector("button").onclick = () => registration.waiting.postMessage({ now: true });
};

const again = () => document.documentElement.dataset.leaving ?? location.reload();

if (worker) {
  const another = words.who && localStorage.getItem("siapa") !== words.who;
  if (another) localStorage.setItem("siapa", words.who);
  worker.register("/t/sw.js", { scope: "/t" }).then(async (registration) => {
    offer(registration);
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => offer(registration)));
    (await worker.ready).active.postMessage({ keep: true, forget: another });
  });
  worker.addEventListener("message", ({ data }) => {
    if (data.newer === location.pathname) replace();
    if (data.left === location.pathname) again();
  });
  const controlled = worker.controller;
  worker.addEventListener("controllerchange", () => controlled && again());
}
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
addEventListener("online", () => looked().then(send));
addEventListener("offline", looked);
setInterval(send, EVERY);
send();
if (document.getElementById("pukul")?.hidden === false) looked();
