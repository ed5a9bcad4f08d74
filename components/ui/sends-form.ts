/** The keys that send a form from any of its fields: Ctrl+Enter, and on a Mac ⌘+Enter. */
import type { KeyboardEvent } from "react";

export const sendsForm = ({ key, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">): boolean =>
  key === "Enter" && (ctrlKey || metaKey);
