/** What stands where no template is. */
import { NothingHere } from "@/components/ui/nothing-here";

export default function TemplateNotFound() {
  return (
    <NothingHere title="There is no such template" leadsTo={{ href: "/templates", label: "See all templates" }}>
      Or it was deleted: the audit log has what it filled in.
    </NothingHere>
  );
}
