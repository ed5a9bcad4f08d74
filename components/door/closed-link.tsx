/** The page behind a link that does not open, and says why. One without its code may be a reload: then the link is opened again that this tab has kept. */
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { LinkKind } from "./link-code";
import { OpenKeptLink } from "./open-kept-link";

export function ClosedLink({
  kind,
  heading,
  title,
  refusal,
  whole,
  action,
}: {
  kind: LinkKind;
  /** The page's, as it would be if the link opened. */
  heading: string;
  title: string;
  /** Null: there was no code. */
  refusal: string | null;
  /** What is said where there is no code. */
  whole: string;
  action?: React.ReactNode;
}) {
  const said = (
    <>
      <PageHeader title={heading} />
      <EmptyState icon="shield" title={title} action={action}>
        {refusal ?? whole}
      </EmptyState>
    </>
  );
  return refusal === null ? <OpenKeptLink kind={kind}>{said}</OpenKeptLink> : said;
}
