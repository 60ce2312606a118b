// Messages while the app is closed: asked for by a button beside an accepted job, never by the page itself.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const can = () => window.PushManager && window.Notification?.permission === "default";

const turnOn = async () => {
  if (await Notification.requestPermission() !== "granted") return;
  const { key } = await (await fetch("/t/kabar")).json();
  const { pushManager } = await navigator.serviceWorker.ready;
  const target = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const { endpoint, keys } = target.toJSON();
  const body = new URLSearchParams({ endpoint, ...keys });
  await fetch("/t/kabar", { method: "POST", body, headers: { Accept: "application/json", "Idempotency-Key": crypto.randomUUID() } });
};

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-tell]")) return;
  await turnOn();
  bind();
});

export const bind = () => document.querySelectorAll("[data-tell]").forEach((button) => { button.hidden = !can(); });
