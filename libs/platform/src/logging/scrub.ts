/** Takes secrets out of a finished log line, whatever part of the program put them there. */

const secretMember =
  /"([^"\\]*(?:password|passwd|secret|token|authorization|cookie|api[_-]?key)[^"\\]*)":(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|-?\d[\d.eE+-]*)/gi;
const passwordInUrl = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"\\]*):[^\s@/"\\]+@/gi;
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const webToken = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*/g;

/** The line with `***` for members named like secrets, passwords in addresses, and tokens. Still one JSON object. */
export function scrubSecrets(line: string): string {
  return line
    .replace(secretMember, '"$1":"***"')
    .replace(passwordInUrl, '$1:***@')
    .replace(bearer, '$1 ***')
    .replace(webToken, '***');
}
