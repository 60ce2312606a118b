// A page that waits for others asks again while it is looked at, ever more seldom, and goes on when something has changed.
const FIRST = 2_000, SLOWEST = 16_000;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const seen = () => document.visibilityState === "visible"
  || new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
const stateIn = (page) => page.match(/data-waiting="([^"]*)"/)?.[1];

const goOn = async () => {
  const { dataset } = document.querySelector("[data-waiting]");
  for (let wait = FIRST; ; wait = Math.min(wait * 1.5, SLOWEST)) {
    await pause(wait);
    await seen();
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) continue;
    if (answer.redirected || stateIn(await answer.text()) !== dataset.waiting) return location.replace(answer.url);
  }
};

export const bind = () => { goOn(); };
