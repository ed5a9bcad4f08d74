/** Requests as no library sends them: bytes on a socket. */
import { connect, type Socket } from "node:net";

export type RawAnswer = {
  /** Everything that came. */
  text: string;
  /** Of each answer in it. */
  statuses: number[];
  /** Whether the server has closed the connection in time. */
  closed: boolean;
};

const portOf = (address: string) => Number(new URL(address).port);

export function openSocket(address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: portOf(address) });
    socket.once("connect", () => {
      socket.on("error", () => {});
      resolve(socket);
    });
    socket.once("error", reject);
  });
}

/** @param head `HOST` in it stands for the desk's own host and port */
export async function sendRaw(
  address: string,
  head: string,
  { waitMs = 5_000, until }: { waitMs?: number; until?: RegExp } = {},
): Promise<RawAnswer> {
  const socket = await openSocket(address);
  let text = "";
  const closed = await new Promise<boolean>((resolve) => {
    socket.on("data", (data) => {
      text += data.toString("latin1");
      if (until?.test(text)) resolve(false);
    });
    socket.once("close", () => resolve(true));
    setTimeout(() => resolve(false), waitMs);
    socket.write(Buffer.from(head.replaceAll("HOST", new URL(address).host), "latin1"));
  });
  socket.destroy();
  return { text, closed, statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)) };
}
