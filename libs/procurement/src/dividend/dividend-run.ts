/** The postings of a whole dividend: declared to all owners, and paid to them. */
import type { Fen } from '@gep/kernel';
import { noBasis, type RunDraft, type RunPostings } from '@gep/ledger';
import { type Dividend, keyOfDividend, partyOfOwner } from './dividend';
import type { CompanyBook } from '../income/company-book';

/** Lines of owners, each `owner⇥fen⇥path`, by blocks. */
export type PayableBlocks = readonly string[];

/** What goes to or from an account of the company as a whole. */
interface WholePosting {
  readonly accountId: string;
  readonly amountFen: Fen;
}

interface OwnerPostings {
  readonly accountId: string;
  /** 1 debits every owner what its line says, -1 credits it. */
  readonly sign: 1n | -1n;
  readonly blocks: PayableBlocks;
}

function runPostings(
  companyPath: string,
  wholes: readonly WholePosting[],
  { accountId, sign, blocks }: OwnerPostings,
): Pick<RunDraft, 'accounts' | 'territories' | 'postings'> {
  const lines = blocks.flatMap((block) => block.split('\n'));
  const rows = wholes.length + lines.length;
  const accounts = [accountId, ...wholes.map((whole) => whole.accountId)];
  const places = new Map([[companyPath, 0]]);
  const parties: (string | null)[] = new Array<string | null>(rows).fill(null);
  const postings: RunPostings = {
    accountAt: new Uint16Array(rows),
    territoryAt: new Uint32Array(rows),
    basisAt: new Uint16Array(rows),
    parties,
    amountsFen: new BigInt64Array(rows),
  };
  wholes.forEach((whole, at) => {
    postings.accountAt[at] = at + 1;
    postings.amountsFen[at] = whole.amountFen;
  });
  for (let at = 0; at < lines.length; at++) {
    const [owner, fen, path] = lines[at].split('\t');
    const row = wholes.length + at;
    parties[row] = partyOfOwner(owner);
    postings.amountsFen[row] = sign * BigInt(fen);
    const place = places.get(path) ?? places.size;
    if (place === places.size) places.set(path, place);
    postings.territoryAt[row] = place;
  }
  return { accounts, territories: [...places.keys()], postings };
}

/** Sum of the lines. */
export function sumOfBlocks(blocks: PayableBlocks): Fen {
  let sum = 0n;
  for (const block of blocks) for (const line of block.split('\n')) sum += BigInt(line.split('\t')[1]);
  return sum;
}

/** What was earned goes to the reserve and to every owner. */
export function declarationRun(dividend: Dividend, book: CompanyBook, blocks: PayableBlocks, on: string): RunDraft {
  const { territoryPath, period, plan, allotment } = dividend;
  const { reserveFen, dividendFen } = allotment!;
  const wholes = [
    { accountId: book.appropriated, amountFen: reserveFen + dividendFen },
    ...(reserveFen > 0n ? [{ accountId: book.reserve, amountFen: -reserveFen }] : []),
  ];
  return {
    ...runPostings(territoryPath, wholes, { accountId: book.payable, sign: -1n, blocks }),
    ...{ businessKey: `${keyOfDividend(dividend)}:declare`, kind: 'dividend', effectiveDate: on, territoryPath },
    memo: `dividend ${dividend.company} ${period}`,
    bases: [{ ...noBasis, ruleEdition: plan!.ruleEdition, period, territoryPath }],
  };
}

/** Every owner is paid, but those whose line is left out. */
export function paymentRun(dividend: Dividend, book: CompanyBook, blocks: PayableBlocks, on: string): RunDraft {
  const { territoryPath, period } = dividend;
  const wholes = [{ accountId: book.cash, amountFen: -sumOfBlocks(blocks) }];
  return {
    ...runPostings(territoryPath, wholes, { accountId: book.payable, sign: 1n, blocks }),
    ...{ businessKey: `${keyOfDividend(dividend)}:pay`, kind: 'payment', effectiveDate: on, territoryPath },
    memo: `dividend ${dividend.company} ${period} paid`,
    bases: [{ ...noBasis, period, territoryPath }],
  };
}
