"use client";
/** Finds members and invitations by words of a name or an email. */
import { ListSearch } from "@/components/ui/list-search";
import { TeamQuery, teamAddress } from "@/lib/team/schema";

function addressOf(typed: string): string | undefined {
  const { q } = TeamQuery.parse({ q: typed });
  return typed !== "" && q === undefined ? undefined : teamAddress({ q });
}

export function TeamSearch({ q }: { q: string | undefined }) {
  return <ListSearch label="Find in the team" placeholder="Name or email" {...{ q, addressOf }} />;
}
