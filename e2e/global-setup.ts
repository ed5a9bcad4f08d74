/** Before the first story: makes the production build (one of the same sources is kept) and the desk that all others are copies of. */
import { ensureBuild } from "@/lib/start/ensure-build";
import { ROOT } from "./server";
import { Template } from "./template";

export default async function prepare(): Promise<() => void> {
  ensureBuild(ROOT);
  const folder = await Template.make();
  process.env.DESK_TEMPLATE = folder;
  return () => new Template(folder).remove();
}
