/** How many attempts to sign in are weighed, by login and by the address they come from. */
import { digestOf } from '@gep/kernel';

/** Attempts within a window of seconds; the count of one login from one address starts anew after a success. */
export interface ThrottleRule {
  readonly kind: 'pair' | 'address' | 'login';
  readonly attempts: number;
  readonly windowSeconds: number;
}

/**
 * The pair stops guessing at one account; the address stops trying many accounts; the login stops a guess from many
 * addresses, set wide because whoever knows a login can spend it.
 */
export const throttleRules: readonly ThrottleRule[] = [
  { kind: 'pair', attempts: 5, windowSeconds: 15 * 60 },
  { kind: 'address', attempts: 60, windowSeconds: 15 * 60 },
  { kind: 'login', attempts: 100, windowSeconds: 60 * 60 },
];

/** A rule with the key under which its attempts are counted; keys are digests, so that no address is kept. */
export interface ThrottleKey extends ThrottleRule {
  readonly key: string;
}

/** The network an address belongs to, as far as one caller can move at will: an IPv6 /64, an IPv4 address. */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped) return mapped[1];
  if (!plain.includes(':')) return plain;
  const [head, tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/**
 * Keys of one attempt, in the order in which their rows are locked. What is guessed at is one password: when another one is
 * set, attempts at this login are counted from nought, wherever they came from; those of an address go on.
 * @param passwordHash of the login; null where it is unknown or has none
 */
export function throttleKeys(login: string, address: string, passwordHash: string | null): ThrottleKey[] {
  const network = networkOf(address);
  const guessed = `${login}\n${passwordHash ?? ''}`;
  const subject = { pair: `${guessed}\n${network}`, address: network, login: guessed };
  return throttleRules
    .map((rule) => ({ ...rule, key: digestOf(`${rule.kind}\n${subject[rule.kind]}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** One counted attempt: which one it is within the running window, and when that window ends. */
export interface CountedAttempt {
  readonly key: string;
  readonly count: number;
  readonly secondsLeft: number;
}

/** Whole seconds to wait when any rule is exceeded; 0 when the attempt may be weighed. */
export function secondsToWait(keys: readonly ThrottleKey[], counted: readonly CountedAttempt[]): number {
  const limits = new Map(keys.map((key) => [key.key, key.attempts]));
  const waits = counted.filter(({ key, count }) => count > limits.get(key)!).map(({ secondsLeft }) => secondsLeft);
  return waits.length === 0 ? 0 : Math.max(1, Math.ceil(Math.max(...waits)));
}
