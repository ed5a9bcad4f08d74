/** Whether a token may be repaired at all: it is by a secret of ours, and something in it is a mistake. Browser-safe. Not what is forged, unknown or unchecked: whoever asks for such a repair would have this desk sign their wish. */
import type { ServerAnswer } from "./ladder";
import type { Verdict } from "./verdict";

export function mayRepair({ layers }: Pick<Verdict, "layers">, server: ServerAnswer): boolean {
  if (server.state !== "answered") return false;
  const { ledger, signature, elsewhere } = server.inspection;
  const ours =
    signature.state === "right" || (signature.state === "mistake" && signature.mistake !== "api-key-as-secret");
  if (!ours || ledger.state !== "absent" || elsewhere?.signsElsewhere === "no") return false;
  return layers.some(
    ({ layer, state }) => (layer === "time" || layer === "rules") && (state === "bad" || state === "warn"),
  );
}
