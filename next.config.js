/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native modules and libraries with data files: loaded by Node, not bundled.
  serverExternalPackages: [
    "@node-rs/argon2",
    // The driver beneath it is a link to prisma/driver, which would be bundled as ours.
    "@prisma/adapter-better-sqlite3",
    "@zxcvbn-ts/core",
    "@zxcvbn-ts/language-common",
    "@zxcvbn-ts/language-en",
    "pino",
  ],
  // `npm test` checks the types of all files at once; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  // No page has a picture to be made smaller: nobody is to have one made.
  images: { unoptimized: true },
  experimental: {
    serverActions: { bodySizeLimit: "256kb" },
  },
};

export default config;
