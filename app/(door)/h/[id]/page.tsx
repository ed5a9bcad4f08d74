import type { Metadata } from "next";
import { OpenHandover } from "@/components/door/open-handover";
import { TextWithTime } from "@/components/time/text-with-time";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor, currentVisitor } from "@/lib/auth/session";
import { isAppError } from "@/lib/errors";
import { checkHandover, type OpenHandover as Opened } from "@/lib/handover/open";
import { openHandoverAction } from "../actions";

/** Also of a link that does not open. What fetches the page to preview it opens nothing, and should not keep it. */
export const metadata: Metadata = { title: "Hand-over link", robots: { index: false } };

const HEADING = "A token for you";
const CLOSED = "This link does not open";

export default async function HandOverPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [actor, visitor] = await Promise.all([currentActor(), currentVisitor()]);
  const found = await checkHandover(actor ?? visitor, id).catch((error: unknown) => {
    if (isAppError(error)) return error;
    throw error;
  });
  if (isAppError(found))
    return (
      <>
        <PageHeader title={CLOSED} lede={<TextWithTime text={found.message} at={found.extra.at} />} />
        {actor ? <ButtonLink href="/">Open the desk</ButtonLink> : null}
      </>
    );
  const header = (
    <PageHeader
      title={HEADING}
      lede={
        <>
          <bdi>{found.madeBy}</bdi> hands you an access token.
        </>
      }
    />
  );
  if (!found.forOther)
    return (
      <OpenHandover
        id={id}
        expiresAt={found.expiresAt}
        action={openHandoverAction}
        header={header}
        closedHeader={<PageHeader title={CLOSED} />}
      />
    );
  return (
    <>
      {header}
      <ForOther found={found} signedIn={actor?.name} />
    </>
  );
}

/** It stays as it is: what is behind the link's # does not come through a sign-in. */
function ForOther({ found: { forName }, signedIn }: { found: Opened; signedIn: string | undefined }) {
  return (
    <Notice tone="warn" title="It is for one member of the team.">
      <bdi>{forName}</bdi> alone can open it
      {signedIn ? (
        <>
          , and you are signed in as <bdi>{signedIn}</bdi>
        </>
      ) : null}
      . Nothing was opened. If that is you,{" "}
      <a
        // The form that signs in lets nobody stay who is signed in: they sign out first.
        href={signedIn ? "/" : "/sign-in"}
        target="_blank"
        rel="noopener"
        className="underline underline-offset-3"
      >
        {signedIn ? "open the desk" : "sign in"} in another tab
      </a>
      {signedIn ? ", sign out there and sign in as that member" : null}, then reload this page.
    </Notice>
  );
}
