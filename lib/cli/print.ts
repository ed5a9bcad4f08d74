/** Writes for a terminal: what comes from elsewhere cannot steer it, and colours are there only where they are wanted. */
import type { TokenReport } from "@/lib/decoder/report";
import { formatUtc } from "@/lib/text/instant";
import type { Io } from "./io";

/** Control and format characters as their code: an escape sequence in a claim would repaint the screen. */
export const safe = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

const safeLines = (text: string) => text.split("\n").map(safe).join("\n");

const CODES = { ok: 32, warn: 33, bad: 31, mute: 2, strong: 1 } as const;
export type Ink = keyof typeof CODES;

/** https://no-color.org: any value but an empty one. */
export function paint(io: Pick<Io, "env" | "isTerminal">, ink: Ink, text: string): string {
  return io.isTerminal.out && !io.env.NO_COLOR ? `\u001b[${CODES[ink]}m${text}\u001b[0m` : text;
}

const escaped = (text: string) =>
  text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The same value, with what could steer a terminal written by its code, which JSON itself demands of some alone. */
export const json = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;

/** The report as the page shows it, in plain text. */
export function reportText(io: Pick<Io, "env" | "isTerminal">, report: TokenReport): string {
  const { verdict } = report;
  const lines = [
    paint(io, verdict.tone, safe(verdict.title)),
    ...(verdict.vendor ? [safe(verdict.vendor)] : []),
    ...verdict.lead.map((said) => `  ${safe(said)}`),
  ];
  if (report.kind === "token") {
    if (report.takenOff.length > 0)
      lines.push("", safe([`Taken off: ${report.takenOff.join(", ")}.`, report.wrapping].filter(Boolean).join(" ")));
    if (report.sentence) lines.push("", safe(report.sentence));
    lines.push("");
    for (const { layer, state, summary, findings } of report.layers) {
      lines.push(
        `${layer.padEnd(11)}${paint(io, inkOf(state), state.padEnd(8))}${findings.length > 0 ? "" : safe(summary)}`.trimEnd(),
      );
      for (const { severity, path, message, remedy } of findings)
        lines.push(
          `  ${severity}: ${path ? `${safe(path)}: ` : ""}${safe([message, remedy].filter(Boolean).join(" "))}`,
        );
    }
    const { createdAt, notBefore, expiresAt } = report.times;
    const times = [
      ["created", createdAt],
      ["starts", notBefore],
      ["expires", expiresAt],
    ].flatMap(([name, at]) => (typeof at === "number" ? `${name} ${formatUtc(at)}` : []));
    if (times.length > 0) lines.push("", times.join(", "));
    if (report.header || report.claims)
      lines.push("", safeLines(JSON.stringify({ header: report.header, claims: report.claims }, null, 2)));
  }
  return `${lines.join("\n")}\n`;
}

const inkOf = (state: string): Ink => (state === "ok" || state === "warn" || state === "bad" ? state : "mute");
