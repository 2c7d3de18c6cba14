/** Whether a voucher may be posted: everything the book asks of it, told at once. */
import { type Fen, sumFen } from '@gep/kernel';
import { type AccountBalance, availableFen, type BookAccount, keepsSign } from '../book/book-account';
import { BalanceInsufficient, LedgerMissing, type VoucherProblem, VoucherRefused } from '../errors';
import { type DeedKind, missingBasis, type Posting } from './voucher';

/** An account with what stands on it, as a voucher meets it. */
export interface AccountState {
  readonly account: BookAccount;
  readonly balance: AccountBalance;
  /** What stands on the parties that the voucher names, where the account is kept by party. */
  readonly parties: ReadonlyMap<string, Fen>;
}

/** What is checked of a draft or of a reversal. */
export interface CheckedVoucher {
  readonly businessKey: string;
  readonly kind: DeedKind;
  readonly territoryPath: string;
  readonly postings: readonly Posting[];
  /** What it takes from reservations, by account. */
  readonly drawnFen?: ReadonlyMap<string, Fen>;
}

/** What of a deed names it and dates it. */
export interface DeedHead {
  readonly businessKey: string;
  readonly memo: string;
  readonly effectiveDate?: string;
  readonly party?: string | null;
}

/** What is wrong with the head of a deed; looked at before anything is written. */
export function headProblems({ businessKey, memo, effectiveDate, party = null }: DeedHead): VoucherProblem[] {
  const problems: VoucherProblem[] = [];
  if (!/^[\x21-\x7e]{1,300}$/.test(businessKey))
    problems.push({
      zh: '业务键应为 1 到 300 个可见的 ASCII 字符',
      en: 'a business key has 1 to 300 visible ASCII characters',
    });
  if (memo.trim() === '' || memo.length > 2000)
    problems.push({ zh: '摘要应为 1 到 2,000 个字符', en: 'a memo has 1 to 2,000 characters' });
  if (effectiveDate !== undefined && !isDay(effectiveDate))
    problems.push({
      zh: `“${effectiveDate}”不是日期；应为 2025-06-30 的形式`,
      en: `"${effectiveDate}" is no day; write it as 2025-06-30`,
    });
  if (party !== null && !partyText.test(party)) problems.push(partyProblem);
  return problems;
}

const isDay = (text: string): boolean =>
  /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

const partyProblem = {
  zh: '对方应为 1 到 100 个字符，不含控制字符与“|”',
  en: 'a party has 1 to 100 characters, none of them a control character or "|"',
};

const greatest = 9_223_372_036_854_775_807n;
const isWithin = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);
const partyText = /^[^\p{Cc}|]{1,100}$/u;

/**
 * The balances that the accounts have afterwards, by account.
 * @throws VoucherRefused with every fault, LedgerMissing for an account that is not there, BalanceInsufficient
 */
export function checkVoucher(
  voucher: CheckedVoucher,
  states: ReadonlyMap<string, AccountState>,
): Map<string, AccountBalance> {
  const whole = wholeProblems(voucher);
  if (voucher.postings.length < 2) throw new VoucherRefused(voucher.businessKey, whole);
  const problems = [
    ...whole,
    ...voucher.postings.flatMap((posting, at) => {
      const state = states.get(posting.accountId);
      if (!state) throw new LedgerMissing({ zh: '科目', en: 'account' }, posting.accountId);
      return postingProblems(voucher, posting, state.account).map((text) => ({ posting: at + 1, ...text }));
    }),
  ];
  if (problems.length > 0) throw new VoucherRefused(voucher.businessKey, problems);
  const sums = sumsBy(voucher.postings, ({ accountId }) => accountId);
  const { businessKey, kind, drawnFen } = voucher;
  const after = checkAccounts({ businessKey, isReversal: kind === 'reversal', drawnFen }, sums, states);
  const ofParties = voucher.postings.filter(({ accountId }) => states.get(accountId)!.account.byParty);
  for (const [pair, moved] of sumsBy(ofParties, ({ accountId, party }) => `${accountId}|${party}`)) {
    const [id, party] = [pair.slice(0, 36), pair.slice(37)];
    const { account, parties } = states.get(id)!;
    afterMove(account, party, { postedFen: parties.get(party) ?? 0n, reservedFen: 0n }, moved);
  }
  return after;
}

/**
 * What accounts have after these sums moved on them, and whether they may.
 * @throws VoucherRefused when points meet money or money leaves an account otherwise than by reservation, BalanceInsufficient
 */
