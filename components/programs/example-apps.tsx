/** The vendor's example apps beside an endpoint: the line that a developer changes in each, and how far each comes with it as it stands. */
import { Notice } from "@/components/ui/notice";
import { judgeApp } from "@/lib/endpoints/judge-app";
import type { EndpointView } from "@/lib/endpoints/list";
import type { Profile } from "@/lib/profiles/profile";
import { tokenServerOf } from "@/lib/profiles/token-servers";
import { BaseLines } from "./base-lines";

export function ExampleApps({ endpoint, vendor }: { endpoint: EndpointView; vendor: Profile }) {
  const server = tokenServerOf(vendor.id);
  const { broken, state, url } = endpoint;
  const gives = state === "active" && !broken;
  return (
    <>
      <p className="mb-3 max-w-[65ch] text-soft">The line that a developer of {vendor.name}'s example apps changes.</p>
      {gives ? null : (
        <Notice tone="warn" className="mb-3 max-w-[46rem]">
          No app gets a token as things are: its calls are refused.
        </Notice>
      )}
      <BaseLines
        lines={server.lines.map((line) => ({
          ...line,
          // With one that gives nothing it comes nowhere.
          judged: gives ? judgeApp(endpoint, line, server, vendor) : undefined,
        }))}
        base={url.url}
        vendorName={vendor.name}
      />
    </>
  );
}
