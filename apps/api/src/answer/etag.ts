/** Entity tags of answers, and whether the copy a client holds is still good. */
import { digestOf } from '@gep/kernel';

/** Strong tag of a text, or of a digest that already names the content. */
export function tagOf(content: string, options: { digest?: boolean } = {}): string {
  return `"${options.digest ? content : digestOf(content).slice(0, 43)}"`;
}

/** True when `If-None-Match` lists the tag or is `*`; weak and strong forms compare alike (RFC 9110, 13.1.2). */
export function stillGood(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const listed = ifNoneMatch.slice(0, 4000).split(',');
  return listed.some((one) => one.trim().replace(/^W\//, '') === tag);
}
