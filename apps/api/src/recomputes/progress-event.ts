/** Writes server-sent events as text (WHATWG HTML, 9.2). */

/** One event; the data is JSON on one line, so it needs no splitting. */
export function eventText(event: { id: number; name: string; body: unknown }): string {
  return `id: ${event.id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.body)}\n\n`;
}

/** A comment that keeps proxies from closing a quiet stream. */
export const stillHere = ': still here\n\n';
