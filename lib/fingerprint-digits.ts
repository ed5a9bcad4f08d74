/** How long a secret's fingerprint is: so many hexadecimal digits, from the left, of its SHA-256. Enough to tell secrets apart and to compare by eye; browser-safe. */
export const FINGERPRINT_DIGITS = 12;
