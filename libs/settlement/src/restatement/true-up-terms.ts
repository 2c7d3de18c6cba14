/** What an agreement says of figures that are restated after money moved. */
import { Fraction, type Fen } from '@gep/kernel';
import { TrueUpTermsInvalid } from './errors';

export const trueUpWays = ['next-cycle', 'supplement', 'clawback', 'none'] as const;
/**
 * `next-cycle`: differences wait for the next settlement of the agreement. `supplement`: more is paid at once, within the
 * limit; less is clawed back. `clawback`: the same without a limit. `none`: differences are listed and nothing else.
 */
export type TrueUpWay = (typeof trueUpWays)[number];

/** As it stands in a draft, in JSON. */
export interface TrueUpTerms {
  readonly way: TrueUpWay;
  /** Decimal text, part of the amount of the contract: Government Procurement Law art. 49 has 0.1. No limit when absent. */
  readonly supplementLimit?: string;
  /** Fen as decimal text: a party's difference below it waits until it has grown. */
  readonly least?: string;
}

export interface ReadTerms {
  readonly way: TrueUpWay;
  readonly supplementLimit: Fraction | undefined;
  readonly leastFen: Fen;
}

/** @throws TrueUpTermsInvalid */
export function readTerms({ way, supplementLimit, least = '0' }: TrueUpTerms): ReadTerms {
  if (!trueUpWays.includes(way)) throw new TrueUpTermsInvalid('way', String(way), trueUpWays.join(', '));
  const limit = supplementLimit === undefined ? undefined : Fraction.parse(supplementLimit);
  if (supplementLimit !== undefined && (!limit || limit.numerator < 0n))
    throw new TrueUpTermsInvalid('supplementLimit', supplementLimit, '0.1');
  if (!/^\d{1,18}$/.test(least)) throw new TrueUpTermsInvalid('least', least, '10000');
  return { way, supplementLimit: limit, leastFen: BigInt(least) };
}
