/** Who has the focus: asked before what comes late takes it. */

/** In milliseconds. Whoever takes something away has so long to say where the focus goes, before the keeper does. */
export const OTHERS_FIRST_MS = 100;
/** Marks what the keeper put the focus on, for want of a better place. */
export const STAND_IN = "data-stand-in";

/** Nobody has it, or a stand-in for what went. */
export function isFocusFree(): boolean {
  const { activeElement, body } = document;
  return !activeElement || activeElement === body || activeElement.hasAttribute(STAND_IN);
}

/** Whether somebody fills in a field: what they type would go elsewhere without it. @param but not this one */
export function isTyping(but?: Element | null): boolean {
  const { activeElement } = document;
  return activeElement !== but && activeElement?.matches("input, select, textarea") === true;
}

const CONTROLS = ":is(input, select, textarea, button):enabled";
const CHOSEN = `${CONTROLS}:is(:checked, [aria-pressed="true"])`;

/** The control itself; of a group what is chosen in it, or its first. */
function controlOf(marked: HTMLElement): HTMLElement | null {
  if (marked.matches(CONTROLS)) return marked;
  return marked.querySelector<HTMLElement>(CHOSEN) ?? marked.querySelector<HTMLElement>(CONTROLS);
}

/** Brings a control into view, out of what is folded, and goes there. @returns whether it could */
export function goTo(control: HTMLElement | null): boolean {
  const folded = control?.closest<HTMLDetailsElement>("details:not([open])");
  if (folded) folded.open = true;
  if (!control?.checkVisibility()) return false;
  control.focus();
  return true;
}

/** Goes to the first control of a form that is marked as wrong, in the order of the page. */
export function focusFirstFault(form: HTMLElement): void {
  [...form.querySelectorAll<HTMLElement>('[aria-invalid="true"]')].some((marked) => goTo(controlOf(marked)));
}
