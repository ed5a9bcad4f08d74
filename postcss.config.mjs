/** Hands every stylesheet to Tailwind. */
export default { plugins: { "@tailwindcss/postcss": {} } };
