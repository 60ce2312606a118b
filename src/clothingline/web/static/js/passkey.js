// A key of this device in the place of a code: the server asks, the device makes or proves, the form carries it back.
const READ = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" };

const ask = async (form) => {
  const headers = { "Idempotency-Key": crypto.randomUUID(), Accept: "application/json" };
  const answer = await fetch(form.dataset.begin, { method: "POST", headers });
  if (!answer.ok) throw new Error(form.dataset.begin);
  return answer.json();
};

const carry = async (form) => {
  const how = form.dataset.passkey;
  const { challenge, options } = await ask(form);
  const made = await navigator.credentials[how]({ publicKey: PublicKeyCredential[READ[how]](options) });
  form.elements.challenge.value = challenge;
  form.elements.credential.value = JSON.stringify(made);
  form.requestSubmit();
};

const press = async (form, button) => {
  const refused = form.querySelector("[role=alert]");
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  refused.hidden = true;
  await carry(form).catch(() => { refused.hidden = false; });
  button.ariaDisabled = null;
};

document.querySelectorAll("[data-passkey]").forEach((form) => {
  if (!globalThis.PublicKeyCredential?.[READ[form.dataset.passkey]]) return;
  const button = form.querySelector("button");
  form.hidden = false;
  button.addEventListener("click", () => press(form, button));
});
