/** The page behind a link that does not open, and says why. One without its code may be a reload: then the link is opened again that this tab has kept. */
import { PageHeader } from "@/components/ui/page-header";
import type { LinkKind } from "./link-code";
import { OpenKeptLink } from "./open-kept-link";

export function ClosedLink({
  kind,
  title,
  refusal,
  whole,
  action,
}: {
  kind: LinkKind;
  /** That it does not open: the page's heading, which promises nothing else. */
  title: string;
  /** Null: there was no code. */
  refusal: string | null;
  /** What is said where there is no code. */
  whole: string;
  action?: React.ReactNode;
}) {
  const said = (
    <>
      <PageHeader title={title} lede={refusal ?? whole} />
      {action}
    </>
  );
  return refusal === null ? <OpenKeptLink kind={kind}>{said}</OpenKeptLink> : said;
}
