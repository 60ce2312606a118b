// What the worker keeps of the tailor's pages. VERSION and SHELL come from the server, before this text.
const CACHE = `t-${VERSION}`;
const KEPT_FOR = 15 * 60_000;
const LOOSE = { ignoreSearch: true, ignoreVary: true };
export const NOTHING = "/t/luring";

export const ours = (path) => path === "/t" || path.startsWith("/t/");
const bare = (text) => text.replace(/name="kunci" value="\w+"|<[^>]*data-(left|until)[^>]*>/g, "");
const tell = async (said) => (await self.clients.matchAll()).forEach((one) => one.postMessage(said));

export const begin = async () => (await caches.open(CACHE)).addAll(SHELL);
export const end = async () => Promise.all((await caches.keys()).filter((name) => name !== CACHE).map((name) => caches.delete(name)));

// Pages of somebody else on this phone.
export const forget = async () => {
  const cache = await caches.open(CACHE);
  const paths = (await cache.keys()).map((one) => new URL(one.url).pathname).filter((path) => ours(path) && path !== NOTHING);
  await Promise.all(paths.map((path) => cache.delete(path, LOOSE)));
};

export const put = async (path, answer) => {
  const cache = await caches.open(CACHE);
  if (answer.type === "opaqueredirect" || [403, 404, 410].includes(answer.status)) return cache.delete(path, LOOSE);
  if (!answer.ok || answer.redirected || answer.headers.has("x-toast")) return undefined;
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.set("x-kept-at", Date.now());
  return cache.put(path, new Response(await answer.text(), { headers }));
};

export const stamped = async (path) => {
  const kept = await (await caches.open(CACHE)).match(path, LOOSE);
  if (!kept) return undefined;
  const at = new Date(Number(kept.headers.get("x-kept-at"))).toTimeString().slice(0, 5).replace(":", ".");
  const text = (await kept.text()).replace('id="pukul" hidden', 'id="pukul"').replace("<time></time>", `<time>${at}</time>`);
  return new Response(text, { headers: kept.headers });
};

export const renewed = async (path) => {
  const before = await (await caches.open(CACHE)).match(path, LOOSE);
  const answer = await fetch(path, { headers: { "X-Kept": "1" }, redirect: "manual" });
  const text = answer.ok ? await answer.clone().text() : "";
  const who = (page) => /data-who="([^"]*)"/.exec(page)?.[1];
  const old = before ? await before.text() : "";
  if (old && text && who(old) !== who(text)) { await forget(); await put(path, answer); await tell({ left: path }); return; }
  await put(path, answer);
  if (answer.type === "opaqueredirect" || answer.status === 403) await tell({ left: path });
  else if (old && text && bare(old) !== bare(text)) await tell({ newer: path });
};

export const keepAll = async () => {
  const [cache, answer] = [await caches.open(CACHE), await fetch("/t/simpan")];
  if (answer.redirected || answer.status === 403) { await forget(); return; } // signed out, or no tailor any more
  for (const path of answer.ok ? (await answer.json()).paths : []) {
    const kept = await cache.match(path, LOOSE);
    if (!kept || Date.now() - kept.headers.get("x-kept-at") > KEPT_FOR) await renewed(path);
  }
};
