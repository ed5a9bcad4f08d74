/** What docs/deploy.md has people copy, and compose.yaml: that a proxy passes on what the desk believes, that all of them name the same port, user and folders, and that the desk takes the settings. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseSettings } from "@/lib/env";
import { edgeLimits } from "@/lib/limits";
import { httpRoutes } from "./http-routes";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const guide = read("docs/deploy.md");
const unit = read("docs/deploy/claimcheck.service");
const nginx = read("docs/deploy/nginx.conf");
const caddy = read("docs/deploy/Caddyfile");
const compose = parse(read("compose.yaml"));
const dockerfile = read("Dockerfile");

/** `.env` as the guide writes it, with secrets as its commands draw them. */
const [, heredoc = ""] = /^cat > \.env <<EOF\n([\s\S]*?)^EOF$/m.exec(guide) ?? [];
const drawn = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
const written = Object.fromEntries(
  heredoc
    .trim()
    .split("\n")
    .map((line) => line.replace(/\$\(openssl .*\)$/, drawn).split(/=(.*)/s, 2)),
);
const settings = parseSettings(written);
const { PUBLIC_URL, HOST, PORT } = settings;
const upstream = `${HOST}:${PORT}`;

/** All that the unit says of a name. */
const unitSays = (name: string) => [...unit.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value]) => value);
/** The same of nginx, of the last server: the one that speaks https. */
const nginxSays = (name: string) =>
  [...(nginx.split(/^server \{$/m).at(-1) ?? "").matchAll(new RegExp(`^ *${name} +(.*);$`, "gm"))].map(
    ([, value]) => value,
  );
const UNITS: Record<string, number> = { k: 1024, m: 1024 * 1024 };
const bytesIn = (size = "") => Number.parseInt(size, 10) * (UNITS[size.slice(-1)] ?? Number.NaN);

it("the guide's settings are ones that the desk takes, for a proxy on the same machine", () => {
  expect(PUBLIC_URL?.protocol).toBe("https:");
  expect(upstream).toBe("127.0.0.1:3000");
  expect(settings.TRUSTED_PROXIES.trusts(HOST, 0)).toBe(true);
  expect(guide).toContain(`It listens on \`${upstream}\``);
});

it("either proxy has the name of PUBLIC_URL, goes on to where the desk listens, and tells its settings", () => {
  const { host = "" } = PUBLIC_URL ?? {};
  for (const text of [nginx, caddy]) {
    expect(text).toContain(`PUBLIC_URL=${written.PUBLIC_URL} and TRUSTED_PROXIES=${written.TRUSTED_PROXIES}\n`);
    expect([...new Set([...text.matchAll(/127\.0\.0\.1:\d+/g)].map(([each]) => each))]).toEqual([upstream]);
  }
  expect(caddy).toContain(`\n${host} {\n\treverse_proxy ${upstream}\n}\n`);
  expect([...nginx.matchAll(/server_name (.*);/g)].map(([, name]) => name)).toEqual([host, host]);
  expect(nginx).toContain(`return 301 https://${host}$request_uri;`);
});

it("nginx passes on the host and the client's address, in 1.1, writes no token to its disk and no link to its log", () => {
  expect(nginxSays("proxy_pass")).toEqual(Array(2).fill(`http://${upstream}`));
  expect(nginxSays("proxy_set_header")).toEqual(["Host $host", "X-Forwarded-For $proxy_add_x_forwarded_for"]);
  expect(nginxSays("proxy_http_version")).toEqual(["1.1"]);
  expect(nginxSays("proxy_buffering")).toEqual(["off"]);
  expect(nginxSays("proxy_max_temp_file_size")).toEqual(["0"]);
  expect(nginx.match(/access_log off;/g)).toHaveLength(2);
  // Nor to the one of errors, where each request stands that the desk is not there for.
  expect(nginx.match(/error_log \S+ crit;/g)).toHaveLength(2);
  expect(caddy).toMatch(/request>uri query \{\s+replace code hidden\s/);
  // The refusal of what is too large is the desk's own, which says why; and no body goes to a file.
  const [most, mostOfMany] = nginxSays("client_max_body_size");
  expect(bytesIn(most)).toBeGreaterThan(edgeLimits.largeBodyBytes);
  expect(nginxSays("client_body_buffer_size")).toEqual([most]);
  // Where the desk takes more, so does nginx, and holds none of it back.
  const [, larger = "", said = ""] = /location ~ (\S+) \{([^}]*)\}/.exec(nginx) ?? [];
  expect(said).toContain("proxy_request_buffering off;");
  expect(bytesIn(mostOfMany)).toBeGreaterThan(edgeLimits.batchBodyBytes);
  for (const { path, posts } of httpRoutes)
    expect([path, new RegExp(larger).test(path)]).toEqual([path, (posts?.mostBytesSignedIn ?? 0) > bytesIn(most)]);
  expect(nginxSays("listen")).toEqual(["443 ssl http2", "[::]:443 ssl http2"]);
});

it("the service is the user that the guide makes, runs what it installs, and writes where its database is, nowhere else", () => {
  const [, home, user] = /^adduser --system --group --home (\S+) --no-create-home (\S+)$/m.exec(guide) ?? [];
  expect([...unitSays("User"), ...unitSays("Group")]).toEqual([user, user]);
  expect(guide).toContain(`install -o root -g ${user} -m 640 /dev/null .env`);
  const [folder] = unitSays("WorkingDirectory");
  expect(guide).toMatch(new RegExp(`^git clone \\S+ ${folder}\\ncd ${folder}$`, "m"));
  expect(unitSays("StateDirectory").map((name) => `/var/lib/${name}`)).toEqual([home]);
  expect(settings.DATABASE_URL).toBe(`file:${home}/claimcheck.db`);
  expect([...unitSays("StateDirectoryMode"), ...unitSays("UMask")]).toEqual(["0700", "0077"]);
  expect(unitSays("ProtectSystem")).toEqual(["strict"]);
  expect(unitSays("ReadWritePaths")).toEqual([]);
  for (const name of ["CapabilityBoundingSet", "AmbientCapabilities"]) expect(unitSays(name)).toEqual([""]);
  expect([...unitSays("NoNewPrivileges"), ...unitSays("PrivateTmp"), ...unitSays("ProtectHome")]).toEqual(
    Array(3).fill("yes"),
  );
  // What runs is what the image and `npm start` run.
  const [command = ""] = unitSays("ExecStart");
  expect(command).toBe("/usr/bin/node --import tsx server.ts");
  expect(dockerfile).toContain(
    `CMD ${JSON.stringify(command.replace("/usr/bin/", "").split(" ")).replaceAll(",", ", ")}`,
  );
});

it("compose.yaml lets nothing be written but the volume and /tmp, is published for this machine alone, and believes the network's gateway", () => {
  const { claimcheck, ...others } = compose.services;
  expect(others).toEqual({});
  expect(claimcheck).toMatchObject({
    ...{ build: ".", env_file: ".env", read_only: true, tmpfs: ["/tmp"], volumes: ["data:/data"] },
    ...{ cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] },
  });
  expect(Object.keys(compose.volumes)).toEqual(["data"]);
  expect(claimcheck).not.toHaveProperty("user");
  expect(claimcheck).not.toHaveProperty("privileged");
  // The image's own, which asks the port that is set here.
  expect(claimcheck).not.toHaveProperty("healthcheck");
  expect(dockerfile).toMatch(/^HEALTHCHECK .*process\.env\.PORT\}\/api\/health/m);

  const inside = parseSettings({ ...written, ...claimcheck.environment });
  expect(inside).toMatchObject({ HOST: "0.0.0.0", DATABASE_URL: "file:/data/claimcheck.db" });
  expect(claimcheck.ports).toEqual([`${upstream}:${inside.PORT}`]);
  const [{ subnet }] = compose.networks.default.ipam.config;
  const gateway = subnet.replace(/0\/24$/, "1");
  expect(claimcheck.environment.TRUSTED_PROXIES).toBe(gateway);
  // Stopped by force only after the desk has finished what is under way.
  expect(Number.parseInt(claimcheck.stop_grace_period, 10)).toBe(Number(unitSays("TimeoutStopSec")[0]));
});
