/** Packed files over a real server: the same content in fewer bytes, only for who takes it, and nothing but what the build made. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { openPackedFiles, packFiles } from "./packed-files";

const root = mkdtempSync(join(tmpdir(), "claimcheck-packed-"));
const script = "export const answer = 42; // Ä\n".repeat(200);
mkdirSync(join(root, ".next/static/chunks"), { recursive: true });
mkdirSync(join(root, ".next/static/media"));
writeFileSync(join(root, ".next/static/chunks/a.js"), script);
writeFileSync(join(root, ".next/static/chunks/a.css"), "a{}");
writeFileSync(join(root, ".next/static/media/font.woff2"), "packed already");
writeFileSync(join(root, ".next/BUILD_ID"), "not for everybody");
packFiles(root);
const serve = openPackedFiles(root);
const server = createServer((asked, response) => {
  if (!serve(asked, response)) response.writeHead(204).end();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;

afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

function ask(path: string, encodings: string | undefined, method = "GET") {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
    (resolve, reject) => {
      const headers = encodings === undefined ? {} : { "accept-encoding": encodings };
      request({ port, host: "127.0.0.1", path, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
}

describe("a packed file", () => {
  it("is the file, in fewer bytes, kept for ever", async () => {
    const { status, headers, body } = await ask("/_next/static/chunks/a.js", "gzip, deflate, br, zstd");
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/javascript; charset=UTF-8",
      "content-encoding": "br",
      "content-length": String(body.length),
      vary: "Accept-Encoding",
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(brotliDecompressSync(body).toString()).toBe(script);
    expect(body.length).toBeLessThan(script.length / 10);
  });

  it("is told of without its body, when only that is asked", async () => {
    const { headers, body } = await ask("/_next/static/chunks/a.css", "br", "HEAD");
    expect(headers).toMatchObject({ "content-type": "text/css; charset=UTF-8", "content-encoding": "br" });
    expect(body).toHaveLength(0);
  });

  it.each([
    ["who does not take it", "/_next/static/chunks/a.js", "gzip", "GET"],
    ["who refuses it", "/_next/static/chunks/a.js", "gzip, br;q=0", "GET"],
    ["who says nothing", "/_next/static/chunks/a.js", undefined, "GET"],
    ["a post", "/_next/static/chunks/a.js", "br", "POST"],
    ["what is packed already", "/_next/static/media/font.woff2", "br", "GET"],
    ["the packed name itself", "/_next/static/chunks/a.js.br", "br", "GET"],
    ["what lies beside it", "/_next/static/../BUILD_ID", "br", "GET"],
    ["what lies beside it, encoded", "/_next/static/%2e%2e/BUILD_ID", "br", "GET"],
    ["what was never there", "/_next/static/chunks/constructor", "br", "GET"],
  ])("is not for %s", async (_, path, encodings, method) => {
    expect((await ask(path, encodings, method)).status).toBe(204);
  });
});
