import { expect, test, vi } from "vitest";
import { sendBatch } from "../batch/send-batch";
import { readAnswer } from "./read-answer";

const OTHERS = [
  new Response("<h1>502 Bad Gateway</h1>", { status: 502, headers: { "content-type": "text/html" } }),
  new Response("no healthy upstream", { status: 503, headers: { "content-type": "text/plain" } }),
  Response.json({ message: "Service Unavailable" }, { status: 503 }),
  new Response("<html>Welcome. Please accept our terms.</html>", { headers: { "content-type": "text/html" } }),
  new Response("null", { headers: { "content-type": "application/json" } }),
  new Response(null, { status: 504 }),
];

test.each(OTHERS)("what somebody else on the way answers is no answer (%#)", async (response) => {
  expect(await readAnswer(response.clone())).toBeUndefined();
  vi.spyOn(globalThis, "fetch").mockResolvedValue(response.clone());
  const sent = await sendBatch({} as never, [], "a8098c1a-f86e-41da-bd1a-00112444be1e");
  expect(sent).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/^The server could not be reached/) },
  });
});

test("the desk's own is taken, and the sentence of its edge", async () => {
  const done = { ok: true, data: { batch: 1 } };
  expect(await readAnswer(Response.json(done))).toEqual(done);
  const refused = { ok: false, error: { code: "forbidden", message: "Not you." } };
  expect(await readAnswer(Response.json(refused, { status: 403 }))).toEqual(refused);
  const text = "Not accepted: it was sent from another site.";
  expect(await readAnswer(new Response(text, { status: 403 }))).toMatchObject({ ok: false, error: { message: text } });
  vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(text, { status: 403 }));
  const sent = await sendBatch({} as never, [], "a8098c1a-f86e-41da-bd1a-00112444be1e");
  expect(sent).toMatchObject({ error: { message: `${text} What you typed is kept.` } });
});
