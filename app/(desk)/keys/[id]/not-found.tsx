/** What stands where no key is. */
import { NothingHere } from "@/components/ui/nothing-here";

export default function KeyNotFound() {
  return (
    <NothingHere title="There is no such key" leadsTo={{ href: "/keys", label: "See all keys" }}>
      A key is never deleted, also when it is disabled.
    </NothingHere>
  );
}
