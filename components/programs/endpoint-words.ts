/** What an endpoint gives, in the words of its form. */
import type { ListedEndpoint } from "@/lib/endpoints/list";
import type { RoomSource } from "@/lib/endpoints/schema";
import { groupDigits } from "@/lib/text/group-digits";

export const roomWords: Record<RoomSource, { label: string; help: string }> = {
  required: { label: "Required from the caller", help: "A call that names none is refused." },
  optional: { label: "Given by the caller, or any", help: "A call that names none gets a token for any room." },
  fixed: { label: "Always the same", help: "A call that names another is refused." },
};

type Limits = Pick<ListedEndpoint, "perMinute" | "perMinuteFromAddress" | "perDay">;

/** "60 a minute, 20 a minute from one address, 2,000 a day" */
export function limitsInWords({ perMinute, perMinuteFromAddress, perDay }: Limits): string {
  const parts = [
    perMinute === null ? undefined : `${groupDigits(perMinute)} a minute`,
    perMinuteFromAddress === null ? undefined : `${groupDigits(perMinuteFromAddress)} a minute from one address`,
    perDay === null ? undefined : `${groupDigits(perDay)} a day`,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(", ") : "no limit";
}
