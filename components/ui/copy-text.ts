"use client";
/** Puts a text on the clipboard, the old way where the new one is closed; says whether it is there. */

/** navigator.clipboard exists only on https and localhost; a desk on a LAN address needs the old way. */
function copyTheOldWay(text: string, near: HTMLElement): boolean {
  const box = document.createElement("textarea");
  box.value = text;
  box.readOnly = true;
  box.className = "sr-only";
  // A modal dialog makes everything outside it inert, so the box must be inside.
  (near.closest("dialog") ?? document.body).append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  near.focus();
  return copied;
}

/** @param near what was pressed */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text, near);
  }
}

/** For the person to copy by hand. @returns false: there is no such element */
export function selectText(id: string): boolean {
  const target = document.getElementById(id);
  if (!target) return false;
  getSelection()?.selectAllChildren(target);
  return true;
}
