// Before somebody signs in on a phone that others use: what the worker keeps of the tailor's pages is forgotten.
export const bind = async () => {
  const registration = await navigator.serviceWorker?.getRegistration("/t");
  registration?.active?.postMessage({ forget: true });
};
