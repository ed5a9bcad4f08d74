"use client";
/** Keeps the code of a link in this tab, and out of the address bar and the history, while its form is filled. Forgets it once it has been used; whoever used it is in, and this browser's other tabs are told. One that opens no more is opened again: its page says what happened, and whom to ask, as often as it is reloaded. */
import { useEffect } from "react";
import { tellOtherTabs } from "@/components/shell/session-news";
import { isRedirect } from "@/components/ui/is-redirect";
import type { ActionResult } from "@/lib/action-result";
import { forgetCode, keepCode, type LinkKind, openCode } from "./link-code";

/** @returns what the form calls instead of `action` */
export function useLinkCode<Input>(
  kind: LinkKind,
  code: string,
  action: (input: Input) => Promise<ActionResult<unknown>>,
): (input: Input) => Promise<ActionResult<unknown>> {
  useEffect(() => {
    keepCode(kind, code);
    window.history.replaceState(null, "", window.location.pathname);
  }, [kind, code]);
  return async (input) => {
    try {
      const result = await action(input);
      if (result?.ok !== false) forgetCode(kind);
      else if (result.error.code === "forbidden") openCode(kind, code);
      return result;
    } catch (error) {
      if (isRedirect(error)) {
        forgetCode(kind);
        tellOtherTabs("signed in");
      }
      throw error;
    }
  };
}
