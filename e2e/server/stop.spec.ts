/** How the server stops: it finishes what is running, takes nothing new, closes the database, and leaves with 0. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { request } from "node:http";
import { change, databaseIn, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issueButton } from "../stage/issue-form";
import { catchAction } from "../stage/server-action";

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`${signal} lets a request that is under way have its answer`, async ({ desk, open }) => {
    const page = await open("admin", "/issue");
    await compose(page, { purpose: signal });
    const action = await catchAction(page, () => issueButton(page).click());
    const body = JSON.stringify(action.arguments).replace(/"jti":"[^"]+"/, `"jti":"${crypto.randomUUID()}"`);
    await page.context().close();

    // The server has the request once it says 100 Continue; its body is still to come.
    const slow = request(action.url, {
      method: "POST",
      headers: {
        ...action.headers,
        origin: desk.address,
        cookie: desk.cookieOf("admin"),
        "content-length": Buffer.byteLength(body),
        expect: "100-continue",
      },
    });
    const answered = once(slow, "response");
    const continued = once(slow, "continue");
    slow.flushHeaders();
    await continued;

    const exit = desk.server.stop(signal);
    await desk.server.line(new RegExp(`^${signal}: finishing what is running`));
    await expect(fetch(desk.address)).rejects.toThrow();

    slow.end(body);
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    let text = "";
    for await (const chunk of response) text += chunk;
    expect(text).toMatch(/"ok":true,"data":\{"token":"ey/);

    expect(await exit).toEqual({ code: 0, signal: null });
    // SQLite removes its log when the last connection is closed in order.
    expect(existsSync(desk.database)).toBe(true);
    expect(existsSync(`${databaseIn(desk.folder)}-wal`)).toBe(false);

    // The next start clears away what ended long ago, and nothing else.
    const sessions = () => rows<{ id: string }>(desk.database, "SELECT id FROM Session ORDER BY id");
    const before = sessions();
    const columns = "createdAt, expiresAt, lastSeenAt, endedAt, address, userAgent";
    change(
      desk.database,
      `INSERT INTO Session (id, memberId, ${columns}) SELECT 'of long ago', memberId, 1, 2, 1, 2, '', '' FROM Session LIMIT 1`,
    );
    await desk.start();
    expect(sessions()).toEqual(before);
  });
}
