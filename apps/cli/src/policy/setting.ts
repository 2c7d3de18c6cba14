/** Reads `column=value` of a repeatable option into the values given so far. */
export function setting(text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  return { ...earlier, [at < 0 ? text : text.slice(0, at).trim()]: at < 0 ? '' : text.slice(at + 1).trim() };
}
