"use client";
/** Finds endpoints by words of a name, or of what a row says, within the state that is chosen. */
import { ListSearch } from "@/components/ui/list-search";
import { EndpointsQuery, endpointsAddress } from "@/lib/endpoints/listed";

export function EndpointSearch({ q, state }: Pick<EndpointsQuery, "q" | "state">) {
  return (
    <ListSearch
      label="Find an endpoint"
      placeholder="Name, template, key, room or person"
      q={q}
      addressOf={(typed) => {
        const asked = EndpointsQuery.parse({ q: typed });
        return typed !== "" && asked.q === undefined ? undefined : endpointsAddress({ q: asked.q, state });
      }}
    />
  );
}
