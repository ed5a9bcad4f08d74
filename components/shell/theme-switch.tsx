"use client";
/** Chooses light, dark or the system's theme; a cookie remembers it, so that the server can render it without a flash. */
import { useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Segmented } from "@/components/ui/segmented";
import type { Theme } from "./theme";

const YEAR_SECONDS = 31_536_000;

function apply(theme: Theme) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  return (
    <Segmented
      label="Theme"
      value={theme}
      onChange={(next) => {
        apply(next);
        setTheme(next);
      }}
      segments={[
        { value: "system", label: "System", icon: <Icon name="system" size={15} /> },
        { value: "light", label: "Light", icon: <Icon name="sun" size={15} /> },
        { value: "dark", label: "Dark", icon: <Icon name="moon" size={15} /> },
      ]}
    />
  );
}
