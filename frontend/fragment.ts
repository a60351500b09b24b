/** form[data-behaviour=from-fragment] sends the code that stands behind # in the address of a slip: no server and no proxy sees it there. */
export function fromFragment(form: HTMLElement): void {
  const field = form.querySelector<HTMLInputElement>("input[name=code]");
  if (!(form instanceof HTMLFormElement) || !field) return;
  const send = (): void => {
    const code = location.hash.slice(1);
    if (!/^[A-Za-z0-9-]{8,20}$/.test(code)) return;
    history.replaceState(null, "", location.pathname + location.search);
    field.value = code;
    form.requestSubmit();
  };
  window.addEventListener("hashchange", send);
  send();
}
