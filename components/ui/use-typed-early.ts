/** What was typed into a field before the page ran, where the page holds what stands in it: drawn once more, the field would be as the server sent it. */
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";

/** @param drawn what the server sent @param take told what was typed instead */
export function useTypedEarly(
  field: RefObject<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null>,
  drawn: string,
  take: (typed: string) => void,
): void {
  const early = useRef<string>(null);
  // Read before anything is drawn, told once those who hold it listen.
  useLayoutEffect(() => {
    early.current = field.current?.value ?? null;
  }, [field]);
  const begin = useEffectEvent(() => {
    if (early.current !== null && early.current !== drawn) take(early.current);
  });
  useEffect(() => begin(), []);
}
