/** What stands where no case is. */
import { NothingHere } from "@/components/ui/nothing-here";

export default function CaseNotFound() {
  return (
    <NothingHere title="There is no such case" leadsTo={{ href: "/cases", label: "See all cases" }}>
      A case is never deleted, also when it is acknowledged.
    </NothingHere>
  );
}
