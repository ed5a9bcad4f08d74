/** `inspect`: what the desk says of a token: whose secret signed it, and what the ledger knows. */
import { TokenReport } from "@/lib/decoder/report";
import { tokenName } from "@/lib/text/numbered";
import * as z from "@/lib/zod";
import { isBad } from "./decode";
import { ask } from "./desk";
import { EXIT, type Io, type Options } from "./io";
import { json, reportText, safe } from "./print";
import { readGiven } from "./read-token";

/** As much of the answer as is printed. */
const Inspected = z.object({
  report: TokenReport,
  ledger: z.object({ state: z.string(), number: z.number().optional(), issuedBy: z.string().optional() }),
  key: z.object({ label: z.string(), disabled: z.boolean() }).nullable(),
});

export async function inspect(io: Io, given: readonly string[], options: Options): Promise<number> {
  const token = (await readGiven(io, given)).trim();
  const answer = await ask(io, { method: "POST", path: "/api/v1/tokens/inspect", body: { token } });
  const { report, ledger, key } = Inspected.parse(answer);
  if (options.json) io.out(json(answer));
  else {
    io.out(reportText(io, report));
    const issued =
      ledger.number === undefined ? "not in the ledger" : `${tokenName(ledger.number)}, by ${ledger.issuedBy}`;
    io.out(`\n${safe(`Ledger: ${issued}${ledger.state === "altered" ? ", altered since" : ""}`)}\n`);
    if (key) io.out(`${safe(`Key: ${key.label}${key.disabled ? ", disabled here" : ""}`)}\n`);
  }
  return isBad(report) ? EXIT.found : EXIT.ok;
}
