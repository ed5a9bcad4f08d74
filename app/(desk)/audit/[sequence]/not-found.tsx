/** What stands where no event is. */
import { NothingHere } from "@/components/ui/nothing-here";

export default function EventNotFound() {
  return (
    <NothingHere title="There is no such event" leadsTo={{ href: "/audit", label: "Go to the audit log" }}>
      Nothing in the audit log is ever deleted.
    </NothingHere>
  );
}
