/** What was typed into a field before the page ran, where the page holds what stands in it: drawn once more, the field would be as the server sent it. */
import { type RefObject, useEffectEvent, useLayoutEffect } from "react";

/** @param drawn what the server sent @param take told what was typed instead */
export function useTypedEarly(
  field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>,
  drawn: string,
  take: (typed: string) => void,
): void {
  const begin = useEffectEvent(() => {
    const typed = field.current?.value ?? drawn;
    if (typed !== drawn) take(typed);
  });
  useLayoutEffect(() => begin(), []);
}
