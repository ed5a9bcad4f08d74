/** Before the first story: makes the production build (one of the same sources is kept) and the desk that all others are copies of. */
import { ensureBuild } from "@/lib/start/ensure-build";
import { ensureInstall } from "@/lib/start/ensure-install";
import { PreparedDesk } from "./prepared-desk";
import { ROOT } from "./server";

export default async function prepare(): Promise<() => void> {
  ensureInstall(ROOT);
  ensureBuild(ROOT);
  const folder = await PreparedDesk.make();
  process.env.PREPARED_DESK = folder;
  return () => new PreparedDesk(folder).remove();
}
