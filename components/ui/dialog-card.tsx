/** What stands in a dialog: its title, what it says, why it was refused, and what can be pressed. */
import type { ReactNode } from "react";
import { Notice } from "./notice";

export function DialogCard({
  titleId,
  title,
  children,
  failure,
  buttons,
}: {
  titleId?: string;
  title: string;
  children: ReactNode;
  failure: string | undefined;
  buttons: ReactNode;
}) {
  return (
    <>
      <div className="flex flex-col gap-3 px-5 pt-5 pb-4 [overflow-wrap:anywhere]">
        <h2 id={titleId} className="font-semibold text-[1.0625rem] tracking-tight">
          {title}
        </h2>
        <div className="flex flex-col gap-2 text-soft">{children}</div>
        {failure ? (
          <Notice tone="bad" role="alert">
            {failure}
          </Notice>
        ) : null}
      </div>
      {/* In view however long the rest is: one of them has the focus. */}
      <div className="sticky bottom-0 flex justify-end gap-2 border-line border-t bg-sunken px-5 py-3">{buttons}</div>
    </>
  );
}
