/** The house of DESIGN.md, checked over the real files: who imports whom, who knows Next, who reads the environment, and what a file is called. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAst } from "vitest/node";

const ROOT = join(import.meta.dirname, "..");

type Import = {
  /** A path from the project's folder without its ending, or a package. */
  to: string;
  /** Erased when compiled. */
  typeOnly: boolean;
};
type Source = { file: string; text: string; imports: Import[] };

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const withoutEnding = (file: string) => file.replace(/\.(tsx?|js)$/, "");

function importsOf(file: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const statements = [...code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm)].map(
    ([, type, to = ""]) => ({ to, typeOnly: type !== undefined }),
  );
  const dynamic = [...code.matchAll(/(typeof\s+)?\bimport\(\s*["']([^"']+)["']\s*\)/g)].map(([, type, to = ""]) => ({
    to,
    typeOnly: type !== undefined,
  }));
  const workers = [...code.matchAll(/new URL\(\s*["'](\.[^"']+)["']\s*,\s*import\.meta\.url/g)].map(([, to = ""]) => ({
    to,
    typeOnly: false,
  }));
  return [...statements, ...dynamic, ...workers].map(({ to, typeOnly }) => {
    if (to.startsWith("@/")) return { to: withoutEnding(to.slice(2)), typeOnly };
    if (to.startsWith(".")) return { to: withoutEnding(join(dirname(file), to)), typeOnly };
    return { to, typeOnly };
  });
}

