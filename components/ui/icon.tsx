/** The icons of this product, drawn on a 16-unit grid; decorative, so every one stands beside words. */
const paths = {
  overview: "M2.5 7.5 8 2.7l5.5 4.8v5.8h-11z",
  issue: "M1.8 5.3v-1.8h12.4v1.8a2.7 2.7 0 0 0 0 5.4v1.8H1.8v-1.8a2.7 2.7 0 0 0 0-5.4zM9.8 5v1M9.8 7.5v1M9.8 10v1",
  decode: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.5 3.5",
  audit: "M3.2 2.5h9.6v11H3.2zM5.6 5.6h4.8M5.6 8h4.8M5.6 10.4h2.6",
  ledger: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.2 6.3V13",
  keys: "M5 10.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM7.7 8h6.5v2.3M11.5 8v1.8",
  team: "M6 7.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM1.8 13c.5-2.4 2.1-3.5 4.2-3.5s3.7 1.1 4.2 3.5M10.5 3.6a2.1 2.1 0 0 1 0 3.9M12 9.8c1.2.5 1.9 1.6 2.2 3.2",
  more: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  check: "m3.5 8.5 3 3 6-7",
  cross: "m4 4 8 8M12 4l-8 8",
  "check-circle": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.3 8.2l2 2 3.5-4.1",
  "cross-circle": "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2",
  warn: "M8 2.5 14.5 13.5h-13zM8 6.5v3.4M8 11.5v.3",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.4v3.4M8 5.1v.3",
  unknown: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.5a1.8 1.8 0 1 1 2.5 1.7c-.6.3-.8.6-.8 1.1M8 11.1v.2",
  skipped: "M4 8h8",
  chevron: "m4 6.3 4 4 4-4",
  pending: "M8 2a6 6 0 1 1-6 6",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  lock: "M4 7.2h8v6.3H4zM5.6 7.2V5.1a2.4 2.4 0 0 1 4.8 0v2.1",
  again: "M13 8a5 5 0 1 1-1.6-3.7M13.2 2.3v2.6h-2.6",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.5",
  system: "M2 3h12v8H2zM5.5 13.5h5",
  sun: "M8 10.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
  "arrow-right": "M3 8h9.5M8.5 4l4 4-4 4",
  "arrow-left": "M13 8H3.5M7.5 4l-4 4 4 4",
  "sign-out": "M9.5 2.5h-7v11h7M6.5 8h7.5M11.3 5.3 14 8l-2.7 2.7",
  plus: "M8 3v10M3 8h10",
  alarm: "M8 1.8 13 3.6v4c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.6v-4zM8 5v3.4M8 10.5v.2",
  shield: "M8 1.8 13 3.6v4c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.6v-4z",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.5 3.5",
  keyboard: "M1.8 4h12.4v8H1.8zM4.3 6.5h.1M6.8 6.5h.1M9.3 6.5h.1M11.8 6.5h.1M4.8 9.5h6.4",
  user: "M8 8.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.8 14c.5-2.6 2.6-3.8 5.2-3.8s4.7 1.2 5.2 3.8",
  "up-down": "m5 6 3-3 3 3M5 10l3 3 3-3",
  download: "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.8 13.3h10.4",
  pen: "m3 13 .6-2.8 7.3-7.3 2.2 2.2-7.3 7.3zM9.6 4.2l2.2 2.2",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  terminal: "M2 3h12v10H2zM4.5 6 6.5 8l-2 2M8 10h3.5",
  link: "M6.7 9.3a2.6 2.6 0 0 1 0-3.7l2-2a2.6 2.6 0 0 1 3.7 3.7L11 8.7M9.3 6.7a2.6 2.6 0 0 1 0 3.7l-2 2a2.6 2.6 0 0 1-3.7-3.7L5 7.3",
  qr: "M2.5 2.5H7V7H2.5zM9 2.5h4.5V7H9zM2.5 9H7v4.5H2.5zM9.5 9.5h1.2M13 9.5v1.7M9.5 13h1.2M13 13.3v.2M11.3 11.4h.2",
  send: "M2 8 14 2.5 10.5 13.5 8 9zM8 9l6-6.5",
  code: "m5.3 4.5-3.6 3.5 3.6 3.5M10.7 4.5l3.6 3.5-3.6 3.5",
  filter: "M2 3.5h12L9.5 8.8v4.7l-3-1.5V8.8z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({
  name,
  size = 16,
  strokeWidth = 1.5,
  className,
}: {
  name: IconName;
  /** Pixels on a side. */
  size?: number;
  strokeWidth?: number;
  className?: string;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={strokeWidth}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className={className ? `shrink-0 ${className}` : "shrink-0"}
    >
      <path d={paths[name]} />
    </svg>
  );
}
