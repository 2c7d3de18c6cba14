/** Takes over the request id of a caller or proxy when it is safe to log. */

/** The id of the header when it is 8 to 64 letters, digits, `-` or `_`; else undefined. */
export function acceptedRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(header) ? header : undefined;
}