/** A program that is offered as text, and ends at the beginning of a line, is none of ours. */
const withoutOffered = (text: string) => text.replace(/(?<==>? )`[^`\n]*\n[\s\S]*?^`(?=[,;]$)/gm, "``");

function read(file: string): Source {
  const text = withoutOffered(readFileSync(join(ROOT, file), "utf8"));
  return { file, text, imports: importsOf(file, text) };
}

const isTest = (file: string) => /\.test\.tsx?$|^lib\/test-[a-z]+\.ts$/.test(file);
const sourcesIn = (folder: string) =>
  filesIn(folder)
    .filter((file) => !isTest(file))
    .map(read);

const app = sourcesIn("app");
const components = sourcesIn("components");
const lib = sourcesIn("lib");
const byPath = new Map([...app, ...components, ...lib].map((source) => [withoutEnding(source.file), source]));

const isLocal = ({ to }: Import) => /^(app|components|lib|prisma)\//.test(to);
const isPackage = (to: string, name: string) => to === name || to.startsWith(`${name}/`);

/** "from → to" of every import that `broken` says is not allowed. */
const offences = (sources: Source[], broken: (each: Import, source: Source) => boolean) =>
  sources.flatMap((source) =>
    source.imports.filter((each) => broken(each, source)).map(({ to }) => `${source.file} → ${to}`),
  );

describe("the imports of this test", () => {
  it("are read as they are written", () => {
    const text = [
      'import a, { b } from "@/lib/db";',
      'import type { C } from "../keys/list";',
      "import {",
      "  d,",
      '} from "./sign";',
      'import "server-only";',
      'export { e } from "zod";',
      '// import x from "commented"',
      '/* import y from "commented" */',
      'const f = await import("next");',
      'type G = typeof import("next/headers");',
      'const h = new Worker(new URL("./worker.ts", import.meta.url));',
      'const text = "import nothing from elsewhere";',
    ].join("\n");
    expect(importsOf("lib/tokens/issue.ts", text)).toEqual([
      { to: "lib/db", typeOnly: false },
      { to: "lib/keys/list", typeOnly: true },
      { to: "lib/tokens/sign", typeOnly: false },
      { to: "server-only", typeOnly: false },
      { to: "zod", typeOnly: false },
      { to: "next", typeOnly: false },
      { to: "next/headers", typeOnly: true },
      { to: "lib/tokens/worker", typeOnly: false },
    ]);
  });

  it("are not looked for in programs that are offered as text", () => {
    const text = 'import { a } from "./a";\nconst b = `import c from "c";\n`;\nconst d = `d`;\nprocess.env;\n';
    expect(withoutOffered(text)).toBe('import { a } from "./a";\nconst b = ``;\nconst d = `d`;\nprocess.env;\n');
  });

  it("lead to files that are there", () => {
    expect(lib.length + app.length + components.length).toBeGreaterThan(100);
    const generated = ({ to }: Import) => to.startsWith("prisma/") || /\.(css|svg|png|json)$/.test(to);
    expect(
      offences([...app, ...components, ...lib], (each) => isLocal(each) && !generated(each) && !byPath.has(each.to)),
    ).toEqual([]);
  });
});

describe("app → components → lib, and never back:", () => {
  it("lib imports neither app nor components", () => {
    expect(offences(lib, ({ to }) => /^(app|components)\//.test(to))).toEqual([]);
  });

  it("components import nothing of app, no action among it", () => {
    expect(offences(components, ({ to }) => to.startsWith("app/"))).toEqual([]);
  });

  it("app and components import no database", () => {
    const database = (to: string) =>
      /^lib\/db$|^lib\/database\//.test(to) ||
      to.startsWith("prisma/") ||
      isPackage(to, "better-sqlite3") ||
      to.startsWith("@prisma/");
    expect(offences([...app, ...components], ({ to, typeOnly }) => database(to) && !typeOnly)).toEqual([]);
  });

  it("components import values from lib only where lib is browser-safe", () => {
    expect(
      offences(components, ({ to, typeOnly }) => !typeOnly && to.startsWith("lib/") && !isBrowserSafe(to)),
    ).toEqual([]);
  });
});

/** Rooms that run anywhere. */
const browserSafeRooms = /^lib\/(jwt|profiles|composer|batch|decoder|scan|text)\//;
/** Tables and ideas that lie beside the rooms, or are used by the room that they stand in. */
const browserSafeByName = [
  "lib/action-result",
  "lib/bounded-list",
  "lib/count-at-most",
  "lib/errors",
  "lib/fingerprint-digits",
  "lib/limits",
  "lib/names-of",
  "lib/page-of",
  "lib/plain-text",
  "lib/http/problem",
  "lib/refusal",
  "lib/sizes",
  "lib/weak-secret",
  "lib/zod",
  "lib/auth/roles",
  "lib/audit/actions",
  "lib/endpoints/asked",
  "lib/endpoints/judge",
  "lib/endpoints/judge-app",
  "lib/endpoints/listed",
  "lib/endpoints/refused",
  "lib/endpoints/state",
  "lib/handover/seal",
  "lib/keys/fall",
  "lib/keys/write-people",
  "lib/keys/policy",
  "lib/keys/policy-form",
  "lib/keys/change-key-form",
];

/** Seen from the path alone, as a reader sees it. @param path without its ending */
function isBrowserSafe(path: string): boolean {
  return browserSafeRooms.test(path) || basename(path) === "schema" || browserSafeByName.includes(path);
}

describe("what is browser-safe", () => {
  const safe = lib.filter(({ file }) => isBrowserSafe(withoutEnding(file)));

  it("is what DESIGN.md and the forms need", () => {
    const paths = safe.map(({ file }) => file);
    for (const name of ["composer/compose", "composer/schema", "decoder/verdict", "scan/scan", "text/span"])
      expect(paths).toContain(`lib/${name}.ts`);
    for (const name of ["lib/db.ts", "lib/env.ts", "lib/seal.ts", "lib/tokens/issue.ts", "lib/keys/open-secrets.ts"])
      expect(paths).not.toContain(name);
  });

  it.each(safe.map(({ file }) => file))(
    "%s imports only what is so too, and no package but zod, or for tables csv-parse",
    (file) => {
      const values = (byPath.get(withoutEnding(file))?.imports ?? [])
        .filter(({ typeOnly }) => !typeOnly)
        .map(({ to }) => to);
      const taken = ["zod", ...(file === "lib/batch/read-csv.ts" ? ["csv-parse/browser/esm/sync"] : [])];
      expect(values.filter((to) => (to.startsWith("lib/") ? !isBrowserSafe(to) : !taken.includes(to)))).toEqual([]);
    },
  );

  it("touches no process, no file and no Buffer", () => {
    const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
    expect(
      safe.filter(({ text }) => /\b(process\.|Buffer\b|require\(|__dirname)/.test(code(text))).map(({ file }) => file),
    ).toEqual([]);
  });
});

describe("inside lib", () => {
  /** A room may import from its own floor and those below it. What lies beside the rooms is the lowest; start and the doors are on the roof. */
  const floors: Record<string, number> = {
    start: 9,
    cli: 9,
    api: 8,
    endpoints: 7,
    credentials: 7,
    tokens: 7,
    me: 6.8,
    team: 6.7,
    handover: 6.6,
    cases: 6.5,
    keys: 6,
    templates: 5,
    ledger: 4,
    http: 3.5,
    auth: 3,
    audit: 2,
    scan: 1.6,
    decoder: 1.4,
    batch: 1.3,
    composer: 1.2,
    profiles: 1,
    jwt: 0.5,
    text: 0,
    database: 0,
  };
  /**
   * The words for who is asking: types and a table, which the log needs as much as whoever lets them in. And what a
   * policy says, which whoever composes needs as much as whoever keeps the key. And what a row of the ledger is: the
   * log shows the token that an event is about.
   */
  const words: Record<string, number> = {
    "lib/auth/actor": 1.9,
    "lib/auth/roles": 1.9,
    "lib/keys/policy": 1.1,
    "lib/ledger/row": 2,
  };
  const roof = ["lib/run-action", "lib/run-route", "lib/run-endpoint"];
  const ground = 0;
  const floorOf = (path: string) =>
    words[path] ?? (roof.includes(path) ? 9 : (floors[/^lib\/([\w-]+)\//.exec(path)?.[1] ?? ""] ?? ground));

  /** "May they?" is asked at the head of every verb, those of audit too, and records a denial: files in a row, no circle. */
  const exceptions = [
    "lib/audit/list.ts → lib/auth/authorize",
    "lib/audit/get.ts → lib/auth/authorize",
    "lib/audit/export.ts → lib/auth/authorize",
    "lib/audit/export.ts → lib/auth/confirm-actor",
    "lib/audit/export.ts → lib/auth/count-against",
  ];

  it("every room has its floor", () => {
    const rooms = readdirSync(join(ROOT, "lib"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rooms.map(({ name }) => name).filter((name) => !(name in floors))).toEqual([]);
  });

  it("no room imports a room above it, types included", () => {
    const upwards = offences(
      lib,
      ({ to }, { file }) => to.startsWith("lib/") && floorOf(to) > floorOf(withoutEnding(file)),
    );
    expect(upwards.sort()).toEqual(exceptions.sort());
  });

  it("jwt knows no vendor and no room but text; profiles know those two alone", () => {
    expect(offences(lib, ({ to }, { file }) => file.startsWith("lib/jwt/") && !/^lib\/(jwt|text)\//.test(to))).toEqual(
      [],
    );
    expect(
      offences(lib, ({ to }, { file }) => file.startsWith("lib/profiles/") && !/^lib\/(jwt|profiles|text)\//.test(to)),
    ).toEqual([]);
  });

  it("a vendor's folder is entered through the registry alone, and through that of what no page needs", () => {
    const registries = ["lib/profiles/registry.ts", "lib/profiles/token-servers.ts"];
    const folder = /^lib\/profiles\/([\w-]+)\//;
    expect(lib.filter(({ file }) => folder.test(file)).length).toBeGreaterThan(10);
    expect(
      offences([...app, ...components, ...lib], ({ to }, { file }) => {
        const vendor = folder.exec(to)?.[1];
        return vendor !== undefined && folder.exec(file)?.[1] !== vendor && !registries.includes(file);
      }),
    ).toEqual([]);
  });

  it("only lib/jwt/path.ts writes a path into a token", () => {
    const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
    const writers = [...app, ...components, ...lib].filter(({ text }) =>
      /["'`](payload|header)(\.\w|\[|\$\{)/.test(code(text)),
    );
    expect(writers.map(({ file }) => file)).toEqual([]);
  });

  it("no file imports itself in a circle, types included", () => {
    const circles: string[] = [];
    const state = new Map<string, "open" | "done">();
    const visit = (path: string, trail: string[]) => {
      if (state.get(path) === "open") circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
      if (state.has(path)) return;
      state.set(path, "open");
      for (const { to } of byPath.get(path)?.imports ?? []) if (byPath.has(to)) visit(to, [...trail, path]);
      state.set(path, "done");
    };
    for (const path of byPath.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });

  it("only the session, its configuration, the doors and the edge know Next, and only the session knows React", () => {
    const session = ["config", "session", "session-cookie", "session-of-request"].map((name) => `lib/auth/${name}.ts`);
    const doors = [...session, "lib/run-action.ts", "lib/run-route.ts", "lib/start/router-state.ts"];
    const framework = (to: string) =>
      ["next", "next-auth", "@auth/core", "server-only"].some((name) => isPackage(to, name));
    expect(offences(lib, ({ to }, { file }) => framework(to) && !doors.includes(file))).toEqual([]);
    expect(
      offences(
        lib,
        ({ to }, { file }) => (isPackage(to, "react") || isPackage(to, "react-dom")) && file !== "lib/auth/session.ts",
      ),
    ).toEqual([]);
  });

  it("only lib/db.ts and its room know the database's driver, and only lib/start the migrations", () => {
    const driver = (to: string) => to.startsWith("@prisma/") || isPackage(to, "better-sqlite3");
    const ofTheDoor = (file: string) => file === "lib/db.ts" || file.startsWith("lib/database/");
    expect(offences(lib, ({ to, typeOnly }, { file }) => driver(to) && !typeOnly && !ofTheDoor(file))).toEqual([]);
    expect(offences(lib, ({ to }, { file }) => to.startsWith("lib/database/") && !ofTheDoor(file))).toEqual([]);
    expect(
      offences(
        lib,
        ({ to, typeOnly }, { file }) =>
          to.startsWith("prisma/") && !typeOnly && file !== "lib/db.ts" && !file.startsWith("lib/start/"),
      ),
    ).toEqual([]);
  });

  it("the command line is of what runs anywhere, and of its own: it opens no database and reads no setting", () => {
    const own = lib.filter(({ file }) => file.startsWith("lib/cli/"));
    expect(own.length).toBeGreaterThan(8);
    expect(
      offences(
        own,
        ({ to, typeOnly }) =>
          !typeOnly &&
          !to.startsWith("node:") &&
          !to.startsWith("lib/cli/") &&
          !isBrowserSafe(to) &&
          !["esbuild", "package.json"].includes(to),
      ),
    ).toEqual([]);
  });

  it("only lib/env.ts, the start and the command line's process read the environment", () => {
    const readers = [...app, ...components, ...lib].filter(({ text }) =>
      /process\s*\.\s*env\b|import\.meta\.env/.test(text.replace(/\/\*[\s\S]*?\*\//g, "")),
    );
    expect(
      readers
        .map(({ file }) => file)
        .filter((file) => !["lib/env.ts", "lib/cli/main.ts"].includes(file) && !file.startsWith("lib/start/")),
    ).toEqual([]);
  });

  it("only lib/process-wide.ts keeps something for all copies of a module", () => {
    const keepers = [...app, ...components, ...lib].filter(({ text }) =>
      /globalThis as typeof|typeof globalThis/.test(text),
    );
    expect(keepers.map(({ file }) => file)).toEqual(["lib/process-wide.ts"]);
  });

  it("the books are written in one place each", () => {
    const writes = (table: string, model: string) =>
      lib
        .filter(({ text }) =>
          new RegExp(`insert\\(\\s*"${table}"|\\b${model}\\.(create|upsert|update|delete)|INTO "?${table}\\b`).test(
            text,
          ),
        )
        .map(({ file }) => file);
    expect(writes("IssuedToken", "issuedToken")).toEqual(["lib/ledger/insert.ts", "lib/ledger/mark-revoked.ts"]);
    expect(writes("AuditEvent", "auditEvent")).toEqual(["lib/audit/record.ts"]);
  });

  it("SQL stands in lib/db.ts and its room, and prepared once where decision 012 allows it", () => {
    const filesWith = (sql: RegExp) =>
      [...app, ...components, ...lib].filter(({ text }) => sql.test(text)).map(({ file }) => file);
    expect(filesWith(/\$(queryRaw|executeRaw)|PRAGMA/).sort()).toEqual([
      "lib/database/event-text.ts",
      "lib/database/ledger-adapter.ts",
      "lib/db.ts",
    ]);
    const prepared = filesWith(/\breadRows\b|\bstatements\.(rows|run)\b/);
    expect(prepared.filter((file) => file !== "lib/db.ts" && !file.startsWith("lib/database/")).sort()).toEqual([
      "lib/audit/next-number.ts",
      "lib/audit/record.ts",
      "lib/audit/search.ts",
      "lib/auth/confirm-actor.ts",
      "lib/auth/find-session.ts",
      "lib/cases/view.ts",
      "lib/credentials/find.ts",
      "lib/endpoints/find.ts",
      "lib/keys/active-by-person.ts",
      "lib/keys/active.ts",
      "lib/keys/find-issuing-key.ts",
      "lib/keys/issued-per-day.ts",
      "lib/keys/open-secrets.ts",
      "lib/keys/preview-change.ts",
      "lib/keys/read-ending.ts",
      "lib/ledger/enter-batch.ts",
      "lib/ledger/enter.ts",
      "lib/ledger/find.ts",
      "lib/ledger/insert.ts",
      "lib/templates/in-force.ts",
      "lib/tokens/attention.ts",
      "lib/tokens/overview.ts",
    ]);
  });
});

it("what the start imports before it has made the database's client does without it", () => {
  const [early = ""] = readFileSync(join(ROOT, "server.ts"), "utf8").split("ensureInstall(ROOT)");
  const first = [...early.matchAll(/^(?:import .*from| {2}const .* = await import\()\s*"\.\/([^"]+)"/gm)];
  const seen = new Set(first.map(([, path = ""]) => path));
  expect(seen.size).toBeGreaterThan(5);
  // A set goes on to what is added to it meanwhile.
  for (const path of seen) for (const { to, typeOnly } of byPath.get(path)?.imports ?? []) if (!typeOnly) seen.add(to);
  expect([...seen].filter((path) => path.startsWith("prisma/generated"))).toEqual([]);
});

describe("authorization lives in the verb:", () => {
  /** Functions that an actor is handed to, with their bodies. */
  const verbs = lib.flatMap(({ file, text }) =>
    [
      ...text.matchAll(
        /^export (?:async )?function (\w+)(?:<[^>]*>)?\(\s*actor: (?:Actor|Member|Service|Endpoint|Counted)\b[\s\S]*?^\}/gm,
      ),
    ].map(([body, name]) => ({ file, name, body })),
  );
  /** Issues for verbs that have asked; ends one's own session; answers and records for issueToken, which has asked; asks itself; records for it; tells who it is; counts for those who have asked; records what their door counts; asks who they are still. */
  const exempt = [
    ...[
      "endSession",
      "issueForm",
      "resendOf",
      "resendOfBatch",
      "recordRefusal",
      "recordingRefusals",
      "authorize",
      "denialOf",
      "recordDenial",
      "askedWith",
    ],
    ...["countAgainst", "mayRecord", "mayLog", "takeBack", "recordBounded", "recordFlood", "confirmSession"],
  ];

  it("every function that takes an actor asks whether they may, first of all", () => {
    expect(verbs.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "issueToken",
        "inspectToken",
        "createKey",
        "setKeyStatus",
        "listKeys",
        "listEvents",
        ...exempt,
      ]),
    );
    const bodies = verbs.filter(({ name = "" }) => !exempt.includes(name));
    const careless = bodies.filter(({ body }) => !/\{\n\s+await authorize\(actor, "[\w.]+"\);/.test(body));
    expect(careless.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });
});

describe("server actions", () => {
  const actions = app.filter(({ text }) => /^\s*["']use server["']/m.test(text));

  it("stand in files of their own, called actions.ts", () => {
    expect(actions.length).toBeGreaterThan(3);
    expect(
      actions.filter(({ file, text }) => basename(file) !== "actions.ts" || !text.startsWith('"use server";')),
    ).toEqual([]);
    expect([...components, ...lib].filter(({ text }) => /^\s*["']use server["']/m.test(text))).toEqual([]);
  });

  it.each(actions.map(({ file, text }) => [file, text] as const))(
    "%s: each is called …Action and goes through a door",
    (_, text) => {
      const exported = text.split(/^export /m).slice(1);
      expect(exported.length).toBeGreaterThan(0);
      for (const each of exported) {
        expect(each).toMatch(/^async function \w+Action\(/);
        expect(each).toMatch(/\brun(Visitor)?Action\(/);
      }
    },
  );
});

/** Where the compiler is told to believe: each as its line, from 1. `as const` tells it nothing. */
function castsIn(file: string, text: string): number[] {
  const found: number[] = [];
  const lines = text.split("\n");
  const isComment = (line = "") => /^\s*(\/\/|\/?\*)|\*\/\s*\}?$/.test(line);
  const hasComment = (line: number) => / \/\/ /.test(lines[line - 1] ?? "") || isComment(lines[line - 2]);
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { type, start, end, typeAnnotation } = node as Record<string, unknown>;
    const isConst = (typeAnnotation as { typeName?: { name?: string } } | undefined)?.typeName?.name === "const";
    if (/^TS(AsExpression|TypeAssertion|NonNullExpression)$/.test(String(type)) && !isConst) {
      // What is cast may go over several lines: said before it, or where the cast stands.
      const [first, last] = [lineAt(Number(start)), lineAt(Number(end))];
      if (!hasComment(first) && !hasComment(last)) found.push(last);
    }
    for (const part of Object.values(node)) visit(part);
  };
  visit(parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" }));
  return found;
}

describe("a cast that stays says why it is sound:", () => {
  it("casts are found as they are written", () => {
    const text = [
      "const a = one as Two;",
      "// As it was made.",
      "const b = one as Two;",
      "const c = one as Two; // As it was made.",
      "const d = [1, 2] as const satisfies number[];",
      'const e = "one as Two" + f(g as H);',
      "const h = one!;",
      "// As it was made.",
      "const i = {",
      "  j,",
      "} as Two;",
      "export { k as l };",
    ].join("\n");
    expect(castsIn("lib/one.ts", text)).toEqual([1, 6, 7]);
  });

  const bench = filesIn("bench").map(read);
  const prisma = filesIn("prisma")
    .filter((file) => !file.startsWith("prisma/generated/") && !isTest(file))
    .map(read);
  it("on its line, or on the one above", () => {
    const bare = [...app, ...components, ...lib, ...prisma, ...bench, read("server.ts")]
      // Most files have none: not read again.
      .filter(({ text }) => /\bas\b|!/.test(text))
      .flatMap(({ file, text }) => castsIn(file, text).map((line) => `${file}:${line}`));
    expect(bare).toEqual([]);
  });
});

describe("files", () => {
  const paths = [...["app", "components", "lib", "prisma", "e2e"].flatMap(filesIn)].filter(
    (file) => !file.startsWith("prisma/generated/"),
  );

  it("are called in kebab-case", () => {
    const odd = paths.filter(
      (file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.((long\.)?test|spec|setup|config))?\.(tsx?|js)$/.test(basename(file)),
    );
    expect(odd).toEqual([]);
  });

  it("in app and components write one kind of apostrophe", () => {
    expect(
      [...app, ...components].filter(({ text }) => /[a-z]\u2019|&[ar](?:pos|squo);/.test(text)).map(({ file }) => file),
    ).toEqual([]);
  });

  it("are no drawers", () => {
    const drawers = /^(utils?|helpers?|misc|common|shared|types?|index|constants)$/;
    const segments = (file: string) => withoutEnding(file).split("/");
    expect(paths.filter((file) => segments(file).some((segment) => drawers.test(segment)))).toEqual([]);
  });

  it("in components stand in a room", () => {
    expect(components.map(({ file }) => file).filter((file) => file.split("/").length !== 3)).toEqual([]);
  });

  it("in lib and components open with a sentence that says what they do", () => {
    const openings = [
      ...lib,
      ...components.map((source) => ({ ...source, text: source.text.replace(/^"use client";\n/, "") })),
      read("lib/test-desk.ts"),
      ...filesIn("prisma")
        .filter((file) => !/generated|\.test\.ts$/.test(file))
        .map(read),
    ];
    const mute = openings.filter(({ text }) => !/^\/\*\*\s(?:[^*]|\*(?!\/))*[.:]\s[\s\S]*?\*\//.test(text));
    expect(mute.map(({ file }) => file)).toEqual([]);
  });
});

it("the README names every decision, by its title and in their order", () => {
  const pages = readdirSync(join(ROOT, "docs/decisions")).sort();
  const lines = pages.map((page) => {
    const title = /^# (.+)$/m.exec(readFileSync(join(ROOT, "docs/decisions", page), "utf8"))?.[1];
    return `- [${title}](docs/decisions/${page})`;
  });
  expect(lines.length).toBeGreaterThan(10);
  expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(lines.join("\n"));
});
