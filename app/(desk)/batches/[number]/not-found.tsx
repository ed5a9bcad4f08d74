/** What stands where no batch is. */
import { NothingHere } from "@/components/ui/nothing-here";

export default function BatchNotFound() {
  return (
    <NothingHere
      title="There is no such batch"
      leadsTo={{ href: "/audit?action=batch.issued", label: "See all batches" }}
    >
      Batches are numbered from 1 on, without gaps.
    </NothingHere>
  );
}
