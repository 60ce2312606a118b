// What others do, told to an open page as `kabar`. A browser has six lines to a host, and a tab that lies behind others
// would hold one of them for nothing: it hangs up, and asks at once for what it has missed when it is seen again.
const PAUSE = 15_000;
let line, missed = false;
const tell = () => document.dispatchEvent(new CustomEvent("kabar"));

function hangUp() {
  line?.close();
  line = undefined;
  missed = true;
}

// A browser calls again by itself after a line that broke, not after one that was refused.
function lose({ target }) {
  missed = true;
  if (target !== line || target.readyState !== EventSource.CLOSED) return;
  line = undefined;
  setTimeout(follow, PAUSE);
}

function call() {
  line = new EventSource("/peristiwa");
  line.addEventListener("kabar", tell);
  line.addEventListener("error", lose);
  line.addEventListener("open", () => {
    if (missed) tell();
    missed = false;
  });
}

const follow = () => (document.hidden ? hangUp() : line ?? call());
document.addEventListener("visibilitychange", follow);
follow();
