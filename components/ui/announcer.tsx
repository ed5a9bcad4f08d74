"use client";
/** Says politely, to whoever cannot see it, what an act has changed on a page that stays. One on a page. */
import { useEffect, useState } from "react";

let say = (_: string) => {};

/** Once no dialog is open: what lies behind one is silent. */
export const announce = (text: string): void => say(text);

export function Announcer() {
  const [text, setText] = useState("");
  useEffect(() => {
    say = setText;
    return () => {
      say = () => {};
    };
  }, []);
  return (
    <p role="status" data-testid="announced" className="sr-only">
      {text}
    </p>
  );
}
