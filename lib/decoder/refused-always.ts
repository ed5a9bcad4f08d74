/** Whether its vendor refuses a token whenever it is sent: for its form, its signature, or a rule, which no time changes. Browser-safe. Not what is merely over or still to come. */
import { formRefused } from "./ladder";
import type { Verdict } from "./verdict";

export function isAlwaysRefused({ layers, times }: Pick<Verdict, "layers" | "times">): boolean {
  if (times.state === "unreadable") return true;
  const error = (of: string) =>
    layers.find(({ layer }) => layer === of)?.findings.find(({ severity }) => severity === "error");
  const rule = error("rules");
  // The vendor says of the others alone what it does with them.
  const refusing = rule?.vendorError !== undefined || rule?.code === "key-in-other-capitals";
  return formRefused(layers) !== undefined || error("signature") !== undefined || refusing;
}
