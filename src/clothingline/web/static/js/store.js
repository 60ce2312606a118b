// What the phone keeps until it is sent: a row for each act in IndexedDB, the oldest first.
const STORE = "antrean";

const opened = () => new Promise((done, fail) => {
  const ask = indexedDB.open(STORE, 1);
  ask.onupgradeneeded = () => ask.result.createObjectStore(STORE, { keyPath: "n", autoIncrement: true });
  ask.onsuccess = () => done(ask.result);
  ask.onerror = () => fail(ask.error);
});

const within = async (mode, act) => {
  const db = await opened();
  try {
    return await new Promise((done, fail) => {
      const trip = db.transaction(STORE, mode, { durability: "strict" });
      const ask = act(trip.objectStore(STORE));
      trip.oncomplete = () => done(ask.result);
      trip.onabort = () => fail(trip.error);
    });
  } finally {
    db.close();
  }
};

export const keepAct = (act) => within("readwrite", (store) => store.put(act));
export const dropAct = (n) => within("readwrite", (store) => store.delete(n));
export const keptActs = () => within("readonly", (store) => store.getAll());
export const forgetActs = () => within("readwrite", (store) => store.clear());
