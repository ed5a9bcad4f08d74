/** A command for a shell that asks the vendor about the room, with the token as it is sent. */
import { Notice } from "@/components/ui/notice";
import type { Claims } from "@/lib/profiles/profile";
import type { Targets } from "@/lib/profiles/targets";
import { CodeBox } from "./code-box";

export function CommandPanel({
  command: { help, warning, uselessFor, write },
  token,
  claims,
  room,
  onTaken,
}: {
  command: Targets["command"];
  token: string;
  claims: Claims;
  /** Empty: not known yet. */
  room: string;
  onTaken: () => void;
}) {
  const useless = uselessFor(claims);
  return (
    <>
      <p className="text-small text-soft">{help}</p>
      {useless ? <Notice tone="warn">{useless}</Notice> : null}
      {room ? (
        <CodeBox id="into-command" label="Copy command" token={token} {...write(room)} onTaken={onTaken} />
      ) : null}
      <Notice>{warning}</Notice>
    </>
  );
}
