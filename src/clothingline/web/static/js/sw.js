// Keeps the tailor's pages for when there is no signal. VERSION and SHELL come from the server, before this text.
const CACHE = `t-${VERSION}`;
const PATIENCE = 3000;
const KEPT_FOR = 15 * 60_000;
const NOTHING = "/t/luring";
const LOOSE = { ignoreSearch: true, ignoreVary: true };
const changed = new Set();

const ours = (path) => path === "/t" || path.startsWith("/t/");
const urgent = (path) => path.startsWith("/t/tawaran/") || path.startsWith("/t/uang");
const bare = (text) => text.replace(/name="kunci" value="\w+"|<[^>]*data-(left|until)[^>]*>/g, "");
const tell = async (said) => (await self.clients.matchAll()).forEach((one) => one.postMessage(said));

addEventListener("install", (event) => event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL))));
addEventListener("activate", (event) => event.waitUntil((async () => {
  await Promise.all((await caches.keys()).filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

// Pages of somebody else on this phone.
const forget = async () => {
  const cache = await caches.open(CACHE);
  const paths = (await cache.keys()).map((one) => new URL(one.url).pathname).filter((path) => ours(path) && path !== NOTHING);
  await Promise.all(paths.map((path) => cache.delete(path, LOOSE)));
};

const put = async (path, answer) => {
  const cache = await caches.open(CACHE);
  if (answer.type === "opaqueredirect" || answer.status === 404) return cache.delete(path, LOOSE);
  if (!answer.ok || answer.redirected || answer.headers.has("x-toast")) return undefined;
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.set("x-kept-at", Date.now());
  return cache.put(path, new Response(await answer.text(), { headers }));
};

const stamped = async (path) => {
  const kept = await (await caches.open(CACHE)).match(path, LOOSE);
  if (!kept) return undefined;
  const at = new Date(Number(kept.headers.get("x-kept-at"))).toTimeString().slice(0, 5).replace(":", ".");
  const text = (await kept.text()).replace('id="pukul" hidden', 'id="pukul"').replace("<time></time>", `<time>${at}</time>`);
  return new Response(text, { headers: kept.headers });
};

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

const renewed = async (path) => {
  const before = await (await caches.open(CACHE)).match(path, LOOSE);
  const answer = await fetch(path, { headers: { "X-Kept": "1" }, redirect: "manual" });
  const text = answer.ok ? await answer.clone().text() : "";
  const who = (page) => /data-who="([^"]*)"/.exec(page)?.[1];
  const old = before ? await before.text() : "";
  if (old && text && who(old) !== who(text)) { await forget(); await put(path, answer); await tell({ left: path }); return; }
  await put(path, answer);
  if (answer.type === "opaqueredirect") await tell({ left: path });
  else if (old && text && bare(old) !== bare(text)) await tell({ newer: path });
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

const keepAll = async () => {
  const [cache, answer] = [await caches.open(CACHE), await fetch("/t/simpan")];
  for (const path of answer.ok && !answer.redirected ? (await answer.json()).paths : []) {
    const kept = await cache.match(path, LOOSE);
    if (!kept || Date.now() - kept.headers.get("x-kept-at") > KEPT_FOR) await renewed(path);
  }
};

addEventListener("message", (event) => {
  if (event.data.now) self.skipWaiting();
  if (event.data.fresh) { changed.add(new URL(event.data.fresh, location).pathname); event.ports[0]?.postMessage(1); }
  if (event.data.keep) event.waitUntil((event.data.forget ? forget() : Promise.resolve()).then(keepAll).catch(() => undefined));
});
