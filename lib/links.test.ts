/** Where a link leads that is made for somebody else, under each of the settings that matter. */
import { randomBytes } from "node:crypto";
import { beforeEach, expect, it, vi } from "vitest";

const needed = {
  AUTH_SECRET: randomBytes(32).toString("base64url"),
  SEALING_KEYS: `k1:${randomBytes(32).toString("base64url")}`,
};

beforeEach(() => vi.resetModules());

async function link(settings: Record<string, string>, port?: number) {
  for (const [name, value] of Object.entries({ ...needed, HOST: "", PORT: "", PUBLIC_URL: "", ...settings }))
    vi.stubEnv(name, value);
  const { forgetProcessWide } = await import("./process-wide");
  forgetProcessWide("links");
  const { linkTo, setPort } = await import("./links");
  if (port !== undefined) setPort(port);
  return linkTo("/join?code=abc");
}

it.each([
  [{}, undefined, "http://localhost:3000"],
  [{ PORT: "0" }, 41234, "http://localhost:41234"],
  [{ HOST: "127.0.0.1" }, 4000, "http://localhost:4000"],
  [{ HOST: "::1" }, 4000, "http://localhost:4000"],
  [{ HOST: "0.0.0.0" }, 4000, "http://localhost:4000"],
  [{ HOST: "::" }, 80, "http://localhost"],
  // `localhost` would not answer there.
  [{ HOST: "192.0.2.7" }, 4000, "http://192.0.2.7:4000"],
  [{ HOST: "2001:db8::7" }, 4000, "http://[2001:db8::7]:4000"],
  [{ PUBLIC_URL: "http://localhost:8080" }, 4000, "http://localhost:8080"],
  [{ PUBLIC_URL: "https://[::1]:8443" }, 4000, "https://[::1]:8443"],
])("with %o on port %s it opens on this machine alone", async (settings, port, origin) => {
  expect(await link(settings, port)).toEqual({ url: `${origin}/join?code=abc`, onlyHere: true });
});

it("with a PUBLIC_URL it is that, wherever the server listens", async () => {
  expect(await link({ PUBLIC_URL: "https://desk.example.com:8443/", HOST: "0.0.0.0" }, 4000)).toEqual({
    url: "https://desk.example.com:8443/join?code=abc",
    onlyHere: false,
  });
});
