// The worker of the tailor's pages: network or copy, and never an act.
import { NOTHING, begin, end, forget, keepAll, ours, put, renewed, stamped } from "./keeping.js";

const PATIENCE = 3000;
const changed = new Set();
const urgent = (path) => path.startsWith("/t/tawaran/") || path.startsWith("/t/uang");

addEventListener("install", (event) => event.waitUntil(begin()));
addEventListener("activate", (event) => event.waitUntil(end().then(() => self.clients.claim())));

const fromNetwork = async (request, path) => {
  const answer = await fetch(request);
  if (!new URL(request.url).search) await put(path, answer.clone());
  return answer;
};

const networkFirst = async (event, path) => {
  const asked = fromNetwork(event.request, path);
  const late = new Promise((done) => { setTimeout(() => done(stamped(path)), PATIENCE); });
  const answer = await Promise.race([asked.catch(() => undefined), late]) ?? await asked.catch(() => stamped(path));
  return answer ?? (await caches.match(NOTHING)) ?? Response.error();
};

const keptFirst = async (event, path) => {
  const kept = await stamped(path);
  if (!kept) return networkFirst(event, path);
  event.waitUntil(renewed(path).catch(() => undefined));
  return kept;
};

addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
  else if (event.request.mode === "navigate" && ours(pathname)) {
    const now = changed.delete(pathname) || urgent(pathname) || event.request.cache === "no-cache";
    event.respondWith((now ? networkFirst : keptFirst)(event, pathname));
  }
});

addEventListener("message", (event) => {
  if (event.data.now) self.skipWaiting();
  if (event.data.fresh) { changed.add(new URL(event.data.fresh, location).pathname); event.ports[0]?.postMessage(1); }
  if (event.data.keep) event.waitUntil((event.data.forget ? forget() : Promise.resolve()).then(keepAll).catch(() => undefined));
  else if (event.data.forget) event.waitUntil(forget());
});

addEventListener("push", (event) => {
  const { title, body, path, tag, silent } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, tag, silent, data: { path } }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.path));
});