export function checkAccounts(
  {
    businessKey,
    isReversal,
    drawnFen: drawn = new Map<string, Fen>(),
  }: { readonly businessKey: string; readonly isReversal: boolean; readonly drawnFen?: ReadonlyMap<string, Fen> },
  sums: ReadonlyMap<string, Fen>,
  states: ReadonlyMap<string, Pick<AccountState, 'account' | 'balance'>>,
): Map<string, AccountBalance> {
  if (new Set([...sums.keys()].map((id) => states.get(id)!.account.unit ?? 'fen')).size > 1)
    throw new VoucherRefused(businessKey, [
      {
        zh: '积分与金额不能记入同一张凭证；请分别过账',
        en: 'points and money do not meet in one voucher; post them apart',
      },
    ]);
  const undrawn = [...states.values()].filter(({ account: { id, byReservation } }) => {
    const leaving = -(sums.get(id) ?? 0n);
    const taken = drawn.get(id) ?? 0n;
    return leaving !== taken && (taken > 0n || (byReservation && leaving > 0n && !isReversal));
  });
  if (undrawn.length > 0)
    throw new VoucherRefused(
      businessKey,
      undrawn.map(({ account: { id, code } }) => ({
        zh: `从科目 ${code} 支出 ${-(sums.get(id) ?? 0n)} 分，而预留中支取 ${drawn.get(id) ?? 0n} 分；请先预留并批准，并按同额支取`,
        en: `${-(sums.get(id) ?? 0n)} fen leave account ${code} while ${drawn.get(id) ?? 0n} fen are taken from reservations; reserve the money, have it approved, and take the same amount`,
      })),
    );
  const after = new Map<string, AccountBalance>();
  for (const [id, moved] of sums) {
    const { account, balance } = states.get(id)!;
    after.set(id, afterMove(account, null, balance, moved));
  }
  return after;
}

/** @throws BalanceInsufficient */
function afterMove(account: BookAccount, party: string | null, before: AccountBalance, moved: Fen): AccountBalance {
  const after = { ...before, postedFen: before.postedFen + moved };
  if (keepsSign(account.signRule, after)) return after;
  throw new BalanceInsufficient(
    account.code,
    party,
    availableFen(account.signRule, before)!,
    account.signRule === 'debit' ? -moved : moved,
  );
}

function sumsBy(postings: readonly Posting[], keyOf: (posting: Posting) => string): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const posting of postings) sums.set(keyOf(posting), (sums.get(keyOf(posting)) ?? 0n) + posting.amountFen);
  return sums;
}

function wholeProblems({ postings }: CheckedVoucher): VoucherProblem[] {
  const problems: VoucherProblem[] = [];
  if (postings.length < 2) problems.push({ zh: '凭证至少有两条分录', en: 'a voucher has two postings or more' });
  const sum = sumFen(postings.map(({ amountFen }) => amountFen));
  if (sum !== 0n)
    problems.push({
      zh: `借贷不平，相差 ${sum} 分；请使各分录之和为零`,
      en: `debits and credits differ by ${sum} fen; make the postings sum to zero`,
    });
  return problems;
}

function postingProblems(voucher: CheckedVoucher, posting: Posting, account: BookAccount): VoucherProblem[] {
  const { amountFen, party, territoryPath, basis } = posting;
  const problems: VoucherProblem[] = [];
  if (amountFen === 0n || amountFen > greatest || amountFen < -greatest)
    problems.push({ zh: `金额 ${amountFen} 分为零或过大`, en: `the amount ${amountFen} fen is zero or too large` });
  if (account.byParty && party === null)
    problems.push({ zh: `科目 ${account.code} 须写明对方`, en: `account ${account.code} needs a party` });
  if (party !== null && !partyText.test(party)) problems.push(partyProblem);
  if (!isWithin(territoryPath, account.territoryPath) || !isWithin(territoryPath, voucher.territoryPath))
    problems.push({
      zh: `地域 ${territoryPath} 不在科目与凭证的地域之内`,
      en: `territory ${territoryPath} does not lie in that of the account and of the voucher`,
    });
  const missing = missingBasis(voucher.kind, basis);
  if (missing.length > 0)
    problems.push({
      zh: `${voucher.kind} 的分录须写明 ${missing.join('、')}`,
      en: `a posting of a ${voucher.kind} names its ${missing.join(', ')}`,
    });
  return problems;
}
