/** Makes the production build once, before the first story; a build of the same sources is kept. */
import { ensureBuild } from "@/lib/start/ensure-build";
import { ROOT } from "./server";

export default function build(): void {
  ensureBuild(ROOT);
}
