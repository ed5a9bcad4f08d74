/** Scripts and styles of the build, packed once with Brotli as small as it gets, and served from memory to browsers that take it; everything else is Next's to serve, which packs anew for each request and only with gzip. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const FOLDER = ".next/static";
const URL_PATH = "/_next/static";
const PACKED = ".br";

const types: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};

function filesOf(root: string): string[] {
  return readdirSync(join(root, FOLDER), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Packs what the build in `root` has just made. */
export function packFiles(root: string): void {
  for (const file of filesOf(root)) {
    if (!Object.hasOwn(types, extname(file))) continue;
    const text = readFileSync(file);
    const params = {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    };
    writeFileSync(`${file}${PACKED}`, brotliCompressSync(text, { params }));
  }
}

export type ServePacked = (request: IncomingMessage, response: ServerResponse) => boolean;

/** @returns a function that answers a request if it asks for one of them, and says whether it did */
export function openPackedFiles(root: string): ServePacked {
  const files = new Map(
    filesOf(root)
      .filter((file) => extname(file) === PACKED)
      .map((file) => {
        const name = file.slice(0, -PACKED.length);
        const path = relative(join(root, FOLDER), name).split(sep).join("/");
        return [`${URL_PATH}/${path}`, { body: readFileSync(file), type: types[extname(name)] ?? "" }];
      }),
  );
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    if (!/(^|[,\s])br\s*(,|$)/.test(String(request.headers["accept-encoding"]))) return false;
    const file = files.get(request.url ?? "");
    if (!file) return false;
    response.writeHead(200, {
      "content-type": file.type,
      "content-encoding": "br",
      "content-length": file.body.length,
      vary: "Accept-Encoding",
      // The name changes with the content.
      "cache-control": "public, max-age=31536000, immutable",
    });
    response.end(request.method === "HEAD" ? undefined : file.body);
    return true;
  };
}
