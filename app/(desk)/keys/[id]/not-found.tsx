"use client";
/** What stands where no key is, or none is any more. */
import { useParams } from "next/navigation";
import { NothingHere } from "@/components/ui/nothing-here";

export default function KeyNotFound() {
  const { id } = useParams<{ id: string }>();
  return (
    <NothingHere title="There is no such key" leadsTo={{ href: `/audit?key=${id}`, label: "Look into the audit log" }}>
      It may have been removed: the audit log says so.
    </NothingHere>
  );
}
