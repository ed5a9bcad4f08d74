import { NothingHere } from "@/components/ui/nothing-here";

export default function EndpointNotFound() {
  return <NothingHere title="There is no such endpoint" leadsTo={{ href: "/endpoints", label: "All endpoints" }} />;
}
