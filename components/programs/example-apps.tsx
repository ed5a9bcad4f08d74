/** What keeps the vendor's example apps, as they stand, from working with an endpoint, and what would mend it. */
import { Notice } from "@/components/ui/notice";
import type { EndpointView } from "@/lib/endpoints/list";
import type { Profile } from "@/lib/profiles/profile";
import { tokenServerOf } from "@/lib/profiles/token-servers";
import { listed } from "@/lib/text/listed";

export function obstaclesOf(
  { roomFrom, subject, origins, reach }: Pick<EndpointView, "roomFrom" | "subject" | "origins" | "reach">,
  { id, name }: Pick<Profile, "id" | "name">,
): string[] {
  const { apps, lines, parameters, paths } = tokenServerOf(id);
  const path = paths[0]?.name ?? "";
  const browsers = lines.filter(({ inBrowser }) => inBrowser).map(({ label }) => label);
  return [
    roomFrom === "required" && !apps.includes("room")
      ? `They name no room, and such a call is refused. Add ?${parameters.room}=… behind ${path} in the app, or choose another “Room” here.`
      : "",
    subject === "required" && !apps.includes("subject")
      ? `They name no participant, which the key's policy asks for. Add ?${parameters.subject}=… behind ${path} in the app.`
      : "",
    origins.length === 0 && browsers.length > 0
      ? `${listed(browsers)} run in a browser, and no page of another site may ask. Allow the origin that theirs comes from.`
      : "",
    apps.includes("rest") && !reach.includes("rest")
      ? `They make and check rooms with the same token, and these may not call ${name}'s REST API. Make rooms elsewhere, or choose a template that may.`
      : "",
  ].filter(Boolean);
}

export function ExampleApps({ endpoint, vendor }: { endpoint: EndpointView; vendor: Profile }) {
  const obstacles = obstaclesOf(endpoint, vendor);
  if (obstacles.length === 0)
    return (
      <p className="mb-3 max-w-[65ch] text-soft">
        All that a developer of {vendor.name}'s example apps changes; the app asks the rest itself.
      </p>
    );
  return (
    <>
      <p className="mb-3 max-w-[65ch] text-soft">The line that a developer of {vendor.name}'s example apps changes.</p>
      <Notice tone="warn" className="mb-3 max-w-[46rem]" title="As they stand, these apps need more.">
        <ul className="list-disc pl-4">
          {obstacles.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </Notice>
    </>
  );
}
