"use client";
/** Keeps the code of a link in this tab, and out of the address bar and the history, while its form is filled. Forgets it once it has been used or is worth nothing; whoever used it is in, and this browser's other tabs are told. */
import { useEffect } from "react";
import { tellOtherTabs } from "@/components/shell/session-news";
import { isRedirect } from "@/components/ui/is-redirect";
import type { ActionResult } from "@/lib/action-result";
import { forgetCode, keepCode, type LinkKind } from "./link-code";

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
      // Used, or worth nothing: it would only be refused again.
      if (result?.ok !== false || result.error.code === "forbidden") forgetCode(kind);
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
