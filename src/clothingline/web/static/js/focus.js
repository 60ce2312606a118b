// The summary of what has to be put right takes the focus, when the page opens and when it comes in later.
export const bind = () => document.querySelector("[data-focus]")?.focus();
