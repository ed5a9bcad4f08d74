/** What was done to an endpoint, as its page tells it: the newest first, and nothing of what it gave or of another one. */
import { expect, it } from "vitest";
import { openDesk } from "@/lib/test-desk";
import { endEndpoint } from "./end";
import { listEndpointHistory } from "./history";
import { setEndpointStatus } from "./set-status";

const desk = await openDesk();

it("has the newest three of its own", async () => {
  const key = await desk.addKey();
  const { actor } = await desk.addEndpoint(key, { name: "Demo app" });
  await desk.addEndpoint(key, { name: "Another" });
  const history = async () =>
    (await listEndpointHistory(desk.admin, actor.id)).map(({ action, actorName }) => [action, actorName]);
  const { name } = desk.admin;
  expect(await history()).toEqual([["endpoint.created", name]]);
  await setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: true });
  await setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: false });
  await endEndpoint(desk.admin, { endpointId: actor.id });
  expect(await history()).toEqual([
    ["endpoint.ended", name],
    ["endpoint.enabled", name],
    ["endpoint.disabled", name],
  ]);
  await expect(listEndpointHistory(desk.issuer, actor.id)).rejects.toThrow();
});
