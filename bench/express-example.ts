/** The official Node example's `GET /get-token`, as people deploy it: Express and jsonwebtoken, no record. Listens on a free port, and prints it. */
import type { AddressInfo } from "node:net";
import express from "express";
import jwt from "jsonwebtoken";

const [apiKey = "", secret = ""] = process.argv.slice(2);
const app = express();
app.get("/get-token", (_, response) => {
  const options = { expiresIn: "120m", algorithm: "HS256" } as const;
  response.json({ token: jwt.sign({ apikey: apiKey, permissions: ["allow_join", "allow_mod"] }, secret, options) });
});
// It listens on a port, not on a pipe.
const server = app.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
