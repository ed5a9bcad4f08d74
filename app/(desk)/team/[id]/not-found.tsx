/** What stands where no member is. */
import { NothingHere } from "@/components/ui/nothing-here";

export default function MemberNotFound() {
  return (
    <NothingHere title="There is no such member" leadsTo={{ href: "/team", label: "See the team" }}>
      A member is never deleted, also when they are disabled.
    </NothingHere>
  );
}
