/** The API's reference (OpenAPI 3.1), made of its table of routes and of the schemas by which it reads and answers. */
import { PROBLEM_PREFIX, type ProblemType, problems } from "@/lib/http/problem";
import { ownVersion } from "@/lib/version";
import * as z from "@/lib/zod";
import { type ApiRoute, apiRoutes, scopesOf } from "./routes";

type Json = Record<string, unknown>;

const Problem = z
  .object({
    type: z.enum(Object.keys(problems).map((type) => `${PROBLEM_PREFIX}${type}`)),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    fields: z
      .record(z.string(), z.string())
      .optional()
      .describe(
        "By field of what was sent: what is wrong with it; `form`: with all of it, such as a field that there is not.",
      ),
  })
  .meta({ id: "Problem" });

const types = { json: "application/json", form: "application/x-www-form-urlencoded" };

/** As `$ref`s to the components, which `schemasOf` writes. */
function refOf(schemas: readonly z.ZodType[]): Json {
  const refs = schemas.map((schema) => ({ $ref: `#/components/schemas/${schema.meta()?.id}` }));
  return refs.length === 1 && refs[0] ? refs[0] : { oneOf: refs };
}

function componentsOf(io: "input" | "output", schemas: readonly z.ZodType[]): Json {
  const components: Json = {};
  for (const schema of schemas) {
    // One that has an id stands among the definitions itself.
    const { $defs = {} } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    for (const [name, { id: _, ...definition }] of Object.entries($defs)) components[name] ??= pointed(definition);
  }
  return components;
}

/** JSON Schema's own definitions stand elsewhere in an OpenAPI document. */
const pointed = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll("#/$defs/", "#/components/schemas/"));

const header = (description: string) => ({ description, schema: { type: "string" } });

const ABSENT = "Absent where the credential has no limit, or the call was refused before it was counted.";
const rateLimit = {
  RateLimit: header(`How many calls are left, and for how many seconds. ${ABSENT}`),
  "RateLimit-Policy": header(`How many calls there may be, in how many seconds. ${ABSENT}`),
};

const retryAfter = { "Retry-After": header("In how many seconds to try again.") };

/** Beside those of the limit. */
const headersOf: Readonly<Record<number, Json>> = {
  401: { "WWW-Authenticate": header("How a credential is sent (RFC 6750).") },
  405: { Allow: header("The methods that there are.") },
  415: {
    Accept: header("The content type that is taken. Absent where the coding is wrong."),
    "Accept-Encoding": header("That no content coding is taken. Absent where the content type is wrong."),
  },
  429: retryAfter,
  503: retryAfter,
};
const NEVER_COUNTED = [405, 408, 421];

/** What comes of a body, or of a change: of a GET neither does. */
const NOT_OF_READING: ProblemType[] = ["too-slow", "too-large", "unsupported-media-type", "busy", "conflict"];
const OF_REQUESTS_AGAIN: ProblemType[] = ["already-issued", "idempotency-key-reused"];

function responsesOf({ status, answers, idempotent, body }: ApiRoute): Json {
  const problem = (description: string, of: number) => ({
    description,
    headers: { ...(NEVER_COUNTED.includes(of) ? {} : rateLimit), ...headersOf[of] },
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  const never = [...(idempotent ? [] : OF_REQUESTS_AGAIN), ...(body ? [] : NOT_OF_READING)];
  const told = Object.entries(problems).filter(([type]) => never.every((each) => each !== type));
  const byStatus = new Map<number, string[]>();
  for (const [type, { status: of, title }] of told)
    byStatus.set(of, [...(byStatus.get(of) ?? []), `${title} (\`${type}\`)`]);
  return {
    [status]: {
      description: "As it was asked for.",
      headers: rateLimit,
      content: { "application/json": { schema: refOf(answers) } },
    },
    ...Object.fromEntries([...byStatus].map(([of, titles]) => [of, problem(titles.join("; "), of)])),
  };
}

function parametersOf({ query, idempotent }: ApiRoute): Json[] {
  const parameter = (place: "query" | "header", name: string, schema: unknown, description?: unknown) => ({
    ...{ name, in: place, required: false, schema },
    ...(typeof description === "string" ? { description } : {}),
  });
  const asked: Json[] = idempotent
    ? [
        parameter(
          "header",
          "Idempotency-Key",
          { type: "string", format: "uuid" },
          "Becomes the token's `jti`, or the batch's id: sent again within a minute with the same body, the answer is the same.",
        ),
      ]
    : [];
  if (query) {
    const { properties = {} } = z.toJSONSchema(query, { io: "input", unrepresentable: "any" });
    for (const [name, schema] of Object.entries(properties)) {
      const { description, ...type } = Object(schema);
      asked.push(parameter("query", name, type, description));
    }
  }
  return asked;
}

const tagOf = ({ path }: ApiRoute): string => path.split("/")[3] ?? "";

const tagWords: Record<string, string> = {
  tokens: "Issue, judge, revoke and list tokens.",
  introspect: "Ask whether a token may be honoured.",
  audit: "Read who did what.",
  keys: "What may be signed with.",
};

function operationOf(route: ApiRoute): Json {
  const { id, summary, body } = route;
  const takenScopes = scopesOf(route)
    .map((scope) => `\`${scope}\``)
    .join(" or ");
  const isReading = route.method === "GET";
  const parameters = parametersOf(route);
  return {
    operationId: id,
    summary,
    description: `Takes a credential with the scope ${takenScopes}.${isReading ? " `HEAD` is answered alike, without a body." : ""}`,
    tags: [tagOf(route)],
    security: [{ credential: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? { requestBody: { required: true, content: { [types[body.type]]: { schema: refOf(body.schemas) } } } }
      : {}),
    responses: responsesOf(route),
  };
}

function write(): string {
  const paths: Record<string, Json> = {};
  for (const route of apiRoutes) {
    const at = paths[route.path] ?? {};
    at[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = at;
  }
  const inputs = apiRoutes.flatMap(({ body }) => body?.schemas ?? []);
  const outputs = apiRoutes.flatMap(({ answers }) => answers);
  const named = [...new Set(apiRoutes.map(tagOf))];
  const tags = named.map((name) => ({ name, description: tagWords[name] ?? "" }));
  return JSON.stringify({
    openapi: "3.1.1",
    info: {
      title: "Claimcheck",
      version: ownVersion() || "0",
      summary: "Issue, inspect and revoke access tokens, and read who issued what.",
      description:
        "What is no HTTP, or has headers of more than 16 kB, is answered with a bare 400 or 431, before anything here reads it.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags,
    paths,
    components: {
      securitySchemes: {
        credential: { type: "http", scheme: "bearer", description: "Made by an admin at /credentials: `cc_…`." },
      },
      schemas: { ...componentsOf("input", inputs), ...componentsOf("output", [...outputs, Problem]) },
    },
  });
}

let written: string | undefined;

/** JSON. */
export function openApi(): string {
  written ??= write();
  return written;
}
