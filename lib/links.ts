/** Writes links that one person hands to another, and says who can open them. Guesses no address: without PUBLIC_URL it knows only how this machine reaches itself. */
import { env } from "./env";
import { processWide } from "./process-wide";

export type Link = {
  url: string;
  /** Whether it opens on this machine alone; then it says so wherever it stands. */
  onlyHere: boolean;
};

/** What is said beside a link that opens on this machine alone, to whoever runs the server. */
export const ONLY_HERE = "Only this machine can open it. PUBLIC_URL says where others reach the desk.";

const listening = () => processWide<{ port: number | undefined }>("links", () => ({ port: undefined }));

/** Set once, by the start: the system chooses the port where PORT is 0. */
export function setPort(port: number): void {
  listening().port = port;
}

/** Where `localhost` leads to as well. An address of this machine's own, such as 192.0.2.7, answers under no other name. */
const loopback = ["127.0.0.1", "::1", "localhost"];
const everywhere = ["0.0.0.0", "::"];

function ownOrigin(): string {
  const { HOST, PORT } = env();
  const ipv6 = HOST.includes(":");
  // A name, since an IP address can have no passkeys.
  const name = [...loopback, ...everywhere].includes(HOST) ? "localhost" : ipv6 ? `[${HOST}]` : HOST;
  return new URL(`http://${name}:${listening().port ?? PORT}`).origin;
}

/** @param path from the root on, such as `/join?code=…` */
export function linkTo(path: string): Link {
  const { PUBLIC_URL } = env();
  const hostname = PUBLIC_URL?.hostname.replace(/^\[|\]$/g, "");
  return {
    url: `${PUBLIC_URL?.origin ?? ownOrigin()}${path}`,
    onlyHere: hostname === undefined || loopback.includes(hostname),
  };
}
