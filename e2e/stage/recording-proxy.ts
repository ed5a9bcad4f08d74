/** A proxy that keeps every byte that the server answers, uncompressed, however the browser asked. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type Recording = {
  address: string;
  answers: { path: string; action: boolean; text: string }[];
  close: () => void;
};

export async function recordAnswers(target: string): Promise<Recording> {
  const { hostname, port } = new URL(target);
  const answers: Recording["answers"] = [];
  const proxy = createServer((incoming, outgoing) => {
    const { "accept-encoding": _, ...headers } = incoming.headers;
    const { url: path = "", method } = incoming;
    const inner = request({ hostname, port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [Buffer.from(JSON.stringify(answer.rawHeaders))];
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        outgoing.write(chunk);
      });
      answer.on("end", () => {
        answers.push({
          path,
          action: headers["next-action"] !== undefined,
          text: Buffer.concat(chunks).toString("latin1"),
        });
        outgoing.end();
      });
    });
    inner.on("error", () => outgoing.destroy());
    incoming.pipe(inner);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    answers,
    close: () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}
