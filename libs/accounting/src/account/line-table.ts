/** Lines of many accounts as columns of numbers: what lines share is written once and referred to by number. */
import { Account, AccountLine } from './account';

/** All of a line but its quantities and value: few differ, even among thousands of accounts. */
export type LineKind = Omit<AccountLine, 'quantity' | 'supplied' | 'valueFen'>;

/** PostgreSQL array literals of one length, one entry for each line, and the kinds that `kind` counts from 1. */
export interface LineTable {
  /** Number of the account, counted from 1 in the order given. */
  readonly account: string;
  /** Position of the line in its account, from 0. */
  readonly position: string;
  readonly kind: string;
  readonly quantity: string;
  readonly supplied: string;
  readonly valueFen: string;
  readonly kinds: readonly LineKind[];
  readonly lines: number;
}

/** Encodes the lines of the accounts in their order. Quantities are written as their shortest decimals, which is exact. */
export function lineTable(accounts: readonly Pick<Account, 'lines'>[]): LineTable {
  const numbers = new Map<string, number>();
  const kinds: LineKind[] = [];
  const numberOf = (line: AccountLine): number => {
    const key = [line.service, line.type, line.item, line.price, line.gamma, line.grade, line.unit, line.flow].join(
      '\u0000',
    );
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, kinds.push(line));
    return kinds.length;
  };
  const columns: Record<'account' | 'position' | 'kind' | 'quantity' | 'supplied' | 'valueFen', unknown[]> = {
    account: [],
    position: [],
    kind: [],
    quantity: [],
    supplied: [],
    valueFen: [],
  };
  for (const [at, { lines }] of accounts.entries()) {
    for (const [position, line] of lines.entries()) {
      columns.account.push(at + 1);
      columns.position.push(position);
      columns.kind.push(numberOf(line));
      columns.quantity.push(line.quantity);
      columns.supplied.push(line.supplied ?? 'NULL');
      columns.valueFen.push(line.valueFen);
    }
  }
  return {
    account: literal(columns.account),
    position: literal(columns.position),
    kind: literal(columns.kind),
    quantity: literal(columns.quantity),
    supplied: literal(columns.supplied),
    valueFen: literal(columns.valueFen),
    kinds,
    lines: columns.kind.length,
  };
}

const literal = (numbers: readonly unknown[]): string => `{${numbers.join(',')}}`;
