/** What stands where nothing is, inside the frame. */
import { NothingHere } from "@/components/ui/nothing-here";

export default function NotFound() {
  return <NothingHere title="There is nothing here" leadsTo={{ href: "/", label: "Go to the overview" }} />;
}
