/** Where this tab keeps what is typed into the issue form: under whose it is, so that every page can clear what is another's without reading it. */

const PREFIX = "issue-form:";
const prefixOf = (memberId: string) => `${PREFIX}${memberId}:`;

/** @param beganWith what the form was opened with: each has its own */
export const keptUnder = (memberId: string, beganWith: string) => prefixOf(memberId) + beganWith;

/** Storage may be forbidden, or full; what is typed is then kept by the page alone. */
export function withStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(sessionStorage);
  } catch {
    return undefined;
  }
}

/** What another member typed in this tab goes. */
export function forgetOthersForms(memberId: string): void {
  withStorage((storage) => {
    for (const name of Object.keys(storage))
      if (name.startsWith(PREFIX) && !name.startsWith(prefixOf(memberId))) storage.removeItem(name);
  });
}
