/** Whether a token may be repaired at all: a secret of ours signed it, by a backend of ours as its key says, and something in it is a mistake. Browser-safe. Not what is forged, unknown or unchecked, nor what may be: whoever asks for such a repair would have this desk sign their wish. */
import type { ServerAnswer } from "./ladder";
import type { Verdict } from "./verdict";

export function mayRepair({ layers }: Pick<Verdict, "layers">, server: ServerAnswer): boolean {
  if (server.state !== "answered") return false;
  const { ledger, signature, elsewhere } = server.inspection;
  // Used wrongly, it makes nothing that the vendor takes: that is a backend still being written, unless the key says that there is none.
  const ours =
    signature.state === "right"
      ? elsewhere?.signsElsewhere === "yes"
      : signature.state === "mistake" &&
        signature.mistake !== "api-key-as-secret" &&
        elsewhere?.signsElsewhere !== "no";
  if (!ours || ledger.state !== "absent") return false;
  return layers.some(
    ({ layer, state }) => (layer === "time" || layer === "rules") && (state === "bad" || state === "warn"),
  );
}
