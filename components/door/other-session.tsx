/** Says that somebody is signed in in this browser already, whom the link signs out. */
import { Notice } from "@/components/ui/notice";

export function OtherSession({ name, doing }: { name: string; doing: string }) {
  return (
    <Notice tone="warn" className="mb-4.5">
      You are signed in here as <bdi>{name}</bdi>. {doing} signs <bdi>{name}</bdi> out in this browser.
    </Notice>
  );
}
