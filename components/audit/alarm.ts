/** Which events tell of danger, and stand red wherever they are shown. */
import type { AuditListItem } from "@/lib/audit/list";

/** Danger: a token in the name of one of ours, or by a secret that nothing else signs with. While nobody has said whether something does it is a question. */
export const isAlarm = ({ action, detail, case: found }: Pick<AuditListItem, "action" | "detail" | "case">) =>
  action === "token.signed_elsewhere"
    ? found !== null || detail.imitates !== undefined
    : action === "case.opened" || (action === "token.inspected" && detail.found === "altered after issuing");
