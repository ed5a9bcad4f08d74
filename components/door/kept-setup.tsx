"use client";
/** The setup form again after a reload: the code of a link that opened waits in this tab's session storage, never in a URL. Shows what it is given where there is none. */
import { type ComponentProps, type ReactNode, useSyncExternalStore } from "react";
import { keptCode } from "./link-code";
import { SetupForm } from "./setup-form";

const subscribeToNothing = () => () => {};
const keptSetupCode = () => keptCode("setup");

export function KeptSetup({
  action,
  heading,
  children,
}: {
  action: ComponentProps<typeof SetupForm>["action"];
  /** Of the form. */
  heading: ReactNode;
  children: ReactNode;
}) {
  const code = useSyncExternalStore(subscribeToNothing, keptSetupCode, () => null);
  if (!code) return children;
  return (
    <>
      {heading}
      <SetupForm action={action} code={code} />
    </>
  );
}
