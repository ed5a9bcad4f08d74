/** The API's reference: valid OpenAPI, and of every route that there is. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { openApi } from "./openapi";
import { apiRoutes } from "./routes";

const run = promisify(execFile);
const document = JSON.parse(openApi());

it("is valid OpenAPI 3.1 without a warning", async () => {
  const folder = mkdtempSync(join(tmpdir(), "claimcheck-openapi-"));
  try {
    const file = join(folder, "openapi.json");
    writeFileSync(file, openApi());
    const redocly = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");
    const { stdout } = await run(process.execPath, [redocly, "lint", file, "--extends=recommended", "--format=json"], {
      // It sends nothing, and asks nobody for a newer version.
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0 } });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

it("tells of every route what it takes and answers, and of nothing else", () => {
  const told = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(Object(methods)).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(told.sort()).toEqual(apiRoutes.map(({ method, path }) => `${method} ${path}`).sort());
  for (const { id, method, path, status, body } of apiRoutes) {
    const operation = document.paths[path][method.toLowerCase()];
    expect([id, Object.keys(operation.responses)]).toEqual([
      id,
      expect.arrayContaining([String(status), "401", "429"]),
    ]);
    expect(operation.requestBody !== undefined).toBe(body !== undefined);
  }
});

it("tells the headers that a refusal carries, and no refusal that a route cannot answer", () => {
  for (const { method, path, body } of apiRoutes) {
    const { responses } = document.paths[path][method.toLowerCase()];
    const headers = (status: number) => Object.keys(responses[status]?.headers ?? {});
    expect(headers(401)).toContain("WWW-Authenticate");
    expect(headers(405)).toEqual(["Allow"]);
    for (const status of [400, 403, 422, 429, 500]) expect(headers(status)).toContain("RateLimit");
    expect(headers(429)).toContain("Retry-After");
    const ofBodies = ["408", "413", "415"].filter((status) => status in responses);
    expect([path, ofBodies]).toEqual([path, body ? ["408", "413", "415"] : []]);
    if (body) expect(headers(415)).toEqual(expect.arrayContaining(["Accept", "Accept-Encoding"]));
  }
});

it("writes out what a field is, and refers to nothing that is not there", () => {
  const { schemas } = document.components;
  expect(Object.keys(schemas.IssueRequest.properties)).toEqual(
    expect.arrayContaining(["keyId", "roomId", "expiresIn"]),
  );
  expect(schemas.IssueRequest.additionalProperties).toBe(false);
  expect(schemas.Inspected.properties.report).toEqual({ $ref: "#/components/schemas/TokenReport" });
  const refs = [...openApi().matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name = ""]) => name);
  expect(refs.filter((name) => !Object.hasOwn(schemas, name))).toEqual([]);
});

type Sent = { type?: string; format?: string; enum?: unknown; const?: unknown } & Record<string, unknown>;

/** Where a text or a list may be of any length. */
function endless(schema: Sent, at: string): string[] {
  const inner = [
    ...Object.entries(Object(schema.properties)).map(([name, each]) => [`${at}.${name}`, each] as const),
    ...(schema.type === "array" ? [[`${at}[]`, schema.items] as const] : []),
  ];
  const isFixed = schema.format !== undefined || schema.enum !== undefined || schema.const !== undefined;
  const isEndless =
    (schema.type === "string" && schema.maxLength === undefined && !isFixed) ||
    (schema.type === "array" && schema.maxItems === undefined);
  return [...(isEndless ? [at] : []), ...inner.flatMap(([name, each]) => endless(Object(each), name))];
}

it("says of each text and each list that is sent how long it may be", () => {
  const { schemas } = document.components;
  const bodies = apiRoutes.flatMap(({ body }) => body?.schemas ?? []).map((schema) => String(schema.meta()?.id));
  expect(bodies.flatMap((id) => endless(schemas[id], id))).toEqual([]);
  const parameters = Object.values<Record<string, { parameters?: { name: string; schema: Sent }[] }>>(
    document.paths,
  ).flatMap((methods) => Object.values(methods).flatMap((operation) => operation.parameters ?? []));
  expect(parameters.flatMap(({ name, schema }) => endless(schema, name))).toEqual([]);
  const { properties } = schemas.IssueRequest;
  expect(properties).toMatchObject({
    ...{ purpose: { maxLength: 200 }, roomId: { maxLength: 128 }, keyId: { maxLength: 40 } },
    permissions: { maxItems: 16 },
  });
  expect(schemas.BatchRequest.properties.rows).toMatchObject({ minItems: 1, maxItems: 10_000 });
});
