/** The postings of a run as columns: a million households are no million objects. */
import { createHash } from 'node:crypto';
import { digestOfValue, type Fen } from '@gep/kernel';
import type { BookAccount } from '../book/book-account';
import { type VoucherProblem, VoucherRefused } from '../errors';
import { missingBasis, type PostingBasis, type ReservationDraw, type VoucherDraft } from '../voucher/voucher';

/** Rows of equal length; `…At` counts from 0 in the lists of the run. */
export interface RunPostings {
  readonly accountAt: Uint16Array;
  readonly territoryAt: Uint32Array;
  readonly basisAt: Uint16Array;
  readonly parties: readonly (string | null)[];
  readonly amountsFen: BigInt64Array;
}

/** One deed with a great many postings, such as the dividends of a cycle. */
export interface RunDraft extends Omit<VoucherDraft, 'postings' | 'kind'> {
  readonly kind: 'settlement' | 'dividend' | 'payment' | 'adjustment';
  readonly accounts: readonly string[];
  /** ltree texts. */
  readonly territories: readonly string[];
  /** Each with a territory that all its postings lie in. */
  readonly bases: readonly (PostingBasis & { readonly territoryPath: string })[];
  readonly postings: RunPostings;
  readonly draws?: readonly ReservationDraw[];
}

/** Digest of all that the run says. */
export function digestOfRun({ postings, ...head }: RunDraft): string {
  const hash = createHash('sha256');
  const { accountAt, territoryAt, basisAt, amountsFen, parties } = postings;
  for (const { buffer, byteOffset, byteLength } of [accountAt, territoryAt, basisAt, amountsFen])
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  hash.update(parties.join('\n'));
  return digestOfValue({ ...head, postings: hash.digest('hex') });
}

/** What moves on each account, by its place in the list. @throws VoucherRefused with every kind of fault, each at its first row */
export function checkRun({ businessKey, kind, accounts, territories, bases, postings }: RunDraft): Fen[] {
  const { accountAt, territoryAt, basisAt, parties, amountsFen } = postings;
  const rows = amountsFen.length;
  const faults = new Map<string, VoucherProblem>();
  const fault = (what: string, zh: string, en: string, row?: number): void => {
    if (!faults.has(what)) faults.set(what, { zh, en, ...(row !== undefined && { posting: row + 1 }) });
  };
  if ([accountAt, territoryAt, basisAt, parties].some(({ length }) => length !== rows) || rows < 2)
    fault('rows', '各列的行数不同，或不足两行', 'the columns differ in length, or there are fewer than two rows');
  if (bases.length > 32_767)
    fault('bases', '依据多于 32,767 项；请分批过账', 'there are more than 32,767 bases; post it as several runs');
  bases.forEach((basis, at) => {
    const missing = missingBasis(kind, basis);
    if (missing.length > 0)
      fault(
        'basis',
        `第 ${at + 1} 项依据须写明 ${missing.join('、')}`,
        `basis ${at + 1} names its ${missing.join(', ')}`,
      );
  });
  const moved = accounts.map(() => 0n);
  const control = /[\p{Cc}|]/u;
  for (let row = 0; row < rows; row++) {
    const [account, party, fen] = [accountAt[row], parties[row], amountsFen[row]];
    if (account >= accounts.length || territoryAt[row] >= territories.length || basisAt[row] >= bases.length) {
      fault('place', `第 ${row + 1} 行所指不在列表之内`, `row ${row + 1} points outside of the lists`, row);
      continue;
    }
    moved[account] += fen;
    if (fen === 0n) fault('zero', `第 ${row + 1} 行金额为零`, `the amount of row ${row + 1} is zero`, row);
    if (party !== null && (party === '' || party.length > 100 || control.test(party)))
      fault(
        'party',
        `第 ${row + 1} 行的对方应为 1 到 100 个字符，不含控制字符与“|”`,
        `the party of row ${row + 1} has 1 to 100 characters, none of them a control character or "|"`,
        row,
      );
  }
  const sum = moved.reduce((total, fen) => total + fen, 0n);
  if (sum !== 0n)
    fault('sum', `借贷不平，相差 ${sum} 分`, `debits and credits differ by ${sum} fen; make the postings sum to zero`);
  if (faults.size > 0) throw new VoucherRefused(businessKey, [...faults.values()]);
  return moved;
}

/** @param accounts those of the run, in its order. @throws VoucherRefused at the first row that lacks its party */
export function checkParties(
  { businessKey, postings: { accountAt, parties } }: Pick<RunDraft, 'businessKey' | 'postings'>,
  accounts: readonly Pick<BookAccount, 'code' | 'byParty'>[],
): void {
  const row = parties.findIndex((party, at) => party === null && accounts[accountAt[at]].byParty);
  if (row < 0) return;
  const { code } = accounts[accountAt[row]];
  throw new VoucherRefused(businessKey, [
    {
      posting: row + 1,
      zh: `第 ${row + 1} 行须写明对方：科目 ${code} 按对方核算`,
      en: `row ${row + 1} names no party, and account ${code} is kept by party; name one`,
    },
  ]);
}
