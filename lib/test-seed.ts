/** For tests only: what properties are tried with is the same in every run, so that a run says something of the change and not of the day. FAST_CHECK_SEED=N tries others. */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
