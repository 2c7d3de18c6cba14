/** Divides an account among parts of its territory so that nothing is lost: every line, area and total sums to the whole. */
import { allocate, type EvidenceGrade, Fraction, type ShareWeight } from '@gep/kernel';
import type { Account, AccountLine, AccountTotals } from '../account/account';
import { lineKey } from '../account/line-order';
import { totalLines } from '../account/seal-account';
import { DivisionPartTwice, DivisionSharesUnfit } from './errors';
import { shareQuantity, sumOfShares } from './share-quantity';

/** One of the parts that an account is divided among. */
export interface DivisionPart {
  readonly code: string;
  /** Exact share of the whole; holds for lines without a type, and for types without a share of their own. */
  readonly share: Fraction;
  /** Exact shares of single ecosystem types, where it is known which patches go to which part. */
  readonly shareByType?: Readonly<Record<string, Fraction>>;
  /** Exact shares of single lines by `lineKey`, where it is known what of each line comes from which part. */
  readonly shareByLine?: ReadonlyMap<string, Fraction>;
}

/** The part of an account. It is derived from that account and is not recorded as one of its own. */
export interface DividedAccount {
  readonly territory: string;
  readonly period: string;
  readonly norm: Account['norm'];
  /** The account that was divided. */
  readonly dividedFrom: { readonly territory: string; readonly digest: string };
  readonly share: Fraction;
  readonly lines: readonly AccountLine[];
  /** In `areaUnit`. */
  readonly areaByType: Readonly<Record<string, number>>;
  readonly areaUnit: string;
  readonly totals: AccountTotals;
  readonly grade: EvidenceGrade;
}

/**
 * Divides by exact shares, line by line: fen by largest remainder (ties by code of the part), quantities and areas in units
 * of the last bit of the whole (`shareQuantity`). Over all parts each line's fen, quantity and supplied quantity, each area
 * and each total sum to the whole: fen exactly, quantities to the bit in any order of adding. Price, γ, units and grade of a
 * line stay. Every part has every line, with nothing in it where its share is zero. The order of `parts` changes no part.
 * @returns one account for each part, in the order given
 * @throws DivisionSharesUnfit when shares are below zero or do not sum to 1, DivisionPartTwice
 */
export function divideAccount(account: Account, parts: readonly DivisionPart[]): DividedAccount[] {
  parts.forEach(({ code }, at) => {
    if (parts.findIndex((part) => part.code === code) !== at) throw new DivisionPartTwice(account.territory, code);
  });
  const sharesOf = checkedShares(account, parts);
  const lines = new Map(parts.map(({ code }): [string, AccountLine[]] => [code, []]));
  for (const line of account.lines) {
    for (const [code, divided] of divideLine(line, sharesOf(line.type, lineKey(line)))) lines.get(code)!.push(divided);
  }
  const areas = new Map(parts.map(({ code }): [string, Record<string, number>] => [code, {}]));
  for (const [type, area] of Object.entries(account.areaByType)) {
    for (const [code, part] of shareQuantity(area, sharesOf(type))) areas.get(code)![type] = part;
  }
  const { territory, digest, period, norm, areaUnit, grade } = account;
  return parts.map(({ code, share }) => ({
    ...{ territory: code, period, norm, dividedFrom: { territory, digest }, share },
    lines: lines.get(code)!,
    areaByType: areas.get(code)!,
    areaUnit,
    totals: totalLines(lines.get(code)!, Object.keys(account.areaByType)),
    grade,
  }));
}

function divideLine(line: AccountLine, shares: readonly ShareWeight[]): [string, AccountLine][] {
  const fen = allocate(line.valueFen, shares);
  const quantities = shareQuantity(line.quantity, shares);
  const supplied = line.supplied === null ? undefined : shareQuantity(line.supplied, shares);
  return shares.map(({ code }) => [
    code,
    {
      ...line,
      quantity: quantities.get(code)!,
      supplied: supplied?.get(code) ?? null,
      valueFen: fen.get(code)!,
    },
  ]);
}

/** The shares of each type, each set of them checked once. */
function checkedShares(
  { territory }: Account,
  parts: readonly DivisionPart[],
): (type: string | null, line?: string) => readonly ShareWeight[] {
  const known = new Map<string | null, readonly ShareWeight[]>();
  const sharesOf = (type: string | null, line?: string): readonly ShareWeight[] => {
    const ofLine = line !== undefined && parts.some(({ shareByLine }) => shareByLine?.has(line)) ? line : undefined;
    const found = ofLine === undefined ? known.get(type) : undefined;
    if (found) return found;
    const shares = parts.map(({ code, share, shareByType, shareByLine }) => ({
      code,
      weight:
        (ofLine === undefined ? undefined : shareByLine?.get(ofLine)) ??
        (type === null ? undefined : shareByType?.[type]) ??
        share,
    }));
    const sum = sumOfShares(shares);
    const below = shares.some(({ weight }) => weight.compare(Fraction.zero) < 0);
    if (below || !sum.equals(Fraction.one)) throw new DivisionSharesUnfit(territory, type, sum.toExactText());
    if (ofLine === undefined) known.set(type, shares);
    return shares;
  };
  sharesOf(null);
  return sharesOf;
}
